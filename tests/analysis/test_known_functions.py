"""Analyses by way of a study's folder, of functions whose answers are known, and chances worked by hand."""

from itertools import product
from math import factorial

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from commonweal.analysis import effects
from commonweal.analysis.effects import RESAMPLES, probability_best
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.results import run_study
from commonweal.analysis.sobol import indices, screening
from commonweal.commands.analyse import analyse
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.model import luck
from commonweal.model.measures import MEASURES
from commonweal.model.run import RUN_MEASURES, Outcome
from commonweal.study import blocks
from commonweal.study.conditions import BASELINE
from commonweal.study.play import play_study

UNIT = ("people.trust", "people.belief", "people.promise_keeping")
"""three parameters that may be anything from 0 to 1, to stand for x1, x2 and x3"""
AT = list(RUN_MEASURES).index("welfare_net")
ISHIGAMI = {"first": [0.3139, 0.4424, 0.0], "total": [0.5576, 0.4424, 0.2437]}


def ishigami(x):
    """Ishigami & Homma (1990), a = 7, b = .1."""
    x = np.pi * (2 * x - 1)
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def linear(x):
    return 3 * x[0] - x[1]


def stand_in(monkeypatch, function, noise=0.0, undefined=()):
    """Runs come to a function of three parameters and to luck of their own; some replicates to nothing."""

    def simulate(world, seed, replicates, rounds, own=None) -> Outcome:
        x = np.array([getattr(world.people, path.partition(".")[2]) for path in UNIT])
        runs = np.zeros((len(replicates), len(RUN_MEASURES)))
        for row, replicate in enumerate(replicates):
            lot = np.random.default_rng([*(x * 2**52).astype(np.int64).tolist(), replicate])
            runs[row, AT] = function(x) + noise * lot.normal()
            if replicate in undefined and lot.random() < 0.3:
                runs[row, AT] = np.nan
        return Outcome(runs, np.zeros((rounds, len(replicates), len(MEASURES))))

    monkeypatch.setattr(blocks, "simulate", simulate)


def analysed(folder, *words: str, replicates=3):
    """The tables of a design over the three parameters, by way of its folder."""
    over = [f"design.over.{path}=[0.0,1.0]" for path in UNIT]
    size = (f"run.replicates={replicates}", "run.rounds=2", "community.leaders=8")
    with session():
        study = read([*words, *over, *size]).study
    play_study(study, folder, workers=1)
    return analyse(folder, "welfare_net", [], None)[1]


@pytest.mark.parametrize("noise", [0.0, 2.0])
def test_sobol_of_ishigami(monkeypatch, tmp_path, noise):
    stand_in(monkeypatch, ishigami, noise)
    found = analysed(tmp_path, "design=sobol", "design.points=256")["sensitivity"]
    for index, expected in ISHIGAMI.items():
        np.testing.assert_allclose(found[index][:3], expected, atol=0.12)
    by_luck = found.set_index("parameter")["share"]
    variance = 7**2 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18 + 0.5
    assert by_luck["share of both"] == pytest.approx(noise**2 / (noise**2 + variance), abs=0.03)


@pytest.mark.parametrize(
    ("table", "words"),
    [("sensitivity", ("design=sobol", "design.points=16")), ("screening", ("design=morris", "design.paths=8"))],
)
def test_replicates_that_are_undefined_anywhere_are_left_out_everywhere(monkeypatch, tmp_path, table, words):
    """And what is found is what the others come to."""
    stand_in(monkeypatch, ishigami, 1.0)
    whole = analysed(tmp_path / "whole", *words, replicates=2)[table]
    stand_in(monkeypatch, ishigami, 1.0, undefined=(2, 3))
    some = analysed(tmp_path / "some", *words, replicates=4)[table]
    pd.testing.assert_frame_equal(whole, some)
    stand_in(monkeypatch, ishigami, 1.0, undefined=(0, 1))
    with pytest.raises(InputError, match="no replicate in which every condition came to a value"):
        analysed(tmp_path / "none", *words, replicates=2)


def test_indices_leave_out_replicates_in_which_anything_is_undefined():
    problem = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0.0, 1.0]] * 2}
    values = np.random.default_rng(1).normal(0, 1, (4 * 16, 5)) + np.arange(64)[:, None]
    gaps = values.copy()
    gaps[7, 1], gaps[9, 4] = np.nan, np.nan
    (expected, shares), (found, others) = indices(problem, values[:, [0, 2, 3]]), indices(problem, gaps)
    pd.testing.assert_frame_equal(found, expected)
    assert others == shares and not found.isna().any(axis=None)


