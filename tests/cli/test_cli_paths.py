"""A path is taken as it is typed, by `run` as by `roster check`; names in any script are drawn or said not to be."""

import shlex

import pytest
from tiny import TINY

from commonweal.figures import fonts

TABLE = "id\nmayor\nclinic\n"
PATHS = ("a,b/leaders.csv", "o'brien/leaders.csv", "k=v.csv", "Zoë ü.csv", "two words/my leaders.csv", 'a "b".csv',
         "[x].csv", "a{b}.csv", "$HOME.csv", "back\\slash.csv", "a:b.csv", "(1).csv", "-dash.csv",
         "~nobody/leaders.csv", "${x}.csv", "'quoted'/leaders.csv", "#1 %20.csv", "\u540d\u524d.csv")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_taken_as_it_is_typed(command, folder, path):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(TABLE)
    assert "2 leaders" in command("roster", "check", path).out
    done = command("run", "community=roster", f"community.leaders_file={path}", *TINY[:2], *TINY[3:], "--dry-run")
    assert done.code == 0, done.err


@pytest.mark.parametrize("path", ["~nobody", "${x}", "'quoted'", "x=1", "two words"])
def test_a_folder_of_a_community_is_taken_as_it_is_typed(command, folder, path):
    (folder / path).mkdir()
    (folder / path / "leaders.csv").write_text(TABLE)
    done = command("run", f"community={path}/", *TINY[:2], *TINY[3:], "--dry-run")
    assert done.code == 0, done.err


@pytest.mark.parametrize("name", ["my_town", "two words"])
def test_a_folder_without_its_slash_is_told_how_to_be_written_and_that_is_accepted(command, folder, name):
    (folder / name).mkdir()
    (folder / name / "leaders.csv").write_text(TABLE)
    said = command("run", f"community={name}", "--dry-run").sentence
    assert f"community={name} is not known; for the folder of that name write " in said
    (remedy,) = shlex.split(said.rpartition("write ")[2])
    assert command("run", remedy, *TINY[:2], *TINY[3:], "--dry-run").code == 0


@pytest.mark.parametrize("name", ["Zo\u00eb \u00fc", "\u540d\u524d", "it's", "x=1", "{a}", "(1)", "h#x", 'q"q', "!x"])
def test_a_folder_to_write_to_is_taken_as_it_is_typed(command, folder, name):
    (folder / "leaders.csv").write_text(TABLE)
    files = ("community=roster", "community.leaders_file=leaders.csv", "strategy=communication")
    assert command("run", *files, *TINY[:2], *TINY[3:], f"out={name}").code == 0
    assert (folder / name / "manifest.json").is_file()


@pytest.mark.parametrize("name", ["-dash.csv", "--directed.csv"])
def test_files_whose_names_begin_with_a_dash_are_imported(command, folder, name):
    (folder / name).write_text(TABLE)
    assert command("roster", "import", name, "out=town").code == 0
    assert (folder / "town" / "leaders.csv").is_file()


def test_commas_still_part_files_of_a_sweep(command, folder):
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text(TABLE)
    done = command("run", "community=roster", "community.leaders_file=a.csv,b.csv")
    assert done.code == 2 and "names several values" in done.sentence


@pytest.mark.parametrize(
    ("key", "remedy"), [("leaders", "give the path of a file"), ("ties", "give a path, or null for none"),
                        ("groups", "give a path, or null for none")])  # fmt: skip
def test_an_empty_path_is_told_by_its_key(command, folder, key, remedy):
    (folder / "leaders.csv").write_text(TABLE)
    files = {"leaders": "leaders.csv", key: ""}
    words = [f"community.{each}_file={path}" for each, path in files.items()]
    done = command("run", "community=roster", *words)
    assert done.sentence == f"community.{key}_file is empty; {remedy}"


def test_names_that_no_font_can_draw_are_told_once_and_nothing_else(process, folder):
    rows = "1,\u5e02\u9577,\u8b70\u4f1a\n2,Clinic,health\n"
    (folder / "leaders.csv").write_text(f"id,name,sector\n{rows}", encoding="utf-8")
    (folder / "ties.csv").write_text("source,target,type\n1,2,undirected\n")
    done = process("run", "community=roster", "community.leaders_file=leaders.csv", "community.ties_file=ties.csv",
                   "strategy=communication", *TINY[:2], "workers=1", "out=x", PYTHONWARNINGS="ignore::RuntimeWarning",
                   )  # fmt: skip
    assert done.code == 0 and "Glyph" not in done.err and "Warning" not in done.err
    assert done.err.count("No font installed here has the letters of some names") == (
        not fonts.drawable("\u5e02\u9577")
    )
