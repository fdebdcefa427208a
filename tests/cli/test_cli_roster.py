"""`commonweal roster`: an example to start from, and what is wrong with one's own."""

import pytest
from tiny import TINY


def test_the_example_is_written_and_checked(command, folder):
    done = command("roster", "template", "town")
    assert done.code == 0
    assert sorted(path.name for path in (folder / "town").iterdir()) == [
        "groups.csv", "leaders.csv", "questionnaire.xlsx", "ties.csv", "town.xlsx",
    ]  # fmt: skip
    hint = done.out.splitlines()[-1].partition(": commonweal ")[2].split()
    checked = command(*hint)
    assert checked.code == 0 and checked.err == ""
    assert "12 leaders" in checked.out and "filled in anew" in checked.out


def test_the_folder_may_be_said_as_import_has_it(command, folder):
    assert command("roster", "template", "out=town").code == 0
    assert [path.name for path in folder.iterdir()] == ["town"]


def test_nothing_is_overwritten(command):
    command("roster", "template", "town")
    done = command("roster", "template", "town")
    assert done.code == 2 and "is there already" in done.sentence


def test_every_problem_is_a_line(command, folder):
    (folder / "leaders.csv").write_text("id,standing\na,tall\na,1\n")
    done = command("roster", "check", "leaders.csv")
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 2
    assert all(line.startswith("leaders.csv, line ") for line in done.err.splitlines())


def test_endowments_far_from_the_scale_of_prices_are_noted(command, folder):
    """By the check, and by a run with the scale of its own people."""
    (folder / "scaled.csv").write_text("id,endowment\na,1\nb,2\nc,1\n")
    assert "the median endowment is 1 MU per round" in command("roster", "check", "scaled.csv").out
    words = ["run", "community=roster", "community.leaders_file=scaled.csv", *TINY[:2], *TINY[3:]]
    assert "the median endowment is 1 MU per round" in command(*words).err
    assert "the median endowment" not in command(*words, "people.endowment=2").err


def test_ties_count_one_way_if_asked(command, folder):
    (folder / "leaders.csv").write_text("id\na\nb\n")
    (folder / "ties.csv").write_text("source,target\na,b\n")
    assert "2 directed ties" in command("roster", "check", "leaders.csv", "ties.csv").out
    assert "1 directed tie," in command("roster", "check", "--directed", "leaders.csv", "ties.csv").out


def test_groups_are_checked_without_ties(command, folder):
    (folder / "leaders.csv").write_text("id,group\na,harbour\nb,hill\n")
    (folder / "groups.csv").write_text("group,size\nharbour,100\nhill,50\n")
    done = command("roster", "check", "leaders.csv", "-", "groups.csv")
    assert done.code == 0 and "2 groups: harbour, hill" in done.out and "directed tie" not in done.out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "roster needs to know what to do"),
        (["chek", "x"], "did you mean check?"),
        (["template"], "required: DIR"),
        (["check"], "required: LEADERS"),
        (["check", "nowhere.csv"], "nowhere.csv: there is no such file"),
        (["check", "", "ties.csv"], "LEADERS is empty; give the path of a file"),
        (["check", "a", "", "groups.csv"], "TIES is empty; give the path of a file, or - for none"),
        (["check", "a", "-", ""], "GROUPS is empty; give the path of a file, or - for none"),
        (["check", "a", "b", "c", "d"], "unrecognized arguments: d"),
        (["import", "a.csv"], "out=DIR is missing"),
        (["import", "out=x"], "FILES is missing"),
    ],
)
def test_refused(command, words, reason):
    done = command("roster", *words)
    assert done.code == 2 and reason in done.sentence


NETWORK = (
    '<graphml><graph edgedefault="directed"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>'
)


def test_files_that_say_which_way_ties_go_are_taken_at_their_word(command, folder):
    (folder / "town.graphml").write_text(NETWORK)
    done = command("roster", "check", "town.graphml", "--directed")
    assert done.code == 2 and "GraphML says itself which edges are directed" in done.sentence


def test_what_is_imported_can_be_checked_and_changed(command, folder):
    (folder / "members.csv").write_text("Organisation,Type\nPort,trade\nClinic,health\nInn,trade\n")
    (folder / "meetings.csv").write_text("From,To,How often do you meet?\nPort,Clinic,4\nClinic,Inn,2\n")
    done = command("roster", "import", "meetings.csv", "members.csv", "out=town")
    assert done.code == 0 and done.err == ""
    written = ["import.log", "leaders.csv", "mapping.yaml", "ties.csv"]
    assert sorted(path.name for path in (folder / "town").iterdir()) == written
    log = (folder / "town" / "import.log").read_text()
    assert "members.csv: sector from 'Type' [another word for it]" in log and "was divided by 4" in log
    hint = done.out.splitlines()[-1].partition(": commonweal ")[2].split()
    checked = command(*hint)
    assert (
        checked.code == 0 and checked.out.startswith("3 leaders: Port, Clinic, Inn") and "mirrored" not in checked.out
    )
    again = command("roster", "import", "meetings.csv", "members.csv", "out=again", "mapping=town/mapping.yaml")
    assert again.code == 0
    for name in ("leaders.csv", "ties.csv"):
        assert (folder / "again" / name).read_bytes() == (folder / "town" / name).read_bytes()


def test_questions_are_put_to_the_one_at_a_terminal(command, folder, monkeypatch):
    (folder / "members.csv").write_text("Organisation,Type,Annual budget\nPort,trade,120\nClinic,health,1200\n")
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "n" if "sector" in question else ""

    monkeypatch.setattr("builtins.input", answer)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    done = command("roster", "import", "members.csv", "out=town")
    assert done.code == 0 and asked == [
        "members.csv: is 'Type' the sector of leaders? [Y/n] ",
        "members.csv: is 'Annual budget' the endowment of leaders? [Y/n] ",
        "members.csv: is 'Annual budget' a sum for a year? [Y/n] ",
    ]
    assert (folder / "town" / "leaders.csv").read_text() == "id,name,endowment\nPort,Port,10.0\nClinic,Clinic,100.0\n"
    assert "sector: null" in (folder / "town" / "mapping.yaml").read_text()
    asked.clear()
    again = command("roster", "import", "members.csv", "mapping=town/mapping.yaml", "out=again")
    assert again.code == 0 and not asked


def test_an_import_overwrites_nothing_and_leaves_nothing_half_written(command, folder):
    (folder / "ties.csv").write_text("From,To\nPort,Clinic\n")
    (folder / "town").mkdir()
    (folder / "town" / "ties.csv").write_text("mine")
    done = command("roster", "import", "ties.csv", "out=town")
    assert done.code == 2 and "town/ties.csv is there already; name another folder" in done.sentence
    assert [path.name for path in (folder / "town").iterdir()] == ["ties.csv"]
    assert command("roster", "import", "ties.csv", "nowhere.csv", "out=other").code == 2
    assert not (folder / "other").exists()


def test_a_file_may_be_called_as_an_answer_is_given(command, folder):
    (folder / "out=x.csv").write_text("From,To\nPort,Clinic\n")
    assert command("roster", "import", "out=x.csv", "out=town").code == 0
