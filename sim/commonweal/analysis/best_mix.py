"""The best mix at each sum: one strategy for all of it, or two for half of it each, whichever does most.

Pairs are played in one batch at what half of each sum buys of either on its cost curve. Which is best is chosen by
welfare net of spend in half of the communities, and what it brings is measured in the others: the best of many by luck
would else flatter itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.analysis.cost_curve import COLUMNS, Bought, Ladder, Ladders, compared, runs_of
from commonweal.model.strategies.portfolio import Part as PartOf
from commonweal.model.strategies.portfolio import Portfolio
from commonweal.study.conditions import BASELINE, GONE
from commonweal.study.dataset import Dataset
from commonweal.study.parts import Part
from commonweal.study.study import Study

BEST_MIX: Final = "best_mix"
REPLICATES: Final = 100
"""of each pair at most, and no more than half of those of the curve: half of them choose, the others measure"""
CHOSEN_BY: Final = "welfare_net"


class Pair(NamedTuple):
    """Two strategies, each at what half of a sum buys."""

    scenario: str
    sum: float
    strategies: tuple[str, str]
    intensities: tuple[float, float]

    @property
    def holds(self) -> str:
        """Both in words."""
        return " + ".join(f"{name} {value:.3g}" for name, value in zip(self.strategies, self.intensities, strict=True))


class Mixes(NamedTuple):
    """The study of pairs, and what its conditions are, in its order."""

    study: Study
    pairs: list[Pair]


def mixes(curve: Study, there: Mapping[str, Ladders], sums: Sequence[float]) -> Mixes | None:
    """Every pair of strategies at half of each sum, as far as either can be had for that; None where there is none.

    curve: the study at the doses of a cost curve, of which `there` came. Portfolios are no part of a pair.
    """
    chosen = {name: curve.variation.world({"strategy": name}).strategy for name in curve.strategies}
    alone = [name for name, each in chosen.items() if name != BASELINE and not isinstance(each, Portfolio)]
    pairs = [
        Pair(scenario, sum_, both, (one.intensity, other.intensity))
        for scenario, (_, ladder) in there.items()
        for sum_ in sums
        for both in combinations(alone, 2)
        if (one := ladder[both[0]].at(sum_ / 2)) is not None and (other := ladder[both[1]].at(sum_ / 2)) is not None
    ]
    replicates = min(curve.size.replicates // 2, REPLICATES)
    if not pairs or replicates < 2:
        return None
    names = [f"{each.scenario}, {each.sum:g}: {each.holds}" for each in pairs]
    mixed = {name: _portfolio(chosen, each) for name, each in zip(names, pairs, strict=True)}
    variants = {**curve.variation.variants, "strategy": {**curve.variation.variants["strategy"], **mixed}}
    study = replace(
        curve,
        design="mixes",
        variation=replace(curve.variation, variants=variants),
        names=tuple(names),
        columns={"scenario": [each.scenario for each in pairs], "strategy": list(names)},
        across=("scenario",),
        size=curve.size.model_copy(update={"replicates": replicates}),
    )
    return Mixes(study, pairs)


def how_many(study: Study) -> int:
    """Runs of pairs at the sums of a comparison's cost curve, at most; none where it has no curve."""
    if study.curve is None:
        return 0
    strategies = len(study.strategies) - 1
    pairs = strategies * (strategies - 1) // 2
    return pairs * len(study.scenarios) * len(study.size.sums) * min(study.curve.size.replicates // 2, REPLICATES)


def _portfolio(chosen: Mapping[str, Any], pair: Pair) -> Portfolio:
    return Portfolio(
        members={name: chosen[name] for name in pair.strategies},
        parts={
            name: PartOf(intensity=value, start=0, end=0, ramp=0)
            for name, value in zip(pair.strategies, pair.intensities, strict=True)
        },
    )


def runs_by_place(dataset: Dataset, parts: Sequence[Part]) -> dict[int, pd.DataFrame]:
    """The runs of each condition, a row per replicate, by its place in the study. parts: of runs, whole."""
    places = dataset.conditions().select(["condition", "place"]).to_pandas().set_index("condition")["place"]
    return {int(places[at]): runs for at, runs in runs_of(dataset, parts).items() if places[at] != GONE}


def best_mixes(
    played: Mapping[int, pd.DataFrame], mixed: Mixes, there: Mapping[str, Ladders], sums: Sequence[float],
    smallest: float,
) -> pd.DataFrame:  # fmt: skip
    """Rows of a cost curve for the best mix at each sum: columns as in commonweal.analysis.cost_curve.COLUMNS.

    played: runs by place, as of runs_by_place. A pair at a sum lies, as a strategy alone does, on the line between what
    was played that costs less and more: two at once may cost more or less than both alone. It is held against doing
    nothing alone, and has no rank.
    """
    replicates = mixed.study.size.replicates
    rows: list[dict[str, Any]] = []
    for scenario, (nothing, alone) in there.items():
        some = nothing.loc[nothing.index < replicates, :]
        first = some.index < replicates // 2
        pairs = _ladders(scenario, mixed.pairs, played, some)
        for sum_ in sums:
            named = [pair for pair in mixed.pairs if (pair.scenario, pair.sum) == (scenario, sum_)]
            had = _had(sum_, alone, pairs, named)
            if not had:
                continue
            best = max(had, key=lambda name: _mean(had[name], some.loc[first, :]))
            none = dict.fromkeys(("prob_best", "rank", "best_communities", "intensity"), np.nan)
            place = {"scenario": scenario, "sum": sum_, "spend": had[best].spend, "holds": best}
            rows += [row | none | place for row in compared(some.loc[~first, :], {BEST_MIX: had[best].runs}, smallest)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _had(
    sum_: float, alone: Mapping[str, Ladder], pairs: Mapping[tuple[str, str], Ladder], named: Sequence[Pair]
) -> dict[str, Bought]:
    """What a sum buys, by what it holds: of strategies alone, and of the pairs that are named."""
    found = {name: each.at(sum_) for name, each in alone.items()}
    had = {f"{name} {each.intensity:.3g}": each for name, each in found.items() if each is not None}
    both = {pair.holds: pairs[pair.strategies].at(sum_) for pair in named if pair.strategies in pairs}
    return had | {holds: each for holds, each in both.items() if each is not None}


def _ladders(
    scenario: str, pairs: Sequence[Pair], played: Mapping[int, pd.DataFrame], nothing: pd.DataFrame
) -> dict[tuple[str, str], Ladder]:  # fmt: skip
    """Per pair what was played for each sum."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, pair in enumerate(pairs):
        if pair.scenario == scenario and place in played:
            found.setdefault(pair.strategies, []).append(place)
    return {
        both: Ladder(nothing, np.array([pairs[at].sum for at in places]), [played[at] for at in places])
        for both, places in found.items()
    }


def _mean(bought: Bought, nothing: pd.DataFrame) -> float:
    """By how much it does more in the communities of these runs; least where all of them failed."""
    more = bought.runs.reindex(nothing.index)[CHOSEN_BY].to_numpy(float) - nothing[CHOSEN_BY].to_numpy(float)
    known = more[~np.isnan(more)]
    return float(known.mean()) if len(known) else -np.inf
