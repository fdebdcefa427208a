"""What is assumed: a pale bar behind an interval, from the worlds of an ensemble."""

import numpy as np
import pandas as pd
from figure_reading import line, lines
from figure_tables import make_effects

from commonweal.analysis.worlds import COLUMNS, spread
from commonweal.figures.over_scenarios import over_scenarios
from commonweal.figures.strategy_effects import strategy_effects

AT = {"basis": "full strength", "strategy": "inclusion", "measure": "trust", "spend": 1.0, "rank": 1.0}


def worlds(scenario="calm", scale=1.0, count=1001) -> pd.DataFrame:
    """Effects spread evenly from -scale to scale."""
    effect = np.linspace(-scale, scale, count)
    rows = {"scenario": scenario, **AT, "world": np.arange(count), "weight": 1 / count, "effect": effect}
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_it_holds_95_in_a_hundred_worlds_by_their_weight():
    (ends,) = spread(worlds(), "trust", ("scenario",)).values()
    assert np.allclose(ends, (-0.95, 0.95), atol=0.005)
    heavy = worlds()
    heavy["weight"] = np.where(heavy["effect"] > 0, 1.0, 0.0) / 500
    assert spread(heavy, "trust", ("scenario",))[("calm",)][0] > 0
    assert spread(worlds(), "welfare_net", ("scenario",)) == {}


def test_the_bar_lies_behind_its_mark_in_its_scenario_and_the_note_says_so(effects):
    figure = strategy_effects(effects, "trust", worlds=worlds())
    bar = line(figure.axes[0], "inclusion, full strength, other worlds")
    mark = line(figure.axes[0], "inclusion, full strength")
    assert bar.get_ydata()[0] == mark.get_ydata()[0] and bar.get_zorder() < mark.get_zorder()
    assert lines(figure.axes[1], "inclusion, full strength, other worlds") == []
    assert "worlds with other assumptions" in figure.get_label()
    assert "other assumptions" not in strategy_effects(effects, "trust").get_label()


def test_over_scenarios_it_holds_all_of_them():
    both = pd.concat([worlds(), worlds("crisis", 3.0)])
    (axes,) = over_scenarios(make_effects(), "trust", worlds=both).axes
    low, high = line(axes, "inclusion, full strength, other worlds").get_xdata()
    assert low < -2.5 and high > 2.5
