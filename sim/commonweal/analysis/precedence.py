"""Precedence: whether one strategy had better be begun before another."""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from commonweal.analysis.effects import Moments, holm
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.smallest_effect import declared, matters, threshold
from commonweal.errors import InputError


def precedence(starts: pd.DataFrame, stretches: Iterable[np.ndarray], smallest: float) -> pd.DataFrame:
    """A row per pair of strategies: mean of the orders in which `first` begins before `then`, less that of the others.

    starts: per condition the round in which each strategy begins, as columns; conditions in which two begin together
    are left out. stretches: (conditions, replicates) each under common luck, none missing, of which one is held at a
    time. The contrast is taken within each replicate; p_holm is p after Holm's correction over the pairs. smallest: the
    smallest effect of interest, as a share of what the first condition has. Raises ValueError where fewer than two
    orders are there.
    """
    orders = (starts.nunique(axis=1) == starts.shape[1]).to_numpy()
    if orders.sum() < 2:
        raise ValueError("there are fewer than two conditions in which strategies are begun one after the other")
    ordered = starts.loc[orders, :]
    pairs = combinations(starts.columns, 2)
    before = {(one, other): (ordered[one] < ordered[other]).to_numpy() for one, other in pairs}
    found = {pair: Moments() for pair, earlier in before.items() if earlier.any() and not earlier.all()}
    reference = Moments()
    for stretch in stretches:
        values, reference = stretch[orders], reference.and_of(stretch[0])
        for pair in found:
            of = values[before[pair]].mean(axis=0) - values[~before[pair]].mean(axis=0)
            found[pair] = found[pair].and_of(of)
    least = threshold(smallest, reference.mean)
    rows = [(*pair, each.mean, *each.interval(), each.n) for pair, each in found.items()]
    frame = pd.DataFrame(rows, columns=["first", "then", "effect", "low", "high", "p", "n"])
    frame.insert(6, "p_holm", holm(frame["p"].tolist()))
    frame["matters"] = matters(frame["low"], frame["high"], least)
    return frame


def is_ordered(outcomes: Outcomes) -> bool:
    """Whether there are two strategies of which each is begun before the other in some condition."""
    starts = outcomes.starts()
    orders = starts[starts.nunique(axis=1) == starts.shape[1]]
    return any(len(set(orders[one] < orders[other])) == 2 for one, other in combinations(orders.columns, 2))


def precedences(outcomes: Outcomes, measure: str) -> pd.DataFrame:
    """Whether one strategy had better be begun before another: a row per pair, per group and over all of them."""
    starts, smallest = outcomes.starts(), declared(outcomes.manifest)
    try:
        return outcomes.by_group(lambda rows: precedence(starts, outcomes.stretches_in_full(measure, rows), smallest))
    except ValueError as error:
        raise InputError(f"{outcomes.folder}: {error}") from None
