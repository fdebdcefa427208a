"""The figure of gains by group: who gains by a strategy, in each of twenty communities."""

import numpy as np
from matplotlib.figure import Figure

from commonweal.analysis.singles import Singles, last_year
from commonweal.figures.labels import shortened, words
from commonweal.figures.panels import panels, room_for
from commonweal.figures.style import FAINT, colour, styled
from commonweal.model.run import YEAR
from commonweal.units import told

UNIT = "MU per person and round"
MOST = 24
"""groups that are drawn: those who gain least and most"""


@styled()
def group_gains(nothing: Singles, with_it: Singles, scenario: str) -> Figure:
    """A strip: a row per group of people, the one that gains least below, and in it a dot per community.

    nothing, with_it: of the same communities, under the same luck. A stroke is the mean of a row. Of more than MOST
    groups the middle ones are left out.
    """
    gains = told().times(UNIT) * last_year(with_it.welfare - nothing.welfare)
    there = ~np.isnan(gains).all(axis=0)
    groups, gains = [name for name, is_there in zip(nothing.groups, there, strict=True) if is_there], gains[:, there]
    means = np.nanmean(gains, axis=0)
    order = np.argsort(-means, kind="stable")
    left_out = max(0, len(order) - MOST)
    shown = order if not left_out else np.concatenate([order[: MOST // 2], order[-MOST // 2 :]])
    names = [shortened(groups[at], 28) for at in shown]
    months = min(YEAR, len(nothing.welfare))
    middle = f" {left_out} groups between those who gain most and least are left out." if left_out else ""
    figure, (axes,) = panels(
        1, 1, 3.8, 0.2 * len(shown) + 0.15, f"Who gains by {words(with_it.strategy)}: {words(scenario)}",
        f"A dot is what the people of a group gain in one of {len(gains)} communities, beside doing nothing under "
        f"the same luck, net of spend, over the last {months} months; a stroke is the mean.{middle}",
        below=f"gain ({told().said(UNIT)})", left=0.3 + room_for(names, 7.5), right=0.6,
    )  # fmt: skip
    axes.axvline(0, color="#404040", linewidth=0.7, zorder=1, label="no gain")
    for row, at in enumerate(shown):
        values = gains[:, at]
        axes.plot(
            values, np.full(len(values), row), linestyle="none", marker="o", markersize=4, markeredgewidth=0,
            color=colour(with_it.strategy), alpha=0.35, zorder=2, label=names[row],
        )  # fmt: skip
        axes.plot([means[at]], [row], color="#000000", marker="|", markersize=9, markeredgewidth=1.4, zorder=3)
        axes.annotate(
            told().written(float(means[at]), sign="+").replace("-", "−"), (1.02, row),
            xycoords=("axes fraction", "data"), size=6.5, va="center", color=FAINT, annotation_clip=False,
        )  # fmt: skip
    axes.set_yticks(range(len(shown)), names)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.tick_params(left=False)
    return figure
