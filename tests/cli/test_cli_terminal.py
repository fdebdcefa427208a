"""What is said meanwhile: a bar on a terminal, plain lines elsewhere; the one-time compilation announces itself."""

import io
import os
import pty
import select
import subprocess
import sys
from types import SimpleNamespace

import pytest
from tiny import SMALL

from commonweal.commands import _kernels, _terminal


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_lines_say_what_how_much_how_fast_and_how_long_still():
    out, clock = io.StringIO(), Clock()
    notify = _terminal._Lines(out, clock=clock)
    for now, what, done in [
        (0, "simulating", 0),
        (5, "simulating", 50),
        (12, "simulating", 120),
        (13, "searching", 120),
    ]:
        clock.now = now
        notify(what, done, 1000)
    assert out.getvalue().splitlines() == [
        "simulating: 0 of 1,000 runs",
        "simulating: 120 of 1,000 runs, 10 runs/s, 88 s left",
        "searching: 120 of 1,000 runs, 9 runs/s, 95 s left",
    ]


def test_what_a_stage_finds_done_says_nothing_of_the_speed():
    """After a stop two waves are there already: they took no time now, and the rest takes what it takes."""
    out, clock = io.StringIO(), Clock()
    notify = _terminal._Lines(out, "worlds", clock=clock)
    for now, what, done in [(0, "wave 1", 300), (1, "wave 2", 500), (2, "wave 3", 500), (12, "wave 3", 510)]:
        clock.now = now
        notify(what, done, 1000)
    assert out.getvalue().splitlines()[1:] == [
        "wave 2: 500 of 1,000 worlds",
        "wave 3: 500 of 1,000 worlds",
        "wave 3: 510 of 1,000 worlds, 1 worlds/s, 588 s left",
    ]


def test_a_bar_forgets_the_speed_of_what_was_found_done(monkeypatch):
    from rich import progress as parts

    monkeypatch.setenv("TERM", "xterm")
    resets = []
    reset = parts.Progress.reset
    monkeypatch.setattr(parts.Progress, "reset", lambda *bar, **how: (resets.append(how), reset(*bar, **how)))
    with _terminal.progress(Terminal(), False) as notify:
        for what, done in (("wave 1", 300), ("wave 1", 310), ("wave 2", 500), ("wave 3", 500), ("wave 3", 510)):
            notify(what, done, 1000)
    assert [each["completed"] for each in resets] == [300, 500]


def test_steps_within_a_stage_are_no_new_stage():
    out, clock = io.StringIO(), Clock()
    notify = _terminal._Lines(out, clock=clock)
    for step in range(5):
        notify(f"searching ({step} of 5)", 0, 10)
    assert len(out.getvalue().splitlines()) == 1


def test_quiet_is_quiet():
    out = io.StringIO()
    with _terminal.progress(out, True) as notify:
        notify("simulating", 1, 2)
    with _terminal.stage(out, "waiting"):
        pass
    assert out.getvalue() == ""


def test_a_bar_on_a_terminal_goes_when_it_is_done(folder):
    here, there = pty.openpty()
    words = ["run", "strategy=inclusion", *SMALL, "workers=1", "figures=false"]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "TERM": "xterm", "COLUMNS": "80"}
    command = [sys.executable, "-m", "commonweal", *words]
    process = subprocess.Popen(command, stderr=there, stdout=subprocess.PIPE, env=environment, text=True)
    os.close(there)
    said = b""
    while select.select([here], [], [], 60)[0]:
        try:
            said += os.read(here, 65536)
        except OSError:
            break
    assert process.stdout is not None
    out = process.stdout.read()
    assert process.wait(60) == 0
    text = said.decode()
    assert "reading the configuration" in text and "\x1b[2K" in text and "/6" in text
    assert "\x1b" not in out and "inclusion" in out


class Part:
    """A kernel of a name."""

    def __init__(self, name: str) -> None:
        self.__module__, self.__name__, self.has_a_place = "somewhere", name, lambda: True


def parts(there: bool) -> list[SimpleNamespace]:
    """Kernels for three kinds of arguments, two of them of the same kernel."""
    one, other = Part("one"), Part("other")
    return [SimpleNamespace(kernel=each, kinds=(), signature=(), is_there=lambda: there) for each in (one, other, one)]


@pytest.mark.parametrize("there", [True, False])
def test_the_compilation_announces_itself_and_counts(monkeypatch, capsys, tmp_path, there):
    monkeypatch.delenv("NUMBA_DISABLE_JIT", raising=False)
    monkeypatch.setattr(_kernels, "CACHE", tmp_path)
    monkeypatch.setattr(_kernels, "needed", lambda _: parts(there))
    monkeypatch.setattr(_kernels, "perform", lambda tasks, workers: ((task, None) for task in tasks))
    monkeypatch.setattr(_terminal, "EVERY", 0.0)
    _kernels.compile_model([], False)
    said = capsys.readouterr()
    lines = [line.partition(", ")[0] for line in said.err.splitlines()]
    counted = ["compiling: 0 of 3 parts", "compiling: 2 of 3 parts", "compiling: 3 of 3 parts"]
    assert said.out == "" and lines == ([] if there else ["Compiling what this needs of the model", *counted])
    _kernels.compile_model([], True)
    assert capsys.readouterr() == ("", "")


def test_without_a_folder_for_the_compiled_model_it_says_so(monkeypatch, capsys):
    monkeypatch.delenv("NUMBA_DISABLE_JIT", raising=False)
    monkeypatch.setattr(_kernels, "CACHE", None)
    _kernels.compile_model([], False)
    assert "set COMMONWEAL_CACHE to a folder that is" in capsys.readouterr().err
    _kernels.compile_model([], True)
    assert capsys.readouterr().err == ""


class Terminal(io.StringIO):
    """A terminal in memory."""

    def isatty(self) -> bool:
        return True


def test_a_bar_says_what_how_much_how_fast(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    out = Terminal()
    with _terminal.progress(out, False) as notify:
        for done in range(0, 1001, 100):
            notify("simulating [red]", done, 1000)
    with _terminal.stage(out, "drawing"):
        pass
    text = out.getvalue()
    assert "simulating [red]" in text and "1000/1000" in text and "runs/s" in text and "drawing" in text


def test_a_dumb_terminal_gets_lines(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    out = Terminal()
    with _terminal.progress(out, False) as notify:
        notify("simulating", 1, 10)
    assert out.getvalue() == "simulating: 1 of 10 runs\n"
