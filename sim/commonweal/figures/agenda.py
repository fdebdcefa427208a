"""The figure of the agenda: what joint effort is spent on over the months, and when there is no agreement."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.analysis.singles import Singles
from commonweal.figures.labels import shortened, words
from commonweal.figures.panels import panels, room_for
from commonweal.figures.style import CYCLE, ink, styled

REFUSED = "#404040"


@styled()
def agenda(nothing: Singles, with_it: Singles, scenario: str, community: int = 0) -> Figure:
    """One community's agenda month by month, with nothing done and with a strategy: areas that add up to 1.

    community: which of those that were played. A dark stroke below marks a month without an official agenda.
    """
    issues = [shortened(words(name), 22) for name in nothing.issues]
    figure, axes = panels(
        2, 2, 2.7, 1.8, f"The agenda over the months: {words(scenario)}",
        "Areas: shares of joint effort, issue by issue, in one community. A dark stroke at the bottom: in this "
        "month the agenda was refused, and everybody worked alone.",
        below="month", aside="share of joint effort (0 to 1)", left=0.4, across=0.3,
        right=0.2 + room_for(issues, 7.5),
    )  # fmt: skip
    for panel, each in zip(axes, (nothing, with_it), strict=True):
        _areas(panel, each.agenda[:, community], each.agreed[:, community])
        panel.set_title(words(each.strategy), size=8.5)
    last = with_it.agenda[-1, community]
    for middle, name, hue in zip(_apart(np.cumsum(last) - last / 2), issues, _hues(len(issues)), strict=True):
        axes[1].annotate(
            name, (1.02, middle), xycoords="axes fraction", size=7.5, weight="bold", va="center", color=ink(hue),
            annotation_clip=False,
        )  # fmt: skip
    axes[1].tick_params(labelleft=False)
    return figure


def _areas(axes: Axes, shares: np.ndarray, agreed: np.ndarray) -> None:
    """shares: (rounds, K); agreed: (rounds,)."""
    at = np.arange(1, len(shares) + 1)
    edges = np.concatenate([at - 0.5, [at[-1] + 0.5]])
    upper = np.cumsum(shares, axis=1)
    for issue, hue in enumerate(_hues(shares.shape[1])):
        axes.stairs(
            upper[:, issue], edges, baseline=upper[:, issue] - shares[:, issue], fill=True, color=hue, alpha=0.75,
            linewidth=0, label=f"issue {issue}",
        )  # fmt: skip
    for month in at[~agreed.astype(bool)]:
        axes.axvspan(month - 0.5, month + 0.5, 0, 0.05, color=REFUSED, linewidth=0, zorder=3, label="refused")
    axes.set(xlim=(edges[0], edges[-1]), ylim=(0, 1))


def _hues(count: int) -> list[str]:
    return [CYCLE[at % len(CYCLE)] for at in range(count)]


def _apart(middles: np.ndarray, least: float = 0.085) -> np.ndarray:
    """Heights of names, from below, moved until no two lie closer than `least`, and none beyond the panel."""
    found = np.clip(middles, least / 2, None)
    for at in range(1, len(found)):
        found[at] = max(found[at], found[at - 1] + least)
    over = max(0.0, found[-1] - 1 + least / 2)
    found[-1] -= over
    for at in range(len(found) - 2, -1, -1):
        found[at] = min(found[at], found[at + 1] - least)
    return found
