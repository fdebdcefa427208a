"""The figure of equity: both effects of every strategy, with intervals in both directions."""

import numpy as np
import pytest
from figure_reading import cut_off, line, lines, overlapping, text, written
from figure_tables import SCENARIOS, STRATEGIES, make_effects
from matplotlib import colors

from commonweal.errors import InputError
from commonweal.figures.equity import equity
from commonweal.figures.labels import words
from commonweal.figures.style import colour


def row(effects, scenario, strategy, measure, basis):
    here = (effects.scenario == scenario) & (effects.strategy == strategy)
    return effects[here & (effects.measure == measure) & (effects.basis == basis)].iloc[0]


def contrast(face):
    """Of a colour, on white, with white (WCAG)."""
    *rgb, depth = colors.to_rgba(face)
    seen = [1 - depth * (1 - each) for each in rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in seen]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize("basis", ["full strength", "equal spend"])
def test_every_strategy_is_a_cross_of_its_two_effects(effects, basis):
    figure = equity(effects, basis)
    assert [axes.get_title(loc="left") for axes in figure.axes] == list(SCENARIOS)
    for scenario, axes in zip(SCENARIOS, figure.axes, strict=True):
        for strategy in STRATEGIES:
            mean = row(effects, scenario, strategy, "welfare_net", basis)
            worst = row(effects, scenario, strategy, "worst_off", basis)
            mark = line(axes, f"{strategy}, {basis}")
            assert (mark.get_xdata()[0], mark.get_ydata()[0]) == (mean.effect, worst.effect)
            across, up = lines(axes, f"{strategy}, {basis}, interval")
            assert (tuple(across.get_xdata()), tuple(across.get_ydata())) == (
                (mean.low, mean.high), (worst.effect, worst.effect),
            )  # fmt: skip
            assert (tuple(up.get_xdata()), tuple(up.get_ydata())) == (
                (mean.effect, mean.effect), (worst.low, worst.high),
            )  # fmt: skip
            assert {across.get_color(), up.get_color(), mark.get_markeredgecolor()} == {colour(strategy)}
            assert min(across.get_zorder(), up.get_zorder()) > mark.get_zorder()  # seen, however narrow
            assert contrast(mark.get_markerfacecolor()) < 1.7  # on what is pale or white
            assert colors.to_rgba(mark.get_markerfacecolor())[3] < 0.5  # and hides no other mark


def test_axes_diagonal_and_quadrants(effects):
    figure = equity(effects)
    assert figure.get_supxlabel() == "effect on welfare per person, net of spend (MU per person and round)"
    assert figure.get_supylabel().replace("\n", " ") == (
        "effect on welfare per person in the worst-off group, net of spend (MU per person and round)"
    )
    for axes in figure.axes:
        assert axes.get_xlim() == axes.get_ylim() == figure.axes[0].get_xlim()
        diagonal = line(axes, "equal gain")
        assert list(diagonal.get_xdata()) == list(diagonal.get_ydata()) == list(axes.get_xlim())
        pixels = axes.transData.transform([(each, each) for each in np.linspace(*axes.get_xlim(), 9)])
        assert np.allclose(pixels[:, 0] - axes.bbox.x0, pixels[:, 1] - axes.bbox.y0)
        quadrants = [each.get_text() for each in axes.texts][:4]
        assert quadrants == [
            "all gain", "worst-off gain,\naverage loses", "all lose", "average gains,\nworst-off lose",
        ]  # fmt: skip


def test_limits_hold_zero_and_every_interval(effects):
    values = effects[effects.measure.isin(["welfare_net", "worst_off"]) & (effects.basis == "full strength")]
    low, high = equity(effects).axes[0].get_xlim()
    assert low < min(0, values.low.min())
    assert high > max(0, values.high.max())


def test_without_intervals_there_are_marks_alone():
    figure = equity(make_effects(("calm",), replicates=1))
    assert lines(figure.axes[0], "inclusion, full strength, interval") == []
    assert line(figure.axes[0], "inclusion, full strength")
    assert cut_off(figure) == []


@pytest.mark.parametrize("scenarios", [1, 2, 3, 7])
def test_names_lie_beside_their_points_and_not_on_each_other(scenarios):
    figure = equity(make_effects([f"scenario_{n}" for n in range(scenarios)]))
    assert overlapping(figure) == []
    assert cut_off(figure) == []
    for axes in figure.axes:
        assert {each.get_text() for each in axes.texts[4:]} == {words(name) for name in STRATEGIES}


def test_a_strategy_with_one_effect_only_is_left_out(effects):
    some = effects[~((effects.measure == "worst_off") & (effects.strategy == "inclusion"))]
    assert "inclusion" not in written(equity(some))


def test_effects_of_nothing_at_all(effects):
    effects[["effect", "low", "high"]] = 0.0
    figure = equity(effects[effects.scenario == "calm"])
    low, high = figure.axes[0].get_xlim()
    assert low < 0 < high


def test_names_of_any_kind_are_written_as_they_are():
    figure = equity(make_effects(("$x$",), ("a$b$c", "50%_<z>")))
    assert not text(figure, "a$b$c").get_parse_math()
    assert "50% <z>" in written(figure)


def test_what_is_not_there_is_said(effects):
    with pytest.raises(InputError, match="no effects on 'worst_off'"):
        equity(effects[effects.measure == "welfare_net"])
    with pytest.raises(InputError, match=r"at 'half strength'; there are some at \['full strength', 'equal spend'"):
        equity(effects, "half strength")
