"""Studies that are killed, run out of room, are damaged, extended and shared, in any order, end with the same bits."""

import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from durable import Kill, disk
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from small_study import DAMAGE, rows, small

from commonweal.errors import InputError
from commonweal.study.play import play_study
from commonweal.study.study import Study

SHORT = ("design.over.learn.public=[0.2,0.8]", "design.across={}", "run.replicates=2")
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


def in_a_fork(work: Callable[[], object]) -> int:
    """A process that does some work and ends, all that is imported and compiled being there already."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def test_studies_killed_at_random_moments_go_on_to_the_same_bits(whole, tmp_path):
    """kill -9 at 20 random moments, folder after folder, each then finished."""
    asked, lot = small(), random.Random(20260101)
    began = time.monotonic()
    os.waitpid(in_a_fork(lambda: play_study(asked, tmp_path / "timed", workers=1)), 0)
    lasts = time.monotonic() - began
    kills, moments, folder = 0, set(), tmp_path / "0"
    for number in range(1, 400):
        child = in_a_fork(lambda folder=folder: play_study(asked, folder, workers=1))
        time.sleep(lasts * lot.random())
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):  # it was done before
            lasts *= 0.9
            folder = tmp_path / str(number)
            continue
        kills += 1
        moments.add(len(list(folder.glob("runs/c*.parquet"))))
        if kills == 20:
            break
        if lot.random() < 0.5:  # else the same study goes on, to be killed again
            assert rows(play_study(asked, folder, workers=1).dataset).equals(whole)
            folder = tmp_path / str(number)
    assert kills == 20 and len(moments) > 3
    for each in tmp_path.iterdir():
        assert rows(play_study(asked, each, workers=1).dataset).equals(whole)
        assert not list(each.rglob("*.tmp"))


@pytest.mark.parametrize("full", [False, True], ids=["killed", "full disk"])
def test_a_kill_or_a_full_disk_at_any_durable_operation_loses_nothing(whole, tmp_path, full):
    asked = small(*SHORT)
    with disk() as counted:
        once = play_study(asked, tmp_path / "count", workers=1)
    expected = rows(once.dataset)
    assert counted.count > 4 * (2 + 2) and expected.num_rows == 4
    for number in range(1, counted.count + 1):
        folder = tmp_path / str(number)
        with disk(number, full), pytest.raises((Kill, InputError)) as stopped:
            play_study(asked, folder, workers=1)
        assert full == isinstance(stopped.value, InputError)
        assert not full or "No space left on device" in str(stopped.value)
        kept = {path.name for path in folder.glob("runs/c*.parquet")}
        assert rows(play_study(asked, folder, workers=1).dataset).equals(expected), number
        assert kept <= {path.name for path in (folder / "runs").iterdir()}
        assert not list(folder.rglob("*.tmp"))


@cache
def asked_for(conditions: int, replicates: int) -> Study:
    found = small("design.across={}", f"design.over.learn.public={[0.2, 0.5, 0.8][:conditions]}")
    return replace(found, size=found.size.model_copy(update={"replicates": replicates}))


@cache
def never_stopped(conditions: int, replicates: int):
    with tempfile.TemporaryDirectory() as folder:
        return rows(play_study(asked_for(conditions, replicates), Path(folder), workers=1).dataset)


class Stops(RuleBasedStateMachine):
    """A study that is begun, stopped, damaged and extended, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = Path(self.scratch.name) / "study"
        self.conditions, self.replicates = 1, 1

    @rule(stop=st.integers(1, 40), full=st.booleans())
    def stopped(self, stop, full):
        with disk(stop, full), suppress(Kill, InputError):
            play_study(asked_for(self.conditions, self.replicates), self.folder, workers=1)

    @rule()
    def played_to_its_end(self):
        found = play_study(asked_for(self.conditions, self.replicates), self.folder, workers=1)
        assert found.manifest["status"] == "finished" and not found.state.failed
        assert rows(found.dataset).equals(never_stopped(self.conditions, self.replicates))
        assert not list(self.folder.rglob("*.tmp"))

    @rule(shard=st.integers(0, 1))
    def one_of_two_shards(self, shard):
        play_study(asked_for(self.conditions, self.replicates), self.folder, workers=1, shards=2, shard=shard)

    @precondition(lambda self: self.conditions < 3)
    @rule()
    def more_conditions(self):
        self.conditions += 1

    @precondition(lambda self: self.replicates < 4)
    @rule()
    def more_replicates(self):
        self.replicates += 1

    @rule(which=st.integers(0, 20), damage=st.sampled_from(sorted(DAMAGE)))
    def damaged(self, which, damage):
        if parts := sorted(self.folder.glob("runs/c*.parquet")):
            DAMAGE[damage](parts[which % len(parts)])

    def teardown(self):
        self.played_to_its_end()
        self.scratch.cleanup()


def test_whatever_befalls_a_study_it_ends_with_the_same_bits():
    run_state_machine_as_test(Stops, settings=settings(max_examples=15, stateful_step_count=8, derandomize=True))


def test_two_processes_on_one_study_are_kept_apart(whole, tmp_path):
    def slowly(what: str, done: int, total: int) -> None:
        if done >= 4:
            (tmp_path / "going").touch()
            time.sleep(60)

    child = in_a_fork(lambda: play_study(small(), tmp_path / "study", workers=1, notify=slowly))
    try:
        while not (tmp_path / "going").exists():
            time.sleep(0.01)
        with pytest.raises(InputError, match=f"is being filled by process {child} on .*; wait until it is done"):
            play_study(small(), tmp_path / "study", workers=1)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert rows(play_study(small(), tmp_path / "study", workers=1).dataset).equals(whole)
