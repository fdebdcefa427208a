"""Figures in the money of those who read: axes, ticks and what is drawn."""

import numpy as np
import pandas as pd
import pytest
from figure_reading import line, written

from commonweal.analysis.in_units import SPREAD, amounts
from commonweal.figures.cost_benefit import cost_benefit
from commonweal.figures.cost_curves import cost_curves
from commonweal.figures.labels import effect_label, label
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.units import NONE, Units, told, told_in

EUR = Units("EUR", 5.0, 31.25)


def test_what_is_drawn_is_what_is_said(effects):
    with told_in(EUR):
        figure = strategy_effects(amounts(effects, EUR), "welfare_net")
        deals = cost_benefit(amounts(effects, EUR))
    plain, dear = strategy_effects(effects, "welfare_net"), cost_benefit(effects)
    assert "(EUR per person and year)" in figure.get_supxlabel()
    assert "(EUR per person and year)" in deals.get_supxlabel() and "EUR per" in deals.get_supylabel()
    for one, other, name in ((plain, figure, "incentives"), (dear, deals, "incentives")):
        mark, its = (line(each.axes[0], f"{name}, full strength") for each in (one, other))
        np.testing.assert_allclose(60 * np.asarray(mark.get_xdata(), float), np.asarray(its.get_xdata(), float))


def test_a_cost_curve_has_round_sums_of_ones_own():
    rows = [
        {"scenario": "calm", "sum": sum_, "strategy": "inclusion", "measure": "welfare_net", "effect": 0.1, "low": 0.0,
         "high": 0.2, "spend": sum_}
        for sum_ in (5.0, 20.0, 400.0)
    ]  # fmt: skip
    with told_in(EUR):
        figure = cost_curves(amounts(pd.DataFrame(rows), EUR))
    assert [each.get_text() for each in figure.axes[0].get_xticklabels()] == ["25", "100", "2,000"]
    assert figure.get_supxlabel() == "EUR per leader and month"
    assert "calm, EUR per person and year" in written(figure)


def test_tables_that_are_told_leave_those_they_are_made_of(effects):
    before = effects.copy()
    told_table = amounts(effects, EUR)
    assert effects.equals(before) and amounts(effects, NONE) is effects
    trust = told_table["measure"] == "trust"
    np.testing.assert_array_equal(told_table.loc[trust, "effect"], effects.loc[trust, "effect"])
    np.testing.assert_allclose(told_table["spend"], 5 * effects["spend"])
    assert {"mean", "sd", "q05", "q95"} <= set(SPREAD)


def test_labels_say_the_unit():
    assert label("welfare_net").endswith("(MU per person and round)")
    with told_in(EUR):
        assert label("welfare_net").endswith("(EUR per person and year)")
        assert label("spend").endswith("(EUR per leader and month)")
        assert effect_label("trust") == "effect on mean trust (share)"
    assert told() is NONE


def test_units_end_where_something_goes_wrong():
    with pytest.raises(ValueError), told_in(EUR):
        raise ValueError
    assert told() is NONE


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        ("MU per person and round", 60), ("MU per person and month", 60), ("MU per leader and round", 5),
        ("MU per MU", 1), ("share", 1), ("0..1", 1), ("MU per MU of endowment", 1),
    ],
)  # fmt: skip
def test_what_amounts_are_multiplied_by(unit, times):
    assert EUR.times(unit) == times and NONE.times(unit) == 1


def test_texts_are_told_once():
    """Money called MU is told as it is called, and not once more."""
    text = "MU is the unit of money and of leaders' time. 2 MU per MU, per MU of endowment, MU per person and round"
    assert NONE.said(text) == text
    assert Units("MU x", 2.0).said("spend, MU per leader and round") == "spend, MU x per leader and month"
    said = EUR.said(text)
    assert said.startswith("5 EUR are 1 MU, the model's unit") and said.endswith("EUR per person and year")
    assert "2 MU per MU, per MU of endowment" in said
