"""Summary: one row per strategy over all scenarios, by the decision rule, for the reader's money first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.figures.labels import in_order, words
from commonweal.model.run import RUN_MEASURES
from commonweal.report.sentences import listed
from commonweal.report.verdicts import PRIMARY, UNHAD, judged
from commonweal.study.conditions import EQUAL
from commonweal.units import told

ALIKE: Final = 0.01
"""share of what doing nothing has, below which tables of two scenarios would differ in the third digit only"""


class Over(NamedTuple):
    """What a strategy does to welfare net of spend at one basis, over scenarios: shares of what doing nothing has."""

    least: float
    most: float
    """nan where doing nothing has nothing"""
    mean: float
    verdict: str
    """in words: of most scenarios, and the others by name"""

    @property
    def effect(self) -> str:
        """'+11 to +12 %', or a dash where it is not known."""
        return "–" if self.verdict == UNHAD else per_cent(self.least, self.most)


def in_turn(bases: Iterable[str]) -> list[str]:
    """Bases of comparison, equal spend first: what one gets for one's money."""
    return sorted(in_order(bases), key=lambda basis: not basis.endswith(EQUAL))


def summary(effects: pd.DataFrame) -> dict[str, dict[str, Over]]:
    """Per basis, in turn, each strategy over all scenarios; strategies in the order of the first, best first."""
    found: dict[str, dict[str, Over]] = {}
    for basis in in_turn(effects.loc[effects["measure"] == PRIMARY, "basis"]):
        rows = judged(effects, basis)
        each = {str(name): _over(some) for name, some in rows.groupby("strategy", sort=False)}
        order = next(iter(found.values()), None) or sorted(each, key=lambda name: -np.nan_to_num(each[name].mean))
        found[basis] = {name: each[name] for name in order if name in each}
    return found


def called(effects: pd.DataFrame, basis: str) -> str:
    """'at full strength'; of equal spend also what that means, and how much it is."""
    if not basis.endswith(EQUAL):
        return f"at {basis}"
    spends = effects.loc[(effects["basis"] == basis) & (effects["spend"] > 0), "spend"]
    return (
        f"at {basis} (all turned down to cost {spends.median():,.1f} {told().said('MU a leader and month')})"
        if len(spends)
        else f"at {basis}"
    )


def _over(rows: pd.DataFrame) -> Over:
    base = rows["baseline"].abs()
    shares = (rows["effect"] / base.where(base > 0)).to_numpy()
    with np.errstate(all="ignore"):
        return Over(float(np.min(shares)), float(np.max(shares)), float(np.mean(shares)), _verdict(rows))


def _verdict(rows: pd.DataFrame) -> str:
    """The commonest verdict over scenarios, and where it is another."""
    inorder = rows.sort_index()
    said = dict(zip(map(words, inorder["scenario"]), inorder["verdict"], strict=True))
    (commonest, _), *others = Counter(said.values()).most_common()
    parts = [f"{verdict} in {listed(name for name, its in said.items() if its == verdict)}" for verdict, _ in others]
    return "; ".join([commonest, *parts])


def per_cent(least: float, most: float) -> str:
    """'+11 to +12 %', '+0.4 %'; a dash where it is not known."""
    if least != least or most != most:
        return "–"
    low, high = _signed(least), _signed(most)
    return f"{low} %" if low == high else f"{low} to {high} %"


def _signed(share: float) -> str:
    hundred = 100.0 * share
    text = f"{hundred:+.0f}" if abs(hundred) >= 9.95 else f"{hundred:+.1f}"
    return text.replace("-", "−")


def alike(effects: pd.DataFrame, measures: Sequence[str] = (PRIMARY,)) -> dict[str, list[str]]:
    """The scenarios of which a table is worth showing, and those whose table would differ in the third digit only.

    measures: what the tables show, the outcome that decides among them.
    """
    bases = in_order(effects["basis"])
    rows = pd.concat([judged(effects, basis, name, RUN_MEASURES[name].better) for basis in bases for name in measures])
    base = rows["baseline"].abs()
    rows["share"] = rows["effect"] / base.where(base > 0)
    key = ["basis", "strategy", "measure"]
    told = {name: some.set_index(key).sort_index() for name, some in rows.groupby("scenario")}
    found: dict[str, list[str]] = {}
    for scenario in in_order(effects["scenario"]):
        like = (first for first in found if _is_like(told[first], told[scenario]))
        found.setdefault(next(like, scenario), []).append(scenario)
    return {first: rest[1:] for first, rest in found.items()}


def _is_like(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    same = one["verdict"].equals(other["verdict"])
    return same and bool((one["share"] - other["share"]).abs().max() < ALIKE)
