"""What the figures of rounds have in common: paths of a measure under each strategy, as lines and bands."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, MultipleLocator
from scipy import special

from commonweal.errors import InputError
from commonweal.figures.style import colour
from commonweal.model.run import YEAR
from commonweal.study.conditions import BASELINE


class Path(NamedTuple):
    """One measure under one strategy: an array each, over rounds; quantiles are over replicates.

    low, high: the 95 % interval of the mean (Student's t), nan where it is not known.
    """

    strategy: str
    round: np.ndarray
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    q05: np.ndarray
    q25: np.ndarray
    q75: np.ndarray
    q95: np.ndarray


def paths(rounds: pd.DataFrame, scenario: str, measure: str, basis: str) -> list[Path]:
    """The paths of one measure in one scenario: laissez-faire first, then the strategies at one basis.

    rounds: a table of rounds as commonweal.study.tables writes it. Raises InputError where it lacks the scenario or
    the measure.
    """
    here = (rounds["scenario"] == scenario) & (rounds["measure"] == measure) & rounds["mean"].notna()
    here &= (rounds["strategy"] == BASELINE) | (rounds["basis"] == basis)
    rows = rounds.loc[here, :].sort_values("round", kind="stable")
    half = _half_interval(rows)
    rows = rows.assign(low=rows["mean"] - half, high=rows["mean"] + half)
    found = {
        str(name): Path(str(name), *(np.asarray(path[column], float) for column in Path._fields[1:]))
        for name, path in rows.groupby("strategy", sort=False)
    }
    if not found:
        raise InputError(f"the table of rounds holds nothing on {measure!r} in the scenario {scenario!r} at {basis!r}")
    order = [BASELINE, *dict.fromkeys(rounds["strategy"])]
    return [found[name] for name in dict.fromkeys(order) if name in found]


def _half_interval(rows: pd.DataFrame) -> pd.Series:
    """Half of the 95 % interval of each mean; nan for a single replicate, and in tables without standard deviations."""
    if "sd" not in rows:
        return pd.Series(np.nan, rows.index)
    n = rows["n"].where(rows["n"] > 1).astype(float)
    return rows["sd"] / n**0.5 * special.stdtrit(n - 1, 0.975)


def draw_bands(axes: Axes, path: Path) -> None:
    """Where nine tenths and half of the communities lie; labelled 'strategy, 90 %' and 'strategy, 50 %'."""
    for low, high, part, depth in ((path.q05, path.q95, "90 %", 0.16), (path.q25, path.q75, "50 %", 0.26)):
        axes.fill_between(
            path.round, low, high, color=colour(path.strategy), alpha=depth, linewidth=0,
            label=f"{path.strategy}, {part}",
        )  # fmt: skip


def draw_mean(axes: Axes, path: Path) -> None:
    """The mean as a line labelled 'strategy', dashed and on top for laissez-faire; a single round is a dot.

    Its 95 % interval is a band of full colour about the line, labelled 'strategy, interval', where it is known.
    """
    nothing, hue = path.strategy == BASELINE, colour(path.strategy)
    axes.plot(
        path.round, path.mean, color=hue, label=path.strategy, zorder=4 if nothing else 3,
        linewidth=1.0 if nothing else 1.4, linestyle=(0, (4, 2)) if nothing else "-",
        marker="o" if len(path.round) == 1 else None, markersize=3,
    )  # fmt: skip
    if np.isfinite(path.low).any():
        axes.fill_between(
            path.round, path.low, path.high, color=hue, alpha=0.45, linewidth=0, zorder=2.5,
            label=f"{path.strategy}, interval",
        )  # fmt: skip


def tick_rounds(axes: Axes, some: list[Path]) -> None:
    """Ticks of rounds, at years where there are at least two."""
    first, last = min(path.round[0] for path in some), max(path.round[-1] for path in some)
    axes.set_xlim(first - 0.5 * (first == last), last + 0.5 * (first == last))
    years = int(last) // YEAR
    axes.xaxis.set_major_locator(MultipleLocator(YEAR * -(-years // 5)) if years >= 2 else MaxNLocator(5, integer=True))
