"""Effects: what a strategy changes, as paired differences from doing nothing under the same luck."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from commonweal.analysis.smallest_effect import matters, threshold
from commonweal.model.run import RUN_MEASURES
from commonweal.study.conditions import BASELINE

COLUMNS = {
    "scenario": "",
    "strategy": "",
    "basis": "full strength, or equal spend",
    "measure": "a column of runs",
    "effect": "mean paired difference from laissez-faire, in the measure's unit",
    "low": "lower end of its 95 % t interval",
    "high": "upper end of its 95 % t interval",
    "p": "two-sided p of the paired t test, nan with fewer than two replicates",
    "p_holm": "p after Holm's correction over the strategies of the scenario and basis, per measure",
    "mean": "mean of the measure under the strategy",
    "baseline": "mean of the measure under laissez-faire",
    "n": "pairs of replicates",
    "intensity": "factor on the strategy's doses",
    "spend": "mean money and leaders' time the levers cost, MU per leader and round",
    "prob_best": "how sure the mean is the best: share of bootstrap resamples in which no other strategy, nor doing "
    "nothing, has a better mean; no chance of success",
    "rank": "rank among the strategies and doing nothing by mean, 1 best",
    "best_communities": "share of communities (paired replicates) in which it does best, doing nothing included; "
    "ties are shared; nan where it cannot be said whether more is better",
    "best_worlds": "share of draws of what is assumed in which it does best; empty where no such draws were played",
    "matters": "whether the 95 % t interval lies beyond the smallest effect of interest on either side (yes), within "
    "it (no), or neither (unsure); empty without an interval",
}

RESAMPLES = 2000
MOST = 4000
"""values that are resampled as they are; the weights of as many take 64 MB"""


def effects(runs: pd.DataFrame, smallest: float) -> pd.DataFrame:
    """A row per scenario, basis, strategy and measure; columns as in COLUMNS, in the order of `runs`.

    runs: rows of runs as commonweal.study.tables writes them, the baseline among them. Replicates missing on either
    side of a pair (failed runs, measures not defined) are left out of it; a measure without any pair has no row.
    prob_best, best_communities and rank are nan for measures of which it cannot be said whether more is better.
    smallest: the smallest effect of interest, as a share of what doing nothing has of the measure in the scenario.
    """
    measures, rows = list(RUN_MEASURES), []
    for scenario, there in runs.groupby("scenario", sort=False):
        baseline = pd.DataFrame(there[there.strategy == BASELINE].set_index("replicate")[measures])
        for basis, at_basis in there[there.strategy != BASELINE].groupby("basis", sort=False):
            each = {str(name): one.set_index("replicate") for name, one in at_basis.groupby("strategy", sort=False)}
            about = {name: (one["intensity"].iloc[0], one["spend"].mean()) for name, one in each.items()}
            values = {
                name: pd.DataFrame(one[measures]).reindex(baseline.index).to_numpy() for name, one in each.items()
            }
            for column, measure in enumerate(measures):
                with_it = {name: matrix[:, column] for name, matrix in values.items()}
                for row in compare(with_it, baseline[measure].to_numpy(), RUN_MEASURES[measure].better, smallest):
                    intensity, spend = about[row["strategy"]]
                    place = {"scenario": scenario, "basis": basis, "measure": measure}
                    rows.append(row | place | {"intensity": intensity, "spend": spend})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def compare(
    values: dict[str, np.ndarray], baseline: np.ndarray, better: int, smallest: float = 0.0
) -> list[dict[str, Any]]:  # fmt: skip
    """A row per strategy: its paired differences summed up.

    values: per strategy one measure, (n,), in the same order of replicates as `baseline`, (n,); nan leaves a pair out.
    smallest: the smallest effect of interest, as a share of what the baseline has; 0 where none is declared.
    """
    rows, differences = [], {}
    for name, with_it in values.items():
        pairs = ~np.isnan(with_it) & ~np.isnan(baseline)
        if not pairs.any():
            continue
        differences[name] = with_it - baseline
        low, high, p = interval(differences[name][pairs])
        effect, mean, without = (each[pairs].mean() for each in (differences[name], with_it, baseline))
        numbers = {"effect": effect, "low": low, "high": high, "p": p, "mean": mean, "baseline": without}
        numbers["matters"] = str(matters(low, high, threshold(smallest, without))[0])
        rows.append({"strategy": name, "n": int(pairs.sum()), **numbers})
    best, rank = probability_best(differences, better)
    in_communities = best_communities(differences, better)
    for row, p_holm in zip(rows, holm([row["p"] for row in rows]), strict=True):
        name = row["strategy"]
        row |= {"p_holm": p_holm, "prob_best": best[name], "rank": rank[name]}
        row |= {"best_communities": in_communities[name], "best_worlds": np.nan}
    return rows


def holm(p: list[float]) -> list[float]:
    """p values corrected for their number (Holm 1979); nan stays nan and is not counted.

    statsmodels.multipletests gives the same, but collects garbage at each call, which costs half a minute a study.
    """
    values = np.array(p, float)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    scaled = values[order] * np.arange(len(order), 0, -1)
    values[order] = np.minimum(np.maximum.accumulate(scaled), 1.0)
    return values.tolist()


class Moments(NamedTuple):
    """Of paired differences that come stretch by stretch (Chan, Golub & LeVeque 1983)."""

    n: int = 0
    mean: float = np.nan
    variance: float = np.nan

    def and_of(self, differences: np.ndarray) -> "Moments":
        """Of these and some more."""
        n = len(differences)
        if n == 0:
            return self
        more = Moments(n, differences.mean(), differences.var(ddof=1) if n > 1 else np.nan)
        if self.n == 0:
            return more
        whole, apart = self.n + n, more.mean - self.mean
        squares = sum((each.n - 1) * each.variance for each in (self, more) if each.n > 1)
        squares += apart**2 * self.n * n / whole
        return Moments(whole, self.mean + apart * n / whole, squares / (whole - 1))

    def interval(self, confidence: float = 0.95) -> tuple[float, float, float]:
        """Low, high and p of the mean (Student's t); nan for a single pair."""
        n, mean = self.n, self.mean
        if n < 2:
            return np.nan, np.nan, np.nan
        error = np.sqrt(self.variance) / np.sqrt(n)
        if error == 0.0:
            return mean, mean, 1.0 if mean == 0.0 else 0.0
        half = special.stdtrit(n - 1, 0.5 + confidence / 2) * error
        return mean - half, mean + half, float(2 * special.stdtr(n - 1, -abs(mean / error)))


def interval(differences: np.ndarray, confidence: float = 0.95) -> tuple[float, float, float]:
    """Low, high and p of the mean of paired differences (Student's t); nan for a single pair."""
    return Moments().and_of(differences).interval(confidence)


def probability_best(differences: dict[str, np.ndarray], better: int) -> tuple[dict[str, float], dict[str, float]]:
    """For each strategy the share of bootstrap resamples of replicates in which it is best, and its rank.

    differences: per strategy its paired differences, (n,); doing nothing, 0, is always among them (under BASELINE).
    Replicates in which all are defined are resampled jointly, with a fixed seed. Ties are shared. nan where
    `better` is 0.
    """
    names, values = [*differences, BASELINE], _side_by_side(differences, better)
    if not len(values):
        return dict.fromkeys(names, np.nan), dict.fromkeys(names, np.nan)
    share, mean = _foremost(resampled(values)), values.mean(axis=0)
    ranks = 1.0 + (mean[:, None] < mean).sum(axis=1)
    return dict(zip(names, share, strict=True)), dict(zip(names, ranks.tolist(), strict=True))


def best_communities(differences: dict[str, np.ndarray], better: int) -> dict[str, float]:
    """For each strategy, and doing nothing, the share of communities in which it is best.

    differences: as of probability_best. Communities in which all are defined count. Ties are shared. nan where `better`
    is 0.
    """
    names, values = [*differences, BASELINE], _side_by_side(differences, better)
    return dict(zip(names, _foremost(values), strict=True)) if len(values) else dict.fromkeys(names, np.nan)


def _side_by_side(differences: dict[str, np.ndarray], better: int) -> np.ndarray:
    """(n, strategies and doing nothing) the larger the better, of replicates in which all are defined.

    Without rows where nothing can be the best.
    """
    if better == 0 or not differences:
        return np.empty((0, len(differences) + 1))
    values = better * np.column_stack([*differences.values(), np.zeros(len(next(iter(differences.values()))))])
    return values[~np.isnan(values).any(axis=1)]


def _foremost(values: np.ndarray) -> list[float]:
    """Per column the share of rows in which it has the largest value; ties are shared."""
    top = values == values.max(axis=1, keepdims=True)
    return (top / top.sum(axis=1, keepdims=True)).mean(axis=0).tolist()


def resampled(values: np.ndarray) -> np.ndarray:
    """(RESAMPLES, k) means of `values`, (n, k), in bootstrap resamples of its rows.

    Of more than MOST rows it is means of neighbours that are resampled, MOST of them at most: they vary less, by as
    much as there are fewer of them, and what it takes does not grow with n.
    """
    n = len(values)
    if n > MOST:
        starts = np.linspace(0, n, n // -(-n // MOST), endpoint=False).astype(int)
        values = np.add.reduceat(values, starts) / np.diff(starts, append=n)[:, None]
    return resamples(len(values)) @ values


@lru_cache(maxsize=4)
def resamples(n: int) -> np.ndarray:
    """(RESAMPLES, n) weights of n replicates in bootstrap resamples; rows sum to 1."""
    draw = np.random.default_rng(20260101)
    return draw.multinomial(n, np.full(n, 1 / n), size=RESAMPLES) / n
