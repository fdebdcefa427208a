"""The figure of ranks: how sure each rank is, on the mean and in single communities."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.analysis.had import UNHAD
from commonweal.analysis.ranks import chances_of_ranks
from commonweal.figures.labels import title, unhad_note, words
from commonweal.figures.panels import panels, room_for
from commonweal.figures.style import FAINT, styled
from commonweal.figures.worlds import BEST, DARK

STRENGTH = {"full strength": "at full strength", "equal spend": "at equal spend"}


@styled()
def ranks(runs: pd.DataFrame, basis: str, measure: str = "welfare_net") -> Figure:
    """Two panels of shares: at which rank each strategy's mean comes in resamples, and where it is in communities.

    runs: a row per run, as commonweal.analysis.effects.effects takes them. Scenarios count the same. Raises InputError
    where nothing was compared at the basis.
    """
    names, of_means, of_communities = chances_of_ranks(runs, basis, measure)
    possible = int(np.sum(~np.isnan(of_means[:, 0])))
    figure, axes = panels(
        2, 2, 0.3 * len(names), 0.24 * len(names),
        f"Which rank, and how sure: {title(measure, small=True)}, {STRENGTH.get(basis, basis)}",
        "In how many of a hundred, over all scenarios. Left: resamples of the communities played, ranked by their "
        "mean: how sure the ranking is. Right: single communities: how likely it is to hold in one's own."
        + unhad_note(runs.loc[runs["basis"] == basis, :]),
        below="rank (1 is best)", left=0.25 + room_for(map(words, names), 7.5), across=0.35, down=0.4,
    )  # fmt: skip
    for panel, share, head in zip(axes, (of_means, of_communities), ("on the mean", "in one community"), strict=True):
        _shares(panel, share[:, :possible])
        panel.set_title(head, size=8.5)
        panel.set_yticks(range(len(names)), [words(name) for name in names] if panel is axes[0] else [])
    return figure


def _shares(axes: Axes, share: np.ndarray) -> None:
    """share: (strategies, ranks), rows sum to 1, or are nan of what cannot be had."""
    axes.imshow(share, cmap=BEST, vmin=0, vmax=1, aspect="auto")
    for (row, column), value in np.ndenumerate(share):
        if value == value and round(100 * value):
            axes.text(column, row, f"{100 * value:.0f}", ha="center", va="center", size=6.5,
                      color="white" if value > DARK else "black")  # fmt: skip
    for row in np.flatnonzero(np.isnan(share).all(axis=1)).tolist():
        axes.text((share.shape[1] - 1) / 2, row, UNHAD, ha="center", va="center", size=6.5, color=FAINT)
    axes.set_xticks(range(share.shape[1]), [str(rank + 1) for rank in range(share.shape[1])])
    axes.tick_params(length=0)
