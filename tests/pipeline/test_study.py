"""Studies end to end: same numbers on any number of workers, resumed, refused, with failures."""

import json
import os
import shutil
import signal
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from commonweal import own_modules
from commonweal.agents.batch_agents import OwnLeaders
from commonweal.agents.leader import Leader
from commonweal.analysis.columns import document
from commonweal.analysis.effects import COLUMNS
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.results import Results, load, run_study
from commonweal.commands.status import look
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.model import luck
from commonweal.model.measures import MEASURES
from commonweal.model.run import RUN_MEASURES, simulate, sum_up
from commonweal.study import blocks, equal_spend, play, pool, workers
from commonweal.study.blocks import Work, play_block, spread
from commonweal.study.equal_spend import find_intensity
from commonweal.study.folder import FIELDS, locked
from commonweal.study.pool import Failure, Task, perform
from commonweal.study.progress import open_whole
from commonweal.study.query import connect_folder
from commonweal.study.replication.best import Best
from commonweal.study.schema import RUNS
from commonweal.study.study import Study
from commonweal.study.workers import workers_of

DAMAGE = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-7]),
    "altered": lambda path: path.write_bytes(path.read_bytes()[:-30] + b"x" + path.read_bytes()[-29:]),
    "removed": lambda path: path.unlink(),
}
SMALL = ("community.leaders=10", "community.degree=4")


@cache
def study(
    strategies=("inclusion", "lead_by_example"), scenarios=("calm",), replicates=6, rounds=8, seed=1, keep=None, more=()
) -> Study:
    lists = f"experiment.strategies=[{','.join(strategies)}]", f"experiment.scenarios=[{','.join(scenarios)}]"
    size = f"run.replicates={replicates}", f"run.rounds={rounds}", f"run.seed={seed}"
    kept = [f"run.keep={keep}"] if keep else []
    compared = ["experiment=which_strategy", *lists] if strategies else ["strategy=laissez_faire"]
    with session():
        return read([*compared, *size, *kept, *SMALL, *more]).study


def same(one: Results, other: Results) -> None:
    pd.testing.assert_frame_equal(one.runs, other.runs, check_exact=True)
    pd.testing.assert_frame_equal(one.rounds, other.rounds, check_exact=True)
    pd.testing.assert_frame_equal(one.effects, other.effects, check_exact=True)


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Results:
    return run_study(study(), tmp_path_factory.mktemp("study") / "out", workers=1)


def test_every_condition_and_replicate_has_its_row_and_units(finished):
    runs = finished.runs
    assert list(runs.columns) == list(RUNS)
    assert len(runs) == 6 * 5  # baseline, two strategies at full strength, two at equal spend
    assert (runs.status == "succeeded").all()
    assert runs.groupby(["strategy", "basis"]).replicate.apply(list).map(lambda each: each == list(range(6))).all()
    assert runs.attrs["units"]["welfare"] == MEASURES["welfare"].unit


def test_a_row_is_the_mean_of_its_rounds(finished):
    of = study().world(0)
    outcome = simulate(of, 1, range(6), 8)
    rows = finished.runs[finished.runs.basis == "baseline"]
    at = list(RUN_MEASURES).index("cooperation")
    np.testing.assert_array_equal(rows["cooperation"], outcome.runs[:, at])
    np.testing.assert_allclose(
        rows["cooperation"], outcome.rounds[:, :, list(MEASURES).index("cooperation")].mean(axis=0)
    )


def test_strategies_are_brought_to_the_same_spend(finished):
    equal = finished.runs[finished.runs.basis == "equal spend"].groupby("strategy").spend.mean()
    least = finished.runs[finished.runs.basis == "full strength"].groupby("strategy").spend.mean().min()
    assert equal.to_numpy() == pytest.approx(least, rel=0.02)


def test_the_number_of_workers_changes_no_bit(finished, tmp_path):
    same(run_study(study(), tmp_path / "out", workers=2), finished)


