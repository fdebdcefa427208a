"""The figure of the front: mixes of strategies that no other beats on both mean welfare and that of the worst-off."""

import textwrap
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from commonweal.figures.label_places import Label, beside
from commonweal.figures.labels import effect_label, words
from commonweal.figures.marks import Effect, ring, side_by_side
from commonweal.figures.panels import panels
from commonweal.figures.style import COLOURS, FAINT, styled
from commonweal.study.conditions import FULL

ON_FRONT = "#000000"
CLOUD = "#CFCFCF"
CROSSES = "#9A9A9A"

Pair = tuple[Effect, ...]
"""of a mix: its effect on the mean, and on the worst-off"""


@styled()
def front(effects: pd.DataFrame, scenario: str, best: Collection[str], ax: Axes | None = None) -> Figure:
    """Every mix by its effects on welfare per person and on that of the worst-off group, both net of spend.

    effects: a table with the columns of commonweal.analysis.effects.COLUMNS, of mixes called 'one + other'. best:
    names of the mixes on the front, which are black and joined by a line; strategies alone have their own colours. Both
    are named; all have their 95 % intervals. Nothing at all, which every mix is compared with, is the cross at zero.
    ax: a panel of one's own to draw in, where the figure has one panel.
    Raises InputError where the table lacks either measure or the scenario.
    """
    found = side_by_side(effects.loc[effects["scenario"] == scenario, :], ("welfare_net", "worst_off"), FULL)[scenario]
    figure, (axes,) = panels(
        1, 1, 5.6, 4.4, f"What a mix does for the average and for the worst-off: {words(scenario)}",
        "Mean differences from doing nothing under the same luck, at full strength; crosses are 95 % intervals. Each "
        "mark is a mix; black: no mix does better on both; coloured: one strategy alone; grey: all others. Above the "
        "dashed line the worst-off gain more.",
        below=effect_label("welfare_net"), aside=effect_label("worst_off"), left=0.55, right=0.3, ax=ax,
    )  # fmt: skip
    axes.axhline(0, color="#404040", linewidth=0.6, zorder=1, label="no effect on the worst-off")
    axes.axvline(0, color="#404040", linewidth=0.6, zorder=1, label="no effect on the average")
    named = {name: pair for name, pair in found.items() if name in best or name in COLOURS}
    avoid = _cloud(axes, [pair for name, pair in found.items() if name not in named])
    _join(axes, [found[name] for name in sorted(best) if name in found])
    labels = []
    for name, (mean, worst) in named.items():
        hue = COLOURS.get(name, ON_FRONT)
        ring(axes, name, mean.effect, worst.effect, mean.ends, worst.ends, hue, filled=True)
        avoid += _cross(mean, worst)
        text = "\n".join(textwrap.wrap(words(name, 200), 34))
        labels.append(Label(mean.effect, worst.effect, text, hue))
    axes.margins(0.12)
    ends, up = axes.get_xlim(), axes.get_ylim()
    axes.plot(
        ends, ends, color=FAINT, linewidth=0.7, linestyle=(0, (5, 3)), zorder=1, scalex=False, scaley=False,
        label="equal gain",
    )  # fmt: skip
    beside(axes, labels, avoid=avoid, lines=[(ends, ends), (ends, (0, 0)), ((0, 0), up)])
    return figure


def _cloud(axes: Axes, pairs: Sequence[Pair]) -> list[tuple[float, float]]:
    """Draw mixes without a name, grey, with their intervals; returns places that they cover."""
    places = [(mean.effect, worst.effect) for mean, worst in pairs]
    axes.scatter(*np.reshape(places, (-1, 2)).T, s=9, color=CLOUD, linewidths=0, zorder=2, label="other mixes")
    across = [[(end, worst.effect) for end in mean.ends] for mean, worst in pairs]
    up = [[(mean.effect, end) for end in worst.ends] for mean, worst in pairs]
    axes.add_collection(
        LineCollection([*across, *up], colors=CROSSES, linewidths=0.5, zorder=2.05, label="other mixes, interval")
    )
    return [*places, *(end for each in (*across, *up) for end in each)]


def _join(axes: Axes, pairs: Sequence[Pair]) -> None:
    """The line of the front, through its mixes from the lowest effect on the mean upwards."""
    line = np.array([[each.effect for each in pair] for pair in sorted(pairs, key=lambda pair: pair[0].effect)])
    if len(line):
        axes.plot(*line.T, color=ON_FRONT, linewidth=0.9, zorder=3, label="front")


def _cross(mean: Effect, worst: Effect) -> list[tuple[float, float]]:
    """Places along both intervals of a mix."""
    across = [(float(x), worst.effect) for x in np.linspace(*mean.ends, 5)]
    return across + [(mean.effect, float(y)) for y in np.linspace(*worst.ends, 5)]
