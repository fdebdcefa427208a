"""The figure of effects shows every row of its table, and says what it shows."""

import numpy as np
import pytest
from figure_reading import cut_off, line, lines, overlapping, text, written
from figure_tables import SCENARIOS, STRATEGIES, make_effects

from commonweal.errors import InputError
from commonweal.figures.labels import words
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.style import colour


def test_every_effect_is_a_mark_with_the_ends_of_its_interval(effects):
    figure = strategy_effects(effects, "welfare_net")
    of_measure = effects[effects.measure == "welfare_net"]
    assert len(figure.axes) == len(SCENARIOS)
    for scenario, axes in zip(SCENARIOS, figure.axes, strict=True):
        for row in of_measure[of_measure.scenario == scenario].itertuples():
            name = f"{row.strategy}, {row.basis}"
            mark, interval = line(axes, name), line(axes, f"{name}, interval")
            assert mark.get_xdata() == [row.effect]
            assert tuple(interval.get_xdata()) == (row.low, row.high)
            assert list(interval.get_ydata()) == [mark.get_ydata()[0]] * 2
            assert mark.get_markeredgecolor() == interval.get_color() == colour(row.strategy)
            assert mark.get_markerfacecolor() == ("white" if row.basis == "equal spend" else colour(row.strategy))


def test_rows_are_the_same_in_every_panel_and_sorted_best_first(effects):
    figure = strategy_effects(effects, "welfare_net")
    assert [each.get_text() for each in figure.axes[0].get_yticklabels()] == [
        words(name) for name in reversed(STRATEGIES)
    ]
    for axes in figure.axes:
        heights = [line(axes, f"{name}, full strength").get_ydata()[0] for name in reversed(STRATEGIES)]
        assert heights == sorted(heights)
        assert axes.get_ylim() == (len(STRATEGIES) - 0.5, -0.5)


def test_where_less_is_better_the_least_comes_first(effects):
    figure = strategy_effects(effects, "gini")
    means = effects[(effects.measure == "gini") & (effects.basis == "full strength")].groupby("strategy").effect.mean()
    assert figure.axes[0].get_yticklabels()[0].get_text() == means.idxmin().replace("_", " ")
    assert any("Left is better." in each for each in written(figure))
    assert not any("is better" in each for each in written(strategy_effects(effects, "cross_sector_ties")))


def test_labels_say_measure_unit_scenario_and_basis(effects):
    figure = strategy_effects(effects, "welfare_net")
    assert figure.get_supxlabel() == "effect on welfare per person, net of spend (MU per person and round)"
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["calm", "polarised", "crisis"]
    assert any("95 % interval" in each for each in written(figure))
    assert figure.get_label().startswith("Effect of each strategy on welfare per person, net of spend. ")
    assert "Filled: full strength. Hollow: equal spend." in figure.get_label()  # which a reader who sees has named


def test_a_mark_of_each_basis_is_named_where_there_are_two(effects):
    first, *others = strategy_effects(effects, "welfare_net").axes
    assert [each.get_text() for each in first.texts] == ["full strength", "equal spend"]
    assert [each for axes in others for each in axes.texts] == []
    for each in first.texts:  # at an end of an interval of that basis, in its row
        intervals = [line(first, f"{name}, {each.get_text()}, interval") for name in STRATEGIES]
        assert each.xy in {(x, y) for one in intervals for x, y in zip(one.get_xdata(), one.get_ydata(), strict=True)}
    assert abs(first.texts[0].xy[1] - first.texts[1].xy[1]) > 0.5  # not in one row
    alone = strategy_effects(effects[effects.basis == "equal spend"], "welfare_net")
    assert [each for axes in alone.axes for each in axes.texts] == []
    assert "from doing nothing under the same luck, at equal spend;" in alone.get_label()


def test_an_interval_however_narrow_is_seen_by_its_ends(effects):
    effects = effects.assign(low=effects["effect"], high=effects["effect"])
    axes = strategy_effects(effects, "trust").axes[0]
    interval, mark = (line(axes, f"inclusion, full strength{of}") for of in (", interval", ""))
    assert interval.get_marker() == "|" and interval.get_markersize() > mark.get_markersize()


def test_panels_share_limits_that_hold_zero_and_every_interval(effects):
    figure = strategy_effects(effects, "welfare_net")
    rows = effects[effects.measure == "welfare_net"]
    for axes in figure.axes:
        low, high = axes.get_xlim()
        assert low <= min(0, rows.low.min())
        assert high >= max(0, rows.high.max())
        assert line(axes, "no effect").get_xdata() == [0, 0]
        assert axes.get_xlim() == figure.axes[0].get_xlim()


def test_one_scenario_has_its_numbers_written_out():
    figure = strategy_effects(make_effects(("calm",), ("a", "b"), ("full strength",)), "money")
    assert {"+3.00  [+2.70, +3.30]", "+5.00  [+4.50, +5.50]"} <= set(written(figure))
    assert line(figure.axes[0], "a, full strength").get_ydata()[0] == 0  # the cheaper comes first


def test_without_intervals_there_are_marks_alone():
    figure = strategy_effects(make_effects(("calm",), replicates=1), "trust")
    assert len(lines(figure.axes[0], "inclusion, equal spend")) == 1
    assert lines(figure.axes[0], "inclusion, equal spend, interval") == []
    assert not any("nan" in each for each in written(figure))


def test_a_strategy_missing_in_a_scenario_leaves_its_row_empty(effects):
    some = effects[~((effects.scenario == "crisis") & (effects.strategy == "inclusion"))]
    figure = strategy_effects(some, "trust")
    assert lines(figure.axes[2], "inclusion, full strength") == []
    assert figure.axes[2].get_ylim() == (len(STRATEGIES) - 0.5, -0.5)


def test_an_effect_that_is_not_known_is_left_out(effects):
    effects.loc[(effects.measure == "trust") & (effects.strategy == "inclusion"), "effect"] = np.nan
    assert "inclusion" not in written(strategy_effects(effects, "trust"))


def test_names_of_any_kind_are_written_as_they_are():
    figure = strategy_effects(make_effects(("$x$ & <y>",), ("a$b$c", "100%_{z}", "d\\frac", "n" * 80)), "trust")
    assert not text(figure, "a$b$c").get_parse_math()
    assert not text(figure, "$x$ & <y>").get_parse_math()
    assert {"100% {z}", "d\\frac", "n" * 31 + "…"} <= set(written(figure))
    assert cut_off(figure) == []


@pytest.mark.parametrize(("scenarios", "strategies"), [(1, 1), (1, 30), (2, 8), (4, 8), (5, 1), (7, 8), (9, 30)])
def test_nothing_is_cut_off_and_nothing_overlaps(scenarios, strategies):
    names = (*STRATEGIES, *(f"my_strategy_{n}" for n in range(30)))[:strategies]
    figure = strategy_effects(make_effects([f"scenario_{n}" for n in range(scenarios)], names), "worst_off")
    assert cut_off(figure) == []
    assert overlapping(figure) == []


def test_a_measure_that_is_not_there_is_named_with_the_nearest(effects):
    with pytest.raises(InputError, match=r"no effects on 'welfare_nett'; did you mean welfare_net\?"):
        strategy_effects(effects, "welfare_nett")
    with pytest.raises(InputError, match="no effects on 'trust'"):
        strategy_effects(effects.iloc[:0], "trust")
