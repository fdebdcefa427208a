"""The figure of equity: does what helps on average also help those worst off?"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.figures.compressed_axis import COMPRESSED, compress
from commonweal.figures.label_places import PLATE, Label, beside
from commonweal.figures.labels import effect_label, unhad_note, words
from commonweal.figures.marks import Effect, ring, side_by_side
from commonweal.figures.panels import panels
from commonweal.figures.style import FAINT, colour, styled
from commonweal.study.conditions import EQUAL, FULL

QUADRANTS = {
    (0.88, 0.98): "all gain",
    (0.02, 0.98): "worst-off gain,\naverage loses",
    (0.12, 0.02): "all lose",
    (0.98, 0.02): "average gains,\nworst-off lose",
}
"""what the corners mean, at their places as fractions of the axes"""


@styled()
def equity(effects: pd.DataFrame, basis: str = FULL, ax: Axes | None = None) -> Figure:
    """Effect on mean welfare against effect on welfare in the worst-off group, both net of spend: a panel per scenario.

    effects: a table with the columns of commonweal.analysis.effects.COLUMNS. Crosses are 95 % intervals; on the
    diagonal both gain as much. All panels have the same limits.
    ax: a panel of one's own to draw in, where the figure has one panel.
    Raises InputError where the table lacks either measure.
    """
    table = side_by_side(effects, ("welfare_net", "worst_off"), basis)
    size = 3.9 if len(table) == 1 else 2.65
    figure, axes = panels(
        len(table), 3, size, size, f"Who gains? The average person and the worst-off group, at {basis}",
        "Mean differences from doing nothing under the same luck; crosses are 95 % intervals. On the dashed line both "
        "gain the same; above it the worst-off gain more. " + COMPRESSED
        + unhad_note(effects.loc[effects["basis"] == basis, :]),
        below=effect_label("welfare_net"), aside=effect_label("worst_off"),
        left=0.52, across=0.3, down=0.48, shared=True, ax=ax,
    )  # fmt: skip
    for at, (panel, (scenario, strategies)) in enumerate(zip(axes, table.items(), strict=True)):
        for strategy, (mean, worst) in strategies.items():
            ring(
                panel, f"{strategy}, {basis}", mean.effect, worst.effect, mean.ends, worst.ends, colour(strategy),
                filled=basis != EQUAL,
            )  # fmt: skip
        panel.set_title(words(scenario))
        panel.tick_params(labelleft=at % 3 == 0, labelbottom=at + 3 >= len(table))
    values = np.array([pair for strategies in table.values() for pair in strategies.values()])[..., 3:].astype(float)
    compress(axes, values, values, 0.12)
    for panel, strategies in zip(axes, table.values(), strict=True):
        _frame(panel)
        _name(panel, strategies)
    return figure


def _frame(axes: Axes) -> None:
    """Zero lines, the diagonal, and what the corners mean."""
    ends = axes.get_xlim()
    axes.axhline(0, color="#404040", linewidth=0.6, zorder=1, label="no effect on the worst-off")
    axes.axvline(0, color="#404040", linewidth=0.6, zorder=1, label="no effect on the average")
    axes.plot(ends, ends, color=FAINT, linewidth=0.7, linestyle=(0, (5, 3)), zorder=1, label="equal gain")
    for (x, y), text in QUADRANTS.items():
        axes.text(
            x, y, text, transform=axes.transAxes, size=6.5, color=FAINT, style="italic", bbox=PLATE, zorder=2,
            ha="right" if x > 0.5 else "left", va="top" if y > 0.5 else "bottom",
        )  # fmt: skip


def _name(axes: Axes, strategies: dict[str, tuple[Effect, ...]]) -> None:
    labels, avoid = [], []
    for strategy, (mean, worst) in strategies.items():
        labels.append(Label(mean.effect, worst.effect, words(strategy, 24), colour(strategy)))
        avoid += [(float(each), worst.effect) for each in np.linspace(*mean.ends, 5)]
        avoid += [(mean.effect, float(each)) for each in np.linspace(*worst.ends, 5)]
    ends = axes.get_xlim()
    beside(axes, labels, avoid=avoid, lines=[(ends, ends), (ends, (0, 0)), ((0, 0), ends)])