def test_sobol_and_morris_of_a_linear_function(monkeypatch, tmp_path):
    """3 x1 - x2: 9 and 1 tenths of the variance, no interactions; steps of 3, -1 and 0."""
    stand_in(monkeypatch, linear)
    found = analysed(tmp_path / "sobol", "design=sobol", "design.points=256", replicates=1)["sensitivity"]
    for index in ISHIGAMI:
        np.testing.assert_allclose(found[index][:3], [0.9, 0.1, 0.0], atol=0.03)
    steps = analysed(tmp_path / "morris", "design=morris", "design.paths=8", replicates=1)["screening"]
    np.testing.assert_allclose(steps["mean"], [3.0, -1.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(steps["mean_size"], [3.0, 1.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(steps["spread"], 0.0, atol=1e-9)


def test_morris_of_ishigami_says_what_interacts(monkeypatch, tmp_path):
    stand_in(monkeypatch, ishigami)
    steps = analysed(tmp_path, "design=morris", "design.paths=40", replicates=1)["screening"].set_index("parameter")
    trust, belief, promise = (steps.loc[path.replace(".", "_")] for path in UNIT)
    assert abs(promise["mean"]) < promise["mean_size"] / 2 and promise["spread"] > 1  # to and fro, by what x1 is
    assert trust["spread"] > 1 and min(trust["mean_size"], belief["mean_size"]) > 1


def test_a_point_that_is_undefined_in_some_replicates_is_screened_by_the_others():
    from SALib.sample import morris

    problem = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0.0, 1.0]] * 2}
    x = morris.sample(problem, 6, num_levels=4, seed=1)
    values = np.repeat((2 * x[:, 0] + x[:, 1])[:, None], 3, axis=1)
    values[4, 1] = np.nan
    np.testing.assert_allclose(screening(problem, x, values, 4)["mean"], [2.0, 1.0], atol=1e-9)


def exact(values: np.ndarray) -> np.ndarray:
    """The chance of each column to have the largest mean of a bootstrap resample, over all resamples; ties shared."""
    n, found = len(values), np.zeros(values.shape[1])
    for counts in product(range(n + 1), repeat=n):
        if sum(counts) == n:
            chance = factorial(n) / np.prod([factorial(each) for each in counts]) / n**n
            top = np.isclose(means := np.array(counts) @ values / n, means.max())
            found += chance * top / top.sum()
    return found


@pytest.mark.parametrize("n", [20, 40, 41, 79, 1_003])
def test_of_many_replicates_means_of_a_few_are_resampled(n, monkeypatch):
    """By what theory says of the mean of n: where it is, and how it varies; two columns, and together."""
    monkeypatch.setattr(effects, "MOST", 40)
    values = np.random.default_rng(n).normal([[3.0, 3.1]], 1.0, (n, 2))
    found = effects.resampled(values)
    if n <= 40:
        np.testing.assert_array_equal(found, effects.resamples(n) @ values)
    spread = values.std(axis=0) / n**0.5
    assert found.shape == (RESAMPLES, 2) and (abs(found.mean(axis=0) - values.mean(axis=0)) < 0.3 * spread).all()
    assert found.std(axis=0) == pytest.approx(spread, rel=0.4)
    apart = values[:, 0] - values[:, 1]
    chance = stats.norm.cdf(apart.mean() / apart.std() * n**0.5)
    assert (found[:, 0] > found[:, 1]).mean() == pytest.approx(chance, abs=0.12)


@pytest.mark.parametrize(
    ("differences", "chances"),
    [
        # resamples of two: twice the first 1/4, one of each 1/2, twice the second 1/4
        ([[3.0, -1.0]], [3 / 4, 1 / 4]),  # 3, 1, -1 against nothing
        ([[3.0, -1.0], [1.0, 1.0]], [1 / 2, 1 / 2, 0]),  # 3 against 1, 1 against 1, -1 against 1: a tie is shared
        ([[3.0, -3.0]], [1 / 2, 1 / 2]),
        ([[2.0, -1.0, -1.0]], None),
        ([[2.0, -1.0, 0.5, -0.75], [0.25, 0.5, -0.25, 0.75]], None),
    ],
)
@pytest.mark.parametrize("better", [1, -1])
def test_the_chance_of_being_best_where_it_is_neither_0_nor_1(differences, chances, better):
    values = np.column_stack([*map(np.array, differences), np.zeros(len(differences[0]))])
    expected = exact(values)
    assert chances is None or expected == pytest.approx(chances)
    names = [f"s{each}" for each in range(len(differences))]
    given = {name: better * np.array(each) for name, each in zip(names, differences, strict=True)}
    best, rank = probability_best(given, better)
    for name, chance in zip([*names, BASELINE], expected, strict=True):
        assert abs(best[name] - chance) <= 4 * np.sqrt(chance * (1 - chance) / RESAMPLES)
    order = stats.rankdata(-values.mean(axis=0), method="min")
    assert [rank[name] for name in (*names, BASELINE)] == order.tolist()


def test_effects_in_a_folder_have_those_chances(monkeypatch, tmp_path):
    """Two strategies, four replicates: what is written is what all resamples come to."""
    gains = {"LaissezFaire": [0.0] * 4, "Inclusion": [2.0, -1.0, 0.5, -1.5], "Incentives": [-1.5, 0.5, -1.0, 2.0]}

    def simulate(world, seed, replicates, rounds, own=None) -> Outcome:
        runs = np.ones((len(replicates), len(RUN_MEASURES)))
        runs[:, AT] = luck.run_keys(seed, replicates) % 7 + np.array(gains[type(world.strategy).__name__])
        runs[:, list(RUN_MEASURES).index("spend")] = 0.0
        return Outcome(runs, np.zeros((rounds, len(replicates), len(MEASURES))))

    monkeypatch.setattr(blocks, "simulate", simulate)
    words = ("experiment=which_strategy", "experiment.strategies=[inclusion,incentives]", "experiment.scenarios=[calm]")
    with session():
        study = read([*words, "run.replicates=4", "run.rounds=2", "community.leaders=8"]).study
    table = run_study(study, tmp_path, workers=1).effects
    found = table[table.measure == "welfare_net"].set_index("strategy")["prob_best"]
    expected = exact(np.column_stack([gains["Inclusion"], gains["Incentives"], gains["LaissezFaire"]]))
    assert found["inclusion"] == pytest.approx(expected[0], abs=0.045)
    assert found["incentives"] == pytest.approx(expected[1], abs=0.045)
    assert expected.min() > 0.05 and Outcomes(tmp_path).values("welfare_net").shape == (3, 4)
