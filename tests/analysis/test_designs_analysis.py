"""Analyses of designs, against answers that are known."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from SALib.sample import sobol as sample

from commonweal.analysis.budget import best_affordable, pareto
from commonweal.analysis.factorial import contrasts
from commonweal.analysis.regret import box, regret
from commonweal.analysis.sobol import WIDE, indices, interval, screening, too_few, written

ISHIGAMI = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}


def _ishigami(x: np.ndarray) -> np.ndarray:
    """Ishigami & Homma (1990), a = 7, b = .1: first-order indices .3139, .4424, 0; total .5576, .4424, .2437."""
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def _levels(k: int) -> pd.DataFrame:
    return pd.DataFrame(list(product((0, 1), repeat=k)), columns=[f"f{each}" for each in range(k)])


def test_a_planted_interaction_is_found_and_nothing_else():
    levels, lot = _levels(4), np.random.default_rng(1)
    f = levels.to_numpy(float)
    expected = 2.0 * f[:, 0] - 1.0 * f[:, 1] + 1.5 * f[:, 0] * f[:, 1] - 0.8 * f[:, 2] * f[:, 3]
    values = expected[:, None] + lot.normal(0, 5, 60) + lot.normal(0, 0.3, (16, 60))
    found = contrasts(levels, [values], 0.0).set_index(["factor", "with"])
    # In the classical coding a product b f g adds b/2 to both main effects, and b/2 is the interaction.
    truth = {("f0", ""): 2.75, ("f1", ""): -0.25, ("f2", ""): -0.4, ("f3", ""): -0.4,
             ("f0", "f1"): 0.75, ("f2", "f3"): -0.4}  # fmt: skip
    for row in found.index:
        assert found.loc[row, "effect"] == pytest.approx(truth.get(row, 0.0), abs=0.08)
        assert (found.loc[row, "p_holm"] < 0.01) == (row in truth)
    # The luck that all conditions of a replicate share (sd 5) is no part of the intervals.
    assert (found["high"] - found["low"]).max() < 0.15


def test_contrasts_are_those_of_least_squares():
    import statsmodels.api as sm

    levels, lot = _levels(3), np.random.default_rng(2)
    values = lot.normal(0, 1, (8, 10))
    signs = 2.0 * levels.to_numpy(float) - 1.0
    design = np.column_stack([np.ones(8), signs, signs[:, 0] * signs[:, 1], signs[:, 0] * signs[:, 2],
                              signs[:, 1] * signs[:, 2]])  # fmt: skip
    fitted = np.asarray(sm.OLS(values.ravel(), np.repeat(design, 10, axis=0)).fit().params)[1:]
    np.testing.assert_allclose(contrasts(levels, [values], 0.0)["effect"], 2 * fitted)


def test_contrasts_of_stretches_are_those_of_all_replicates_at_once():
    levels, lot = _levels(3), np.random.default_rng(9)
    values = lot.normal(3, 1, (8, 90)) + levels.to_numpy()[:, :1]
    values[2, 7], values[:, 30:41] = np.nan, np.nan
    whole = contrasts(levels, [values], 0.01)
    for cuts in ([30, 41], [1, 2, 50], range(0, 90, 7)):
        parts = contrasts(levels, np.split(values, cuts, axis=1), 0.01)
        pd.testing.assert_frame_equal(parts, whole, rtol=1e-9)
    assert (whole["n"] == 78).all()


def test_intervals_hold_the_truth_as_often_as_they_say():
    levels, lot = _levels(2), np.random.default_rng(3)
    held = 0
    for _ in range(400):
        values = levels["f0"].to_numpy()[:, None] + lot.normal(0, 1, 15) + lot.normal(0, 1, (4, 15))
        row = contrasts(levels, [values], 0.0).iloc[0]
        held += row["low"] <= 1.0 <= row["high"]
    assert 0.92 <= held / 400 <= 0.98


def test_pairs_that_a_fraction_confounds_with_main_effects_have_no_row():
    levels = pd.DataFrame({"a": [0, 0, 1, 1], "b": [0, 1, 0, 1], "c": [1, 0, 0, 1]})  # c = ab
    found = contrasts(levels, [np.random.default_rng(4).normal(size=(4, 9))], 0.0)
    assert list(found["factor"]) == ["a", "b", "c"] and (found["with"] == "").all()


def test_pairs_that_a_fraction_confounds_with_each_other_have_no_row():
    levels = _levels(3).rename(columns={"f0": "a", "f1": "b", "f2": "c"})
    levels["d"] = levels.sum(axis=1) % 2  # d = abc: ab = cd, ac = bd, ad = bc
    found = contrasts(levels, [np.random.default_rng(5).normal(size=(8, 9))], 0.0)
    assert list(found["factor"]) == list("abcd") and (found["with"] == "").all()


@pytest.mark.parametrize("noise", [0.0, 6.0])
def test_the_indices_of_ishigami_come_out_with_luck_and_without(noise):
    x, lot = sample.sample(ISHIGAMI, 2048, calc_second_order=False, seed=5), np.random.default_rng(6)
    expected, replicates = _ishigami(x), 8
    shared = lot.normal(0, 2.0, replicates)
    values = expected[:, None] + shared + noise * lot.normal(0, 1, (len(x), replicates))
    found, shares = indices(ISHIGAMI, values)
    np.testing.assert_allclose(found["first"], [0.3139, 0.4424, 0.0], atol=0.05)
    np.testing.assert_allclose(found["total"], [0.5576, 0.4424, 0.2437], atol=0.05)
    assert (found["first_interval"] > 0).all()
    whole = expected.var() + shared.var(ddof=1) + noise**2
    assert shares["parameters"] == pytest.approx(expected.var() / whole, rel=0.1)
    assert shares["both"] == pytest.approx(noise**2 / whole, rel=0.1, abs=1e-9)
    assert shares["luck"] == pytest.approx(shared.var(ddof=1) / whole, rel=0.1)


def test_a_parameter_that_changes_nothing_has_an_index_of_nothing_under_common_luck():
    x, lot = sample.sample(ISHIGAMI, 64, calc_second_order=False, seed=7), np.random.default_rng(8)
    luck = lot.normal(0, 1, 6)
    values = x[:, :1] + np.sin(x[:, :1] * 3) * luck + 0.5 * np.cos(x[:, 1:2]) * luck[::-1]  # x3 does nothing
    found, _ = indices(ISHIGAMI, values)
    assert found["total"].iloc[2] == pytest.approx(0.0, abs=1e-9) == found["first"].iloc[2]
    assert found["total"].iloc[0] > 0.5


def test_where_luck_covers_what_parameters_do_there_are_no_indices():
    lot = np.random.default_rng(9)
    values = lot.normal(0, 1, (5 * 64, 3))
    values -= values.mean(axis=1, keepdims=True)  # nothing is left between conditions
    found, parts = indices(ISHIGAMI, values)
    assert found[["first", "total"]].isna().all(axis=None) and parts["parameters"] == 0.0


def test_screening_tells_what_matters_from_what_does_not():
    from SALib.sample import morris

    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    x = morris.sample(problem, 20, num_levels=4, seed=7)
    found = screening(problem, x, (3 * x[:, 0] - x[:, 1])[:, None], 4).set_index("parameter")
    np.testing.assert_allclose(found["mean"], [3.0, -1.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(found["mean_size"], [3.0, 1.0, 0.0], atol=1e-9)


def test_regret_and_satisficing_by_hand():
    means = pd.DataFrame({"s1": [10.0, 8.0, 0.0], "s2": [0.0, 7.0, 9.0]}, index=["bold", "steady", "other"])
    found = regret(means, enough=7.0)
    assert list(found.index) == ["steady", "bold", "other"]
    assert found["max_regret"].to_dict() == {"steady": 2.0, "bold": 9.0, "other": 10.0}
    assert found["mean_regret"].to_dict() == {"steady": 2.0, "bold": 4.5, "other": 5.0}
    assert found["satisficing"].to_dict() == {"steady": 1.0, "bold": 0.5, "other": 0.5}
    assert found["worst_scenario"].to_dict() == {"steady": "s1", "bold": "s2", "other": "s1"}


def test_a_planted_region_of_failure_is_found():
    lot = np.random.default_rng(8)
    x = pd.DataFrame(lot.random((2000, 4)), columns=["trust", "noise", "money", "idle"])
    failed = ((x["trust"] < 0.3) & (x["noise"] > 0.6)).to_numpy()
    found = box(x, failed)
    limits = found.set_index("parameter")
    assert limits.loc["trust", "high"] == pytest.approx(0.3, abs=0.05)
    assert limits.loc["noise", "low"] == pytest.approx(0.6, abs=0.05)
    assert found.attrs["coverage"] > 0.85 and found.attrs["density"] > 0.85
    with pytest.raises(ValueError, match="nothing fails"):
        box(x, np.zeros(2000, bool))


def test_the_best_that_can_be_afforded():
    lot = np.random.default_rng(9)
    luck = lot.normal(0, 3, 100)
    welfare = np.array([1.0, 2.0, 3.0, 2.9])[:, None] + luck + lot.normal(0, 0.01, (4, 100))
    money, hours = np.array([0.0, 5.0, 20.0, 5.0]), np.array([0.0, 1.0, 1.0, 30.0])
    found = best_affordable(welfare, money, hours, list("abcd"), [(0, 0), (10, 10), (10, 99), (99, 99)])
    assert list(found["best"]) == ["a", "b", "d", "c"]
    assert (found["prob_best"] > 0.99).all()
    with pytest.raises(ValueError, match=r"budget of 1 of money and 0\.5 of hours; the cheapest, b, takes 5"):
        best_affordable(welfare[1:], money[1:], hours[1:], list("bcd"), [(1, 0.5)])


def test_equals_share_the_chance_of_being_best():
    welfare = np.random.default_rng(10).normal(0, 1, (2, 400))
    found = best_affordable(welfare, np.zeros(2), np.zeros(2), ["a", "b"], [(1, 1)])
    assert 0.5 <= found["prob_best"][0] <= 0.99


def test_the_front_holds_what_nothing_beats():
    one, other = np.array([3.0, 2.0, 1.0, 1.5, 3.0]), np.array([1.0, 2.0, 3.0, 1.0, 0.5])
    assert list(pareto(one, other)) == [2, 1, 0]


@pytest.mark.parametrize(
    ("value", "half", "told", "ends"),
    [
        (0.31, 0.05, "0.31", "0.26 to 0.36"),
        (1.07, 0.1, "0.97 to 1.00", "0.97 to 1.00"),
        (-0.02, 0.05, "0.00", "0.00 to 0.03"),
        (0.5, 0.45, "0.05 to 0.95", "0.05 to 0.95"),
        (2.3, 1.1, "not known", ""),
        (float("nan"), float("nan"), "not known", ""),
    ],
)
def test_an_index_is_told_as_far_as_its_interval_allows(value, half, told, ends):
    assert (written(value, half), interval(value, half)) == (told, ends)


def test_too_few_points_are_told_with_those_that_would_do():
    table = pd.DataFrame({"first_interval": [0.1, np.nan], "total_interval": [0.41, 0.3]})
    assert "16 points are too few" in too_few(table, 16) and "design.points=128," in too_few(table, 16)
    assert too_few(table.clip(upper=WIDE), 16) == "" and too_few(table * np.nan, 16) == ""
