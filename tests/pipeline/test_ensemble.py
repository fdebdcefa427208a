"""Ensembles: other worlds are what they are said to be, and a comparison in them is the same comparison."""

import shutil
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from commonweal.analysis.results import load, run_study
from commonweal.analysis.worlds import between
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.model.measures import HEADLINES
from commonweal.study.conditions import INTENSITY, WORLD
from commonweal.study.dataset import open_study

SMALL = ("experiment=which_strategy", "experiment.strategies=[inclusion,communication,all]", "run.rounds=4",
         "experiment.scenarios=[calm,scarce]", "run.replicates=3", "community.leaders=8",
         "community.degree=2")  # fmt: skip
ASSUMED = ("ensemble=assumed", "ensemble.worlds=4", "ensemble.replicates=3", "ensemble.doses=[0.5,1.0]")
CONTESTED = ("ensemble=contested", "ensemble.replicates=3", "ensemble.doses=[1.0]", "agree.weariness=0.03",
             "agree.brokering=0.1", "agree.drafting=0.3", "agree.common_pull=0.1", "choose.ownership=0.2",
             "incentives.crowding_out=0.05", "incentives.crowding_in=0.1")  # fmt: skip


@cache
def asked(*words: str):
    with session():
        return read((*SMALL, *words)).study


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A comparison with four worlds beside it."""
    folder = tmp_path_factory.mktemp("ensemble") / "study"
    return asked(*ASSUMED), run_study(asked(*ASSUMED), folder, workers=1)


def at(study, **row):
    """The number of the condition of a row."""
    columns = {"scenario": "calm", INTENSITY: None, WORLD: 0} | row
    return next(n for n in range(len(study.names)) if all(study.columns[k][n] == v for k, v in columns.items()))


def test_a_world_has_what_was_drawn_and_else_what_conf_has():
    study = asked(*ASSUMED)
    beside = study.ensemble
    draw = beside.variation.draws[2].values
    world = beside.world(at(beside, strategy="inclusion", world=2, intensity=1.0))
    assert world.learn.public == draw["learn.public"] != study.world(0).learn.public
    assert world.convener.prices["seats"].money == draw["convener.prices.seats.money"]
    assert world.strategy.members["inclusion"].seats == draw["strategy/inclusion.seats"]
    whole = beside.world(at(beside, strategy="all", world=2, intensity=1.0)).strategy.members["all"]
    assert whole.members["inclusion"].seats == draw["strategy/inclusion.seats"]
    assert world.learn.seen == study.world(0).learn.seen and world.scenario == study.world(0).scenario
    assert not any(name.startswith(("scenario", "community.leaders")) for name in draw)


def test_every_draw_lies_within_its_range_and_each_tenth_of_it_is_there():
    values = pd.DataFrame([each.values for each in asked(*ASSUMED, "ensemble.worlds=10").ensemble.variation.draws])
    with session():
        low, high = 0.25, 0.75  # of learn.public, .5: half to one and a half
    tenths = np.sort(np.floor((values["learn.public"] - low) / (high - low) * 10))
    assert tenths.tolist() == list(range(10))
    assert asked(*ASSUMED).ensemble.variation.draws == asked(*ASSUMED).ensemble.variation.draws
    assert asked(*ASSUMED).ensemble.variation.draws != asked(*ASSUMED, "ensemble.seed=2").ensemble.variation.draws


def test_what_the_user_sets_is_known_and_held():
    free = asked(*ASSUMED).ensemble.variation.draws[0].values
    held = asked(*ASSUMED, "learn.public=0.61", "strategies.inclusion.seats=0.8").ensemble.variation.draws[0].values
    assert {*free} - {*held} == {"learn.public", "strategy/inclusion.seats"}


def test_contested_worlds_are_all_combinations_and_the_first_is_confs(tmp_path):
    study = asked(*CONTESTED)
    draws = study.ensemble.variation.draws
    assert len(draws) == 2 ** len(draws[0].values) and {"choose.inspiration", "meet.premium"} == {*draws[0].values}
    results = run_study(study, tmp_path / "study", workers=1)
    worlds = results.worlds
    first = worlds[(worlds.world == 0) & (worlds.basis == "full strength")]
    plain = results.effects[results.effects.basis == "full strength"]
    both = first.merge(plain, on=["scenario", "strategy", "measure"], suffixes=("", "_plain"))
    assert len(both) == len(first) > 0
    np.testing.assert_allclose(both["effect"], both["effect_plain"], rtol=1e-7, atol=1e-8)  # of a csv of 9 digits
    np.testing.assert_allclose(both["spend"], both["spend_plain"], rtol=1e-7)


def test_shares_of_worlds_are_those_counted_by_hand(played):
    study, results = played
    dataset, _ = open_study(results.folder / "ensemble")
    about = dataset.conditions().to_pandas().set_index("condition")
    runs = dataset.runs(list(dataset.parts().listed().values())).to_table().to_pandas()
    means = runs.groupby("condition")["welfare_net"].mean()
    shares = results.effects.query("basis == 'full strength' and measure == 'welfare_net'")
    for scenario in ("calm", "scarce"):
        best = []
        for world in range(4):
            of = about[(about["scenario"] == scenario) & (about["world"] == world)]
            of = of[of["intensity"].isna() | (of["intensity"] == 1.0)]
            best.append(of.loc[means[of.index].idxmax(), "strategy"])
        for _, row in shares[shares["scenario"] == scenario].iterrows():
            assert row["best_worlds"] == best.count(row["strategy"]) / 4
    assert set(results.worlds["measure"]) == set(HEADLINES)
    assert results.draws.set_index("world")["learn.public"].to_dict() == {
        number: draw.values["learn.public"] for number, draw in enumerate(study.ensemble.variation.draws)
    }
    assert results.worlds.groupby(["scenario", "basis", "strategy", "measure"])["weight"].sum().round(9).eq(1).all()


def test_what_is_played_already_is_not_touched_and_workers_change_nothing(played, tmp_path):
    study, results = played
    before = {path: path.stat().st_mtime_ns for path in results.folder.rglob("*") if path.is_file()}
    run_study(study, results.folder, workers=1)
    assert {path: path.stat().st_mtime_ns for path in before if path.name != ".lock"} == {
        path: then for path, then in before.items() if path.name != ".lock"
    }
    other = run_study(study, tmp_path / "two", workers=2)
    assert other.effects.equals(results.effects) and other.worlds.equals(results.worlds)


def test_worlds_come_later_or_go_on_where_they_were_stopped_with_the_same_numbers(played, tmp_path):
    study, results = played
    folder = tmp_path / "later"
    without = run_study(replace(study, beside={}), folder, workers=1)
    assert without.effects["best_worlds"].isna().all() and without.worlds.empty
    stopped = folder / "ensemble"
    shutil.copytree(results.folder / "ensemble", stopped)
    for part in sorted((stopped / "runs").iterdir())[::2]:
        part.unlink()
    run_study(study, folder, workers=1)
    assert load(folder).effects.equals(results.effects) and load(folder).worlds.equals(results.worlds)
    same = [name for name in without.effects if name != "best_worlds"]
    assert without.effects[same].equals(results.effects[same])


def test_other_worlds_than_are_there_are_refused_before_anything_is_played(played):
    _, results = played
    more = asked(*ASSUMED, "run.replicates=5", "ensemble.seed=9")
    with pytest.raises(InputError, match="ensemble was played with other values in calm, laissez_faire, world 0"):
        run_study(more, results.folder, workers=1)
    assert load(results.folder).manifest["replicates"] == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ensemble.worlds=1",), "ensemble.worlds is 1, which is out of range: it must be at least 2"),
        (("ensemble.doses=[0.5,0.2,1.0]",), r"ensemble.doses: \[0.5, 0.2, 1.0\] must rise from more than 0 to 1"),
        (("ensemble.doses=[0.5]",), "must rise from more than 0 to 1"),
    ],
)
def test_an_ensemble_that_cannot_be_is_refused(words, said):
    with pytest.raises(InputError, match=said):
        asked(*ASSUMED, *words)


def test_a_design_compares_nothing_and_takes_no_ensemble():
    with session(), pytest.raises(InputError, match=r"ensemble=assumed plays a comparison.*design=one_at_a_time"):
        read(("design=one_at_a_time", "design.over={learn.public:[0.2]}", "ensemble=assumed"))


def test_equal_spend_is_read_between_doses_by_hand():
    """One strategy, one measure. Doses .5 and 1 cost 3 and 5, so 1 as soon as any is done; they bring 4 and 6."""
    change, spends = np.array([4.0, 6.0]).reshape(1, 2, 1, 1), np.array([3.0, 5.0]).reshape(1, 2, 1)

    def read_at(target: float) -> tuple[float, float]:
        effect, spend = between(change, spends, [0.5, 1.0], np.array([target]))
        return float(effect.item()), float(spend.item())

    assert read_at(0.9) == (0.0, 0.0)
    assert read_at(1.5) == (1.0, 1.5)
    assert read_at(2.0) == (2.0, 2.0)
    assert read_at(4.0) == (5.0, 4.0)
    assert read_at(9.0) == (6.0, 5.0)
