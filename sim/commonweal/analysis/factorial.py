"""Factorial: what each of several two-level parameters does on the mean, and what each pair does beyond that.

Every replicate is a block: it met the same luck in all conditions, so its own contrast is taken, and the contrasts
of the replicates are averaged, with a t interval (Box, Hunter & Hunter 2005, Statistics for Experimenters, ch. 5).
"""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from commonweal.analysis.effects import Moments, holm
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.smallest_effect import declared, matters, threshold
from commonweal.study.conditions import label
from commonweal.study.designs.design import flat

COLUMNS = ("factor", "with", "effect", "low", "high", "p", "p_holm", "n", "matters")


def contrasts(levels: pd.DataFrame, stretches: Iterable[np.ndarray], smallest: float) -> pd.DataFrame:
    """A row per factor (`with` is empty) and per pair; columns as in COLUMNS.

    levels: per condition 0 or 1 of each factor, in a balanced design. stretches: (conditions, replicates) each, of
    which one is held at a time; replicates in which a condition is missing (nan) are left out. An effect is the mean at
    1 less the mean at 0; that of a pair is half the difference between the effect of one with and without the other:
    more than 0, they help each other.
    p_holm is p after Holm's correction over all rows. Pairs that a fraction cannot tell from a main effect, from
    the mean or from another pair have no row. smallest: the smallest effect of interest, as a share of what the first
    condition has.
    """
    signs = {(name, ""): 2.0 * levels[name].to_numpy(float) - 1.0 for name in levels.columns}
    mains = list(signs.values())
    products = {pair: signs[pair[0], ""] * signs[pair[1], ""] for pair in combinations(levels.columns, 2)}
    known = [*mains, np.ones(len(levels))]
    for pair, product in products.items():
        rest = [*known, *(other for name, other in products.items() if name != pair)]
        if not any(abs(product @ other) > 0 for other in rest):
            signs[pair] = product
    found, first = dict.fromkeys(signs, Moments()), Moments()
    for stretch in stretches:
        values = stretch[:, ~np.isnan(stretch).any(axis=0)]
        first = first.and_of(values[0])
        for name, sign in signs.items():
            found[name] = found[name].and_of(2.0 * sign @ values / len(sign))
    rows = []
    for (one, other), each in found.items():
        rows.append((one, other, each.mean, *each.interval(), np.nan, each.n, ""))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["p_holm"] = holm(frame["p"].tolist())
    frame["matters"] = matters(frame["low"], frame["high"], threshold(smallest, first.mean))
    return frame


def factor_effects(outcomes: Outcomes, measure: str) -> pd.DataFrame:
    """Main effects and interactions of a design of two levels, per group and over all of them."""
    first = outcomes.first_group()
    smallest = declared(outcomes.manifest)
    over = flat(outcomes.manifest["config"]["design"]["over"])
    upper = {label(path): both[1] for path, both in over.items()}
    levels = pd.DataFrame({name: (first[name] == upper[name]).astype(int) for name in outcomes.factors})
    return outcomes.by_group(lambda rows: contrasts(levels, outcomes.stretches_in_full(measure, rows), smallest))
