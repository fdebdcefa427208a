"""The figures of designs: contrasts in rows, what a budget buys, and the front of mean and worst-off."""

import numpy as np
import pandas as pd
import pytest
from figure_reading import cut_off, line, lines, overlapping, written
from figure_tables import make_effects

from commonweal.errors import InputError
from commonweal.figures.budgets import budgets
from commonweal.figures.forest import PLAIN, forest
from commonweal.figures.front import front
from commonweal.figures.style import COLOURS, colour
from commonweal.model.strategies import STRATEGIES


def contrasts(panels=("calm", "crisis")) -> pd.DataFrame:
    rows = [
        (panel, name, effect, effect - 0.1, effect + 0.1, p, strategy)
        for panel in panels
        for name, effect, p, strategy in (("inclusion", 0.3, 0.01, "inclusion"), ("one + other", -0.05, 0.4, ""))
    ]
    return pd.DataFrame(rows, columns=["panel", "row", "effect", "low", "high", "p_holm", "strategy"])


@pytest.mark.parametrize("count", [1, 2, 4, 6])
def test_every_contrast_is_a_mark_and_its_interval_filled_where_it_is_sure(count):
    names = [f"scenario_{n}" for n in range(count)]
    figure = forest(contrasts(names), "A title", "A note.", "effect on trust (share)")
    assert [axes.get_title(loc="left") for axes in figure.axes] == [name.replace("_", " ") for name in names]
    for axes in figure.axes:
        sure, chance = line(axes, "inclusion"), line(axes, "one + other")
        assert (sure.get_xdata()[0], sure.get_ydata()[0]) == (0.3, 0)
        assert (chance.get_xdata()[0], chance.get_ydata()[0]) == (-0.05, 1)
        assert sure.get_markerfacecolor() == sure.get_markeredgecolor() == colour("inclusion")
        assert chance.get_markerfacecolor() == "white" and chance.get_markeredgecolor() == PLAIN
        assert tuple(line(axes, "inclusion, interval").get_xdata()) == pytest.approx((0.2, 0.4))
        low, high = axes.get_xlim()
        assert low < -0.15 and high > 0.4 and axes.get_ylim() == (1.5, -0.5)
    kinds = [[each.get_text() for each in axes.texts] for axes in figure.axes]
    assert kinds == [["sure", "may be chance"], *[[]] * (count - 1)]  # named once, beside a mark of each
    assert figure.get_supxlabel() == "effect on trust (share)"
    assert "A title" in written(figure) and "A note." in figure.get_label()
    assert cut_off(figure) == [] and overlapping(figure) == []


@pytest.mark.parametrize(("p", "says"), [(0.01, "all are sure after Holm's correction for their number"),
                                         (0.4, "each of them may be chance, after Holm's correction")])  # fmt: skip
def test_where_all_marks_are_alike_the_note_says_what_they_are(p, says):
    figure = forest(contrasts().assign(p_holm=p), "A title", "A note.", "x")
    assert [each for axes in figure.axes for each in axes.texts] == []
    assert says in figure.get_label()


def test_estimates_that_are_no_contrasts_have_no_p():
    figure = forest(contrasts().drop(columns="p_holm"), "A title", "A note.", "x")
    assert "Holm" not in figure.get_label() and "A note. Lines are 95 % intervals." in figure.get_label()
    assert line(figure.axes[0], "one + other").get_markerfacecolor() == PLAIN


def test_an_interval_however_narrow_is_seen_by_its_ends():
    table = contrasts(["calm"]).assign(low=lambda rows: rows["effect"] - 1e-6, high=lambda rows: rows["effect"] + 1e-6)
    axes = forest(table, "A title", "", "x").axes[0]
    interval, mark = line(axes, "inclusion, interval"), line(axes, "inclusion")
    assert interval.get_marker() == "|" and interval.get_markersize() > mark.get_markersize()


