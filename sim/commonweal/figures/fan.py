"""The figure of a fan: twenty single communities, which is what could happen to one's own."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.analysis.singles import Singles, last_year
from commonweal.figures.labels import label, title, words
from commonweal.figures.panels import panels
from commonweal.figures.style import colour, ink, styled
from commonweal.model.run import RUN_MEASURES, YEAR
from commonweal.units import told


@styled()
def fan(nothing: Singles, with_it: Singles, scenario: str, measure: str = "welfare_net") -> Figure:
    """A line per community: with nothing done, with a strategy, and the difference between the two, month by month.

    nothing, with_it: of the same communities, under the same luck. The thick line is their mean.
    """
    times = told().times(RUN_MEASURES[measure].unit)
    paths = times * nothing.path(measure), times * with_it.path(measure)
    change = paths[1] - paths[0]
    better = RUN_MEASURES[measure].better or 1
    count = change.shape[1]
    gain = int((better * last_year(change) > 0).sum())
    months = min(YEAR, len(change))
    figure, axes = panels(
        3, 3, 2.1, 1.9, f"What could happen to us: {title(measure, small=True)}, {words(scenario)}",
        f"Each thin line is one community, {count} of them, the same in all three; thick: their mean. Right: what "
        f"the strategy adds in each, under the same luck. Over the last {months} months {gain} of {count} "
        "do better with it.",
        below="month", aside=label(measure), left=0.5, across=0.55, down=0.4,
    )  # fmt: skip
    strategy = words(with_it.strategy)
    heads = words(nothing.strategy), strategy, f"difference by {strategy}"
    for panel, values, head, each in zip(
        axes, (*paths, change), heads, (nothing.strategy, *(with_it.strategy,) * 2), strict=True
    ):
        _lines(panel, values, colour(each))
        panel.set_title(head, color=ink(colour(each)), size=8.5)
        panel.set_xlim(1, max(2, len(values)))
    axes[2].axhline(0, color="#404040", linewidth=0.7, zorder=1, label="no difference")
    low, high = np.nanmin(paths), np.nanmax(paths)
    for panel in axes[:2]:  # side by side, so on one scale
        panel.set_ylim(low - 0.05 * (high - low or 1), high + 0.05 * (high - low or 1))
    return figure


def _lines(axes: Axes, values: np.ndarray, hue: str) -> None:
    """values: (rounds, n)."""
    at = np.arange(1, len(values) + 1)
    for number, path in enumerate(values.T):
        axes.plot(at, path, color=hue, linewidth=0.6, alpha=0.45, zorder=2, label=f"community {number}")
    axes.plot(at, np.nanmean(values, axis=1), color=hue, linewidth=2.0, zorder=3, label="mean")
