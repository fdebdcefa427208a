"""What is whole, what is one's own and what comes where: parts, blocks, places and quantiles, to the letter."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_study import small

from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.model.measures import MEASURES
from commonweal.study import blocks, play
from commonweal.study import parts as parts_module
from commonweal.study.blocks import QUANTILES
from commonweal.study.dataset import open_study
from commonweal.study.parts import Parts, digest, folders_of
from commonweal.study.play import play_study
from commonweal.study.progress import state_of
from commonweal.study.query import connect
from commonweal.study.schema import KEPT, arrow
from commonweal.study.tables import merged

LEVELS = [f"q{round(100 * each):02}" for each in QUANTILES]


@cache
def kept(keep: str, *words: str):
    with session():
        return read(["design=grid", "design.over.learn.public=[0.2,0.8]", "community.leaders=6", "community.degree=2",
                     "run.rounds=3", "run.replicates=5", f"run.keep={keep}", *words]).study  # fmt: skip


@pytest.mark.parametrize(("failed", "whole"), [("0" * 24, "f" * 24), ("f" * 24, "0" * 24)])
def test_of_two_parts_of_a_name_the_one_without_failures_counts(tmp_path, failed, whole):
    (tmp_path / f"a.b.{failed}.failed.parquet").touch()
    (tmp_path / f"a.b.{whole}.parquet").touch()
    found = Parts(tmp_path, "i", ".parquet").listed()
    assert list(found) == ["a.b"] and found["a.b"].digest == whole and not found["a.b"].failed


def test_a_part_takes_the_place_of_any_other_of_its_name_and_of_no_other(tmp_path):
    parts = Parts(tmp_path, "mine", ".parquet")
    parts.write("a", b"first", failed=True)
    parts.write("ab", b"beside")
    parts.write("a", b"second")
    assert sorted(parts.listed()) == ["a", "ab"] and len(list(tmp_path.iterdir())) == 2
    assert parts.read(parts.listed()["a"]) == b"second"
    assert Parts(tmp_path, "theirs", ".parquet").read(parts.listed()["a"]) is None
    assert digest(b"x", "mine") != digest(b"x", "theirs") != digest(b"y", "theirs")


def test_beyond_a_thousand_parts_stand_in_folders_of_their_own(tmp_path, monkeypatch):
    """As few as three stand for a thousand. What was written into one folder before is read, and replaced, too."""
    monkeypatch.setattr(parts_module, "MOST", 3)
    for at in range(5):
        name = f"old{at}"
        (tmp_path / f"{name}.{digest(b'old', 'mine')}.failed.parquet").write_bytes(b"old")
    parts = Parts(tmp_path, "mine", ".parquet")
    for at in range(7):
        parts.write(f"new{at}", b"new")
    held = {folder.name: len(list(folder.glob("*.parquet"))) for folder in folders_of(tmp_path)}
    assert held == {tmp_path.name: 5, "0001": 3, "0002": 3, "0003": 1}
    other = Parts(tmp_path, "mine", ".parquet")  # another process
    assert sorted(other.listed()) == sorted([f"old{at}" for at in range(5)] + [f"new{at}" for at in range(7)])
    again = other.write("old0", b"whole")
    assert again.path.parent.name == "0003" and len(list(tmp_path.rglob("old0.*"))) == 1
    other.write("new1", b"newer")
    found = Parts(tmp_path, "mine", ".parquet").listed()
    assert len(found) == 12 and not found["old0"].failed and found["old1"].failed
    assert parts.read(found["new1"]) == b"newer" and len(list(tmp_path.rglob("new1.*"))) == 1


def rows(folder):
    dataset, manifest = open_study(folder)
    table = dataset.runs(state_of(dataset, manifest).parts["runs"]).to_table()
    return table.sort_by([("condition", "ascending"), ("replicate", "ascending")])


def test_a_study_in_several_folders_is_resumed_and_removed(tmp_path, monkeypatch):
    asked = kept("runs", "community.leaders=4")
    whole = play_study(asked, tmp_path / "flat", workers=1)
    flat = rows(tmp_path / "flat")
    monkeypatch.setattr(parts_module, "MOST", 1)
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 4 * 3 * 2)
    play_study(asked, tmp_path / "deep", workers=1)
    parts = [path.parent.name for path in (tmp_path / "deep" / "runs").rglob("*.parquet")]
    assert sorted(parts)[:2] == ["0001", "0002"] and len(parts) > 3
    assert len(state_of(*open_study(tmp_path / "deep")).done) == len(parts)
    assert rows(tmp_path / "deep").equals(flat) and flat.num_rows == 10
    (tmp_path / "deep" / "runs" / "0002" / ".left.parquet.1.tmp").touch()
    victim = next((tmp_path / "deep" / "runs" / "0002").glob("*.parquet"))
    victim.unlink()
    again = play_study(asked, tmp_path / "deep", workers=1)
    assert again.manifest["runs"] == whole.manifest["runs"]
    assert not list(tmp_path.rglob("*.tmp")) and len(list((tmp_path / "deep" / "runs").rglob("*.parquet"))) == len(
        parts
    )
    with monkeypatch.context() as patch:
        patch.setattr(parts_module, "MOST", 1_000)
        play_study(kept("runs", "community.leaders=5"), tmp_path / "deep", workers=1, fresh=True)
    assert folders_of(tmp_path / "deep" / "runs") == [tmp_path / "deep" / "runs"]


def test_a_folder_of_parts_that_is_a_link_is_refused(tmp_path):
    asked = kept("runs")
    play_study(asked, tmp_path / "mine", workers=1)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "mine" / "runs" / "0001").symlink_to(tmp_path / "theirs")
    with pytest.raises(InputError, match="0001 is a link to"):
        play_study(asked, tmp_path / "mine", workers=1)
    assert folders_of(tmp_path / "mine" / "runs") == [tmp_path / "mine" / "runs"]


@pytest.mark.parametrize("table", ["trajectories", "rounds", "runs"])
def test_a_block_that_lacks_one_of_its_parts_is_played_again(tmp_path, table):
    asked = kept("trajectories")
    once = play_study(asked, tmp_path, workers=1)
    tables = {path.name: path.read_bytes() for path in tmp_path.glob("*.parquet")}
    next(iter(sorted((tmp_path / table).iterdir()))).unlink()
    again = play_study(asked, tmp_path, workers=1)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.parquet")} == tables
    assert again.manifest["runs"] == once.manifest["runs"] == 10


def test_what_failed_is_tried_again_and_what_did_not_is_left(tmp_path, monkeypatch):
    asked, real = small(), blocks._play

    def failing(work, change, replicates):
        if change.get("learn.public") == 0.5:
            raise ArithmeticError("planted")
        return real(work, change, replicates)

    with monkeypatch.context() as patch:
        patch.setattr(blocks, "_play", failing)
        found = play_study(asked, tmp_path, workers=1)
    assert found.state.failed and found.manifest["failed"]
    written = {path: path.stat().st_mtime_ns for path in tmp_path.glob("runs/*.parquet") if "failed" not in path.name}
    again = play_study(asked, tmp_path, workers=1)
    assert not again.manifest["failed"] and not list(tmp_path.glob("runs/*failed*"))
    assert {path: path.stat().st_mtime_ns for path in written} == written


def test_conditions_stand_in_the_order_of_the_design_that_asks_last(tmp_path):
    over = "design.over.learn.public="
    play_study(small(f"{over}[0.2,0.5]"), tmp_path, workers=1)
    found = play_study(small(f"{over}[0.8,0.5,0.2]"), tmp_path, workers=1).dataset.conditions().to_pandas()
    in_order = found.sort_values("place")["name"].tolist()
    assert in_order == list(small(f"{over}[0.8,0.5,0.2]").names) and found["name"].tolist() != in_order


@pytest.mark.parametrize(
    ("words", "differ"),
    [(("run.seed=2",), True), (("run.rounds=4",), True), (("choose.noise=0.9",), True), (("run.replicates=9",), False),
     (("design.over.learn.public=[0.2]",), False)],
)  # fmt: skip
def test_the_identity_of_a_study_is_all_that_decides_numbers_and_no_more(words, differ):
    assert (small().identity != small(*words).identity) == differ


@pytest.mark.parametrize("field", ["seed", "rounds"])
def test_a_part_of_a_study_of_another_size_is_not_taken_for_ones_own(whole, tmp_path, field):
    other = {"seed": "run.seed=2", "rounds": "run.rounds=4"}[field]
    play_study(small(other), tmp_path / "other", workers=1)
    play_study(small(), tmp_path / "mine", workers=1)
    for path in (tmp_path / "mine" / "runs").iterdir():
        path.unlink()
    for path in (tmp_path / "other" / "runs").iterdir():
        path.rename(tmp_path / "mine" / "runs" / path.name)
    found = play_study(small(), tmp_path / "mine", workers=1)
    with connect(found.dataset, found.state.parts["runs"]) as connection:
        table = connection.sql("SELECT * EXCLUDE condition FROM runs ORDER BY name, replicate").to_arrow_table()
    assert table.equals(whole)


def test_every_shard_plays_its_own_blocks(tmp_path):
    played: list[set[str]] = []
    for shard in range(3):
        before = set((tmp_path / "runs").glob("c*")) if (tmp_path / "runs").is_dir() else set()
        play_study(small(), tmp_path, workers=1, shards=3, shard=shard)
        played.append({path.name for path in set((tmp_path / "runs").glob("c*")) - before})
    assert [len(each) for each in played] == [4, 4, 4] and len(set.union(*played)) == 12


def quantiles_of(trajectories: pd.DataFrame, cuts: list[range], measure: str, number: int) -> np.ndarray:
    """Quantiles of a round, taken within each of some ranges of replicates and weighted by how many are defined."""
    column = trajectories[trajectories["round"] == number].set_index("replicate")[measure]
    some = [column.loc[list(cut)].dropna() for cut in cuts]
    return sum(len(each) * np.quantile(each, QUANTILES) for each in some if len(each)) / sum(map(len, some))


@pytest.mark.parametrize("deep", [5, 2])
def test_quantiles_over_blocks_are_means_of_theirs_weighted_by_replicates(tmp_path, monkeypatch, deep):
    """Of one block they are exact; of several, of 2, 2 and 1 replicates, what DESIGN says."""
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", deep * 6 * 3)
    play_study(kept("trajectories"), tmp_path, workers=1)
    assert len(list(tmp_path.glob("rounds/c*"))) == 2 * -(-5 // deep)
    rounds, runs = (pq.read_table(tmp_path / f"{name}.parquet").to_pandas() for name in ("rounds", "trajectories"))
    cuts = [range(first, min(first + deep, 5)) for first in range(0, 5, deep)]
    for (condition, number, measure), row in rounds.set_index(["condition", "round", "measure"]).iterrows():
        mine = runs[runs.condition == condition]
        defined = mine[mine["round"] == number][measure].dropna()
        assert row["n"] == len(defined)
        if not len(defined):
            assert row[LEVELS].isna().all()
            continue
        expected = quantiles_of(mine, cuts, measure, number)
        np.testing.assert_allclose(row[LEVELS].to_numpy(float), expected, rtol=1e-9, atol=1e-12)
        assert row["mean"] == pytest.approx(defined.mean())
        if len(defined) > 1:
            assert row["sd"] == pytest.approx(defined.std(), rel=1e-6, abs=1e-9)


def test_merged_by_hand():
    """Three replicates about 2 and one at 6: a mean of 3, squares of 2 * 1 + 3 * 1 + 9 about it."""
    measure = next(iter(MEASURES))
    common = {"condition": 0, "round": 1, "measure": measure}
    some = {"n": 3, "mean": 2.0, "sd": 1.0, **dict.fromkeys(LEVELS, 2.0)}
    one = {"n": 1, "mean": 6.0, "sd": np.nan, **dict.fromkeys(LEVELS, 6.0)}
    table = pa.Table.from_pylist([common | some, common | one], schema=arrow(KEPT["rounds"]))
    row = merged(table).to_pylist()[0]
    assert (row["n"], row["mean"]) == (4, 3.0) and row["sd"] == pytest.approx((14 / 3) ** 0.5)
    assert [row[each] for each in LEVELS] == [3.0] * 5


def test_a_notice_of_what_is_played_counts_every_run_once(tmp_path):
    told: list[tuple[str, int, int]] = []
    play_study(small("run.replicates=2"), tmp_path, workers=1)
    play_study(small(), tmp_path, workers=1, notify=lambda *each: told.append(each))
    assert told[0] == ("resuming", 12, 24) and told[-1] == ("simulating", 24, 24)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    with pytest.raises(InputError, match="fresh=true would remove what other shards have done"):
        play.play_study(small(), Path(tmp_path), shards=2, fresh=True)