def test_measures_of_different_size_have_axes_of_their_own():
    table = contrasts(["agreement", "overlap"])
    table.loc[table["panel"] == "overlap", ["effect", "low", "high"]] /= 100
    first, second = forest(table, "A title", "A note.", "x", own_axes=True).axes
    assert first.get_xlim()[1] > 0.4 > 0.01 > second.get_xlim()[1] > 0.004
    assert first.get_ylim() == second.get_ylim() == (1.5, -0.5)
    assert [axes.xaxis.get_tick_params()["labelbottom"] for axes in (first, second)] == [True, True]
    figure = forest(table, "A title", "A note.", "x", own_axes=True)
    assert "Each panel has its own axis." in figure.get_label()
    assert cut_off(figure) == [] and overlapping(figure) == []


def test_a_contrast_without_an_interval_is_a_hollow_mark_alone():
    table = contrasts(["calm"]).assign(low=np.nan, high=np.nan, p_holm=np.nan).drop(columns="strategy")
    axes = forest(table, "A title", "", "x").axes[0]
    assert lines(axes, "inclusion, interval") == []
    assert line(axes, "inclusion").get_markerfacecolor() == "white"


def test_a_budget_shows_what_it_buys_and_what_is_in_the_mix():
    table = pd.DataFrame({
        "budget_money": [20.0, np.inf], "best": ["lead_by_example", "incentives + lead_by_example"],
        "effect": [0.1, 0.3], "low": [0.05, 0.2], "high": [0.15, 0.4], "prob_best": [1.0, 0.62],
    })  # fmt: skip
    figure = budgets(table, "calm")
    above, below = figure.axes
    assert list(line(above, "gain").get_ydata()) == [0.1, 0.3]
    assert [tuple(each.get_ydata()) for each in lines(above, "interval")] == [(0.05, 0.15), (0.2, 0.4)]
    for each in lines(above, "interval"):  # seen by its ends, however narrow
        assert each.get_marker() == "_" and each.get_markersize() > line(above, "gain").get_markersize()
    assert {"100 %", "62 %", "20", "no limit"} <= set(written(figure))
    assert above.get_ylabel().replace("\n", " ") == (
        "effect on welfare per person, gross (MU per person and round)"
    )  # fmt: skip
    inside = {name: [int(each.get_xdata()[0]) for each in lines(below, f"{name}, in")] for name in STRATEGIES}
    assert {name: at for name, at in inside.items() if at} == {"lead_by_example": [0, 1], "incentives": [1]}
    assert {each.get_color() for each in lines(below, "incentives, in")} == {COLOURS["incentives"]}
    assert cut_off(figure) == [] and overlapping(figure) == []


def test_the_front_is_joined_named_and_has_intervals_and_the_rest_is_a_cloud():
    mix, other = "incentives + communication + lead_by_example", "incentives + inclusion"
    effects = make_effects(("everywhere",), ("inclusion", other, mix), bases=("full strength",))
    figure = front(effects, "everywhere", [mix])
    axes = figure.axes[0]
    rows = effects.set_index(["strategy", "measure"])["effect"]
    at = rows[mix, "welfare_net"], rows[mix, "worst_off"]
    assert (line(axes, mix).get_xdata()[0], line(axes, mix).get_ydata()[0]) == at
    assert len(lines(axes, f"{mix}, interval")) == len(lines(axes, "inclusion, interval")) == 2
    assert line(axes, "inclusion").get_color() == colour("inclusion")
    unnamed = {each.get_label(): each for each in axes.collections}
    here = rows[other, "welfare_net"], rows[other, "worst_off"]
    assert np.allclose(unnamed["other mixes"].get_offsets(), [here])
    ends = effects.set_index(["strategy", "measure"])[["low", "high"]]
    across, up = unnamed["other mixes, interval"].get_segments()
    assert np.allclose(across, [(x, here[1]) for x in ends.loc[(other, "welfare_net")]])
    assert np.allclose(up, [(here[0], y) for y in ends.loc[(other, "worst_off")]])
    assert all(each.get_zorder() > line(axes, mix).get_zorder() for each in lines(axes, f"{mix}, interval"))
    assert figure.get_supxlabel() == "effect on welfare per person, net of spend (MU per person and round)"
    assert "inclusion" in written(figure) and any(each.startswith("incentives + comm") for each in written(figure))
    assert cut_off(figure) == []
    with pytest.raises(InputError, match="no effects on 'worst_off'"):
        front(effects[effects.measure == "welfare_net"], "everywhere", [mix])