def test_a_small_study_is_played_by_this_process_alone_and_is_the_same(finished, tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "_in_pool", lambda *_: pytest.fail("others were started"))
    same(run_study(study(), tmp_path / "out"), finished)


def test_how_many_processes_play_a_study_of_which_it_is_not_said(monkeypatch):
    monkeypatch.setattr(workers, "usable_cores", lambda: 7)
    small = study()
    large = replace(small, size=small.size.model_copy(update={"replicates": 10_000}))
    longer = replace(small, size=small.size.model_copy(update={"rounds": 4_000}))
    wide = replace(small, names=small.names * 500)  # of many conditions, each of which takes its time
    more = replace(small, rule=Best.model_construct(measure="welfare", step=10, most=100_000))
    own = replace(small, own=OwnLeaders(Leader))
    assert [workers_of(each, 0) for each in (small, large, longer, wide, more, own)] == [1, 7, 7, 7, 7, 7]
    assert [workers_of(each, 3) for each in (small, large)] == [3, 3]
    assert workers_of(large, 0, shards=100) == 1
    monkeypatch.setattr(own_modules, "allowed", lambda: ("mine",))
    assert workers_of(small, 0) == 7


def test_replicates_do_not_depend_on_the_company_they_are_run_in():
    of = study().world(1)
    whole = simulate(of, 1, range(6), 8)
    part = simulate(of, 1, range(3, 5), 8)
    np.testing.assert_array_equal(whole.rounds[:, 3:5], part.rounds)
    np.testing.assert_array_equal(whole.runs[3:5], part.runs)


def test_a_finished_study_is_not_played_again_and_another_is_refused(finished, monkeypatch):
    monkeypatch.setattr(play, "perform", lambda *_: pytest.fail("played again"))
    same(run_study(study(), finished.folder, workers=1), finished)
    for asked, why in (
        (study(seed=2, rounds=9), "was played with run.rounds=8, run.seed=1, not run.rounds=9, run.seed=2"),
        (study(keep="trajectories"), "was played with run.keep=rounds, not run.keep=trajectories"),
        (replace(study(), equal_spend=3.0), "holds the results of another study"),
        (
            study(strategies=("inclusion",)),
            "has conditions that this study lacks, such as calm \\+ lead_by_example",
        ),
        (study(replicates=5), "has 6 replicates, more than run.replicates=5"),
        (study(more=("people.trust=0.9",)), "holds the results of another study"),
        (study(more=("strategies.inclusion.seats=0.1",)), "was played with other values in calm \\+ inclusion"),
    ):
        with pytest.raises(InputError, match=f"out {why}.*; give another out=, or fresh=true"):
            run_study(asked, finished.folder, workers=1)
    for module in ("study.study", "study.folder"):
        monkeypatch.setattr(f"commonweal.{module}.NUMBERS", "999")
    with pytest.raises(InputError, match=r"when the model's numbers were of version .*; they are now of 999; give"):
        run_study(replace(study(seed=2)), finished.folder, workers=1)  # one whose identity nobody has asked for


def test_another_smallest_effect_judges_anew_and_plays_nothing(tmp_path, played):
    small = run_study(replace(study(), smallest_effect=0.01), tmp_path / "out", workers=1)
    before = small.effects
    assert small.manifest["smallest_effect"] == 0.01 and played
    played.clear()
    large = run_study(replace(study(), smallest_effect=900.0), tmp_path / "out", workers=1)
    assert not played and large.manifest["smallest_effect"] == load(tmp_path / "out").manifest["smallest_effect"] == 900
    kept = [name for name in COLUMNS if name != "matters"]
    pd.testing.assert_frame_equal(large.effects[kept], before[kept], check_exact=True)
    net = large.effects["measure"] == "welfare_net"
    assert set(large.effects.loc[net, "matters"]) == {"no"} != set(before.loc[net, "matters"])
    assert large.effects["best_worlds"].isna().all() and large.effects["best_communities"].notna().any()


