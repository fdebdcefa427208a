"""Regret: how much a choice loses against the best choice of each scenario, and how often it is good enough.

Savage (1951), Journal of the American Statistical Association 46:55-67; satisficing as in Robust Decision Making
(Lempert et al. 2006, Management Science 52:514-528).
"""

import numpy as np
import pandas as pd

from commonweal.alone import alone
from commonweal.analysis.outcomes import Outcomes
from commonweal.errors import InputError
from commonweal.extras import need
from commonweal.model.run import RUN_MEASURES
from commonweal.units import told


def regret(means: pd.DataFrame, enough: float | None = None) -> pd.DataFrame:
    """A row per choice, least maximal regret first.

    means: choices as rows, scenarios as columns, more is better. enough: the value that satisfies; None for that of
    the best of each scenario less a tenth of the range of choices there.
    """
    best, span = means.max(), means.max() - means.min()
    loss = best - means
    satisfied = means >= enough if enough is not None else loss <= 0.1 * span
    frame = pd.DataFrame(
        {
            "mean": means.mean(axis=1),
            "worst": means.min(axis=1),
            "max_regret": loss.max(axis=1),
            "mean_regret": loss.mean(axis=1),
            "satisficing": satisfied.mean(axis=1),
            "worst_scenario": loss.idxmax(axis=1),
        }
    )
    return frame.sort_values("max_regret", kind="stable")


def box(x: pd.DataFrame, failed: np.ndarray) -> pd.DataFrame:
    """Scenario discovery by PRIM: the box of parameters in which most of the failures lie; a row per parameter bound.

    x: parameters of each condition; failed: whether the outcome is bad there. Of the boxes on the peeling path the
    one with the highest product of coverage and density is taken (EMA Workbench; Bryant & Lempert 2010,
    Technological Forecasting and Social Change 77:34-49). The attributes `coverage` and `density` are the frame's.
    Raises ValueError where nothing, or everything, fails.
    """
    need("sensitivity", "what finds where an outcome is bad")
    if not failed.any() or failed.all():
        raise ValueError(f"{'nothing' if not failed.any() else 'everything'} fails: there is no region to find")
    parts = "ema_workbench", "ema_workbench.analysis", "ema_workbench.em_framework"  # all take three seconds to import
    prim = alone("ema_workbench.analysis.prim", *parts)
    found = prim.Prim(x.reset_index(drop=True), failed.astype(bool)).find_box()
    assert found is not None
    path = found.peeling_trajectory
    at = int((path["coverage"] * path["density"]).to_numpy().argmax())
    limits = found.box_lims[at]
    rows = []
    for name in x.columns:
        low, high = limits[name].iloc[0], limits[name].iloc[1]
        if low > x[name].min() or high < x[name].max():
            rows.append((name, float(low), float(high)))
    frame = pd.DataFrame(rows, columns=["parameter", "low", "high"])
    frame.attrs |= {"coverage": float(path["coverage"].iloc[at]), "density": float(path["density"].iloc[at])}
    return frame


def regrets(outcomes: Outcomes, measure: str) -> pd.DataFrame:
    """Regret of every choice over the values of `across`, least first. Raises InputError where there is one only."""
    if len(outcomes.groups) < 2:
        raise InputError("regret is over several scenarios; give the design design.across={scenario:[...]}")
    better = RUN_MEASURES[measure].better or 1
    found = better * outcomes.means(measure)
    table = pd.DataFrame({name: found[rows] for name, rows in outcomes.groups.items()}, index=outcomes.choices())
    return regret(pd.DataFrame(table.dropna())).rename_axis("choice").reset_index()


def failures(outcomes: Outcomes, measure: str, below: float | None) -> pd.DataFrame:
    """Where the mean of a measure is bad: below a value, or in the worst quarter of the conditions."""
    better = RUN_MEASURES[measure].better or 1
    found = outcomes.means(measure) * better
    limit = float(np.nanquantile(found, 0.25)) if below is None else below * better
    x = outcomes.conditions[outcomes.factors].select_dtypes("number").astype(float)
    if x.empty:
        raise InputError("no parameter with numbers is varied; failures can be looked for over ranges only")
    try:
        inside = box(x, found < limit)
    except ValueError as error:
        said = limit * told().times(RUN_MEASURES[measure].unit)
        raise InputError(f"{measure} below {said:g}: {error}; give another --below") from None
    return inside.assign(coverage=inside.attrs["coverage"], density=inside.attrs["density"], limit=limit)
