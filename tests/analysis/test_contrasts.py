"""Contrasts between conditions: precedence and worlds, on tables whose answer is known."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from commonweal.analysis.between_scenarios import between
from commonweal.analysis.budget import best_affordable
from commonweal.analysis.precedence import precedence


def test_a_planted_advantage_of_coming_first_is_found_and_no_other():
    luck = np.random.default_rng(1)
    orders = list(permutations(range(3)))
    starts = pd.DataFrame([[1 + 12 * order.index(each) for each in range(3)] for order in orders], columns=list("abc"))
    together = pd.DataFrame([[1, 1, 1]], columns=list("abc"))
    first = (starts["a"] < starts["b"]).to_numpy()
    values = luck.normal(0, 1, 400) + 0.5 * first[:, None] + luck.normal(0, 0.1, (6, 400))
    values = np.vstack([values, np.full(400, 99.0)])
    found = precedence(pd.concat([starts, together]), [values], 0.0).set_index(["first", "then"])
    assert found.loc[("a", "b"), "effect"] == pytest.approx(0.5, abs=0.02)
    assert found.loc[("a", "b"), "p_holm"] < 1e-6
    # a before c in three orders, in two of which a also precedes b; so a third of the advantage is seen there
    assert found.loc[("a", "c"), "effect"] == pytest.approx(0.5 / 3, abs=0.02)
    assert list(found["n"]) == [400] * 3
    with pytest.raises(ValueError, match="fewer than two"):
        precedence(together, [values[:1]], 0.0)


def test_what_a_world_changes_of_an_effect_is_paired_by_replicate():
    luck = np.random.default_rng(2)
    n, frames = 60, []
    shared = luck.normal(0, 5, n)
    for scenario, loss in (("calm", 0.0), ("broken", 0.3)):
        for strategy, gain in (("laissez_faire", 0.0), ("talk", 1.0 - loss), ("pay", 0.5)):
            basis = "baseline" if strategy == "laissez_faire" else "full strength"
            values = shared - 3 * loss + gain + luck.normal(0, 0.05, n)
            frames.append(pd.DataFrame({
                "scenario": scenario, "strategy": strategy, "basis": basis, "replicate": range(n), "trust": values,
            }))  # fmt: skip
    runs = pd.concat(frames).sample(frac=1, random_state=3)
    found = between(runs, "trust", "broken", "calm").set_index("strategy")
    assert found.loc["talk", "effect"] == pytest.approx(-0.3, abs=0.06)
    assert found.loc["talk", "high"] < 0 and found.loc["talk", "p_holm"] < 0.001
    assert found.loc["talk", "of"] == pytest.approx(1.0, abs=0.05)
    assert found.loc["pay", "low"] < 0 < found.loc["pay", "high"]
    assert found.loc["talk", "matters"] == "yes"
    base = abs(runs.loc[(runs["scenario"] == "calm") & (runs["strategy"] == "laissez_faire"), "trust"].mean())
    wide = between(runs, "trust", "broken", "calm", smallest=0.5 / base).set_index("strategy")
    assert list(wide.loc[["talk", "pay"], "matters"]) == ["no", "no"]


def test_doing_nothing_may_be_among_what_can_be_afforded():
    welfare = np.array([[1.0, 1.0, 1.0], [2.0, 2.1, 2.2]])
    found = best_affordable(welfare, np.array([0.0, 5.0]), np.zeros(2), ["laissez_faire", "talk"], [(9.0, np.inf)])
    assert (found["best"][0], found["prob_best"][0]) == ("talk", 1.0)
