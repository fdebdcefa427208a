"""What the figures of effects have in common: effects as rows of a table, and a point with its intervals."""

import math
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

import pandas as pd
from matplotlib import colors
from matplotlib.axes import Axes

from commonweal.analysis.had import UNHAD, had
from commonweal.errors import InputError
from commonweal.figures.labels import in_order
from commonweal.figures.style import FAINT, colour

CAP: Final = 5.4
"""points from end to end of the strokes that end an interval: more than any mark, so that it is seen however narrow"""
PALE: Final = 0.2
"""depth of the colour within a ring"""


class Effect(NamedTuple):
    """A row of a table of effects: what a strategy changes of one measure in one scenario."""

    scenario: str
    strategy: str
    basis: str
    effect: float
    low: float
    """end of the interval; nan where it is not known, as with one replicate"""
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """The interval."""
        return self.low, self.high


def known(effects: pd.DataFrame, measure: str | None = None) -> pd.DataFrame:
    """The rows of a table whose effect is known, on one measure or on any; also of what cannot be had."""
    rows = effects.loc[effects["effect"].notna(), :]
    return rows if measure is None else rows.loc[rows["measure"] == measure, :]


def of_measure(effects: pd.DataFrame, measure: str) -> list[Effect]:
    """The effects on one measure, as far as there are any; what cannot be had for so little has none.

    Raises InputError where there is none.
    """
    rows = known(effects, measure)
    if rows.empty:
        near = get_close_matches(measure, in_order(known(effects)["measure"]), 1)
        meant = f"; did you mean {near[0]}?" if near and near[0] != measure else ""
        raise InputError(f"the table holds no effects on {measure!r}{meant}")
    rows = rows.loc[had(rows), :]
    if rows.empty:
        raise InputError(f"none of the strategies with effects on {measure!r} can be had for so little")
    columns = [rows[name].tolist() for name in ("scenario", "strategy", "basis", "effect", "low", "high")]
    return [Effect(*row[:3], *(float(each) for each in row[3:])) for row in zip(*columns, strict=True)]


def side_by_side(
    effects: pd.DataFrame, measures: Sequence[str], basis: str
) -> dict[str, dict[str, tuple[Effect, ...]]]:  # fmt: skip
    """Scenario, then strategy: the effects on each of the measures at one basis, where all of them are known."""
    found: dict[str, dict[str, list[Effect]]] = {}
    bases: list[str] = []
    for measure in measures:
        for row in of_measure(effects, measure):
            bases.append(row.basis)
            if row.basis == basis:
                found.setdefault(row.scenario, {}).setdefault(row.strategy, []).append(row)
    whole = {
        scenario: {name: tuple(rows) for name, rows in there.items() if len(rows) == len(measures)}
        for scenario, there in found.items()
    }
    if not any(whole.values()):
        listed = " and ".join(measures)
        raise InputError(f"no strategy has effects on {listed} at {basis!r}; there are some at {in_order(bases)}")
    return {scenario: there for scenario, there in whole.items() if there}


ASSUMED: Final = " The pale bar behind: where 95 % of the effects lie in worlds with other assumptions."
"""what `assumed` draws, for a note"""


def assumed(axes: Axes, rows: Mapping[tuple[str, str], tuple[float, tuple[float, float] | None]]) -> None:
    """Broad pale bars: between which effects other worlds lie. Labelled `strategy, basis, other worlds`.

    rows: by strategy and basis the height, and the ends, None where there are no other worlds.
    """
    for (strategy, basis), (y, ends) in rows.items():
        if ends is not None:
            axes.plot(
                ends, (y, y), color=colour(strategy), linewidth=4.6, alpha=0.22, zorder=1.5,
                label=f"{strategy}, {basis}, other worlds",
            )  # fmt: skip


def say_unhad(axes: Axes, heights: Iterable[float]) -> None:
    """Write in place of marks, from the line of no effect on, that a strategy cannot be had. Limits must be final."""
    left, right = axes.get_xlim()
    side = 1 if right >= -left else -1
    for y in heights:
        axes.annotate(
            UNHAD, (0, y), (4 * side, 0), textcoords="offset points", size=6, va="center",
            ha="left" if side > 0 else "right", color=FAINT, zorder=3,
        )  # fmt: skip


def row_mark(axes: Axes, name: str, x: float, y: float, ends: tuple[float, float], hue: str, *, filled: bool) -> None:
    """A mark, and its interval along the row with a stroke at either end. Labelled `name` and `name, interval`.

    ends: of the interval; nan where it is not known.
    """
    if all(map(math.isfinite, ends)):
        axes.plot(
            ends, (y, y), color=hue, linewidth=1.1, marker="|", markersize=CAP, markeredgewidth=0.9, zorder=3,
            snap=False, label=f"{name}, interval",
        )  # fmt: skip
    axes.plot(
        [x], [y], marker="o", markersize=3.4, markerfacecolor=hue if filled else "white", markeredgecolor=hue,
        markeredgewidth=0.9, linestyle="none", snap=False, zorder=4, label=name,
    )  # fmt: skip


def ring(
    axes: Axes, name: str, x: float, y: float, across: tuple[float, float], up: tuple[float, float], hue: str, *,
    filled: bool,
) -> None:  # fmt: skip
    """A pale (or empty) ring, seen through, with a cross on it: its intervals in both directions, however narrow.

    across, up: ends of the intervals; nan where they are not known. Labelled `name` and, both, `name, interval`.
    """
    axes.plot(
        [x], [y], color=hue, marker="o", markersize=5.2, markeredgecolor=hue,
        markerfacecolor=colors.to_rgba(hue, PALE) if filled else "none",
        markeredgewidth=0.8, linestyle="none", snap=False, zorder=3, label=name,
    )  # fmt: skip
    for places in ((across, (y, y)), ((x, x), up)):
        if all(math.isfinite(each) for ends in places for each in ends):
            axes.plot(*places, color=hue, linewidth=1.0, zorder=4, snap=False, label=f"{name}, interval")
