"""Studies: altered, extended, shared, with failures, and still the same to the last bit."""

import os
import signal
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from small_study import DAMAGE, rows, small

from commonweal.errors import InputError
from commonweal.study import blocks, play
from commonweal.study.blocks import PIECES, Block, Blocks, Extent, extend
from commonweal.study.dataset import Dataset
from commonweal.study.folder import _taken
from commonweal.study.play import play_study
from commonweal.study.pool import Workplace
from commonweal.study.progress import state_of


def test_every_condition_and_replicate_is_there_once(whole):
    assert whole.num_rows == 6 * 4
    assert len(set(zip(whole["name"].to_pylist(), whole["replicate"].to_pylist(), strict=True))) == 24
    assert set(whole["status"].to_pylist()) == {"succeeded"}


@pytest.mark.parametrize("size", [1, 100, 10_000])
def test_neither_the_size_of_blocks_nor_workers_change_a_bit(whole, tmp_path, monkeypatch, size):
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", size)
    assert rows(play_study(small(), tmp_path, workers=1 if size == 1 else 2).dataset).equals(whole)


def test_shards_make_a_new_folder_ready_one_by_one_and_play_side_by_side(tmp_path, monkeypatch):
    """Else the one would empty the folder that the other has begun to fill."""
    held = {}

    def watched(name, does):
        def call(*given):
            with (tmp_path / "out" / ".lock").open("a+") as file:
                held.setdefault(name, []).append(not _taken(file))
            return does(*given)

        return call

    monkeypatch.setattr(play, "prepare", watched("prepare", play.prepare))
    monkeypatch.setattr(play._Player, "play_shard", watched("play", play._Player.play_shard))
    for shard in range(2):
        play_study(small(), tmp_path / "out", workers=1, shards=2, shard=shard)
    assert held == {"prepare": [True, True], "play": [False, False]}


def test_any_executor_and_any_shards_give_the_same(whole, tmp_path):
    with ThreadPoolExecutor(2) as executor:
        found = play_study(small(), tmp_path / "threads", place=Workplace(executor, 2, "threads"))
    assert rows(found.dataset).equals(whole)
    for shard in (2, 0, 1):
        found = play_study(small(), tmp_path / "shards", workers=1, shards=3, shard=shard)
        assert found.manifest["status"] == "unfinished"
    gathered = play_study(small(), tmp_path / "shards", workers=1)
    assert gathered.manifest["status"] == "finished" and rows(gathered.dataset).equals(whole)


def test_more_replicates_and_conditions_extend_without_playing_again(whole, tmp_path, monkeypatch):
    half = small("run.replicates=2", "design.over.learn.public=[0.5,0.2]")
    play_study(half, tmp_path, workers=1)
    played: list[Block] = []
    real = Dataset.write
    monkeypatch.setattr(
        Dataset, "write", lambda self, block, found: (played.append(block), real(self, block, found))[1]
    )
    assert rows(play_study(small(), tmp_path, workers=1).dataset).equals(whole)
    assert sum(block.runs for block in played) == 24 - 8
    with pytest.raises(InputError, match="has conditions that this study lacks"):
        play_study(half, tmp_path, workers=1)


def test_extents_cover_exactly_what_is_wanted():
    first = extend([], range(5), 10, 7, "runs")
    second = extend(first, range(8), 10, 7, "runs")
    third = extend(second, range(8), 30, 7, "runs")
    assert first == [Extent(0, 5, 0, 10, 7, PIECES)]
    assert (second[1:], third[2:]) == ([Extent(5, 8, 0, 10, 7, PIECES)], [Extent(0, 8, 10, 30, 7, PIECES)])
    assert extend(third, range(8), 20, 7, "runs") == third
    assert covered(Blocks(third, 11, "runs")) == [(each, at) for each in range(8) for at in range(30)]


def test_where_rounds_are_kept_replicates_are_cut_at_the_same_places_however_a_study_has_grown(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 4 * 7 * 11)
    grown = extend(extend(extend([], range(5), 6, 7, "rounds"), [5, 7], 6, 7, "rounds"), range(8), 30, 7, "rounds")
    at_once = extend([], range(8), 30, 7, "rounds")
    assert grown == at_once
    found = Blocks(grown, 11, "rounds")
    assert covered(found) == [(each, at) for each in range(8) for at in range(30)]
    assert {block.first_replicate % 4 for block in found} == {0}


