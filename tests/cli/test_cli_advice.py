"""What a sentence tells its reader to type is accepted, to the letter, whatever a folder is called."""

import ast
import gzip
import re
import resource
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny import SMALL, TINY

import commonweal
import commonweal as cw
from commonweal.commands import verbs
from commonweal.commands.resume import goes_on

ODD = "Anna's town, 2"
QUIET = ("workers=1", "figures=false", "quiet=true")
PLAYED = ("run", "strategy=inclusion", *SMALL, *QUIET)


def typed(folder: str) -> str:
    return f'out="{folder}"'


def advised(said: str) -> list[list[str]]:
    """The commands that a sentence advises, word by word; a word that is no argument ends one."""
    found = []
    for rest in said.split("commonweal ")[1:]:
        words = shlex.shlex(rest, posix=True, punctuation_chars=";)")
        words.whitespace_split = True
        verb, folder, more = words.get_token(), words.get_token(), words.get_token()
        found.append([verb, folder, *([more] if more and more.startswith("--") else [])])
    return found


@pytest.fixture
def odd(command):
    """A study in a folder whose name a shell and Hydra would misread."""
    assert command(*PLAYED, typed(ODD)).code == 0
    return Path(ODD)


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


FAULTS = {
    "a part is damaged": (lambda at: spoil(next(at.glob("runs/*.parquet"))), ["query", ODD, "SELECT 1"]),
    "a part is missing": (lambda at: next(at.glob("runs/*.parquet")).unlink(), ["analyse", ODD]),
    "a table is damaged": (lambda at: spoil(at / "runs.parquet"), ["report", ODD]),
    "a table is missing": (lambda at: (at / "rounds.parquet").unlink(), ["table", ODD]),
    "unfinished": (lambda at: (at / "manifest.json").write_text((at / "manifest.json").read_text().replace(
        '"finished"', '"unfinished"')), ["table", ODD]),
    "unfinished, told": (lambda at: (at / "manifest.json").write_text((at / "manifest.json").read_text().replace(
        '"finished"', '"unfinished"')), ["status", ODD]),
    "other numbers": (lambda at: (at / "manifest.json").write_text(re.sub(
        '"numbers": "[^"]*"', '"numbers": "0"', (at / "manifest.json").read_text())), ["status", ODD]),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_command_that_is_advised_is_accepted(command, odd, fault):
    harm, words = FAULTS[fault]
    harm(odd)
    told = command(*words)
    commands = advised(told.out + told.err)
    assert commands, told
    for each in commands:
        done = command(*each, *(["quiet=true"] if each[0] == "resume" else []))
        assert done.code == 0, done


def test_commands_at_the_end_of_a_run_are_accepted(command, folder):
    done = command("run", "design=grid", "design.over.learn.public=[0.2,0.8]", *TINY, typed(ODD))
    for each in advised(done.out):
        assert command(*each).code == 0
    assert len(advised(done.out)) == 2
    words = shlex.split(goes_on(["commonweal", "run", "strategy=inclusion"], Path(ODD)))
    assert command(*words[1:], "quiet=true").code == 0
    words = shlex.split(goes_on(["commonweal", "run", "--config-dir", "mine"], Path(ODD)).removeprefix("the same "))
    assert command("run", "design=grid", "design.over.learn.public=[0.2,0.8]", *TINY, words[-1]).code == 0


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (["--replicates", "3"], "run.replicates=3"),
        (["--replicates=3"], "run.replicates=3"),
        (["--rounds", "2"], "run.rounds=2"),
        (["--leaders", "8"], "community.leaders=8"),
        (["--scenario", "crisis"], "scenario=crisis"),
        (["--workers=1"], "workers=1"),
        (["--equal-spend", "2"], "equal_spend=2"),
        (["out=a,b"], "\"out='a,b'\""),
        (["out=two words, 'three'"], None),
        (["community.leaders_file=a,b.csv"], "\"community.leaders_file='a,b.csv'\""),
    ],
)
def test_a_remedy_for_what_was_typed_is_accepted(command, folder, wrong, right):
    said = command(*PLAYED, *wrong).sentence
    remedy = said.rpartition("write ")[2].removesuffix(" for a single name")
    assert right in (None, remedy), said
    again = command(*PLAYED, *shlex.split(remedy))
    assert again.code == 0 or "there is no such file" in again.err or "leaders_file is not a parameter" in again.err


