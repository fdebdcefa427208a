"""Precedence: whether one strategy had better be begun before another."""

from itertools import combinations

import numpy as np
import pandas as pd

from commonweal.analysis.effects import holm, interval


def precedence(starts: pd.DataFrame, values: np.ndarray) -> pd.DataFrame:
    """A row per pair of strategies: mean of the orders in which `first` begins before `then`, less that of the others.

    starts: per condition the round in which each strategy begins, as columns; conditions in which two begin together
    are left out. values: (conditions, replicates) under common luck, none missing. The contrast is taken within each
    replicate; p_holm is p after Holm's correction over the pairs.
    Raises ValueError where fewer than two orders are there.
    """
    orders = (starts.nunique(axis=1) == starts.shape[1]).to_numpy()
    if orders.sum() < 2:
        raise ValueError("there are fewer than two conditions in which strategies are begun one after the other")
    starts, values = starts.loc[orders, :], values[orders]
    rows = []
    for first, then in combinations(starts.columns, 2):
        before = (starts[first] < starts[then]).to_numpy()
        if not before.any() or before.all():
            continue
        per_replicate = values[before].mean(axis=0) - values[~before].mean(axis=0)
        low, high, p = interval(per_replicate)
        rows.append((first, then, per_replicate.mean(), low, high, p, len(per_replicate)))
    frame = pd.DataFrame(rows, columns=["first", "then", "effect", "low", "high", "p", "n"])
    frame.insert(6, "p_holm", holm(frame["p"].tolist()))
    return frame