@pytest.fixture
def played(monkeypatch) -> list[tuple[str, str, str]]:
    """What is played from now on, a condition and a block of four replicates at a time."""
    found = []

    def noting(work, changes, block):
        found.extend((json.dumps(each), block.first_replicate, block.last_replicate) for each in changes)
        return play_block(work, changes, block)

    monkeypatch.setattr(play, "play_block", noting)
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 4 * 10 * 8)
    monkeypatch.setattr(equal_spend, "PILOT", 2)
    return found


@pytest.mark.parametrize("more", [{"replicates": 12}, {"strategies": ("inclusion", "lead_by_example", "incentives")},
                                  {"scenarios": ("scarce", "calm")}])  # fmt: skip
def test_more_replicates_and_conditions_extend_a_study_to_the_same_bits(tmp_path, played, more):
    whole = run_study(study(**{"replicates": 4} | more), tmp_path / "whole", workers=1)
    once = sorted(played)
    played.clear()
    run_study(study(replicates=4), tmp_path / "out", workers=1)
    extended = run_study(study(**{"replicates": 4} | more), tmp_path / "out", workers=1)
    same(extended, whole)
    assert len(played) == len(set(played)), "something was played twice"
    assert set(once) <= set(played), "what was played first is gone on with"
    assert look(tmp_path / "out")["foreign"] == [] and look(tmp_path / "out")["runs"] == len(whole.runs)


def test_more_replicates_leave_equal_spend_as_it_was(tmp_path, played):
    """Spend varies between replicates; the sum is a mean over those by which intensities are found."""
    asked = {"strategies": ("incentives", "all"), "replicates": 4}
    few = run_study(study(**asked), tmp_path / "out", workers=1)
    spends = few.runs[few.runs.basis == "full strength"].groupby("strategy").spend
    assert spends.std().loc[spends.mean().idxmin()] > 0, "the least that any spends does not vary"
    more = run_study(study(**asked | {"replicates": 8}), tmp_path / "out", workers=1)
    assert more.manifest["intensities"] == few.manifest["intensities"] != {}


def test_a_block_that_was_cut_short_is_played_whole(tmp_path, played):
    run_study(study(replicates=6), tmp_path / "out", workers=1)
    played.clear()
    extended = run_study(study(replicates=8), tmp_path / "out", workers=1)
    assert {(first, last) for _, first, last in played} == {(4, 8)} and len(played) == 5
    same(extended, run_study(study(replicates=8), tmp_path / "whole", workers=1))


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_part_is_played_again(finished, tmp_path, monkeypatch, damage):
    folder = tmp_path / "out"
    monkeypatch.setattr(play, "write_tables", lambda *_: pytest.fail("stop here"))
    with pytest.raises(pytest.fail.Exception):
        run_study(study(), folder, workers=1)
    monkeypatch.undo()
    for kind in ("runs", "rounds", "searches"):
        DAMAGE[damage](sorted(folder.glob(f"{kind}/*.*"))[0])
    (folder / "runs" / "of.another.00.parquet").write_bytes(b"")
    found = look(folder)
    assert len(found["altered"]) == 1 * (damage != "removed") and found["foreign"] == ["of.another.00.parquet"]
    assert found["runs"] == 30 and found["done"] < 30
    same(run_study(study(), folder, workers=1), finished)


@pytest.mark.parametrize("name", ["runs.parquet", "rounds.parquet", "effects.csv"])
def test_a_damaged_table_is_refused_and_written_again(finished, tmp_path, monkeypatch, name):
    folder = tmp_path / "out"
    shutil.copytree(finished.folder, folder)
    damaged = folder / name
    damaged.write_bytes(damaged.read_bytes().replace(b"inclusion", b"exclusion"))
    with pytest.raises(InputError, match=f"{name} is damaged: it is not what was written; commonweal resume .*out"):
        load(folder)
    assert (look(folder)["status"], look(folder)["altered"]) == ("interrupted", [name])
    monkeypatch.setattr(play, "play_block", lambda *_: pytest.fail("played again"))
    same(run_study(study(), folder, workers=1), finished)


