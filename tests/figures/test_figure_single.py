"""Figures of single communities: every one of them is drawn, and what is said of them is counted."""

import numpy as np
import pytest
from figure_reading import cut_off, line, lines, overlapping, written

from commonweal.analysis.singles import Singles
from commonweal.figures.agenda import agenda
from commonweal.figures.fan import fan
from commonweal.figures.group_gains import MOST, group_gains
from commonweal.figures.style import colour
from commonweal.model.measures import MEASURES


def made(strategy="inclusion", gain=0.0, groups=4, rounds=24, count=20, issues=5) -> Singles:
    """Communities of which each later one has more."""
    luck = np.random.default_rng(3)
    more = gain * (np.arange(count) - 4.5)
    measures = luck.normal(1, 0.01, (rounds, count, len(MEASURES))) + more[:, None]
    welfare = np.ones((rounds, count, groups)) + more[:, None] * np.arange(1, groups + 1)
    shares = np.tile(np.arange(1, issues + 1) / (issues * (issues + 1) / 2), (rounds, count, 1))
    agreed = np.ones((rounds, count), bool)
    agreed[2:6:3, 0] = False
    names = tuple(f"Group {n}" for n in range(1, groups + 1)), tuple(f"issue_{n}" for n in range(1, issues + 1))
    return Singles(strategy, measures, welfare, shares, agreed, *names)


def test_a_fan_has_a_line_for_every_community_and_counts_who_does_better():
    nothing, with_it = made("laissez_faire"), made(gain=0.1)
    figure = fan(nothing, with_it, "calm", "trust")
    for axes in figure.axes:
        assert len([each for each in axes.lines if str(each.get_label()).startswith("community ")]) == 20
    at = list(MEASURES).index("trust")
    change = with_it.measures[:, 7, at] - nothing.measures[:, 7, at]
    assert np.allclose(line(figure.axes[2], "community 7").get_ydata(), change)
    assert "Over the last 12 months 15 of 20 do better with it." in figure.get_label()
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    assert cut_off(figure) == [] and overlapping(figure) == []


def test_less_of_a_bad_thing_is_better_in_a_fan():
    assert "5 of 20 do better" in fan(made("laissez_faire"), made(gain=0.1), "calm", "gini").get_label()


def test_gains_by_group_are_a_dot_per_community_the_largest_first():
    (axes,) = group_gains(made("laissez_faire"), made(gain=0.1), "calm").axes
    assert [each.get_text() for each in axes.get_yticklabels()] == [f"Group {n}" for n in (4, 3, 2, 1)]
    dots = line(axes, "Group 3")
    assert np.allclose(dots.get_xdata(), 0.3 * (np.arange(20) - 4.5)) and set(dots.get_ydata()) == {1}
    assert dots.get_color() == colour("inclusion") and "+2.000" in written(axes.figure)


def test_a_group_that_nobody_leads_is_left_out_and_of_many_the_middle():
    with_it = made(gain=0.1)
    with_it.welfare[:, :, 1] = np.nan
    assert "Group 2" not in written(group_gains(made("laissez_faire"), with_it, "calm"))
    figure = group_gains(made("laissez_faire", groups=40), made(gain=0.1, groups=40), "calm")
    assert len(figure.axes[0].get_yticklabels()) == MOST and "16 groups between" in figure.get_label()
    assert {"Group 40", "Group 1"} <= set(written(figure)) and cut_off(figure) == []


def test_an_agenda_adds_up_and_marks_the_months_in_which_it_was_refused():
    figure = agenda(made("laissez_faire"), made(), "crisis")
    for axes in figure.axes:
        areas = [each for each in axes.patches if str(each.get_label()).startswith("issue ")]
        assert np.allclose(sum(each.get_data().values - each.get_data().baseline for each in areas), 1)
        refused = [each for each in axes.patches if each.get_label() == "refused"]
        assert [each.get_x() + 0.5 for each in refused] == [3, 6]
    assert {f"issue {n}" for n in range(1, 6)} <= set(written(figure))
    assert cut_off(figure) == [] and overlapping(figure) == []


@pytest.mark.parametrize("issues", [1, 2, 9])
def test_names_of_issues_stand_apart(issues):
    figure = agenda(made("laissez_faire", issues=issues), made(issues=issues), "calm")
    assert cut_off(figure) == [] and overlapping(figure) == []


def test_one_community_of_one_month_is_drawn():
    assert fan(made("laissez_faire", rounds=1, count=1), made(rounds=1, count=1), "calm").axes
    assert lines(group_gains(made("laissez_faire", count=1), made(count=1), "calm").axes[0], "Group 1")
