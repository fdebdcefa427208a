"""Worlds: how often each strategy is best, and at which rank, in the worlds of an ensemble."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from commonweal.analysis.had import UNHAD, had_in_worlds
from commonweal.figures.labels import title, words
from commonweal.figures.panels import panels, room_for
from commonweal.figures.style import FAINT, styled
from commonweal.model.run import RUN_MEASURES
from commonweal.study.conditions import BASELINE

BEST: Final = LinearSegmentedColormap.from_list("best", ["#FFFFFF", "#0072B2"])
RANKS: Final = LinearSegmentedColormap.from_list("ranks", ["#0B3C5D", "#56A0CF", "#E3E3E3", "#D9A066", "#8C3B00"])
"""from the best rank to the worst"""
DARK: Final = 0.8
"""share from which its number is white"""
NARROW: Final = 0.07
"""share of a rank below which it is not written in its bar"""
HALF: Final = 0.5
"""of a bar, beyond which there is no room to say what is missing"""


@styled()
def worlds(table: pd.DataFrame, basis: str, measure: str, drawn: str) -> Figure:
    """Two panels: in what share of worlds each strategy is best, by scenario; and its ranks over all of them.

    table: as commonweal.analysis.worlds.COLUMNS; drawn: what the worlds are, in a sentence for the note.
    """
    rows = table.loc[(table["basis"] == basis) & (table["measure"] == measure), :]
    ranks, weight = ranks_of(rows, RUN_MEASURES[measure].better)
    mean = ranks.mul(weight, axis=0).sum() / ranks.notna().mul(weight, axis=0).sum()
    order = [str(name) for name in mean.sort_values(kind="stable").index]
    scenarios = list(dict.fromkeys(ranks.index.get_level_values("scenario")))
    heading = f"In other worlds, {basis}: {title(measure, small=True)}"
    figure, axes = panels(
        2, 2, max(2.4, 0.4 * len(scenarios)), 0.27 * len(order), heading,
        f"{drawn} Left: in how many of a hundred worlds a strategy, or doing nothing, is best. Right: in what share of "
        "worlds, over all scenarios, it is first, second and so on."
        + (f" White: worlds in which it {UNHAD}." if ranks.isna().any(axis=None) else ""),
        left=0.3 + room_for(map(words, order), 7.5), right=0.2, bottom=0.75, across=0.3,
    )  # fmt: skip
    _best(axes[0], ranks, weight, order, scenarios)
    _ranks(axes[1], ranks, weight, order)
    return figure


def ranks_of(rows: pd.DataFrame, better: int) -> tuple[pd.DataFrame, pd.Series]:
    """Per scenario and world the rank of each strategy and of doing nothing; and the world's weight.

    rows: of one basis and measure. Ranks are among what can be had in a world, and nan of what cannot. Worlds in which
    something failed are left out.
    """
    by = (
        rows.assign(had=had_in_worlds(rows))
        .pivot(index=["scenario", "world"], columns="strategy", values=["effect", "had"])
        .dropna()
    )
    effects = pd.DataFrame(by["effect"]).astype(float).where(pd.DataFrame(by["had"]).astype(bool))
    effects = effects.loc[:, list(dict.fromkeys(rows["strategy"]))].assign(**{BASELINE: 0.0})
    ranks = (better * effects).rank(axis=1, ascending=False, method="min")
    order = {name: at for at, name in enumerate(dict.fromkeys(rows["scenario"]))}
    ranks = ranks.sort_index(level="scenario", key=lambda each: each.map(order), sort_remaining=False)
    weight = pd.Series(rows.groupby(["scenario", "world"])["weight"].first())
    return ranks, weight.reindex(ranks.index)


def _best(
    axes: Axes, ranks: pd.DataFrame, weight: pd.Series, order: Sequence[str], scenarios: Sequence[str]
) -> None:  # fmt: skip
    first = pd.DataFrame((ranks.loc[:, list(order)] == 1).astype(float))
    first = first.div(first.sum(axis=1), axis=0).mul(weight, axis=0)
    whole = pd.Series(weight.groupby(level="scenario", sort=False).sum())
    share = pd.DataFrame(first.groupby(level="scenario", sort=False).sum()).div(whole, axis=0).to_numpy().T
    axes.imshow(share, cmap=BEST, vmin=0, vmax=1, aspect="auto")
    for (row, column), value in np.ndenumerate(share):
        if round(100 * value):
            axes.text(column, row, f"{100 * value:.0f}", ha="center", va="center", size=7,
                      color="white" if value > DARK else "black")  # fmt: skip
    axes.set_xticks(range(len(scenarios)), [words(name) for name in scenarios], rotation=40, ha="right")
    axes.set_yticks(range(len(order)), [words(name) for name in order])
    axes.tick_params(length=0)


def _ranks(axes: Axes, ranks: pd.DataFrame, weight: pd.Series, order: Sequence[str]) -> None:
    lowest = len(order)
    for row, name in enumerate(order):
        share = weight.groupby(ranks[name].to_numpy()).sum() / weight.sum()
        start = 0.0
        for rank, part in share.items():
            colour = RANKS((float(str(rank)) - 1) / max(lowest - 1, 1))
            axes.barh(row, part, left=start, height=0.82, color=colour, edgecolor="white", linewidth=0.5)
            if part >= NARROW:
                pale = sum(colour[:3]) > 1.6
                axes.text(start + part / 2, row, f"{rank:g}", ha="center", va="center", size=7,
                          color="black" if pale else "white")  # fmt: skip
            start += part
        if start < HALF:
            axes.text((1 + start) / 2, row, UNHAD, ha="center", va="center", size=6, color=FAINT)
    axes.set_xlim(0, 1)
    axes.set_ylim(lowest - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xlabel("share of worlds")