def covered(found: Iterable[Block]) -> list[tuple[int, int]]:
    """Every condition and replicate in some blocks."""
    return sorted(
        (condition, replicate)
        for block in found
        for condition in range(block.first, block.last)
        for replicate in range(block.first_replicate, block.last_replicate)
    )


def test_blocks_are_of_equal_work(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 1_500_000)
    assert {block.runs for block in Extent(0, 640, 0, 200, 100).blocks(60, "runs")} == {200}
    assert max(block.runs for block in Extent(0, 1, 0, 1_000_000, 5).blocks(3, "runs")) <= blocks.BLOCK_LEADER_ROUNDS


@pytest.mark.parametrize(
    ("conditions", "replicates", "leaders", "rounds"),
    [(128, 20, 30, 60), (100, 20, 30, 60), (3, 10_000, 30, 60), (1, 100_000, 100, 60), (10_000, 100, 4, 2)],
)
def test_sixteen_slots_have_four_blocks_each_and_none_is_long(monkeypatch, conditions, replicates, leaders, rounds):
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 1_500_000)
    (extent,) = extend([], range(conditions), replicates, leaders, "runs")
    runs = [block.runs for block in extent.blocks(rounds, "runs")]
    assert sum(runs) == conditions * replicates and len(runs) >= 64 and max(runs) < 0.05 * sum(runs)
    assert max(runs) * leaders * rounds <= 1_500_000 and sum(runs) * leaders * rounds / len(runs) > 25_000
    assert (
        covered(Blocks([extent], rounds, "runs"))
        == [(each, at) for each in range(conditions) for at in range(replicates)]
        or conditions * replicates > 100_000
    )
    before = Extent(*extent[:5])
    assert len(list(before.blocks(rounds, "runs"))) <= len(runs)  # begun before, it is cut as it was


def test_little_is_cut_into_few(monkeypatch):
    """What takes a moment is not cut into pieces each of which takes longer to keep than to play."""
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 1_500_000)
    (extent,) = extend([], range(64), 2, 4, "runs")
    assert len(list(extent.blocks(2, "runs"))) == 1


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_part_is_found_and_played_again(whole, tmp_path, damage):
    found = play_study(small(), tmp_path, workers=1)
    part = sorted(found.dataset.parts().folder.iterdir())[1]
    DAMAGE[damage](part)
    state = state_of(found.dataset, found.manifest)
    assert len(state.missing) + len(state.altered) == 1
    assert rows(play_study(small(), tmp_path, workers=1).dataset).equals(whole)


def test_a_part_of_another_study_is_not_taken_for_ones_own(whole, tmp_path):
    other = play_study(small("run.seed=2"), tmp_path / "other", workers=1)
    play_study(small(), tmp_path / "mine", workers=1)
    for part in (tmp_path / "mine" / "runs").iterdir():
        part.unlink()
    for part in other.dataset.parts().folder.iterdir():
        part.rename(tmp_path / "mine" / "runs" / part.name)
    assert rows(play_study(small(), tmp_path / "mine", workers=1).dataset).equals(whole)


def test_other_numbers_are_refused_unless_fresh(tmp_path, monkeypatch):
    play_study(small(), tmp_path, workers=1)
    with pytest.raises(InputError, match=r"was played with run\.seed=1, not run\.seed=2; give"):
        play_study(small("run.seed=2"), tmp_path, workers=1)
    with pytest.raises(InputError, match="another study"):
        play_study(small("choose.noise=0.1"), tmp_path, workers=1)
    for module in ("study.study", "study.folder"):
        monkeypatch.setattr(f"commonweal.{module}.NUMBERS", "999")
    with pytest.raises(InputError, match="when the model's numbers were of version"):
        play_study(small(), tmp_path, workers=1)
    assert play_study(small(), tmp_path, workers=1, fresh=True).manifest["numbers"] is not None


def test_what_is_somebody_elses_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    for fresh in (False, True):
        with pytest.raises(InputError, match="holds something else"):
            play_study(small(), tmp_path, workers=1, fresh=fresh)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def _failing(variation, change, *rest):
    if change.get("learn.public") == 0.5:
        raise ArithmeticError("planted")
    return REAL_PLAY(variation, change, *rest)


