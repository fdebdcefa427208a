"""Surveys: killed, crashed, short of room, altered, extended, shared, and still the same to the last bit."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from sim import blocks
from sim.blocks import Block, cut
from sim.composition import session
from sim.configuration import read
from sim.dataset import Dataset
from sim.errors import InputError
from sim.folder import locked
from sim.query import connect
from sim.survey import Survey, blocks_of, examine, extend, run_survey
from sim.work import Workplace

SMALL = ("community.leaders=6", "community.degree=2", "run.rounds=3", "run.replicates=4")
GRID = ("design=grid", "design.over.learn.public=[0.2,0.5,0.8]", "design.across.scenario=[calm,crisis]")


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 2 * 6 * 3)


def survey(*words: str) -> Survey:
    with session():
        found = read([*GRID, *SMALL, *words]).survey
    assert found is not None
    return found


def rows(dataset: Dataset) -> pa.Table:
    """Every run by name of condition and replicate, the rest to the bit."""
    with connect(dataset) as connection:
        return connection.sql("SELECT * EXCLUDE condition FROM runs ORDER BY name, replicate").to_arrow_table()


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> pa.Table:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 2 * 6 * 3)
        return rows(run_survey(survey(), tmp_path_factory.mktemp("whole"), workers=1).dataset)


def test_every_condition_and_replicate_is_there_once(whole):
    assert whole.num_rows == 6 * 4
    assert len(set(zip(whole["name"].to_pylist(), whole["replicate"].to_pylist(), strict=True))) == 24
    assert set(whole["status"].to_pylist()) == {"succeeded"}


@pytest.mark.parametrize("size", [1, 100, 10_000])
def test_neither_the_size_of_blocks_nor_workers_change_a_bit(whole, tmp_path, monkeypatch, size):
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", size)
    assert rows(run_survey(survey(), tmp_path, workers=1 if size == 1 else 2).dataset).equals(whole)


def test_any_executor_and_any_shards_give_the_same(whole, tmp_path):
    with ThreadPoolExecutor(2) as executor:
        found = run_survey(survey(), tmp_path / "threads", place=Workplace(executor, 2, "threads"))
    assert rows(found.dataset).equals(whole)
    for shard in (2, 0, 1):
        found = run_survey(survey(), tmp_path / "shards", workers=1, shards=3, shard=shard)
        assert found.manifest["status"] == "unfinished"
    gathered = run_survey(survey(), tmp_path / "shards", workers=1)
    assert gathered.manifest["status"] == "finished" and rows(gathered.dataset).equals(whole)


def test_more_replicates_and_conditions_extend_without_playing_again(whole, tmp_path, monkeypatch):
    half = survey("run.replicates=2", "design.over.learn.public=[0.5,0.2]")
    run_survey(half, tmp_path, workers=1)
    played: list[Block] = []
    real = Dataset.write
    monkeypatch.setattr(
        Dataset, "write", lambda self, block, found: (played.append(block), real(self, block, found))[1]
    )
    assert rows(run_survey(survey(), tmp_path, workers=1).dataset).equals(whole)
    assert sum(block.runs for block in played) == 24 - 8
    with pytest.raises(InputError, match="has conditions that this design lacks"):
        run_survey(half, tmp_path, workers=1)


def test_extents_cover_exactly_what_is_wanted():
    first = extend([], 5, 10)
    second = extend(first, 8, 10)
    third = extend(second, 8, 30)
    assert (first, second[1:], third[2:]) == ([Block(0, 5, 0, 10)], [Block(5, 8, 0, 10)], [Block(0, 8, 10, 30)])
    assert extend(third, 8, 20) == third
    cells = [
        (condition, replicate)
        for block in blocks_of(third, 7, 11)
        for condition in range(block.first, block.last)
        for replicate in range(block.first_replicate, block.last_replicate)
    ]
    assert sorted(cells) == [(condition, replicate) for condition in range(8) for replicate in range(30)]


def test_blocks_are_of_equal_work(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 1_500_000)
    assert {block.runs for block in cut(Block(0, 640, 0, 200), 100, 60)} == {200}
    assert max(block.runs for block in cut(Block(0, 1, 0, 1_000_000), 5, 3)) <= blocks.BLOCK_LEADER_ROUNDS


DAMAGE = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-7]),
    "altered": lambda path: path.write_bytes(path.read_bytes().replace(b"succeeded", b"sUcceeded", 1) + b"x"),
    "emptied": lambda path: path.write_bytes(b""),
    "removed": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_part_is_found_and_played_again(whole, tmp_path, damage):
    found = run_survey(survey(), tmp_path, workers=1)
    part = sorted(found.dataset.parts_folder.iterdir())[1]
    DAMAGE[damage](part)
    state = examine(found.dataset, blocks_of([Block(0, 6, 0, 4)], 6, 3))
    assert len(state.missing) + len(state.altered) == 1
    assert rows(run_survey(survey(), tmp_path, workers=1).dataset).equals(whole)


def test_a_part_of_another_study_is_not_taken_for_ones_own(whole, tmp_path):
    other = run_survey(survey("run.seed=2"), tmp_path / "other", workers=1)
    run_survey(survey(), tmp_path / "mine", workers=1)
    for part in (tmp_path / "mine" / "runs").iterdir():
        part.unlink()
    for part in other.dataset.parts_folder.iterdir():
        part.rename(tmp_path / "mine" / "runs" / part.name)
    assert rows(run_survey(survey(), tmp_path / "mine", workers=1).dataset).equals(whole)


def test_other_numbers_are_refused_unless_fresh(tmp_path, monkeypatch):
    run_survey(survey(), tmp_path, workers=1)
    with pytest.raises(InputError, match="holds runs of 3 rounds with seed 1, not of 3 with seed 2"):
        run_survey(survey("run.seed=2"), tmp_path, workers=1)
    with pytest.raises(InputError, match="another configuration"):
        run_survey(survey("choose.noise=0.1"), tmp_path, workers=1)
    monkeypatch.setattr("sim.survey.NUMBERS", "999")
    with pytest.raises(InputError, match="when the model's numbers were of version"):
        run_survey(survey(), tmp_path, workers=1)
    assert run_survey(survey(), tmp_path, workers=1, fresh=True).manifest["numbers"] is not None


def test_what_is_somebody_elses_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    for fresh in (False, True):
        with pytest.raises(InputError, match="holds something else"):
            run_survey(survey(), tmp_path, workers=1, fresh=fresh)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_two_at_once_are_kept_apart(tmp_path):
    with locked(tmp_path), pytest.raises(InputError, match=f"is being filled by process {os.getpid()}"):
        run_survey(survey(), tmp_path, workers=1)
    assert run_survey(survey(), tmp_path, workers=1).manifest["status"] == "finished"


class Crash(BaseException):
    """Stands for a kill."""


OPERATIONS = ("replace", "fsync", "unlink")


def _at_each_operation(monkeypatch, number: int, error: BaseException) -> None:
    """The number-th durable operation of this process comes to an error, before it is done."""
    count = 0
    for name in OPERATIONS:
        real = getattr(os, name)

        def stopping(*given, real=real, **more):
            nonlocal count
            count += 1
            if count == number:
                raise error
            return real(*given, **more)

        monkeypatch.setattr(os, name, stopping)


def _count(monkeypatch, folder: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        count = 0

        def counting(real):
            def call(*given, **more):
                nonlocal count
                count += 1
                return real(*given, **more)

            return call

        for name in OPERATIONS:
            patch.setattr(os, name, counting(getattr(os, name)))
        run_survey(survey(), folder, workers=1)
    return count


@pytest.mark.parametrize("error", [Crash(), OSError(28, "No space left on device")], ids=["crash", "full disk"])
def test_a_crash_or_a_full_disk_at_any_durable_operation_loses_nothing(whole, tmp_path, error):
    asked = survey()
    operations = _count(None, tmp_path / "count")
    assert operations > 3 * 12
    for number in range(1, operations + 1):
        folder = tmp_path / str(number)
        with pytest.MonkeyPatch.context() as patch:
            _at_each_operation(patch, number, error)
            with pytest.raises((Crash, InputError)) as stopped:
                run_survey(asked, folder, workers=1)
        if isinstance(stopped.value, InputError):
            assert "No space left on device" in str(stopped.value)
        before = {path.name for path in (folder / "runs").glob("c*.parquet")}
        found = run_survey(asked, folder, workers=1)
        assert rows(found.dataset).equals(whole), number
        assert before <= {path.name for path in (folder / "runs").iterdir()}
        assert not list(folder.rglob("*.tmp"))


def _failing(variation, change, *rest):
    if change.get("learn.public") == 0.5:
        raise ArithmeticError("planted")
    return REAL_PLAY(variation, change, *rest)


REAL_PLAY = blocks._play


def test_a_failing_condition_is_recorded_and_stops_no_other(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "_play", _failing)
    found = run_survey(survey(), tmp_path, workers=1)
    assert found.manifest["status"] == "finished" and len(found.state.failed) > 0
    table = rows(found.dataset).to_pandas()
    bad = table[table.status == "failed"]
    assert set(bad.learn_public) == {0.5} and len(bad) == 8
    assert (bad.error == "ArithmeticError: planted").all() and bad.welfare.isna().all()
    monkeypatch.setattr(blocks, "_play", REAL_PLAY)
    assert rows(run_survey(survey(), tmp_path, workers=1).dataset).equals(whole)


def _deadly(variation, change, *rest):
    if change.get("learn.public") == 0.5:
        os.kill(os.getpid(), signal.SIGKILL)
    return REAL_PLAY(variation, change, *rest)


def test_a_condition_that_kills_its_process_is_found_alone(tmp_path, monkeypatch):
    import multiprocessing

    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 2 * 2 * 6 * 3)
    real = multiprocessing.get_context
    monkeypatch.setattr(multiprocessing, "get_context", lambda kind: real("fork"))
    monkeypatch.setattr("multiprocessing.context.ForkContext.set_forkserver_preload", lambda *_: None, raising=False)
    monkeypatch.setattr(blocks, "_play", _deadly)
    table = rows(run_survey(survey("run.replicates=2"), tmp_path, workers=2).dataset).to_pandas()
    assert set(table[table.status == "failed"].learn_public) == {0.5}
    assert (table.status == "failed").sum() == 4
    assert table[table.status == "failed"].error.str.contains("killed").all()


@pytest.mark.long
def test_studies_killed_at_random_moments_go_on_to_the_same_bits(whole, tmp_path):
    """kill -9 at 20 random moments of real studies, each then finished by the command that was killed."""
    lot = random.Random(20260101)
    words = [*GRID, *SMALL, "workers=1", "quiet=true"]
    front = [sys.executable, str(Path(__file__).with_name("small_blocks.py")), "run", *words]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    began = time.monotonic()
    subprocess.run([*front, f"out={tmp_path / 'timed'}"], check=True, env=environment, stdout=subprocess.DEVNULL)
    lasts = time.monotonic() - began
    folder, kills, number = tmp_path / "0", 0, 0
    while kills < 20:
        began = time.monotonic()
        with subprocess.Popen([*front, f"out={folder}"], env=environment, stdout=subprocess.DEVNULL) as process:
            try:
                process.wait(timeout=lasts * lot.uniform(0.6, 1.0))
                lasts = min(lasts, time.monotonic() - began)  # the machine may have been busy when it was timed
                number += 1
                folder = tmp_path / str(number)
            except subprocess.TimeoutExpired:
                process.kill()
                kills += 1
    expected = rows(Dataset(tmp_path / "timed", survey().identity))
    assert expected.num_rows == whole.num_rows
    for each in range(number + 1):
        subprocess.run([*front, f"out={tmp_path / str(each)}"], check=True, env=environment, stdout=subprocess.DEVNULL)
        assert rows(Dataset(tmp_path / str(each), survey().identity)).equals(expected)


def test_a_rule_asks_for_more_until_it_is_content(tmp_path):
    asked = survey("replication=interval", "replication.of='calm + learn_public=0.8'", "replication.step=3",
                   "replication.width=0.05", "replication.most=40", "replication.measure=cooperation")  # fmt: skip
    found = run_survey(asked, tmp_path, workers=1)
    rule = found.manifest["replication"]
    assert rule["content"] and rule["reached"]["width"] <= 0.05
    table = rows(found.dataset).to_pandas().set_index(["name", "replicate"]).cooperation
    difference = (table["calm + learn_public=0.8"] - table["calm + learn_public=0.2"]).to_numpy()
    assert rule["reached"]["pairs"] == len(difference) and (len(difference) - 4) % 3 == 0
    assert rule["reached"]["difference"] == pytest.approx(difference.mean())
    none = replace(asked, rule=asked.rule.model_copy(update={"width": 1e-9, "most": 9}))
    unmet = run_survey(none, tmp_path / "unmet", workers=1)
    assert unmet.manifest["replication"]["content"] is False
    assert rows(unmet.dataset).num_rows == 6 * 9


def test_a_rule_over_an_unknown_condition_is_refused(tmp_path):
    asked = survey("replication=interval", "replication.of='calm + learn_public=0.9'")
    with pytest.raises(InputError, match="which is no condition; did you mean"):
        run_survey(asked, tmp_path, workers=1)
