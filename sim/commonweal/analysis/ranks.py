"""Ranks: how likely each strategy is to come first, second and so on, on the mean and in a single community."""

import numpy as np
import pandas as pd

from commonweal.analysis.effects import resamples
from commonweal.errors import InputError
from commonweal.model.run import RUN_MEASURES
from commonweal.study.conditions import BASELINE


def chances_of_ranks(runs: pd.DataFrame, basis: str, measure: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The strategies and doing nothing, best mean rank first; and two arrays of shares, a row each, a column per rank.

    runs: a row per run, as commonweal.analysis.effects.effects takes them. The first array is of bootstrap resamples of
    communities, ranked by their mean; the second of single communities. Scenarios count the same, ties share the
    better rank, and communities in which something is not known are left out. Raises InputError where nothing was
    compared at the basis, or it cannot be said whether more of the measure is better.
    """
    better = RUN_MEASURES[measure].better if measure in RUN_MEASURES else 0
    rows = runs.loc[runs["basis"].isin([basis]) | (runs["strategy"] == BASELINE), :]
    if better == 0 or set(rows["strategy"]) <= {BASELINE}:
        raise InputError(f"nothing can be ranked by {measure!r} at {basis!r}")
    names, of_means, of_communities = list(dict.fromkeys(rows["strategy"])), [], []
    for _, there in rows.groupby("scenario", sort=False):
        table = there.pivot(index="replicate", columns="strategy", values=measure).reindex(columns=names).dropna()
        if len(table):
            values = better * table.to_numpy()
            of_means.append(_shares(resamples(len(values)) @ values))
            of_communities.append(_shares(values))
    if not of_means:
        raise InputError(f"in no community is {measure!r} known of all strategies at {basis!r}")
    means, communities = np.mean(of_means, axis=0), np.mean(of_communities, axis=0)
    order = np.argsort(means @ np.arange(len(names)), kind="stable")
    return [names[at] for at in order], means[order], communities[order]


def _shares(values: np.ndarray) -> np.ndarray:
    """(strategies, ranks) in what share of rows each has which rank. values: (n, strategies), larger is better."""
    places = (values[:, :, None] < values[:, None, :]).sum(axis=2)
    return (places[:, :, None] == np.arange(values.shape[1])).mean(axis=0)
