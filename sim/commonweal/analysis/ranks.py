"""Ranks: how likely each strategy is to come first, second and so on, on the mean and in a single community."""

import numpy as np
import pandas as pd

from commonweal.analysis.effects import resampled
from commonweal.analysis.had import had
from commonweal.errors import InputError
from commonweal.model.run import better_of
from commonweal.study.conditions import BASELINE


def chances_of_ranks(runs: pd.DataFrame, basis: str, measure: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The strategies and doing nothing, best mean rank first; and two arrays of shares, a row each, a column per rank.

    runs: a row per run, as commonweal.analysis.effects.effects takes them. The first array is of bootstrap resamples of
    communities, ranked by their mean; the second of single communities. Scenarios count the same, ties share the
    better rank, and communities in which something is not known are left out. Ranks are among what can be had: the
    row of a strategy is of the scenarios in which it can be, and nan, the last, where it can in none. Raises InputError
    where nothing was compared at the basis, or it cannot be said whether more of the measure is better.
    """
    better = better_of(measure)
    rows = runs.loc[runs["basis"].isin([basis]) | (runs["strategy"] == BASELINE), :]
    if better == 0 or set(rows["strategy"]) <= {BASELINE}:
        raise InputError(f"nothing can be ranked by {measure!r} at {basis!r}")
    names, of_means, of_communities = list(dict.fromkeys(rows["strategy"])), [], []
    for _, there in rows.groupby("scenario", sort=False):
        gone = set(there.loc[~had(there), "strategy"])
        here = np.array([name not in gone for name in names])
        columns = [name for name in names if name not in gone]
        table = there.pivot(index="replicate", columns="strategy", values=measure).reindex(columns=columns).dropna()
        if len(table):
            values = better * table.to_numpy()
            of_means.append(_shares(resampled(values), here))
            of_communities.append(_shares(values, here))
    if not of_means:
        raise InputError(f"in no community is {measure!r} known of all strategies at {basis!r}")
    means, communities = _over_scenarios(of_means), _over_scenarios(of_communities)
    order = np.argsort(means @ np.arange(len(names)), kind="stable")
    return [names[at] for at in order], means[order], communities[order]


def _shares(values: np.ndarray, here: np.ndarray) -> np.ndarray:
    """(strategies, ranks) in what share of rows each has which rank; nan of those that are not here.

    values: (n, strategies that are here), larger is better. here: (strategies,).
    """
    places = (values[:, :, None] < values[:, None, :]).sum(axis=2)
    shares = np.full((len(here), len(here)), np.nan)
    shares[here] = (places[:, :, None] == np.arange(len(here))).mean(axis=0)
    return shares


def _over_scenarios(shares: list[np.ndarray]) -> np.ndarray:
    """The mean over scenarios that have the strategy; nan where none has."""
    known = ~np.isnan(shares)
    with np.errstate(invalid="ignore"):
        return np.where(known, shares, 0.0).sum(axis=0) / known.sum(axis=0)
