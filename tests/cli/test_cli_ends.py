"""Ends: a folder that was deleted, a reader who goes, a closed stream, a full disk, a signal."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from thorough import THOROUGH
from tiny import SMALL, TINY

from commonweal.analysis.results import load
from commonweal.commands import verbs

STUDY = ("run", "strategy=inclusion", *TINY, "out=study")
LINES = ["table study", "table study --json", "run --help", "run --cfg job", "status study", "--help"]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A folder with a study."""
    folder = tmp_path_factory.mktemp("home")
    assert ended(folder, *STUDY).returncode == 0
    return folder


@pytest.fixture(params=["", "1"], ids=["buffered", "unbuffered"])
def buffering(request, monkeypatch) -> None:
    """Python writes at once, or when it has enough."""
    monkeypatch.setenv("PYTHONUNBUFFERED", request.param)


def ended(folder: Path, *words: str, shell: str = "", **streams) -> subprocess.CompletedProcess[str]:
    """A command in a folder. shell: what follows it there, such as `>&-`."""
    front = [sys.executable, "-m", "commonweal", *words]
    if shell:
        front = ["sh", "-c", f'"$@" {shell}', "sh", *front]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONWARNINGS": "ignore"}
    return subprocess.run(front, cwd=folder, text=True, env=environment, timeout=300, **streams)


@pytest.fixture
def unread():
    """A pipe that nobody reads."""
    read, write = os.pipe()
    os.close(read)
    yield write
    os.close(write)


@pytest.mark.parametrize("line", LINES)
def test_whoever_reads_may_go(home, buffering, unread, line):
    done = ended(home, *line.split(), stdout=unread)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(
    ("buffering", "workers"), [("", 1), ("1", 2), ("", 2), ("1", 1)][: 4 if THOROUGH else 2], indirect=["buffering"]
)
def test_a_study_whose_words_nobody_reads_is_played_all_the_same(tmp_path, buffering, unread, workers):
    done = ended(tmp_path, *STUDY, f"workers={workers}", stdout=unread, stderr=unread)
    assert done.returncode == 141
    assert (tmp_path / "study" / "effects.csv").exists()
    quiet = ended(tmp_path, *STUDY, f"workers={workers}", "fresh=true", stderr=unread)
    assert quiet.returncode == 0 and "inclusion" in quiet.stdout


def test_a_refusal_that_nobody_reads_is_one(home, buffering, unread):
    assert ended(home, "table", "nowhere", stderr=unread).returncode == 2


CLOSED = {
    "workers=2": (">&-", "2>&-", "<&-", "<&- >&- 2>&-"),
    "workers=1": (">&-", "<&- >&- 2>&-") + ("2>&-", "<&-") * THOROUGH,
    "--json": (">&-", "2>&-") + ("<&-", "<&- >&- 2>&-") * THOROUGH,
}
"""each with workers, whose pipes would take the place of a stream; of the others those in which it is another stream"""


@pytest.mark.parametrize(("more", "shell"), [(more, shell) for more in CLOSED for shell in CLOSED[more]])
def test_a_closed_stream_leads_nowhere(tmp_path, shell, more):
    done = ended(tmp_path, *STUDY, more, shell=shell)
    assert done.returncode == 0, done.stderr
    assert ("inclusion" in done.stdout) == (">&-" not in shell.replace("2>&-", ""))
    assert set(load(tmp_path / "study").runs["strategy"]) == {"laissez_faire", "inclusion"}
    assert "inclusion" in (tmp_path / "study" / "effects.csv").read_text()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("line", LINES)
def test_a_full_disk_is_told(home, buffering, line):
    with open("/dev/full", "w") as full:
        done = ended(home, *line.split(), stdout=full)
    assert done.returncode == 2
    assert done.stderr == "What was to be printed cannot be written: No space left on device; make room\n"


@pytest.mark.parametrize("verb", [*verbs(), "run -m scenario=calm,crisis", "run --cfg job"])
def test_a_current_folder_that_was_deleted(tmp_path, verb):
    """Whatever the verb is given: it means nothing there."""
    done = ended(tmp_path, *verb.split(), shell="", **nowhere(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "the current folder cannot be used (No such file or directory); change to one that is there\n"
    )


@pytest.mark.parametrize("line", ["--help", "--version", "run --help"])
def test_help_needs_no_folder(tmp_path, line):
    done = ended(tmp_path, *line.split(), **nowhere(tmp_path))
    assert (done.returncode, done.stderr) == (0, "") and "commonweal" in done.stdout


def nowhere(folder: Path) -> dict:
    """What starts a command in a folder that it has deleted before."""

    def leave() -> None:
        (folder / "gone").mkdir()
        os.chdir(folder / "gone")
        os.rmdir(folder / "gone")

    return {"preexec_fn": leave}


def _heed_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


SLOW_START = """
import os, sys, time
if "multiprocessing.forkserver" in " ".join(sys.orig_argv):
    open(os.environ["STARTED"], "w").close()
    time.sleep(3)
"""
"""for whoever starts workers, before it imports what they need; `sitecustomize`, which Python imports first"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_workers_are_being_started(tmp_path, how):
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "sitecustomize.py").write_text(SLOW_START)
    started = tmp_path / "started"
    paths = [str(tmp_path / "first"), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "STARTED": str(started)}
    process = subprocess.Popen(
        [sys.executable, "-m", "commonweal", "run", "strategy=inclusion", *SMALL, "workers=2", "out=here"],
        cwd=tmp_path, env=environment | {"PYTHONPATH": os.pathsep.join(paths)}, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_heed_ctrl_c,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not started.exists():
        assert process.poll() is None and time.monotonic() < deadline, process.communicate()
        time.sleep(0.05)
    time.sleep(0.5)
    if how == signal.SIGINT:
        os.killpg(process.pid, how)
    else:
        process.send_signal(how)
    _, err = process.communicate(timeout=60)
    assert "Traceback" not in err and "KeyboardInterrupt" not in err
    assert process.returncode == (130 if how == signal.SIGINT else -how)
    if how == signal.SIGINT:
        assert err.splitlines()[-1].startswith("Stopped. What was finished is kept")