REAL_PLAY = blocks._play


def test_a_failing_condition_is_recorded_and_stops_no_other(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "_play", _failing)
    found = play_study(small(), tmp_path, workers=1)
    assert found.manifest["status"] == "finished" and len(found.state.failed) > 0
    table = rows(found.dataset).to_pandas()
    bad = table[table.status == "failed"]
    assert set(bad.learn_public) == {0.5} and len(bad) == 8
    assert (bad.error == "ArithmeticError: planted").all() and bad.welfare.isna().all()
    monkeypatch.setattr(blocks, "_play", REAL_PLAY)
    assert rows(play_study(small(), tmp_path, workers=1).dataset).equals(whole)


def _deadly(variation, change, *rest):
    if change.get("learn.public") == 0.5:
        os.kill(os.getpid(), signal.SIGKILL)
    return REAL_PLAY(variation, change, *rest)


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_condition_that_kills_its_process_is_found_alone(tmp_path, monkeypatch):
    import multiprocessing

    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 2 * 2 * 6 * 3)
    real = multiprocessing.get_context
    monkeypatch.setattr(multiprocessing, "get_context", lambda kind: real("fork"))
    monkeypatch.setattr("multiprocessing.context.ForkContext.set_forkserver_preload", lambda *_: None, raising=False)
    monkeypatch.setattr(blocks, "_play", _deadly)
    table = rows(play_study(small("run.replicates=2"), tmp_path, workers=2).dataset).to_pandas()
    assert set(table[table.status == "failed"].learn_public) == {0.5}
    assert (table.status == "failed").sum() == 4
    assert table[table.status == "failed"].error.str.contains("killed").all()


def test_a_rule_asks_for_more_until_it_is_content(tmp_path):
    asked = small("replication=interval", "replication.of='calm + learn_public=0.8'", "replication.step=3",
                   "replication.width=0.05", "replication.most=40", "replication.measure=cooperation")  # fmt: skip
    found = play_study(asked, tmp_path, workers=1)
    rule = found.manifest["replication"]
    assert rule["content"] and rule["reached"]["width"] <= 0.05
    table = rows(found.dataset).to_pandas().set_index(["name", "replicate"]).cooperation
    difference = (table["calm + learn_public=0.8"] - table["calm + learn_public=0.2"]).to_numpy()
    assert rule["reached"]["pairs"] == len(difference) and (len(difference) - 4) % 3 == 0
    assert rule["reached"]["difference"] == pytest.approx(difference.mean())
    none = replace(asked, rule=asked.rule.model_copy(update={"width": 1e-9, "most": 9}))
    unmet = play_study(none, tmp_path / "unmet", workers=1)
    assert unmet.manifest["replication"]["content"] is False
    assert rows(unmet.dataset).num_rows == 6 * 9


def test_a_rule_over_an_unknown_condition_is_refused(tmp_path):
    asked = small("replication=interval", "replication.of='calm + learn_public=0.9'")
    with pytest.raises(InputError, match="which is no condition; did you mean"):
        play_study(asked, tmp_path, workers=1)


def test_the_best_is_sought_until_it_is_known_or_the_budget_is_spent(tmp_path):
    words = ("replication=best", "replication.step=4", "replication.most=40", "replication.measure=cooperation")
    found = play_study(small(*words, "replication.indifference=0.2"), tmp_path / "known", workers=1)
    rule = found.manifest["replication"]
    assert rule["content"] and rule["reached"]["probability"] >= rule["probability"] == 0.95
    table = rows(found.dataset).to_pandas().groupby(["scenario", "name"]).cooperation.mean()
    names = found.dataset.conditions()["name"].to_pylist()
    assert {names[each] for each in rule["reached"]["best"]} == {table[each].idxmax() for each in ("calm", "crisis")}
    asked = small(*words, "replication.indifference=0", "replication.probability=0.999999", "replication.most=10")
    found = play_study(asked, tmp_path / "unknown", workers=1)
    rule = found.manifest["replication"]
    assert (rule["rule"], rule["content"], rule["most"], found.manifest["status"]) == ("best", False, 10, "finished")
    assert rows(found.dataset).num_rows == 6 * 10
