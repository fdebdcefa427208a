"""What a machine may do to a study that is being filled, which ends in a sentence and goes on to the same bits.

It kills it with its workers, takes the right to write, fills up, loses the folder, turns the clock. With
COMMONWEAL_THOROUGH=1 two workers are killed, 60 times, a comparison is stopped at every durable operation, not one in
23, and kernels are compiled anew.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from durable import Kill, disk
from small_study import rows, small
from test_stops import in_a_fork
from thorough import THOROUGH

from commonweal.analysis.results import load, run_study
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.study.play import play_study

KILLS = 60
PLAY_SMALL = Path(__file__).parent / "play_small.py"
NOBODY = 65534
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


@cache
def compared(replicates: int = 4):
    """Two strategies beside doing nothing, at full strength and at equal spend, rounds kept."""
    words = ("experiment=which_strategy", "experiment.strategies=[inclusion,incentives]", "experiment.scenarios=[calm]",
             f"run.replicates={replicates}", "run.rounds=3", "community.leaders=6", "community.degree=2")  # fmt: skip
    with session():
        return read(words).study


def same(one: Path, other: Path) -> bool:
    """Whether two folders of comparisons hold the same, to the bit."""
    one_, other_ = load(one), load(other)
    return all(getattr(one_, name).equals(getattr(other_, name)) for name in ("runs", "rounds", "effects"))


@pytest.mark.skipif(not THOROUGH, reason="only with COMMONWEAL_THOROUGH=1")
def test_studies_of_two_workers_killed_at_random_go_on_to_the_same_bits(whole, tmp_path):
    """kill -9 while as many parts are there as a lot says, and a moment more; the workers end by themselves."""
    lot = random.Random(20261129)
    kills, folder, moments = 0, tmp_path / "0", set()
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    for number in range(1, 10 * KILLS):
        there = len(list(folder.glob("runs/c*.parquet")))
        wanted, moment = lot.randint(min(there, 11), 11), lot.random() * 0.02
        child = subprocess.Popen([sys.executable, PLAY_SMALL, folder], env=paths)
        while len(list(folder.glob("runs/c*.parquet"))) < wanted and child.poll() is None:
            time.sleep(0.001)
        time.sleep(moment)
        child.kill()
        killed = child.wait(60) == -signal.SIGKILL  # else it was done before
        moments.add(len(list(folder.glob("runs/c*.parquet"))))
        kills += killed
        if kills == KILLS:
            break
        if lot.random() < 0.5 or not killed:  # else the same study goes on, to be killed again
            folder = tmp_path / str(number)
    assert kills == KILLS and len(moments) > 3
    for each in tmp_path.iterdir():
        assert rows(play_study(small(), each, workers=1).dataset).equals(whole)
        assert not list(each.rglob("*.tmp"))


@pytest.mark.parametrize("full", [False, True], ids=["killed", "full disk"])
def test_a_comparison_is_stopped_at_any_durable_operation_and_ends_with_the_same_bits(tmp_path, full):
    """Its second wave, searches, tables of rounds and effects are among them."""
    asked = compared()
    with disk() as counted:
        run_study(asked, tmp_path / "whole", workers=1)
    step = 1 if THOROUGH else 23
    assert counted.count > 60
    for number in range(1 + full, counted.count + 1, step):
        folder = tmp_path / str(number)
        with disk(number, full), pytest.raises((Kill, InputError)) as stopped:
            run_study(asked, folder, workers=1)
        assert not full or "No space left on device" in str(stopped.value)
        run_study(asked, folder, workers=1)
        assert same(folder, tmp_path / "whole"), number
        assert not list(folder.rglob("*.tmp"))


@pytest.mark.parametrize("after", [0, 6, 20])
def test_a_folder_that_is_removed_while_it_is_filled(whole, tmp_path, after):
    folder = tmp_path / "here"

    def remove(what: str, done: int, total: int) -> None:
        if done >= after:
            shutil.rmtree(folder, ignore_errors=True)

    with pytest.raises(InputError, match="was removed while it was being filled; give the same command again"):
        play_study(small(), folder, workers=1, notify=remove)
    assert not folder.exists()
    assert rows(play_study(small(), folder, workers=1).dataset).equals(whole)


@pytest.mark.parametrize("below", ["", "runs"])
def test_a_folder_whose_rights_are_taken_while_it_is_filled(whole, below):
    """By somebody who is not root, whom no rights would stop."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, said = Path(scratch) / "here", Path(scratch) / "said"
        os.chmod(scratch, 0o777)

        def take(what: str, done: int, total: int) -> None:
            if done >= 6:
                os.chmod(folder / below, 0o500)

        def work() -> None:
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            try:
                play_study(small(), folder, workers=1, notify=take)
            except InputError as error:
                said.write_text(str(error))

        os.waitpid(in_a_fork(work), 0)
        word = said.read_text()
        assert "cannot be written: Permission denied; what was finished is kept: get the right to write there" in word
        kept = {path.name for path in folder.glob("runs/c*.parquet")}
        assert len(kept) >= 3
        os.chmod(folder / below, 0o700)
        assert rows(play_study(small(), folder, workers=1).dataset).equals(whole)
        assert kept <= {path.name for path in (folder / "runs").iterdir()}


@pytest.mark.parametrize("jump", [-1e9, 1e9])
def test_a_clock_that_jumps_changes_no_bit(whole, tmp_path, monkeypatch, jump):
    """Of this process as it plays, and of every file between two sittings."""
    real, asked = time.time, small()
    told = iter(range(10**9))
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: real() + jump * (next(told) % 3))

        def leave(what: str, done: int, total: int) -> None:
            if done >= 10:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            play_study(asked, tmp_path, workers=1, notify=leave)
    for path in tmp_path.rglob("*"):
        os.utime(path, (real() + jump, real() + jump))
    found = play_study(asked, tmp_path, workers=1)
    assert rows(found.dataset).equals(whole) and found.manifest["seconds"] >= 0
    for path in tmp_path.rglob("*"):
        os.utime(path, (real() + jump, real() + jump))
    more = small("run.replicates=5")
    again = play_study(more, tmp_path, workers=1)
    ours = rows(again.dataset).to_pandas()
    pd.testing.assert_frame_equal(ours[ours.replicate < 4].reset_index(drop=True), whole.to_pandas(), check_exact=True)
    assert len(ours) == 6 * 5


ENGINES = {
    "the interpreter": {"NUMBA_DISABLE_JIT": "1"},
    "another cache": {"COMMONWEAL_CACHE": "cache"},
    "a cache that cannot be written": {"COMMONWEAL_CACHE": "/proc/nowhere"},
}


@pytest.mark.slow
@pytest.mark.skipif(not THOROUGH, reason="kernels are compiled anew, which takes minutes")
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same_bits(tmp_path, engine):
    """Without the compiler; with kernels compiled anew; with none kept."""
    words = ["run", "strategy=communication", "scenario=crisis", "run.replicates=3", "run.rounds=14", "run.keep=rounds",
             "community.leaders=9", "workers=1", "figures=false", "quiet=true"]  # fmt: skip
    for name, given in (("as ever", {}), ("otherwise", ENGINES[engine])):
        environment = {key: value for key, value in os.environ.items() if key != "NUMBA_DISABLE_JIT"} | given
        done = subprocess.run(
            [sys.executable, "-m", "commonweal", *words, f"out={name}"], cwd=tmp_path, env=environment,
            capture_output=True, text=True, timeout=600,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert same(tmp_path / "as ever", tmp_path / "otherwise")
    assert np.isfinite(load(tmp_path / "otherwise").runs["welfare"]).all()
