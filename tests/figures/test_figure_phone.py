"""On a phone: a figure of one panel is drawn as wide as the text, with letters of the same size."""

import pytest
from figure_reading import cut_off, line, overlapping, written

from commonweal.figures.labels import words
from commonweal.figures.over_scenarios import over_scenarios
from commonweal.figures.panels import PHONE, for_phone
from commonweal.figures.strategy_effects import strategy_effects


@pytest.mark.parametrize("draw", [over_scenarios, strategy_effects])
def test_it_fits_and_says_the_same(effects, draw):
    table = effects if draw is over_scenarios else effects[effects.scenario == "calm"]
    wide = draw(table)
    with for_phone():
        narrow = draw(table)
    assert narrow.get_size_inches()[0] <= PHONE < wide.get_size_inches()[0]
    assert narrow.get_label() == wide.get_label()
    mark = line(narrow.axes[0], "inclusion, full strength")
    assert list(mark.get_xdata()) == list(line(wide.axes[0], "inclusion, full strength").get_xdata())
    assert words("build_relationships") in written(narrow)
    assert not overlapping(narrow) and not cut_off(narrow)
    assert draw(table).get_size_inches()[0] > PHONE  # nothing is left behind
