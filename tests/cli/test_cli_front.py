"""The front: verbs, help, flags; quick, because nothing heavy is imported before it is needed."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hydra._internal.utils import get_args_parser

from commonweal import commands
from commonweal.__main__ import main
from commonweal.commands import GROUPS, _flags, verbs

HEAVY = ("mesa", "hydra", "omegaconf", "pandas", "seaborn", "matplotlib", "numba", "scipy", "pyarrow", "networkx")
SCREEN = 50
"""lines of a terminal on a laptop"""


def _told_besides(verb: str) -> list[str]:
    return list(getattr(import_module(f"commonweal.commands.{verb}"), "HELP_ON", {}))


CALLS_FOR_HELP = [[], ["--help"], ["-h"], ["--version"], *([verb, "--help"] for verb in verbs())]


@pytest.mark.parametrize("words", CALLS_FOR_HELP, ids=" ".join)
def test_help_imports_nothing_heavy(words):
    heavy = (*HEAVY, *(("numpy",) if not set(words) & set(verbs()) else ()))
    code = f"""import sys; from commonweal.__main__ import main
main({words!r}); print(sorted(set({heavy!r}) & set(sys.modules)))"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "[]"


def test_matrices_are_computed_by_one_thread_unless_somebody_says_otherwise(monkeypatch):
    monkeypatch.setattr("sys.argv", ["commonweal", "--version"])
    monkeypatch.setattr("commonweal.commands._ctrl_c.hear_once", lambda: None)
    monkeypatch.setattr("commonweal.commands._bytecode.keep", lambda: None)
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    for said, meant in ((None, "1"), ("3", "3")):
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", said) if said else monkeypatch.delenv("OPENBLAS_NUM_THREADS", False)
        assert main() == 0 and os.environ["OPENBLAS_NUM_THREADS"] == meant


def test_a_table_is_printed_without_what_draws():
    code = """import sys; from commonweal.commands import _best, _jobs, _play, _ranking, table
print([m for m in ('matplotlib', 'seaborn', 'jinja2', 'mesa') if m in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize("words", [words for words in CALLS_FOR_HELP if words != ["--version"]], ids=" ".join)
def test_help_is_plain_text_with_examples_that_fits(command, words):
    done = command(*words)
    assert (done.code, done.err) == (0, "")
    assert "examples:\n  commonweal " in done.out
    assert "\x1b" not in done.out
    assert not words or "--help" not in words[0] or all(f"\n  {verb} " in done.out for verb in verbs())
    assert max(map(len, done.out.splitlines())) <= 120
    assert len(done.out.splitlines()) <= SCREEN


@pytest.mark.parametrize(("verb", "more"), [(verb, more) for verb in verbs() for more in _told_besides(verb)])
def test_more_help_is_told_of_and_told(command, verb, more):
    assert f"commonweal {verb} --help {more}" in command(verb, "--help").out
    done = command(verb, "--help", more)
    assert (done.code, done.err) == (0, "") and len(done.out.splitlines()) > 10
    assert done.out not in command(verb, "--help").out


def test_verbs_stand_in_groups_each_once(command):
    modules = [each.name for each in iter_modules(commands.__path__) if not each.name.startswith("_")]
    assert sorted(verbs()) == sorted(modules)
    lines = command("--help").out.splitlines()
    places = [lines.index(f"{group}:") for group in GROUPS]
    assert places == sorted(places)
    for names, place in zip(GROUPS.values(), places, strict=True):
        assert [line.split()[0] for line in lines[place + 1 : place + 1 + len(names)]] == list(names)


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_says_what_it_does_in_its_first_line(verb):
    first = (import_module(f"commonweal.commands.{verb}").__doc__ or "").splitlines()[0]
    assert first.endswith(".") and len(first) < 100


def test_version(command):
    assert re.fullmatch(r"commonweal \d+\.\d+\.\d+\S*\n", command("--version").out)


@pytest.mark.parametrize(
    ("word", "remedy"), [("rnu", "commonweal run?"), ("tabel", "commonweal table?"), ("xyzzy", "verbs are: ")]
)
def test_an_unknown_verb_is_refused_with_the_nearest(command, word, remedy):
    done = command(word)
    assert done.code == 2
    assert repr(word) in done.sentence and remedy in done.sentence


def test_flags_are_those_of_hydra():
    theirs = {name for action in get_args_parser()._actions for name in action.option_strings}
    ours = {name for action in _parser_of_flags()._actions for name in action.option_strings}
    left_out = {"--experimental-rerun", "--version", "--help", "-h"}
    assert theirs - ours == left_out
    assert ours - theirs == {"--json", "--fresh", "--dry-run", "--yes"}


def _parser_of_flags():
    kept = []
    original = _flags.Parser

    class ParserOfTest(original):
        def __init__(self, verb):
            super().__init__(verb)
            kept.append(self)

    _flags.Parser = ParserOfTest
    try:
        _flags.read([])
    finally:
        _flags.Parser = original
    return kept[0]


def test_flags_may_stand_anywhere_and_come_out_first():
    flags = _flags.read(["a=1", "-m", "b=2", "--config-dir", "x", "--json", "~c"])
    assert flags.overrides == ["a=1", "b=2", "~c", "json=true"]
    assert _flags.again(flags) == ["--config-dir", "x", "--multirun", "a=1", "b=2", "~c", "json=true"]


def test_output_that_nobody_reads_is_no_error(command, monkeypatch, capsys):
    def broken(_):
        raise BrokenPipeError

    monkeypatch.setattr("commonweal.__main__._dispatch", broken)
    monkeypatch.setattr("commonweal.__main__.os.dup2", lambda *_: None)
    monkeypatch.setattr("sys.stdout.fileno", lambda: 1, raising=False)
    assert command("--help").code == 141
