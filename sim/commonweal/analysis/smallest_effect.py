"""Smallest effect of interest: declared with a study, and what it makes of an interval."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from commonweal.analysis.had import had

YES, NO, UNSURE = "yes", "no", "unsure"


def declared(manifest: Mapping[str, Any]) -> float:
    """The share of what doing nothing has that a study declared; 0 of one that declared none, as those of before."""
    return float(manifest.get("smallest_effect") or 0.0)


def in_words(share: float, nothing: str = "doing nothing") -> str:
    """'1 % of what doing nothing has'."""
    return f"{100 * share:g} % of what {nothing} has"


def threshold(share: float, baseline: Any) -> Any:
    """The smallest effect in the measure's unit: a share of the size of what the baseline has of it, a number or many.

    0 where the baseline has nothing of it, as of spend: there every effect that is not 0 matters.
    """
    return share * np.abs(baseline)


def matters(low: Any, high: Any, smallest: Any) -> np.ndarray:
    """Whether effects matter, (n,): by the ordinary 95 % t interval, and the smallest effect in the measure's unit.

    YES: all of the interval is larger than the smallest effect, on one side. NO: all of it lies within plus or minus
    the smallest effect, the ends included. UNSURE: else. Empty where there is no interval.
    """
    low, high = np.atleast_1d(np.asarray(low, float)), np.atleast_1d(np.asarray(high, float))
    unknown, beyond = np.isnan(low) | np.isnan(high), (low > smallest) | (high < -smallest)
    return np.select([unknown, beyond, (low >= -smallest) & (high <= smallest)], ["", YES, NO], UNSURE)


def of_no_matter(table: pd.DataFrame, column: str) -> list[Any]:
    """What has no difference that matters in any row of a table with `matters`, in the order of a column of names.

    Rows of what cannot be had say nothing.
    """
    if "matters" not in table:
        return []
    table = table.loc[had(table), :]
    mattering = set(table.loc[table["matters"] != NO, column])
    return [name for name in dict.fromkeys(table[column]) if name not in mattering]
