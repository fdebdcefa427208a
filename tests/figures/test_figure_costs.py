"""The figure of cost and benefit: money per person, gross effect per person, and where the two break even."""

import numpy as np
import pytest
from figure_reading import cut_off, line, lines, overlapping, text, written
from figure_tables import PEOPLE_PER_LEADER, SCENARIOS, STRATEGIES, make_effects

from commonweal.errors import InputError
from commonweal.figures.cost_benefit import cost_benefit


def row(effects, scenario, strategy, measure, basis="full strength"):
    here = (effects.scenario == scenario) & (effects.strategy == strategy)
    return effects[here & (effects.measure == measure) & (effects.basis == basis)].iloc[0]


def test_money_is_per_person_and_welfare_gross(effects):
    figure = cost_benefit(effects)
    assert [axes.get_title(loc="left") for axes in figure.axes] == list(SCENARIOS)
    for scenario, axes in zip(SCENARIOS, figure.axes, strict=True):
        for strategy in STRATEGIES:
            gross, money = row(effects, scenario, strategy, "welfare"), row(effects, scenario, strategy, "money")
            mark = line(axes, f"{strategy}, full strength")
            assert mark.get_xdata()[0] == pytest.approx(money.effect / PEOPLE_PER_LEADER)
            assert mark.get_ydata()[0] == gross.effect
            across, up = lines(axes, f"{strategy}, full strength, interval")
            assert across.get_xdata() == pytest.approx(np.array([money.low, money.high]) / PEOPLE_PER_LEADER)
            assert tuple(up.get_ydata()) == (gross.low, gross.high)


def test_a_strategy_is_above_the_line_exactly_if_its_net_effect_is_positive(effects):
    axes = cost_benefit(effects).axes[0]
    border = line(axes, "break-even")
    assert list(border.get_xdata()) == list(border.get_ydata())
    sides = set()
    for strategy in STRATEGIES:
        mark, net = line(axes, f"{strategy}, full strength"), row(effects, "calm", strategy, "welfare_net").effect
        assert (mark.get_ydata()[0] > mark.get_xdata()[0]) == (net > 0)
        sides.add(net > 0)
    assert sides == {True, False}


def test_labels_have_one_unit_for_both_axes(effects):
    figure = cost_benefit(effects, "equal spend")
    assert figure.get_supxlabel() == "money spent (MU per person and round)"
    assert figure.get_supylabel().replace("\n", " ") == (
        "effect on welfare per person, gross (MU per person and round)"
    )
    assert {"pays for itself", "costs more than it brings", "break-even"} <= set(written(figure))
    assert "Worth its money? What strategies cost and bring, at equal spend" in written(figure)
    assert line(figure.axes[0], "inclusion, equal spend").get_markerfacecolor() == "none"


def test_a_strategy_that_costs_nothing_has_no_interval_of_cost(effects):
    free = (effects.strategy == "inclusion") & effects.measure.isin(["money", "welfare_net"])
    effects.loc[free, ["effect", "low", "high"]] = 0.0
    gross = (effects.strategy == "inclusion") & (effects.measure == "welfare")
    effects.loc[gross, ["effect", "low", "high"]] = 0.0
    axes = cost_benefit(effects).axes[0]
    assert line(axes, "inclusion, full strength").get_xdata() == [0.0]
    assert len(lines(axes, "inclusion, full strength, interval")) == 1


def test_without_intervals_there_are_marks_alone():
    figure = cost_benefit(make_effects(("calm",), replicates=1))
    assert lines(figure.axes[0], "inclusion, full strength, interval") == []


@pytest.mark.parametrize(("scenarios", "basis"), [(1, "equal spend"), (2, "full strength"), (7, "equal spend")])
def test_nothing_is_cut_off_and_names_do_not_overlap(scenarios, basis):
    figure = cost_benefit(make_effects([f"scenario_{n}" for n in range(scenarios)]), basis)
    assert overlapping(figure) == []
    assert cut_off(figure) == []


def test_names_of_any_kind_are_written_as_they_are():
    figure = cost_benefit(make_effects(("$x$",), ("a$b$c", "50%_<z>")))
    assert not text(figure, "a$b$c").get_parse_math()
    assert "50% <z>" in written(figure)


def test_what_is_not_there_is_said(effects):
    with pytest.raises(InputError, match="no effects on 'money'"):
        cost_benefit(effects[effects.measure != "money"])
