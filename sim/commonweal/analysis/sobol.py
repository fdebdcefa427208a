"""Sobol indices: which parameters an outcome's variance comes from, apart from what is due to luck.

The indices are of the expected outcome. With few replicates the mean of a condition still has luck in it, which
weakens first-order indices and swells total ones. What it adds to the variance between conditions, and to each squared
difference of two conditions, is estimated from the replicates and taken out (law of total variance; what conditions
share under common random numbers cancels, so that a parameter that changes nothing has an index of exactly 0).
Indices and their intervals are SALib's (Saltelli et al. 2010; Jansen 1999).
"""

from math import ceil, log2
from typing import Any, Final

import numpy as np
import pandas as pd

from commonweal.analysis.outcomes import Outcomes
from commonweal.extras import need
from commonweal.study.conditions import label
from commonweal.study.designs.design import ranges

COLUMNS = ("parameter", "first", "first_interval", "total", "total_interval")
WIDE: Final = 0.2
"""half of a 95 % interval beyond which an index is no finding: a share is told to a fifth at least"""


def indices(problem: dict[str, Any], values: np.ndarray, seed: int = 20260101) -> tuple[pd.DataFrame, dict[str, float]]:
    """Per parameter its first-order and total index with the half-width of their 95 % intervals; shares of variance.

    Indices are nan where luck covers what parameters do.

    problem: as SALib has it; values: (conditions, replicates) in the order of the design. Shares of the variance of
    single runs: `parameters`, `luck` (the same in all conditions), `both` (luck that works differently in each).
    """
    need("sensitivity", "what tells Sobol indices")
    from SALib.analyze import sobol  # here, because it takes a second to import

    values = values[:, ~np.isnan(values).any(axis=0)]
    means = values.mean(axis=1)
    found = sobol.analyze(problem, means, calc_second_order=False, seed=seed, print_to_console=False)
    parameters, luck, both = shares(values)
    spread, known = float(means.var(ddof=1)), parameters if parameters > 0.0 else np.nan
    first, total = _luck_in(values, problem["num_vars"])
    frame = pd.DataFrame(
        {
            "parameter": problem["names"],
            "first": (found["S1"] * spread - first) / known,
            "first_interval": found["S1_conf"] * spread / known,
            "total": (found["ST"] * spread - total) / known,
            "total_interval": found["ST_conf"] * spread / known,
        }
    )
    whole = parameters + luck + both
    parts = {"parameters": parameters, "luck": luck, "both": both}
    return frame, {name: part / whole if whole > 0.0 else np.nan for name, part in parts.items()}


def shares(values: np.ndarray) -> tuple[float, float, float]:
    """Variance between expected outcomes, of luck that all conditions share, and of luck that differs between them.

    values: (conditions, replicates). The first is 0 where luck alone makes conditions differ as much as they do.
    """
    conditions, replicates = values.shape
    means, by_luck = values.mean(axis=1), values.mean(axis=0)
    spread = float(means.var(ddof=1)) if conditions > 1 else 0.0
    if replicates < 2 or conditions < 2:
        return spread, 0.0, 0.0
    left = values - means[:, None] - by_luck[None, :] + values.mean()
    both = float((left**2).sum() / ((conditions - 1) * (replicates - 1)))
    luck = max(0.0, float(by_luck.var(ddof=1)) - both / conditions)
    return max(0.0, spread - both / replicates), luck, both


def _luck_in(values: np.ndarray, parameters: int) -> tuple[np.ndarray, np.ndarray]:
    """Per parameter what luck adds to the numerators of its first-order and its total index."""
    replicates = values.shape[1]
    if replicates < 2:
        return np.zeros(parameters), np.zeros(parameters)
    cube = values.reshape(-1, parameters + 2, replicates)  # as SALib has them: A, A with each column of B, B
    steps = cube[:, 1:-1] - cube[:, :1]
    others = cube[:, -1:] - cube[:, -1:].mean(axis=2, keepdims=True)
    first = (others * steps).sum(axis=2) / (replicates - 1)
    return first.mean(axis=0) / replicates, steps.var(axis=2, ddof=1).mean(axis=0) / 2 / replicates


