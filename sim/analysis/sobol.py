"""Sobol indices: which parameters an outcome's variance comes from, apart from what is due to luck.

The indices are of the expected outcome. With few replicates the mean of a condition still has luck in it, which
weakens first-order indices and swells total ones; the part that differs between conditions is estimated from the
replicates and taken out (law of total variance; what all conditions share under common random numbers cancels).
Indices and their intervals are SALib's (Saltelli et al. 2010; Jansen 1999).
"""

from typing import Any

import numpy as np
import pandas as pd

COLUMNS = ("parameter", "first", "first_interval", "total", "total_interval")


def indices(problem: dict[str, Any], values: np.ndarray, seed: int = 20260101) -> tuple[pd.DataFrame, dict[str, float]]:
    """Per parameter its first-order and total index with the half-width of their 95 % intervals; shares of variance.

    problem: as SALib has it; values: (conditions, replicates) in the order of the design. Shares of the variance of
    single runs: `parameters`, `luck` (the same in all conditions), `both` (luck that works differently in each).
    """
    from SALib.analyze import sobol  # here, because it takes a second to import

    values = values[:, ~np.isnan(values).any(axis=0)]
    replicates = values.shape[1]
    means, by_luck = values.mean(axis=1), values.mean(axis=0)
    found = sobol.analyze(problem, means, calc_second_order=False, seed=seed, print_to_console=False)
    left = values - means[:, None] - by_luck[None, :] + values.mean()
    both = float((left**2).sum() / ((len(means) - 1) * (replicates - 1))) if replicates > 1 else 0.0
    luck = max(0.0, float(by_luck.var(ddof=1)) - both / len(means)) if replicates > 1 else 0.0
    spread, noise = float(means.var(ddof=1)), both / replicates
    known = max(spread - noise, 1e-300)
    scale = spread / known
    frame = pd.DataFrame(
        {
            "parameter": problem["names"],
            "first": found["S1"] * scale,
            "first_interval": found["S1_conf"] * scale,
            "total": (found["ST"] * spread - noise) / known,
            "total_interval": found["ST_conf"] * scale,
        }
    )
    whole = known + luck + both
    return frame, {"parameters": known / whole, "luck": luck / whole, "both": both / whole}


def screening(problem: dict[str, Any], points: np.ndarray, values: np.ndarray, levels: int) -> pd.DataFrame:
    """Morris's measures per parameter: mean, mean size (with its interval) and spread of the steps' effects."""
    from SALib.analyze import morris  # here, because it takes a second to import

    means = np.nanmean(values, axis=1)
    found = morris.analyze(problem, points, means, num_levels=levels, seed=20260101, print_to_console=False)
    names = {"mu": "mean", "mu_star": "mean_size", "mu_star_conf": "interval", "sigma": "spread"}
    return pd.DataFrame({"parameter": problem["names"], **{new: np.asarray(found[old]) for old, new in names.items()}})