EVERY = ("run", "experiment=which_strategy", *SMALL, *QUIET)
ONE_BY_ONE = ("run", "design=grid", "design.over.learn.public=[0.2,0.8]", *SMALL, *QUIET)
BRANCH = ("branch", "--at", "2", "--to", "communication", *SMALL)


@pytest.mark.parametrize(
    ("start", "wrong", "said", "right"),
    [
        (("run", *SMALL, *QUIET), ["+strategy=inclusion"], "write strategy= without the +", ["strategy=inclusion"]),
        (PLAYED, ["allow=json"], "write allow=[json]", ["allow=[json]"]),
        (PLAYED, ["shards=2", "shard=2"], "it must be from 0 to 1", ["shards=2", "shard=1", "out=here"]),
        (PLAYED, ["strategy@x=inclusion"], "leave out @ and what follows", ["strategy=inclusion"]),
        (EVERY, ["strategy.seats=0.5"], "say which: strategies.inclusion.seats=", ["strategies.inclusion.seats=0.5"]),
        (EVERY, ["strategy.nowhere=1"], "compares several; none of them has nowhere", []),
        (("run", *SMALL, *QUIET), ["experiment=which_strategy", "design=grid"], "design.over.strategy=[",
         ["design=grid", "design.over.strategy=[communication,inclusion]"]),
        (ONE_BY_ONE, ["replication=interval"], "write \"replication.of='learn_public=0.8'\"",
         ["replication=interval", "replication.of='learn_public=0.8'"]),
        (BRANCH, ["experiment=which_strategy"], "leave out experiment= and design=", []),
        (("validate", "--screen", "--dry-run"), [], "add out=DIR", ["out=here"]),
        (("roster", "check"), ["nowhere.csv"], "an example with `commonweal roster template my_town`", None),
        (("forecast",), ["nowhere.csv"], "cannot be read as a table: No such file or directory; give", None),
    ],
)  # fmt: skip
def test_a_remedy_that_is_told_is_accepted(command, folder, start, wrong, said, right):
    """right: what is given in the place of what was wrong, None where there is no file that could be."""
    refused = command(*start, *wrong)
    assert refused.code == 2 and said in refused.sentence, refused
    if right is not None:
        fewer = ["experiment.scenarios=[calm]", "experiment.strategies=[inclusion]"] if start is EVERY else []
        done = command(*start, *right, *fewer)
        assert done.code == 0, done


def test_a_community_that_is_a_folder_is_found_again(command, folder):
    """Whoever reads the command that made a study knows what stands for a place in it, and takes another place."""
    assert command("roster", "template", "town").code == 0 and command("roster", "template", "other").code == 0
    small = ("strategy=inclusion", "run.replicates=2", "run.rounds=3", *QUIET)
    said = command("run", "community=town/", "community.leaders=9", *small).sentence
    assert said.startswith("community.leaders is not a parameter here; known are: community.leaders_file, ")
    assert command("run", "community=town/", *small, "out=here").code == 0
    few = ("--orders", "2", "--replicates", "2")
    assert command("why", "here", *few, "workers=1").code == 0
    assert command("resume", "here", "run.replicates=3").code == 0
    assert len(cw.resume("here", replicates=4).runs) == 8
    assert len(cw.run("community=other/", *small).runs) == 4


