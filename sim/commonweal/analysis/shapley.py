"""Shapley values: which mechanisms carry a strategy's effect, each by what it adds in whatever order they are on.

Shapley (1953), A value for n-person games; of sampled orders: Castro, Gomez & Tejada (2009), Computers & Operations
Research 36:1726-1730, each order with its reverse (Mitchell et al. 2022).
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from scipy import special

from commonweal.errors import InputError
from commonweal.study.conditions import GONE
from commonweal.study.dataset import Dataset
from commonweal.study.orders import Orders
from commonweal.study.parts import Part
from commonweal.study.study import Study

COLUMNS: Final = {
    "scenario": "",
    "strategy": "",
    "measure": "",
    "mechanism": "a row of conf/design/ablation.yaml; `none of these`: what is left with all of them off; `all`: the "
    "whole effect",
    "carries": "what of the strategy's effect the mechanism carries, in the measure's unit; they sum to the whole",
    "low": "lower end of its 95 % interval, over luck and over the orders that were played",
    "high": "upper end",
    "share": "of the whole effect",
}
NONE, ALL = "none of these", "all"
MEANINGS: Final = {
    "talk": "talk about what people want",
    "pledges": "pledges that are believed",
    "ties": "ties that form and fade",
    "common_pull": "coming to want what is common",
    "amendments": "agendas amended until they are accepted",
    "misalignment": "giving less to an agenda not one's own",
    "incentives": "answering to what giving pays",
    "example": "following those who give first",
    "crowding": "motives that incentives crowd out or in",
    "erosion": "people who give up, or are won back",
    "trust": "trust that follows deeds",
    "noise": "errors",
    "success": "joint success that motivates",
    "commitment": "a public word that binds",
    "trust_in_choice": "giving more readily to those one trusts",
    "deterrence": "fear of fines",
    "provision": "effort towards a provision point",
    "disposition": "trust that people bring along",
    "betrayal": "broken words that cost trust",
    "premium": "trust that comes of meeting",
    "capacity": "attention that is limited",
}
"""what each mechanism of conf/design/ablation.yaml is, in the words of a council"""


def carried(dataset: Dataset, parts: Sequence[Part], study: Study, orders: Orders, measure: str) -> pd.DataFrame:
    """What each mechanism carries of each strategy's effect, in every scenario: columns as in COLUMNS.

    study: as commonweal.configuration.why.explained makes it. parts: of runs, whole. Replicates in which any run
    failed, or the measure is not defined, are left out. Raises InputError where there are none.
    """
    conditions = dataset.conditions().to_pandas().sort_values("place")
    conditions = conditions[conditions["place"] != GONE]
    runs = dataset.runs(parts).to_table(columns=["condition", "replicate", measure]).to_pandas()
    values = runs.pivot(index="condition", columns="replicate", values=measure).reindex(conditions["condition"])
    cube = values.to_numpy().reshape(len(study.scenarios) if "scenario" in study.columns else 1, -1, len(orders.sets),
                                     values.shape[1])  # fmt: skip
    frames = []
    for scenario, there in zip(dict.fromkeys(study.columns["scenario"]), cube, strict=True):
        there = there[..., ~np.isnan(there).any(axis=(0, 1))]
        if not there.shape[-1]:
            raise InputError(f"{measure} is defined in no replicate with every set of mechanisms; ask for another")
        for at, strategy in enumerate(study.strategies[1:], 1):
            effects = dict(zip(orders.sets, there[at] - there[0], strict=True))
            frames.append(shapley(effects, orders.orders).assign(scenario=scenario, strategy=strategy))
    return pd.concat(frames, ignore_index=True).assign(measure=measure).loc[:, list(COLUMNS)]


def shapley(effects: Mapping[frozenset[str], np.ndarray], orders: Sequence[Sequence[str]]) -> pd.DataFrame:
    """What each mechanism carries of an effect: a row each, then what is left without any, then the whole.

    effects: per set of mechanisms that are on, as of Orders.sets, (replicates,) what a strategy changes beside doing
    nothing. Within each replicate the values sum to the whole. An interval is Student's, its variance that over
    replicates plus that over pairs of orders.
    """
    names = sorted(orders[0], key=list(orders[0]).index)
    steps = np.empty((len(names), len(orders), len(next(iter(effects.values())))))
    for number, order in enumerate(orders):
        before = frozenset[str]()
        for name in order:
            after = before | {name}
            steps[names.index(name), number] = effects[after] - effects[before]
            before = after
    none, whole = effects[frozenset()], effects[frozenset(names)]
    rows = [_row(name, steps[at]) for at, name in enumerate(names)]
    rows += [_row(NONE, none[None]), _row(ALL, whole[None])]
    frame = pd.DataFrame(rows, columns=["mechanism", "carries", "low", "high"])
    total = float(whole.mean())
    return frame.assign(share=frame["carries"] / total if total else np.nan)


def _row(name: str, steps: np.ndarray) -> tuple[str, float, float, float]:
    """steps: (orders, replicates), every second order the reverse of the one before."""
    mean, replicates = float(steps.mean()), steps.shape[1]
    pairs = steps.mean(axis=1).reshape(-1, 2).mean(axis=1) if len(steps) > 1 else np.array([mean])
    variance = steps.mean(axis=0).var(ddof=1) / replicates if replicates > 1 else np.nan
    variance += pairs.var(ddof=1) / len(pairs) if len(pairs) > 1 else 0.0
    least = min(replicates, len(pairs) if len(pairs) > 1 else replicates)
    half = float(special.stdtrit(max(least - 1, 1), 0.975) * np.sqrt(variance))
    return name, mean, mean - half, mean + half


def when(rounds: pd.DataFrame, baseline: str, measure: str) -> pd.DataFrame:
    """Per scenario and strategy what share of the effect comes in the first, the middle and the last third of a run.

    rounds: of a comparison, at full strength; the mean over replicates of each round. Shares are nan where the whole is
    0, and beyond 0 to 1 where a third does the opposite of the whole.
    """
    there = rounds.loc[(rounds["measure"] == measure) & rounds["basis"].isin(["baseline", "full strength"]), :]
    rows = []
    for scenario, some in there.groupby("scenario", sort=False):
        mean = some.pivot(index="round", columns="strategy", values="mean")
        for strategy in [name for name in dict.fromkeys(some["strategy"]) if name != baseline]:
            change = (mean[strategy] - mean[baseline]).to_numpy(float)
            parts = [float(each.sum()) for each in np.array_split(change, 3)]
            shares = [part / sum(parts) if sum(parts) else np.nan for part in parts]
            rows.append((scenario, strategy, *shares))
    return pd.DataFrame(rows, columns=["scenario", "strategy", "first", "middle", "last"])