@pytest.mark.parametrize("kind", ["runs", "rounds"])
def test_a_part_that_was_altered_but_can_still_be_read_is_noticed_by_every_reader(finished, tmp_path, kind):
    folder = tmp_path / "out"
    shutil.copytree(finished.folder, folder)
    part = next(folder.glob(f"{kind}/*.parquet"))
    table = pq.read_table(part)
    column = "welfare" if kind == "runs" else "mean"
    at = table.schema.get_field_index(column)
    pq.write_table(table.set_column(at, table.schema.field(at), pc.multiply(table[column], 2.0)), part)
    says = f"{folder} is damaged: the part of runs .* is not what was written; commonweal resume {folder} plays it"
    readers = (Outcomes, open_whole, lambda there: connect_folder(there).__enter__())
    for reading in readers:
        with pytest.raises(InputError, match=says):
            reading(folder)
    assert look(folder)["status"] == "interrupted"
    same(run_study(study(), folder, workers=1), finished)


@pytest.mark.parametrize("field", sorted(FIELDS))
@pytest.mark.parametrize("value", [None, [], "x"])
def test_a_manifest_that_was_edited_is_refused_by_its_field(finished, tmp_path, field, value):
    folder = tmp_path / "out"
    shutil.copytree(finished.folder, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {field: value}))
    if isinstance(value, FIELDS[field]):
        return
    says = rf"manifest.json has no {field} such as commonweal writes; give another folder, or fresh=true"
    for reading in (lambda: look(folder), lambda: run_study(study(), folder, workers=1)):
        with pytest.raises(
            InputError, match=says if field not in ("identity", "status") else f"{says}|holds something else"
        ):
            reading()


def test_fresh_replaces_only_what_is_ours(tmp_path):
    folder = tmp_path / "out"
    run_study(study(), folder, workers=1)
    mine = {"notes.md": "mine", "figures/drawn_by_me.png": "mine", "runs/of_mine.parquet": "mine", "report.html": "x"}
    (folder / "figures").mkdir()
    for name, text in mine.items():
        (folder / name).write_text(text)
    again = run_study(study(seed=2), folder, workers=1, fresh=True)
    assert again.manifest["seed"] == 2 and {*again.manifest["stayed"]} == {"figures", "notes.md", "report.html", "runs"}
    assert {name: (folder / name).read_text() for name in mine} == mine
    same(again, run_study(study(seed=2), tmp_path / "whole", workers=1))


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("manifest", [None, {}, {"identity": "my app"}, {"kind": "design", "identity": "x"},
                                      {"identity": "0" * 32, "status": "finished"}])  # fmt: skip
def test_a_folder_that_is_somebody_elses_is_left_as_it_is(tmp_path, manifest, fresh):
    other = tmp_path / "other"
    (other / "src").mkdir(parents=True)
    files = {"thesis.txt": "mine", "src/app.js": "mine"}
    if manifest is not None:
        files["manifest.json"] = json.dumps(manifest)
    for name, text in files.items():
        (other / name).write_text(text)
    with pytest.raises(InputError, match="holds something else; give an empty or new folder with out="):
        run_study(study(), other, workers=1, fresh=fresh)
    there = {str(path.relative_to(other)): path.read_text() for path in other.rglob("*") if path.is_file()}
    assert there == files


def test_the_lock_comes_before_anything_that_fresh_removes(finished, tmp_path):
    folder = tmp_path / "out"
    shutil.copytree(finished.folder, folder)
    before = sorted(path.name for path in folder.rglob("*"))
    with locked(folder), pytest.raises(InputError, match="is being filled by process"):
        run_study(study(seed=2), folder, workers=1, fresh=True)
    assert sorted({path.name for path in folder.rglob("*")} - {".lock"}) == sorted({*before} - {".lock"})


class Stop(BaseException):
    """Stands for a kill."""


