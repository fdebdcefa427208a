"""Verdicts: the decision rule of the studies' plans, applied to a table of effects."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from commonweal.analysis.had import UNHAD, had
from commonweal.analysis.smallest_effect import NO, YES, declared, in_words, matters, threshold

PRIMARY: Final = "welfare_net"
"""the outcome that decides"""
BEFORE: Final = "welfare"
"""the same before what the convener spent"""
LEVEL: Final = 0.05
SURE: Final = 0.95
"""how sure it must be that a strategy's mean is the best for it to be named the best"""
HELPS, HARMS, NULL, UNSURE = "helps", "harms", "no difference that matters", "unsure"


def judged(effects: pd.DataFrame, basis: str, measure: str = PRIMARY, better: int = 1) -> pd.DataFrame:
    """The rows of a measure at a basis with a column `verdict`, best first in each scenario, what cannot be had last.

    And with `before`, the verdict on the same before what the convener spent, of the outcome that decides; empty of
    others and where it is not known. better: 1 where more is better, -1 where less is.
    """
    at_basis = effects[effects["basis"] == basis]
    rows = pd.DataFrame(at_basis[at_basis["measure"] == measure])
    rows["verdict"], rows["before"] = verdicts(rows, better), ""
    gross = pd.DataFrame(at_basis[at_basis["measure"] == BEFORE])
    if measure == PRIMARY and len(gross):
        known = dict(zip(zip(gross["scenario"], gross["strategy"], strict=True), verdicts(gross), strict=True))
        rows["before"] = [known.get(key, "") for key in zip(rows["scenario"], rows["strategy"], strict=True)]
    order = np.argsort(np.where(had(rows), -better * rows["effect"].to_numpy(), np.inf), kind="stable")
    return rows.iloc[order]


def verdicts(rows: pd.DataFrame, better: int = 1) -> np.ndarray:
    """The verdict on each row of any table with `low`, `high` and `p_holm`.

    A strategy helps where all of its 95 % interval lies beyond the smallest effect of interest on the better side of 0
    (`matters` is yes) and Holm's p is below LEVEL; it harms where it lies so on the other; there is no difference that
    matters where all of it lies within the smallest effect (no); else it is unsure. What cannot be had, where a sum
    buys none of it, as a meeting is bought whole, changes nothing for want of being done: its verdict says so. Tables
    without `matters`, as of studies of before, declared no smallest effect: it is 0.
    """
    low, high = rows["low"], rows["high"]
    found = rows["matters"].to_numpy() if "matters" in rows else matters(low, high, 0.0)
    up, down = (HELPS, HARMS) if better > 0 else (HARMS, HELPS)
    sure = (found == YES) & (rows["p_holm"] < LEVEL)
    kinds = [~had(rows), sure & (low > 0), sure & (high < 0), found == NO]
    return np.select(kinds, [UNHAD, up, down, NULL], UNSURE)


def cost_apart(row: Mapping[Any, Any]) -> str:
    """What a row of `judged` costs, where it changes nothing that matters, or harms by that alone; else empty."""
    spend = row.get("spend", np.nan)
    if not spend > 0:
        return ""
    cost = f"{spend:,.1f}".removesuffix(".0") if spend >= 1 else f"{spend:.2g}"
    if row["verdict"] == NULL:
        return f"costs {cost}"
    return f"by its cost alone, {cost}" if row["verdict"] == HARMS and row.get("before") == NULL else ""


def said(row: Mapping[Any, Any]) -> str:
    """The verdict of a row of `judged` in words, effect and cost apart."""
    verdict, cost = str(row["verdict"]), cost_apart(row)
    if verdict == NULL and cost:
        return f"changes nothing that matters, {cost}"
    return f"{verdict} {cost}".strip()


def rule(noun: str, share: float, nothing: str = "doing nothing", many: str = "") -> str:
    """The rule in sentences. share: the smallest effect of interest; many: what Holm's correction is for."""
    interval = "95 % interval of its effect on welfare per person, net of what the convener spent,"
    holm = f"p is below .05 after Holm's correction{many}"
    if share:
        text = (
            f"a {noun} helps if all of the {interval} lies above the smallest effect of interest, "
            f"{in_words(share, nothing)}, and {holm}; it harms if all of it lies as far below 0; it makes no "
            "difference that matters if all of it lies between the two; else that is unsure."
        )
    else:
        text = (
            f"a {noun} helps if the {interval} lies above 0 and {holm}; it harms if it lies below; else that is "
            "unsure. No smallest effect of interest was declared."
        )
    return f"{text} The best is named only if it is surer than .95 that its mean is the best."


def too_large(effects: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """A sentence where the smallest effect is larger than every effect on the outcome that decides; else empty."""
    share, rows = declared(manifest), effects[effects["measure"] == PRIMARY]
    if not share or rows.empty or (np.abs(rows["effect"]) > threshold(share, rows["baseline"])).any():
        return ""
    return (
        f"The smallest effect of interest, {in_words(share)}, is larger than any effect on welfare net of spend found "
        "here: by it there is no difference that matters."
    )


def named_best(rows: pd.DataFrame) -> str | None:
    """The strategy of which it is surer than SURE that its mean is the best, of one scenario's rows; None if none."""
    found = rows.loc[rows["prob_best"] > SURE, "strategy"]
    return None if found.empty else str(found.iloc[0])


def nothing_is_best(rows: pd.DataFrame) -> bool:
    """Whether it is surer than SURE that doing nothing is best on the mean, in one scenario's rows.

    What cannot be had shares its ties with doing nothing.
    """
    return bool(1.0 - rows.loc[had(rows), "prob_best"].sum() > SURE)
