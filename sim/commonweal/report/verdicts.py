"""Verdicts: the decision rule of the studies' plans, applied to a table of effects."""

from typing import Final

import numpy as np
import pandas as pd

PRIMARY: Final = "welfare_net"
"""the outcome that decides"""
LEVEL: Final = 0.05
SURE: Final = 0.95
"""probability of being best above which a strategy is named the best"""
HELPS, HARMS, NULL = "helps", "harms", "no sure difference"


def judged(effects: pd.DataFrame, basis: str, measure: str = PRIMARY, better: int = 1) -> pd.DataFrame:
    """The rows of a measure at a basis with a column `verdict`, best first in each scenario.

    A strategy helps where its 95 % interval lies on the better side of 0 and Holm's p is below LEVEL; it harms where
    it lies on the other; else there is no sure difference. better: 1 where more is better, -1 where less is.
    """
    rows = pd.DataFrame(effects[(effects["measure"] == measure) & (effects["basis"] == basis)])
    rows["verdict"] = verdicts(rows, better)
    order = np.argsort(-better * rows["effect"].to_numpy(), kind="stable")
    return rows.iloc[order]


def verdicts(rows: pd.DataFrame, better: int = 1) -> np.ndarray:
    """The verdict on each row of any table with `low`, `high` and `p_holm`, by the same rule."""
    sure, low, high = rows["p_holm"] < LEVEL, rows["low"], rows["high"]
    up, down = (HELPS, HARMS) if better > 0 else (HARMS, HELPS)
    return np.select([sure & (low > 0), sure & (high < 0)], [up, down], NULL)


def named_best(rows: pd.DataFrame) -> str | None:
    """The strategy whose probability of being best exceeds SURE, of one scenario's rows; None where there is none."""
    found = rows.loc[rows["prob_best"] > SURE, "strategy"]
    return None if found.empty else str(found.iloc[0])


def nothing_is_best(rows: pd.DataFrame) -> bool:
    """Whether doing nothing is best with a probability above SURE, in one scenario's rows."""
    return bool(1.0 - rows["prob_best"].sum() > SURE)
