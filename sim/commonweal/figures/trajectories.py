"""The figure of trajectories: how measures go, round by round, under every strategy in one scenario."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.figures.label_places import Label, at_ends
from commonweal.figures.labels import label, words
from commonweal.figures.panels import label_above, panels, room_for
from commonweal.figures.paths import Path, draw_bands, draw_mean, paths, tick_rounds
from commonweal.figures.style import colour, styled
from commonweal.model.measures import HEADLINES
from commonweal.study.conditions import BASELINE, FULL

WIDTH = 2.85
"""inches of a panel"""
FEW = 3
"""strategies up to which each has its own bands"""


@styled()
def trajectories(
    rounds: pd.DataFrame,
    scenario: str,
    measures: Sequence[str] = HEADLINES,
    basis: str = FULL,
    ax: Axes | None = None,
) -> Figure:
    """Means over communities, a panel per measure, a line per strategy named at its end; laissez-faire is dashed.

    rounds: a table of rounds as commonweal.study.tables writes it. About each mean is its 95 % interval. Bands hold
    half and nine tenths of the communities: those of laissez-faire always, those of the strategies where there are
    at most FEW (commonweal.figures.bands shows them all).
    ax: a panel of one's own to draw in, where the figure has one panel.
    Raises InputError where the table lacks the scenario or a measure.
    """
    tables = [paths(rounds, scenario, measure, basis) for measure in measures]
    strategies = {path.strategy for table in tables for path in table} - {BASELINE}
    few = len(strategies) <= FEW
    names = 0.3 + room_for([words(name, 24) for name in {BASELINE, *strategies}], 7.5)
    height = max(1.9, 0.145 * (len(strategies) + 1))
    figure, axes = panels(
        len(measures), 2, WIDTH, height, f"Month by month: {words(scenario)}, at {basis}",
        "Lines: means over communities, with 95 % intervals. Bands: where half (dark) and nine tenths (pale) "
        f"of the communities lie{'.' if few else ' with nothing done.'}",
        left=0.5, right=names, across=names + 0.5, down=0.8, bottom=0.45, ax=ax,
    )  # fmt: skip
    for panel, table, measure in zip(axes, tables, measures, strict=True):
        tick_rounds(panel, table)
        panel.set_xlabel("month")
        label_above(panel, label(measure), WIDTH + names)
        _panel(panel, table, few)
    return figure


def _panel(axes: Axes, table: list[Path], few: bool) -> None:
    """One measure. few: every strategy has its bands."""
    for path in table:
        if few or path.strategy == BASELINE:
            draw_bands(axes, path)
        draw_mean(axes, path)
    axes.set_ylim(axes.get_ylim())
    at_ends(
        axes,
        [Label(path.round[-1], path.mean[-1], words(path.strategy, 24), colour(path.strategy)) for path in table],
    )
