"""What the figures of effects have in common: effects as rows of a table, and a point with its intervals."""

import math
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from sim.errors import InputError
from sim.figures.style import colour
from sim.figures.words import in_order

FULL: Final = "full strength"
EQUAL: Final = "equal spend"
"""bases of comparison"""


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


def of_measure(effects: pd.DataFrame, measure: str) -> list[Effect]:
    """The effects on one measure, as far as there are any. Raises InputError where there is none."""
    known = effects.loc[effects["effect"].notna(), :]
    rows = known.loc[known["measure"] == measure, :]
    if rows.empty:
        near = get_close_matches(measure, in_order(known["measure"]), 1)
        meant = f"; did you mean {near[0]}?" if near and near[0] != measure else ""
        raise InputError(f"the table holds no effects on {measure!r}{meant}")
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


def point(
    axes: Axes, strategy: str, basis: str, x: float, y: float, across: tuple[float, float] | None = None,
    up: tuple[float, float] | None = None, size: float = 3.8,
) -> None:  # fmt: skip
    """A mark in the strategy's colour, hollow at equal spend, and its intervals where they are known.

    across, up: the ends of the intervals. The mark is labelled 'strategy, basis', its intervals the same with
    ', interval' after it.
    """
    hue, name = colour(strategy), f"{strategy}, {basis}"
    style = {"color": hue, "linewidth": 1.1, "zorder": 3, "snap": False, "label": f"{name}, interval"}
    if across is not None and all(map(math.isfinite, across)):
        axes.plot(across, (y, y), **style)
    if up is not None and all(map(math.isfinite, up)):
        axes.plot((x, x), up, **style)
    axes.plot(
        [x], [y], marker="o", markersize=size, markerfacecolor="white" if basis == EQUAL else hue, markeredgecolor=hue,
        markeredgewidth=1.0, linestyle="none", snap=False, zorder=4, label=name,
    )  # fmt: skip