@pytest.mark.parametrize("writes", [0, 1, 2, 3, 5, 8, 10, 12, 13, 14])
def test_a_stop_at_any_write_loses_nothing_that_was_written(finished, tmp_path, monkeypatch, writes):
    folder, count, real = tmp_path / "out", 0, os.replace

    def stopping(*paths):
        nonlocal count
        count += 1
        if count > writes:
            raise Stop
        return real(*paths)

    monkeypatch.setattr(os, "replace", stopping)
    with pytest.raises(Stop):
        run_study(study(), folder, workers=1)
    monkeypatch.setattr(os, "replace", real)
    assert not list(folder.rglob("*.tmp"))
    same(run_study(study(), folder, workers=1), finished)


def test_a_full_disk_keeps_what_was_finished_and_says_so(finished, tmp_path, monkeypatch):
    folder, count, real = tmp_path / "out", 0, Path.write_bytes

    def filling(*arguments):
        nonlocal count
        count += 1
        if count > 4:
            raise OSError(28, "No space left on device")
        return real(*arguments)

    monkeypatch.setattr(Path, "write_bytes", filling)
    with pytest.raises(InputError, match="No space left on device; what was finished is kept"):
        run_study(study(), folder, workers=1)
    monkeypatch.setattr(Path, "write_bytes", real)
    same(run_study(study(), folder, workers=1), finished)


def test_an_unwritable_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        run_study(study(), tmp_path / "file" / "out", workers=1)


def test_a_failing_condition_is_recorded_and_stops_nothing(tmp_path, monkeypatch):
    real = simulate

    def failing(of, *arguments):
        if type(of.strategy).__name__ == "Inclusion":
            raise ArithmeticError("planted")
        return real(of, *arguments)

    monkeypatch.setattr(blocks, "simulate", failing)
    results = run_study(study(), tmp_path / "out", workers=1)
    failed = results.runs[results.runs.status == "failed"]
    assert set(failed.strategy) == {"inclusion"}
    assert failed.error.str.contains("planted").all()
    assert failed["welfare"].isna().all()
    assert set(results.effects.strategy) == {"lead_by_example"}
    assert results.manifest["failed"]
    monkeypatch.setattr(blocks, "simulate", real)
    again = run_study(study(), tmp_path / "out", workers=1)
    assert not again.manifest["failed"]


def _suicide(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def test_a_killed_worker_costs_its_own_task_only():
    tasks = [Task(str(number), 1, _suicide, (number,)) for number in range(8)]
    found = {task.name: result for task, result in perform(tasks, 2)}
    assert isinstance(found.pop("3"), Failure)
    assert found == {str(number): number * number for number in range(8) if number != 3}


def test_means_over_blocks_are_exact(tmp_path, monkeypatch):
    whole = run_study(study(strategies=("inclusion",)), tmp_path / "one", workers=1)
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 4 * 10 * 8)
    cut = run_study(study(strategies=("inclusion",)), tmp_path / "two", workers=1)
    pd.testing.assert_frame_equal(whole.runs, cut.runs, check_exact=True)
    np.testing.assert_allclose(whole.rounds["mean"], cut.rounds["mean"], rtol=1e-12)
    np.testing.assert_allclose(whole.rounds["sd"], cut.rounds["sd"], rtol=1e-6, atol=1e-9)
    assert whole.rounds.n.equals(cut.rounds.n)


def test_trajectories_are_kept_when_asked_for(tmp_path):
    results = run_study(study(keep="trajectories"), tmp_path / "out", workers=1)
    table = pq.read_table(results.folder / "trajectories.parquet").to_pandas()
    assert len(table) == 6 * 5 * 8
    mean = table[table.basis == "baseline"].groupby("round").cooperation.mean()
    kept = results.rounds[(results.rounds.basis == "baseline") & (results.rounds.measure == "cooperation")]
    np.testing.assert_allclose(mean.to_numpy(), kept["mean"].to_numpy())


