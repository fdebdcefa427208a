"""Parting: in which month two paths of a run part, and through which mechanisms."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from commonweal.analysis.shapley import shapley
from commonweal.model.measures import MEASURES
from commonweal.model.world import World
from commonweal.study.branch import Branches
from commonweal.study.orders import Orders

PARTED: Final = ("measure", "first", "last", "parted", "lasting")
CARRIED: Final = ("measure", "mechanism", "carries", "low", "high", "share")


def parting(found: Branches, table: pd.DataFrame) -> pd.DataFrame:
    """Per measure when the paths part: a row of PARTED.

    table: columns measure, round, difference, low and high, as commonweal.commands.branch.differences. first, last: the
    earliest and the latest month in which a replicate has its first difference at all, nan where none has any. parted:
    the share of replicates that has one. lasting: the month from which the mean difference keeps its sign to the end,
    its 95 % interval, where there are several replicates, without 0; nan where there is none.
    """
    rows = []
    for measure, some in table.groupby("measure", sort=False):
        apart = np.nan_to_num(found.difference(str(measure))) != 0.0
        firsts = apart.argmax(axis=0)[apart.any(axis=0)] + 1
        ends = (int(firsts.min()), int(firsts.max())) if len(firsts) else (np.nan, np.nan)
        rows.append((measure, *ends, float(apart.any(axis=0).mean()), _lasting(some)))
    return pd.DataFrame(rows, columns=list(PARTED))


def _lasting(rows: pd.DataFrame) -> float:
    """The first month from which on a difference is sure and of one sign."""
    sign = np.sign(rows["difference"].to_numpy(float))
    low, high = (rows[end].fillna(rows["difference"]).to_numpy(float) for end in ("low", "high"))
    holds = (sign == sign[-1]) & ((low > 0) | (high < 0))
    if not holds[-1]:
        return np.nan
    broken = np.flatnonzero(~holds)
    return float(rows["round"].to_numpy()[broken[-1] + 1 if len(broken) else 0])


def differences_by_set(
    orders: Orders, kept: Callable[[frozenset[str]], World], changed: Callable[[World], World],
    go_on: Callable[[World], np.ndarray], notify: Callable[[int, int], None],
) -> dict[frozenset[str], np.ndarray]:  # fmt: skip
    """Per set of mechanisms that are on from the fork on, (replicates, len(MEASURES)) the mean difference of the paths.

    kept: the world with only a set on. changed: the same under the other strategy. go_on: as of
    commonweal.study.branch.Fork.
    """
    found = {}
    for number, on in enumerate(orders.sets):
        world = kept(on)
        apart = go_on(changed(world)) - go_on(world)
        defined = ~np.isnan(apart)
        count = defined.sum(axis=0)
        total = np.where(defined, apart, 0.0).sum(axis=0)
        found[on] = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
        notify(number + 1, len(orders.sets))
    return found


def carried_apart(
    differences: Mapping[frozenset[str], np.ndarray], orders: Orders, measures: Sequence[str]
) -> pd.DataFrame:  # fmt: skip
    """What each mechanism carries of the mean difference from the fork on: per measure the rows of `shapley`.

    differences: as differences_by_set has them. Replicates in which a measure is not defined are left out, and so are
    measures that are defined in none.
    """
    frames = []
    for measure in measures:
        at = list(MEASURES).index(measure)
        effects = {on: each[:, at] for on, each in differences.items()}
        known = ~np.isnan(np.stack(list(effects.values()))).any(axis=0)
        if known.any():
            table = shapley({on: each[known] for on, each in effects.items()}, orders.orders)
            frames.append(table.assign(measure=measure))
    return pd.concat(frames, ignore_index=True).loc[:, list(CARRIED)] if frames else nothing_carried()


def nothing_carried() -> pd.DataFrame:
    """The same without a row."""
    return pd.DataFrame(columns=list(CARRIED))
