"""Worlds: what strategies change in each world of an ensemble, and in how many of them each is best."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.analysis.had import had_in_worlds
from commonweal.model.measures import HEADLINES
from commonweal.model.run import RUN_MEASURES
from commonweal.study.conditions import BASELINE, INTENSITY, WORLD
from commonweal.study.dataset import Dataset
from commonweal.study.draw import Draw
from commonweal.study.parts import Part

COLUMNS: Final = {
    "scenario": "",
    "basis": "full strength, or equal spend: read between the doses that were played, by straight lines",
    "strategy": "",
    "measure": "a headline measure",
    "world": "number of the draw",
    "weight": "how likely the world is beside the others; they sum to 1",
    "effect": "mean paired difference from doing nothing, in the measure's unit",
    "spend": "MU per leader and round",
    "rank": "rank among the strategies and doing nothing by mean, 1 best; ties share the better rank",
}
"""a row per scenario, basis, strategy, headline measure and world"""
SHARES: Final = ("scenario", "basis", "strategy", "measure")


WITHIN: Final = (0.025, 0.975)
"""shares of the worlds between which the range of an effect lies"""


class Worlds(NamedTuple):
    """What came of an ensemble."""

    effects: pd.DataFrame
    """columns as in COLUMNS"""
    best: pd.Series
    """the weight of the worlds in which a strategy is best, by SHARES; ties are shared, doing nothing may be best"""


def of_worlds(manifest: Mapping[str, Any]) -> str:
    """What the worlds of a comparison are, in a sentence."""
    about = manifest["beside"]["ensemble"]
    return (
        f"{about['worlds']:,} worlds ({about['kind']}: {len(about['drawn'])} numbers differ), {about['replicates']:,} "
        "replicates each, under the same luck."
    )


def over_worlds(
    dataset: Dataset, parts: Sequence[Part], draws: Sequence[Draw], equal_spend: float | None
) -> Worlds:  # fmt: skip
    """What strategies change in each world.

    parts: of runs, which somebody has checked. equal_spend: MU per leader and round; None for the least that any
    strategy of the scenario spends in full in that world. Runs that failed are left out; so is a world in which all
    of something did.
    """
    means, doses, scenarios, strategies = _means(dataset, parts)
    weight = np.array([each.weight for each in draws])
    measures = list(RUN_MEASURES)
    better = np.array([RUN_MEASURES[name].better for name in measures])
    spend = measures.index("spend")
    rows, best = [], {}
    for scenario in scenarios:
        there = np.stack([_cells(means, scenario, name, doses, len(draws)) for name in strategies])
        nothing = _cells(means, scenario, BASELINE, [0.0], len(draws))[0]
        change, spends = there - nothing, there[..., spend]
        least = np.where(spends[:, -1] > 0, spends[:, -1], np.inf).min(axis=0)
        target = np.full(len(draws), equal_spend) if equal_spend is not None else np.where(np.isinf(least), 0.0, least)
        for basis, effect, cost in (
            ("full strength", change[:, -1], spends[:, -1]),
            ("equal spend", *between(change, spends, doses, target)),
        ):
            place = {"scenario": scenario, "basis": basis}
            whole = ~np.isnan(effect).all(axis=2).any(axis=0)
            share, rank = _ranked(effect * better, weight * whole)
            for at, name in enumerate(strategies):
                for number, measure in enumerate(measures):
                    if better[number]:
                        best[(*place.values(), name, measure)] = share[at, number]
                    if measure in HEADLINES:
                        rows.append(pd.DataFrame(place | {
                            "strategy": name, "measure": measure, "world": np.arange(len(draws)),
                            "weight": weight / weight.sum(), "effect": effect[at, :, number], "spend": cost[at],
                            "rank": rank[at, :, number],
                        }))  # fmt: skip
    index = pd.MultiIndex.from_tuples(list(best), names=list(SHARES))
    table = pd.concat(rows, ignore_index=True).dropna(subset="effect")
    return Worlds(table.loc[:, list(COLUMNS)], pd.Series(list(best.values()), index=index, name="best_worlds"))


def spread(worlds: pd.DataFrame | None, measure: str, by: Sequence[str]) -> dict[tuple[str, ...], tuple[float, float]]:
    """Between which effects on a measure 95 % of the worlds lie, by some of COLUMNS; the weight of worlds counts.

    worlds: columns as in COLUMNS. Worlds in which a strategy cannot be had say nothing of it. Empty where it is None or
    holds nothing on the measure.
    """
    if worlds is None:
        return {}
    rows = worlds.loc[had_in_worlds(worlds) & (worlds["measure"] == measure), :]
    found = {}
    for key, each in rows.groupby(list(by), sort=False):
        low, high = np.quantile(each["effect"], WITHIN, weights=each["weight"], method="inverted_cdf")
        found[key] = float(low), float(high)
    return found


def between(
    change: np.ndarray, spends: np.ndarray, doses: Sequence[float], target: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """What strategies change at a spend, and what they spend, by straight lines between doses.

    change: (strategies, doses, worlds, measures); spends: (strategies, doses, worlds), rising with the dose; target:
    (worlds,). The line of the first two doses, gone back to no dose, says what a strategy costs as soon as any of it is
    done: less than that buys none of it. One that never spends so much is taken at its full strength. Returns
    (strategies, worlds, measures) and (strategies, worlds).
    """
    fixed = fixed_part(np.moveaxis(spends[:, :2], 1, 0), doses)
    change = np.concatenate([np.zeros_like(change[:, :1]), change], axis=1)
    spends = np.maximum.accumulate(np.concatenate([fixed[:, None], spends], axis=1), axis=1)
    above = np.clip((spends < target).sum(axis=1), 1, spends.shape[1] - 1)
    low, high = (np.take_along_axis(spends, at[:, None], axis=1)[:, 0] for at in (above - 1, above))
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(high > low, np.clip((target - low) / (high - low), 0.0, 1.0), 1.0)
    from_, to = (np.take_along_axis(change, at[:, None, :, None], axis=1)[:, 0] for at in (above - 1, above))
    spent = np.where((target < fixed) & (fixed > 0.0), 0.0, low + part * (high - low))
    return from_ + part[..., None] * (to - from_), spent


def fixed_part(spends: np.ndarray, doses: Sequence[float] | np.ndarray) -> np.ndarray:
    """What a strategy costs as soon as any of it is done: the line of its two least doses, gone back to no dose.

    spends: (2, ...), at the first two doses, or (1, ...) of a strategy that has one dose, which has no fixed part.
    """
    if len(spends) < 2:
        return np.zeros_like(spends[0])
    back = spends[0] - doses[0] * (spends[1] - spends[0]) / (doses[1] - doses[0])
    return np.clip(back, 0.0, spends[0])


def _means(dataset: Dataset, parts: Sequence[Part]) -> tuple[pd.DataFrame, list[float], list[str], list[str]]:
    """Per scenario, strategy, dose and world the mean of each measure over replicates.

    And the doses, rising; the scenarios; the strategies but doing nothing, both in the order of the study.
    """
    about = dataset.conditions().select(["condition", "scenario", "strategy", INTENSITY, WORLD]).to_pandas()
    about[INTENSITY] = about[INTENSITY].fillna(0.0)
    runs = dataset.runs(parts).to_table(columns=["condition", "replicate", *RUN_MEASURES]).to_pandas()
    runs = runs.sort_values(["condition", "replicate"], ignore_index=True).drop(columns="replicate")
    means = about.set_index("condition").join(runs.groupby("condition").mean())
    doses = sorted(each for each in means[INTENSITY].unique() if each > 0)
    scenarios, strategies = (list(dict.fromkeys(about[name])) for name in ("scenario", "strategy"))
    strategies.remove(BASELINE)
    return means.set_index(["scenario", "strategy", INTENSITY, WORLD]).sort_index(), doses, scenarios, strategies


def _cells(means: pd.DataFrame, scenario: str, strategy: str, doses: list[float], worlds: int) -> np.ndarray:
    """(doses, worlds, measures) of one strategy in one scenario."""
    index = pd.MultiIndex.from_product([[scenario], [strategy], doses, range(worlds)], names=means.index.names)
    return means.reindex(index).to_numpy().reshape(len(doses), worlds, -1)


def draws_table(draws: Sequence[Draw]) -> pd.DataFrame:
    """A row per world: its number, its weight, and under the name of each assumption what it has."""
    values = pd.DataFrame([dict(each.values) for each in draws])
    weight = np.array([each.weight for each in draws])
    return pd.concat([pd.DataFrame({WORLD: range(len(draws)), "weight": weight / weight.sum()}), values], axis=1)


def _ranked(effect: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Per strategy and measure the weight of worlds in which it is best; and its rank in each world.

    effect: (strategies, worlds, measures), more is better; nan counts as worst. Doing nothing, 0, is among them.
    Returns (strategies, measures) and (strategies, worlds, measures).
    """
    every = np.where(np.isnan(effect), -np.inf, effect)
    every = np.concatenate([every, np.zeros_like(every[:1])])
    top = every == every.max(axis=0)
    share = ((top / top.sum(axis=0)) * weight[:, None]).sum(axis=1) / weight.sum()
    rank = 1 + (every[:, None] < every[None]).sum(axis=1)
    return share[:-1], rank[:-1]