def test_the_manifest_tells_where_the_numbers_came_from(finished):
    manifest = json.loads((finished.folder / "manifest.json").read_text())
    assert manifest["status"] == "finished"
    assert {"identity", "seed", "versions", "git", "machine", "started", "seconds", "config", "schema_version"} <= set(
        manifest
    )


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "holds no results"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "cannot be read"),
        (lambda folder: (folder / "runs.parquet").write_bytes(b"PAR1"), "damaged"),
        (lambda folder: (folder / "effects.csv").unlink(), "damaged"),
        (lambda folder: shutil.copy(folder / "rounds.parquet", folder / "runs.parquet"), "damaged"),
    ],
)
def test_damaged_results_are_refused_by_name(tmp_path, damage, says):
    results = run_study(study(strategies=("inclusion",)), tmp_path / "out", workers=1)
    damage(results.folder)
    with pytest.raises(InputError, match=says):
        load(results.folder)


def test_results_of_another_schema_are_refused(finished, tmp_path, monkeypatch):
    monkeypatch.setattr("commonweal.study.schema.SCHEMA_VERSION", "99")
    with pytest.raises(InputError, match="schema 1"):
        load(finished.folder)


def test_the_schema_document_is_current():
    page = Path(__file__).parents[2] / "results" / "README.md"
    assert document() in page.read_text()


def test_an_intensity_out_of_reach_is_one_one_below_the_fixed_part_is_zero_and_a_free_one_is_found():
    of = study()
    work, changes = Work(of.variation, 1, 8, "runs"), of.changes(2)
    assert find_intensity(work, changes, 1e9, 4) == 1.0
    assert find_intensity(work, changes, 2.5, 4) == find_intensity(work, changes, 5.0, 4) == 0.0
    assert 0.0 < find_intensity(work, changes, 7.5, 4) < 1.0


def test_quantiles_leave_undefined_replicates_out():
    rounds = np.array([[[1.0], [np.nan], [3.0]]])
    out = spread(rounds)
    assert out[0, 0, 0] == 2
    assert out[0, 0, 1] == 2.0
    assert out[0, 0, 2] == pytest.approx(2.0**0.5)  # of 1 and 3, about 2
    assert out[0, 0, 5] == 2.0  # the median of 1 and 3
    assert np.isnan(spread(rounds[:, :2])[0, 0, 2])  # a single one has none


def test_loss_and_recovery_are_measured_from_the_shock():
    rounds = np.ones((30, 1, len(MEASURES)))
    rounds[12:20, 0, list(MEASURES).index("welfare")] = 0.8
    row = dict(zip(RUN_MEASURES, sum_up(rounds, shock=12)[0], strict=True))
    assert row["loss"] == pytest.approx(0.2)
    assert row["recovery"] == 9  # rounds 13..20 are low, the ninth after the shock is not
    assert np.isnan(dict(zip(RUN_MEASURES, sum_up(rounds, shock=0)[0], strict=True))["loss"])


def test_run_keys_are_distinct():
    assert len(set(luck.run_keys(1, range(5000)).tolist())) == 5000
    assert luck.run_keys(1, range(3, 4))[0] == luck.run_keys(1, range(5))[3]


def test_a_condition_is_known_by_its_intensity():
    of = study()
    assert len({of.variation.key(of.changes(1) | {"intensity": intensity}) for intensity in (0.5, 0.25)}) == 2


class Stubborn(Leader):
    """Gives everything, whatever the others do."""

    def choose(self) -> float:
        return 1.0


def test_leaders_of_ones_own_choose_in_a_study_on_any_number_of_workers(tmp_path):
    plain = study(strategies=("inclusion",))
    own = replace(plain, own=OwnLeaders(Stubborn, ("Leader 1",)))
    assert own.identity != plain.identity
    with_one = run_study(own, tmp_path / "one", workers=1)
    same(with_one, run_study(own, tmp_path / "two", workers=2))
    without = run_study(plain, tmp_path / "none", workers=1)
    assert (with_one.runs.cooperation > without.runs.cooperation).all()
