"""Ctrl-C: it stops at once, says how to go on, leaves no process behind; the same command goes on."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from small_chunks import BLOCK
from thorough import THOROUGH
from tiny import SMALL, SMALL_CHUNKS

from commonweal.analysis.results import load
from commonweal.commands import _ctrl_c
from commonweal.commands._terminal import progress


def _stopped(
    folder: Path, *words: str, how: signal.Signals = signal.SIGINT, parts: str = "runs/c*.parquet",
    again: float | None = None,
) -> tuple[subprocess.Popen, str, float]:  # fmt: skip
    """Start a command, wait until it has parts, press Ctrl-C for its whole process group, or kill the command.

    again: seconds after which Ctrl-C is pressed once more.
    """
    process = subprocess.Popen(
        [sys.executable, *SMALL_CHUNKS, *words], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True, env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, cwd=folder, preexec_fn=_heed_ctrl_c,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(folder.rglob(parts)):
        assert process.poll() is None and time.monotonic() < deadline, process.communicate()
        time.sleep(0.05)
    if how == signal.SIGINT:
        os.killpg(process.pid, how)
        if again is not None:
            time.sleep(again)
            with suppress(ProcessLookupError):  # it has ended already
                os.killpg(process.pid, how)
    else:
        process.send_signal(how)
    pressed = time.monotonic()
    _, err = process.communicate(timeout=30)
    return process, err, time.monotonic() - pressed


def _heed_ctrl_c() -> None:
    """A shell that runs the tests in the background has them ignore Ctrl-C, and so what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _gone(group: int) -> bool:
    """Whether no process of a group is left, within some seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_and_going_on(command, folder, monkeypatch, workers):
    words = ["run", "strategy=inclusion", *SMALL, "run.replicates=200", "figures=false", "out=here"]
    stopped, err, seconds = _stopped(folder, *words, f"workers={workers}")
    assert stopped.returncode == 130
    assert err.splitlines()[-1] == "Stopped. What was finished is kept; commonweal resume here goes on."
    assert "Traceback" not in err and "KeyboardInterrupt" not in err
    assert seconds < 5
    assert _gone(stopped.pid)
    refused = command("table", "here")
    assert refused.code == 2 and "here is unfinished; commonweal resume here goes on" in refused.sentence
    monkeypatch.setattr("commonweal.study.blocks.BLOCK_LEADER_ROUNDS", BLOCK)
    kept = len(list((folder / "here" / "runs").glob("c*.parquet")))
    told = command("resume", "here", "--dry-run").out.splitlines()
    assert told == [f"here: interrupted; {20 * kept} of 400 runs are done", "commonweal resume here goes on"]
    again = command(*words, "workers=1")
    assert again.code == 0 and f"resuming: {20 * kept} of 400 runs" in again.err
    assert command(*words[:-1], "out=whole", "workers=1").code == 0
    assert load(folder / "here").runs.equals(load(folder / "whole").runs)
    assert command("status", "here").out == "here: finished; 400 of 400 runs are done\n"


@pytest.mark.parametrize("again", [0.0, 0.003, 0.2] if THOROUGH else [0.003])
def test_ctrl_c_twice_is_a_stop_as_well(command, folder, monkeypatch, again):
    words = ["run", "strategy=inclusion", *SMALL, "run.replicates=200", "figures=false"]
    stopped, err, _ = _stopped(folder, *words, "workers=2", "out=here", again=again)
    assert stopped.returncode in (130, -signal.SIGINT)  # a shell calls both 130
    assert err.splitlines()[-1].startswith("Stopped.")
    assert "Traceback" not in err and "KeyboardInterrupt" not in err
    assert _gone(stopped.pid)
    monkeypatch.setattr("commonweal.study.blocks.BLOCK_LEADER_ROUNDS", BLOCK)
    for name in ("here", "whole"):
        assert command(*words, "workers=1", f"out={name}").code == 0
    assert load(folder / "here").runs.equals(load(folder / "whole").runs)


def test_ctrl_c_is_heard_once_and_again_where_nothing_came_of_it(monkeypatch):
    pressed, clock = _ctrl_c._Once(), iter([100.0, 100.1, 104.9, 106.0])
    monkeypatch.setattr(_ctrl_c.time, "monotonic", lambda: next(clock))
    with pytest.raises(KeyboardInterrupt):
        pressed(signal.SIGINT, None)
    for _ in range(2):
        pressed(signal.SIGINT, None)
    with pytest.raises(KeyboardInterrupt):
        pressed(signal.SIGINT, None)


def test_ctrl_c_that_python_lost_is_heard_when_something_is_done(monkeypatch):
    """What is raised while objects are cleaned up goes nowhere, and the run would go on to its end."""
    pressed = _ctrl_c._Once()
    monkeypatch.setattr(_ctrl_c.signal, "getsignal", lambda _: pressed)
    with progress(sys.stderr, quiet=True) as notify:
        notify("playing", 1, 9)
        with suppress(KeyboardInterrupt):
            pressed(signal.SIGINT, None)
        with pytest.raises(KeyboardInterrupt):
            notify("playing", 2, 9)


@pytest.mark.parametrize(
    ("before", "changed"), [(signal.default_int_handler, True), (signal.SIG_IGN, False), (signal.SIG_DFL, False)]
)
def test_what_was_ignored_before_stays_so(before, changed):
    kept = signal.signal(signal.SIGINT, before)
    try:
        _ctrl_c.hear_once()
        assert isinstance(signal.getsignal(signal.SIGINT), _ctrl_c._Once) == changed
    finally:
        signal.signal(signal.SIGINT, kept)


def test_ctrl_c_in_a_design_and_resuming_it(command, folder, monkeypatch):
    words = ["run", "design=grid", "design.over.learn.public=[0.2,0.8]", *SMALL, "run.replicates=200", "out=here"]
    stopped, err, seconds = _stopped(folder, *words, "workers=2", "quiet=true", parts="runs/c*.parquet")
    assert stopped.returncode == 130
    assert err.splitlines()[-1] == "Stopped. What was finished is kept; commonweal resume here goes on."
    assert "Traceback" not in err and "KeyboardInterrupt" not in err
    assert seconds < 5
    assert _gone(stopped.pid)
    monkeypatch.setattr("commonweal.study.blocks.BLOCK_LEADER_ROUNDS", BLOCK)
    kept = {part: part.stat().st_mtime_ns for part in (folder / "here" / "runs").glob("c*.parquet")}
    assert 0 < len(kept) < 20
    told = command("status", "here").out.splitlines()
    assert told == [f"here: interrupted; {20 * len(kept)} of 400 runs are done", "commonweal resume here goes on"]
    assert command("resume", "here", "workers=1", "quiet=true").code == 0
    assert command("status", "here").out == "here: finished; 400 of 400 runs are done\n"
    assert all(part.stat().st_mtime_ns == written for part, written in kept.items())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_command_however_it_ends(folder, how):
    words = ["run", "strategy=inclusion", *SMALL, "run.replicates=2000", "figures=false", "out=here", "workers=2"]
    stopped, _, _ = _stopped(folder, *words, how=how)
    assert stopped.returncode == -how
    assert _gone(stopped.pid)


def test_ctrl_c_in_a_sweep(folder):
    words = ["run", "-m", "strategy=inclusion,incentives", *SMALL, "run.replicates=200", "figures=false", "out=sweep"]
    stopped, err, _ = _stopped(folder, *words)
    assert stopped.returncode == 130
    assert err.splitlines()[-1] == "Stopped. What was finished is kept; the same command with out=sweep goes on."
    assert "Traceback" not in err


@pytest.mark.parametrize("sweep", [[], ["-m"]], ids=["alone", "sweep"])
def test_ctrl_c_in_this_process(command, monkeypatch, sweep):
    def press(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("commonweal.commands._play.run_study", press)
    done = command("run", *sweep, "strategy=inclusion", *SMALL, "workers=1", "out=here")
    assert done.code == 130 and ("out=here goes on" if sweep else "commonweal resume here goes on") in done.err


def test_ctrl_c_before_anything_is_there(command, monkeypatch, folder):
    def press(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("commonweal.commands._play.read", press)
    done = command("run", "strategy=inclusion", *SMALL)
    assert (done.code, done.err) == (130, "Stopped.\n")
    assert not any(folder.iterdir())
