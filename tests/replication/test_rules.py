"""Rules of replication: what they find in runs whose answer is known, and how they end a study."""

from itertools import product

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from commonweal.errors import InputError
from commonweal.study.replication.best import Best
from commonweal.study.replication.interval import Interval

LOT = np.random.default_rng(11)
BEST = {"measure": "welfare_net", "step": 5, "most": 50, "probability": 0.95, "indifference": 0.0}
CLOSE = {"measure": "welfare_net", "step": 5, "most": 50, "of": "b", "against": None, "width": 0.5}


def runs(values: dict[tuple[str, str], np.ndarray], measure: str = "welfare_net"):
    """A connection as a rule gets it: conditions by scenario and name, with their values by replicate."""
    rows = [
        (number, scenario, name, replicate, None if np.isnan(value) else value)
        for number, ((scenario, name), column) in enumerate(values.items())
        for replicate, value in enumerate(column)
    ]
    table = pd.DataFrame(rows, columns=["condition", "scenario", "name", "replicate", measure])
    connection = duckdb.connect()
    connection.register("runs", table)
    connection.register("conditions", table.drop_duplicates("condition")[["condition", "name"]])
    return connection


def lots(means: dict[str, float], n: int = 20, noise: float = 0.5, scenarios=("calm",)):
    """Per scenario and condition its mean plus luck: much of it common to all conditions, some of its own."""
    common = LOT.normal(0, 5, n)
    return {(s, name): mean + common + LOT.normal(0, noise, n) for s, (name, mean) in product(scenarios, means.items())}


def chance_of_error(values, best, indifference=0.0) -> float:
    """The sum over the others of the one-sided p that each is better, by scipy's paired t test."""
    return sum(
        stats.ttest_rel(values[best] + indifference, other, alternative="greater", nan_policy="omit").pvalue
        for key, other in values.items()
        if key != best and key[0] == best[0]
    )


@pytest.mark.parametrize("indifference", [0.0, 0.3])
def test_the_best_is_known_as_surely_as_paired_t_tests_say(indifference):
    values = lots({"a": 1.0, "b": 1.35, "c": 1.3})
    means = {key: column.mean() for key, column in values.items()}
    best = max(means, key=means.__getitem__)
    found = Best(**BEST | {"indifference": indifference}).look(runs(values), [])
    assert found.reached["best"] == [list(values).index(best)]
    assert found.reached["probability"] == pytest.approx(1 - chance_of_error(values, best, indifference))
    assert found.enough == (found.reached["probability"] >= 0.95)


def test_the_best_is_wanted_in_each_scenario_and_the_least_sure_one_counts():
    values = lots({"a": 1.0, "b": 2.0, "c": 0.0}, scenarios=("calm", "crisis"))
    values["crisis", "c"] = values["crisis", "b"] + 0.05 + LOT.normal(0, 0.5, 20)
    best = [max((key for key in values if key[0] == s), key=lambda key: values[key].mean()) for s in ("calm", "crisis")]
    found = Best(**BEST).look(runs(values), ["scenario"])
    assert found.reached["best"] == sorted(list(values).index(each) for each in best)
    sure = [1 - chance_of_error(values, each) for each in best]
    assert found.reached["probability"] == pytest.approx(min(sure)) and min(sure) < 0.95 < max(sure)
    assert not found.enough


def test_less_is_better_of_a_measure_of_which_it_is():
    values = lots({"a": 1.0, "b": 2.0})
    found = Best(**BEST | {"measure": "gini"}).look(runs(values, "gini"), [])
    assert found.reached["best"] == [0] and found.enough


def test_runs_that_failed_are_left_out_and_equals_are_never_told_apart():
    values = lots({"a": 1.0, "b": 1.2})
    values["calm", "a"][3] = np.nan
    found = Best(**BEST).look(runs(values), [])
    best = max(values, key=lambda key: np.nanmean(values[key]))
    assert found.reached["probability"] == pytest.approx(1 - chance_of_error(values, best))
    same = {("calm", "a"): values["calm", "b"], ("calm", "b"): values["calm", "b"]}
    assert not Best(**BEST).look(runs(same), []).enough
    assert Best(**BEST | {"indifference": 0.1}).look(runs(same), []).enough
    none = {key: np.full(20, np.nan) for key in values}
    assert Best(**BEST).look(runs(none), []) == (False, {"probability": None})


def test_the_best_is_right_as_often_as_it_is_sure():
    """Of the times that the rule is content, the best is another at most as often as was allowed."""
    wrong = content = 0
    for _ in range(40):
        found = Best(**BEST | {"probability": 0.9}).look(runs(lots({"a": 0.0, "b": 0.3, "c": 0.2}, 15, 0.4)), [])
        content += found.enough
        wrong += found.enough and found.reached["best"] != [1]
    assert content > 5 and wrong <= 0.1 * content + 3 * np.sqrt(0.09 * content)


def test_the_interval_is_that_of_scipys_paired_t():
    values = lots({"a": 1.0, "b": 1.5})
    found = Interval(**CLOSE).look(runs(values), [])
    low, high = stats.ttest_rel(values["calm", "b"], values["calm", "a"]).confidence_interval(0.95)
    assert found.reached["width"] == pytest.approx(high - low) and found.reached["pairs"] == 20
    assert found.enough == (high - low <= 0.5)


def test_an_interval_of_no_known_condition_is_refused():
    connection = runs(lots({"a": 1.0, "b": 1.5}))
    with pytest.raises(InputError, match=r"replication\.of is missing; write replication\.of=b$"):
        Interval(**CLOSE | {"of": None}).look(connection, [])
    with pytest.raises(InputError, match=r"replication\.against is 'bb', which is no condition; did you mean b"):
        Interval(**CLOSE | {"against": "bb"}).look(connection, [])