def screening(problem: dict[str, Any], points: np.ndarray, values: np.ndarray, levels: int) -> pd.DataFrame:
    """Morris's measures per parameter: mean, mean size (with its interval) and spread of the steps' effects.

    Effects are scaled to the whole range of the parameter, in the unit of the values.
    """
    need("sensitivity", "what tells Morris's measures")
    from SALib.analyze import morris  # here, because it takes a second to import

    means = np.nanmean(values, axis=1)
    found = morris.analyze(problem, points, means, num_levels=levels, seed=20260101, print_to_console=False)
    names = {"mu": "mean", "mu_star": "mean_size", "mu_star_conf": "interval", "sigma": "spread"}
    return pd.DataFrame({"parameter": problem["names"], **{new: np.asarray(found[old]) for old, new in names.items()}})


def sensitivity(outcomes: Outcomes, measure: str) -> pd.DataFrame:
    """Sobol indices per group; luck's shares of the variance of single runs stand below the parameters."""
    values, problem = outcomes.values(measure), _problem(outcomes)

    def table(rows: np.ndarray | None) -> pd.DataFrame:
        found, parts = indices(problem, outcomes.in_full(values, rows))
        luck = pd.DataFrame({"parameter": [f"share of {name}" for name in parts], "share": list(parts.values())})
        return pd.concat([found, luck], ignore_index=True)

    return outcomes.by_group(table)


def written(value: float, half: float) -> str:
    """An index to read: a share of 1, to two digits; its interval in its place where that is WIDE, or it is above 1.

    It is not known where it is nan, or all of its interval lies above 1, as luck may have it.
    """
    if not value - half <= 1.0:
        return "not known"
    return interval(value, half) if half > WIDE or value > 1.0 else f"{max(value, 0.0):.2f}"


def interval(value: float, half: float) -> str:
    """What of a 95 % interval an index can be; empty where it is not known."""
    if not value - half <= 1.0:
        return ""
    low, high = (min(max(end, 0.0), 1.0) for end in (value - half, value + half))
    return f"{low:.2f} to {high:.2f}"


def too_few(table: pd.DataFrame, points: int) -> str:
    """A sentence where some interval of a table of `sensitivity` is WIDE, with the points that would do; else empty."""
    widest = float(table[["first_interval", "total_interval"]].max(axis=None))
    if not widest > WIDE:
        return ""
    enough = points * 2 ** ceil(2.0 * log2(widest / WIDE))
    return (
        f"{points:,} points are too few: the widest 95 % interval of an index is ±{widest:.2f}, more than ±{WIDE:g}. "
        f"Where it is, the interval stands in the place of the index; design.points={enough}, or more replicates, "
        "would do."
    )


def points_of(outcomes: Outcomes) -> int:
    """How many points of the sequence were played."""
    return int(outcomes.manifest["config"]["design"]["points"])


def screen(outcomes: Outcomes, measure: str) -> pd.DataFrame:
    """Morris's measures per group."""
    values, problem = outcomes.values(measure), _problem(outcomes)
    points = outcomes.first_group()[outcomes.factors].to_numpy(float)
    levels = int(outcomes.manifest["config"]["design"]["levels"])
    return outcomes.by_group(lambda rows: screening(problem, points, outcomes.in_full(values, rows), levels))


def told_apart(outcomes: Outcomes, measure: str) -> bool:
    """Whether conditions differ by more than luck makes them differ."""
    values = outcomes.values(measure)
    return shares(values[:, ~np.isnan(values).any(axis=0)])[0] > 0.0


def _problem(outcomes: Outcomes) -> dict[str, Any]:
    bounds = ranges(outcomes.manifest["config"]["design"]["over"])
    names = [label(path) for path in bounds]
    return {"num_vars": len(bounds), "names": names, "bounds": [list(each) for each in bounds.values()]}
