"""Effects against answers known beforehand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from commonweal.analysis.effects import COLUMNS, best_communities, compare, effects, holm, interval, probability_best
from commonweal.model.run import RUN_MEASURES
from commonweal.study.conditions import BASELINE


def test_the_interval_is_that_of_students_paired_t():
    draw = np.random.default_rng(3)
    with_it, without = draw.normal(1, 1, 30), draw.normal(0.6, 1, 30)
    low, high, p = interval(with_it - without)
    known = stats.ttest_rel(with_it, without)
    assert (low, high) == pytest.approx(tuple(known.confidence_interval(0.95)))
    assert p == pytest.approx(known.pvalue)


def test_the_interval_covers_the_truth_in_95_of_100():
    draw = np.random.default_rng(4)
    ends = [interval(draw.normal(0.3, 1, 20))[:2] for _ in range(2000)]
    covered = np.mean([low < 0.3 < high for low, high in ends])
    assert abs(covered - 0.95) < 3 * np.sqrt(0.95 * 0.05 / 2000)


def test_one_pair_has_no_interval_and_equal_pairs_no_doubt():
    assert np.isnan(interval(np.array([1.0]))).all()
    assert interval(np.zeros(5)) == (0.0, 0.0, 1.0)
    assert interval(np.full(5, 2.0)) == (2.0, 2.0, 0.0)


def test_holm_agrees_with_statsmodels_and_leaves_nan_out():
    p = np.random.default_rng(5).uniform(0, 0.2, 9)
    assert holm([*p, np.nan]) == pytest.approx([*multipletests(p, method="holm")[1], np.nan], nan_ok=True)
    assert holm([]) == []


def test_the_best_of_two_equal_strategies_is_a_toss_up_and_a_sure_thing_is_sure():
    draw = np.random.default_rng(6)
    one, other = draw.normal(0.5, 0.1, 400), draw.normal(0.5, 0.1, 400)
    best, rank = probability_best({"one": one, "other": other}, 1)
    assert best[BASELINE] == 0.0
    assert best["one"] + best["other"] == pytest.approx(1.0)
    assert 0.01 < best["one"] < 0.99
    assert sorted(rank.values()) == [1.0, 2.0, 3.0]
    assert probability_best({"one": one + 1, "other": other}, 1)[0]["one"] == 1.0
    assert probability_best({"one": one, "other": other}, -1)[0][BASELINE] == 1.0
    assert np.isnan(probability_best({"one": one}, 0)[0]["one"])


def test_pairs_are_by_replicate_and_undefined_ones_are_left_out():
    rows = compare({"a": np.array([2.0, np.nan, 5.0])}, np.array([1.0, 1.0, 2.0]), 1, 0.0)
    assert rows[0]["n"] == 2
    assert rows[0]["effect"] == 2.0
    assert rows[0]["baseline"] == 1.5


def _runs() -> pd.DataFrame:
    draw = np.random.default_rng(7)
    luck = draw.normal(0, 5, 40)
    tables = []
    for strategy, basis, gain in (
        (BASELINE, "baseline", 0.0), ("good", "full strength", 1.0), ("bad", "full strength", -1.0),
    ):  # fmt: skip
        table = pd.DataFrame({name: luck + gain + draw.normal(0, 0.1, 40) for name in RUN_MEASURES})
        tables.append(table.assign(scenario="calm", strategy=strategy, basis=basis, intensity=1.0, replicate=range(40)))
    runs = pd.concat(tables, ignore_index=True)
    return runs.sample(frac=1.0, random_state=1).sort_values("strategy", kind="stable", ignore_index=True)


def test_a_planted_effect_is_found_whatever_the_order_of_rows():
    table = effects(_runs(), 0.01).set_index(["strategy", "measure"])
    assert list(table.reset_index().columns.sort_values()) == sorted(COLUMNS)
    for name, about in RUN_MEASURES.items():
        row = table.loc[("good", name)]
        assert row.low < 1.0 < row.high or abs(row.effect - 1.0) < 0.1
        assert row.high - row.low < 0.2, "pairing takes the common luck away"
        if about.better:
            assert table.loc[("good" if about.better > 0 else "bad", name)].prob_best == 1.0


def test_a_failed_replicate_leaves_its_pair_only():
    runs = _runs()
    gone = runs.drop(runs[(runs.strategy == "good") & (runs.replicate == 3)].index)
    table = effects(gone, 0.01).set_index(["strategy", "measure"])
    assert table.loc[("good", "welfare_net")].n == 39
    assert table.loc[("bad", "welfare_net")].n == 40


def test_communities_are_counted_by_hand_with_ties_shared_and_gaps_left_out():
    nan = np.nan
    differences = {"one": np.array([2.0, 1.0, -1.0, 0.0, nan]), "other": np.array([1.0, 1.0, -2.0, 0.0, 9.0])}
    # the first is one's, the second is shared by two, the third is doing nothing's, the fourth is shared by all three
    found = best_communities(differences, 1)
    assert found == pytest.approx(
        {"one": (1 + 1 / 2 + 1 / 3) / 4, "other": (1 / 2 + 1 / 3) / 4, BASELINE: (1 + 1 / 3) / 4}
    )
    turned = best_communities(differences, -1)
    # less is better: doing nothing, doing nothing, other, all three
    assert turned == pytest.approx({"one": 1 / 12, "other": (1 + 1 / 3) / 4, BASELINE: (2 + 1 / 3) / 4})
    assert all(np.isnan(list(best_communities(differences, 0).values())))
    assert all(np.isnan(list(best_communities({"one": np.full(3, nan)}, 1).values())))


def test_a_mean_that_is_surely_the_best_is_best_in_few_communities():
    small, rare = np.full(400, 0.1), np.where(np.arange(400) % 4, -0.1, 1.3)  # means .1 and .25
    row = {each["strategy"]: each for each in compare({"small": small, "rare": rare}, np.zeros(400), 1, 0.0)}["rare"]
    assert row["prob_best"] > 0.95 and row["best_communities"] == 0.25 and np.isnan(row["best_worlds"])


def test_the_smallest_effect_is_a_share_of_what_doing_nothing_has():
    with_it, without = np.array([10.3, 10.5, 10.4, 10.4]), np.full(4, 10.0)
    by = {share: compare({"a": with_it}, without, 1, share)[0]["matters"] for share in (0.01, 0.04, 0.06, 50.0)}
    assert by == {0.01: "yes", 0.04: "unsure", 0.06: "no", 50.0: "no"}
    assert compare({"a": -with_it}, -without, 1, 0.01)[0]["matters"] == "yes"  # of a size, whatever its sign
    assert compare({"a": with_it[:1]}, without[:1], 1, 0.01)[0]["matters"] == ""
    assert compare({"a": np.zeros(3)}, np.zeros(3), 1, 0.01)[0]["matters"] == "no"
