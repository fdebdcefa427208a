"""Effects: what a strategy changes, as paired differences from doing nothing under the same luck."""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from sim.design import BASELINE
from sim.run import RUN_MEASURES

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
    "prob_best": "share of bootstrap resamples in which no other strategy, nor doing nothing, does better",
    "rank": "rank among the strategies and doing nothing by mean, 1 best",
}

RESAMPLES = 2000


def effects(runs: pd.DataFrame) -> pd.DataFrame:
    """A row per scenario, basis, strategy and measure; columns as in COLUMNS, sorted.

    runs: rows of runs as sim.store writes them, the baseline among them. Replicates missing on either side of a
    pair (failed runs, measures not defined) are left out of it. prob_best and rank are nan for measures of which
    it cannot be said whether more is better.
    """
    rows: list[dict[str, object]] = []
    for scenario, there in runs.groupby("scenario", sort=False):
        baseline = there[there.strategy == BASELINE].set_index("replicate")
        for basis, at_basis in there[there.strategy != BASELINE].groupby("basis", sort=False):
            strategies = {name: each.set_index("replicate") for name, each in at_basis.groupby("strategy", sort=False)}
            for measure in RUN_MEASURES:
                some = _compare(measure, baseline, strategies)
                rows += [{"scenario": scenario, "basis": basis, "measure": measure, **row} for row in some]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _compare(measure: str, baseline: pd.DataFrame, strategies: dict[str, pd.DataFrame]) -> list[dict[str, object]]:
    """One measure, every strategy, one scenario and basis."""
    rows, differences = [], {}
    for name, runs in strategies.items():
        pair = pd.concat([runs[measure], baseline[measure]], axis=1, keys=["with", "without"]).dropna()
        if pair.empty:
            continue
        difference = (pair["with"] - pair["without"]).to_numpy()
        differences[name] = pair["with"] - pair["without"]
        low, high, p = interval(difference)
        rows.append(
            {
                "strategy": name, "effect": difference.mean(), "low": low, "high": high, "p": p,
                "mean": pair["with"].mean(), "baseline": pair["without"].mean(), "n": len(pair),
                "intensity": runs["intensity"].iloc[0], "spend": runs["spend"].mean(),
            }
        )  # fmt: skip
    _correct(rows)
    best, rank = probability_best(differences, RUN_MEASURES[measure].better)
    for row in rows:
        row["prob_best"], row["rank"] = best[row["strategy"]], rank[row["strategy"]]
    return rows


def interval(differences: np.ndarray, confidence: float = 0.95) -> tuple[float, float, float]:
    """Low, high and p of the mean of paired differences (Student's t); nan for a single pair."""
    n = len(differences)
    if n < 2:
        return np.nan, np.nan, np.nan
    mean, error = differences.mean(), differences.std(ddof=1) / np.sqrt(n)
    if error == 0.0:
        return mean, mean, 1.0 if mean == 0.0 else 0.0
    half = stats.t.ppf(0.5 + confidence / 2, n - 1) * error
    return mean - half, mean + half, float(2 * stats.t.sf(abs(mean / error), n - 1))


def _correct(rows: list[dict[str, object]]) -> None:
    known = [row for row in rows if not np.isnan(row["p"])]  # pyright: ignore[reportArgumentType]
    for row in rows:
        row["p_holm"] = np.nan
    if known:
        corrected = multipletests([row["p"] for row in known], method="holm")[1]
        for row, p in zip(known, corrected, strict=True):
            row["p_holm"] = float(p)


def probability_best(differences: dict[str, pd.Series], better: int) -> tuple[dict[str, float], dict[str, float]]:
    """For each strategy the share of bootstrap resamples of replicates in which it is best, and its rank.

    differences: per strategy its paired differences by replicate; doing nothing, 0, is always among them (under
    BASELINE). Replicates are resampled jointly, with a fixed seed. Ties are shared.
    """
    table = pd.DataFrame(differences).dropna()
    table[BASELINE] = 0.0
    if better == 0 or table.empty:
        return dict.fromkeys(table, np.nan), dict.fromkeys(table, np.nan)
    values = better * table.to_numpy()
    n = len(values)
    weights = np.random.default_rng(20260101).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    means = weights @ values / n
    top = means == means.max(axis=1, keepdims=True)
    share = (top / top.sum(axis=1, keepdims=True)).mean(axis=0)
    ranks = stats.rankdata(-values.mean(axis=0), method="min")
    return dict(zip(table, share.tolist(), strict=True)), dict(zip(table, ranks.tolist(), strict=True))
