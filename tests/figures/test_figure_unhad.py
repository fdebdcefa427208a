"""What cannot be had for the sum at which strategies are compared has no mark, as if it did nothing: it is said."""

import numpy as np
import pandas as pd
import pytest
from figure_reading import cut_off, line, lines, overlapping, written
from figure_tables import STRATEGIES, make_effects

from commonweal.analysis.had import UNHAD, had_in_worlds
from commonweal.analysis.ranks import chances_of_ranks
from commonweal.errors import InputError
from commonweal.figures.cost_benefit import cost_benefit
from commonweal.figures.equity import equity
from commonweal.figures.over_scenarios import over_scenarios
from commonweal.figures.ranks import ranks
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.worlds import ranks_of, worlds

NOTE = "Cannot be had at equal spend: all seven; inclusion in crisis."


@pytest.fixture
def effects() -> pd.DataFrame:
    """At equal spend `all` cannot be had anywhere, `inclusion` cannot in a crisis."""
    table = make_effects()
    gone = (table.strategy == "all") | ((table.strategy == "inclusion") & (table.scenario == "crisis"))
    gone &= table.basis == "equal spend"
    table.loc[gone, ["effect", "low", "high", "intensity", "spend"]] = 0.0
    return table.assign(matters=np.where(gone, "no", "yes"))


def made_worlds() -> pd.DataFrame:
    """Two worlds: `dear` can be had at equal spend in neither, `some` in the second, `free` costs nothing."""
    rows = [
        ("full strength", "dear", 20.0, (0.3, 0.3)), ("equal spend", "dear", (0.0, 0.0), (0.0, 0.0)),
        ("full strength", "some", 9.0, (0.4, 0.4)), ("equal spend", "some", (0.0, 5.0), (0.0, 0.1)),
        ("full strength", "free", 0.0, (0.2, -0.2)), ("equal spend", "free", (0.0, 0.0), (0.2, -0.2)),
    ]  # fmt: skip
    return pd.concat(
        pd.DataFrame({
            "scenario": "calm", "basis": basis, "strategy": name, "measure": "welfare_net", "world": [0, 1],
            "weight": 0.5, "effect": effect, "spend": spend, "rank": 1.0,
        }) for basis, name, spend, effect in rows
    )  # fmt: skip


def test_a_row_says_so_and_has_no_mark_nor_other_worlds(effects):
    others = made_worlds().replace({"dear": "all", "some": "inclusion", "free": "communication"})
    figure = over_scenarios(effects, worlds=others.assign(effect=others["effect"] + 0.1))
    (axes,) = figure.axes
    assert lines(axes, "all, equal spend") == lines(axes, "all, equal spend, other worlds") == []
    assert len(line(axes, "all, full strength").get_xdata()) == 3
    assert len(line(axes, "inclusion, equal spend").get_xdata()) == 2
    (said,) = [each for each in axes.texts if each.get_text() == UNHAD]
    at = [each.get_text() for each in axes.get_yticklabels()].index("all seven")
    assert 0 < said.xy[1] - at < 0.3  # beside where its hollow mark would be
    assert NOTE in figure.get_label() and any(NOTE[-25:] in each.replace("\n", " ") for each in written(figure))
    assert not overlapping(figure) and not cut_off(figure)


def test_panels_of_effects_say_it_where_it_is_so(effects):
    figure = strategy_effects(effects)
    assert [[each.get_text() for each in axes.texts].count(UNHAD) for axes in figure.axes] == [1, 1, 2]
    assert all(lines(axes, "all, equal spend") == [] for axes in figure.axes) and NOTE in figure.get_label()
    assert lines(figure.axes[2], "inclusion, equal spend") == [] != lines(figure.axes[1], "inclusion, equal spend")
    assert not overlapping(figure) and not cut_off(figure)


@pytest.mark.parametrize("draw", [over_scenarios, strategy_effects])
def test_at_equal_spend_alone_its_row_stays_and_is_not_called_of_no_matter(effects, draw):
    figure = draw(effects[effects.basis == "equal spend"])
    names = [each.get_text() for each in figure.axes[0].get_yticklabels()]
    assert len(names) == len(STRATEGIES) and names[-1] == "all seven"
    assert UNHAD in written(figure) and "No difference that matters" not in figure.get_label()


@pytest.mark.parametrize("draw", [equity, cost_benefit])
def test_who_gains_and_what_it_costs_have_no_mark_of_it(effects, draw):
    figure = draw(effects, "equal spend")
    assert all(lines(axes, "all, equal spend") == [] for axes in figure.axes) and NOTE in figure.get_label()
    assert "Cannot be had" not in draw(effects, "full strength").get_label()


def test_where_nothing_can_be_had_that_is_said(effects):
    none = effects[(effects.basis == "equal spend") & (effects.strategy == "all")]
    with pytest.raises(InputError, match="none of the strategies with effects on 'trust' can be had for so little"):
        strategy_effects(none, "trust")


def runs() -> pd.DataFrame:
    """Four communities in two scenarios: `dear` can be had in none, `some` in calm alone."""
    each = {"laissez_faire": 0.0, "bad": -1.0, "some": 1.0, "dear": 0.0}
    return pd.DataFrame([
        {"scenario": scenario, "strategy": name, "basis": "baseline" if name == "laissez_faire" else "equal spend",
         "replicate": at, "welfare_net": 0.0 if (name, scenario) == ("some", "crisis") else value,
         "intensity": 0.0 if name == "dear" or (name, scenario) == ("some", "crisis") else 0.5}
        for scenario in ("calm", "crisis") for name, value in each.items() for at in range(4)
    ])  # fmt: skip


def test_ranks_are_among_what_can_be_had():
    names, of_means, of_communities = chances_of_ranks(runs(), "equal spend", "welfare_net")
    assert names == ["some", "laissez_faire", "bad", "dear"]
    assert of_communities[:3].tolist() == [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0, 0.5, 0.5, 0]]
    assert np.isnan(of_communities[3]).all() and np.isnan(of_means[3]).all()
    figure = ranks(runs(), "equal spend")
    assert [each.get_text() for axes in figure.axes for each in axes.texts].count(UNHAD) == 2
    assert [each.get_text() for each in figure.axes[0].get_xticklabels()] == ["1", "2", "3"]
    assert "Cannot be had at equal spend: dear; some in crisis." in figure.get_label()
    assert not overlapping(figure) and not cut_off(figure)


def test_in_worlds_it_has_no_rank_and_stands_before_nobody():
    table = made_worlds()
    assert had_in_worlds(table).tolist() == [True, True, False, False, True, True, False, True, *[True] * 4]
    found, _ = ranks_of(table[table.basis == "equal spend"], 1)
    assert np.isnan(found["dear"]).all()
    assert np.array_equal(found["some"], [np.nan, 1], equal_nan=True)
    assert found["free"].tolist() == [1, 3] and found["laissez_faire"].tolist() == [2, 2]
    figure = worlds(table, "equal spend", "welfare_net", "Two worlds.")
    assert [each.get_text() for each in figure.axes[1].texts].count(UNHAD) == 1
    assert "White: worlds in which it cannot be had for so little." in figure.get_label()
    assert "White" not in worlds(table, "full strength", "welfare_net", "Two worlds.").get_label()


def test_where_one_strategy_alone_is_compared_and_cannot_be_had(effects):
    alone = effects[effects.strategy == "all"]
    for draw in (over_scenarios, strategy_effects):
        figure = draw(alone)
        assert UNHAD in written(figure) and "Hollow: equal spend." in figure.get_label()
        assert not overlapping(figure) and not cut_off(figure)