def test_no_sentence_names_a_folder_in_a_command_as_it_stands():
    """Every command and every override that is advised goes through commonweal.advice, which quotes."""
    bare = re.compile(rf"(commonweal ({'|'.join(verbs())}) |\bout=)\x00")
    for path in sorted(Path(commonweal.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(each.value) if isinstance(each, ast.Constant) else "\0" for each in node.values)
                given = any(each in ast.unparse(node) for each in ("quoted", "written(")) or path.name == "evidence.py"
                assert given or not bare.search(text), f"{path}:{node.lineno}"


def test_fresh_through_a_link_and_links_within_a_folder(command, folder):
    assert command(*PLAYED, "out=here").code == 0
    (folder / "link").symlink_to("here")
    assert command(*PLAYED, "out=link", "fresh=true").code == 0
    theirs = shutil.copytree(folder / "here" / "runs", folder / "theirs")
    (folder / "notes").write_text("mine")
    before = {path: path.read_bytes() for path in [*theirs.iterdir(), folder / "notes"]}
    for name, target in (("runs", "theirs"), ("figures", "theirs"), (".lock", "notes"), ("analysis", "theirs")):
        shutil.copytree(folder / "here", folder / "bad")
        shutil.rmtree(folder / "bad" / name) if name == "runs" else (folder / "bad" / name).unlink(missing_ok=True)
        (folder / "bad" / name).symlink_to(f"../{target}")
        for words in ([*PLAYED, "out=bad", "fresh=true"], [*PLAYED, "out=bad", "run.replicates=5"], ["analyse", "bad"]):
            done = command(*words)
            if words[0] == "run" or name == "analysis":
                assert done.code == 2, done
                assert f"bad/{name} is a link to ../{target}, where nothing is written; replace it" in done.sentence
        command("status", "bad")
        assert {path: path.read_bytes() for path in [*theirs.iterdir(), folder / "notes"]} == before
        shutil.rmtree(folder / "bad")


def test_a_folder_that_is_removed_while_it_is_filled(command, folder, monkeypatch):
    def removed(*_, **__):
        shutil.rmtree(folder / "here")
        return run_study(*_, **__)

    from commonweal.study import play

    run_study = play._Player._first_wave
    with monkeypatch.context() as once:
        once.setattr(play._Player, "_first_wave", removed)
        done = command(*PLAYED, "out=here")
    assert done.code == 2 and not (folder / "here").exists()
    assert done.sentence == "here was removed while it was being filled; give the same command again to start anew"
    assert command(*PLAYED, "out=here").code == 0


@pytest.mark.parametrize("which", ["leaders", "ties", "groups", "graphml", "conditions"])
def test_packed_files_are_refused_everywhere_alike(command, folder, which):
    assert command("roster", "template", "town").code == 0
    packed = folder / f"{which}.csv.gz"
    packed.write_bytes(gzip.compress(b"id\na\nb\n" * 9))
    files = {name: f"town/{name}.csv" for name in ("leaders", "ties", "groups")}
    words = [f"community.{name}_file={path}" for name, path in (files | {which: packed.name}).items() if name in files]
    if which == "graphml":
        packed = packed.rename("town.graphml")
        words = ["community.leaders_file=town.graphml"]
    if which == "conditions":
        said = command("run", "design=csv", f"design.file={packed.name}").sentence
    else:
        said = command("run", "community=roster", *words).sentence
    assert said == f"{packed.name}: this is packed (gzip), not text; unpack it first"


def test_a_file_that_begins_with_one_that_is_not_there(command, folder):
    (folder / "conf" / "community").mkdir(parents=True)
    (folder / "conf" / "community" / "mine.yaml").write_text("defaults: [smal_world]\n")
    said = command("run", "--config-dir", "conf", "community=mine").sentence
    assert said == "community=smal_world (in community/mine.yaml) is not known; did you mean small_world?"
    (folder / "conf" / "community" / "mine.yaml").write_text("defaults: [/nowhere/x]\n")
    said = command("run", "--config-dir", "conf", "community=mine").sentence
    assert said == "nowhere=x (in community/mine.yaml) is not known; there is none to choose from"


@pytest.mark.parametrize("words", [PLAYED, ("query", "here", "SELECT 1"), ("report", "here")])
@pytest.mark.parametrize("limit", [300, 600, 1000])
def test_too_little_memory_is_a_sentence(folder, words, limit):
    """The limit in MiB; of what runs out within a library, which ends the process itself, nothing is heard."""
    limit *= 2**20
    done = subprocess.run(
        [sys.executable, "-m", "commonweal", *words], capture_output=True, text=True, timeout=300,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 2 and "Traceback" not in done.stderr, done.stderr
    assert done.stderr.splitlines()[-1].startswith(("There is too little memory for this", "here holds no results"))
