"""All scenarios in one panel: a dot for each row of the table, and a line from the least to the largest."""

import pytest
from figure_reading import cut_off, line, overlapping, written
from figure_tables import BASES, SCENARIOS, STRATEGIES, make_effects

from commonweal.errors import InputError
from commonweal.figures.labels import words
from commonweal.figures.over_scenarios import over_scenarios


def test_every_effect_is_a_dot_in_its_row(effects):
    figure = over_scenarios(effects)
    (axes,) = figure.axes
    for at, strategy in enumerate(reversed(STRATEGIES)):
        for basis in BASES:
            here = (effects.measure == "welfare_net") & (effects.strategy == strategy) & (effects.basis == basis)
            dots, joined = line(axes, f"{strategy}, {basis}"), line(axes, f"{strategy}, {basis}, range")
            assert list(dots.get_xdata()) == list(joined.get_xdata()) == list(effects[here].effect)
            assert all(abs(height - at) < 0.3 for height in dots.get_ydata())
            assert (dots.get_markerfacecolor() == "white") == (basis == "equal spend")
    assert [each.get_text() for each in axes.get_yticklabels()] == [words(name) for name in reversed(STRATEGIES)]
    assert not overlapping(figure) and not cut_off(figure)


def test_it_says_what_is_drawn(effects):
    figure = over_scenarios(effects, "gini")
    assert f"in {len(SCENARIOS)} scenarios" in figure.get_label() and "Left is better." in figure.get_label()
    assert "Filled: full strength. Hollow: equal spend." in figure.get_label()
    alone = over_scenarios(effects[effects.basis == "equal spend"])
    assert "At equal spend." in alone.get_label() and any("95" in each for each in written(alone)) is False
    with pytest.raises(InputError, match="no effects on"):
        over_scenarios(make_effects(), "no_such")
