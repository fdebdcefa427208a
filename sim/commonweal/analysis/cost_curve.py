"""Cost curve: what each strategy brings for a sum of money, read between the doses at which it was played."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.analysis import effects
from commonweal.analysis.worlds import fixed_part
from commonweal.model.run import RUN_MEASURES
from commonweal.study.conditions import BASELINE, INTENSITY
from commonweal.study.dataset import Dataset
from commonweal.study.parts import Part

COLUMNS: Final = {"scenario": "", "sum": "MU per leader and round that may be spent"} | {
    name: meaning for name, meaning in effects.COLUMNS.items() if name not in ("scenario", "basis", "best_worlds")
} | {"holds": "of best_mix, which strategies it is of, each with the factor on its doses"}  # fmt: skip
"""a row per scenario, sum, strategy and measure; strategies that cannot be had for the sum have none, and one that
costs less in full is taken at full strength; best_mix is one strategy or two, as commonweal.analysis.best_mix has it"""


def curves(ladders: "Mapping[str, Ladders]", sums: Sequence[float], smallest: float) -> pd.DataFrame:
    """What strategies bring for each sum, as paired differences from doing nothing with intervals.

    A run at a sum lies on the line between the same replicate's runs at the two doses that cost less and more on the
    mean. smallest: as of commonweal.analysis.effects.effects.
    """
    rows: list[dict[str, Any]] = []
    for scenario, (nothing, each) in ladders.items():
        for sum_ in sums:
            had = {name: found for name, ladder in each.items() if (found := ladder.at(sum_)) is not None}
            place = {"scenario": scenario, "sum": sum_, "holds": ""}
            for row in compared(nothing, {name: bought.runs for name, bought in had.items()}, smallest):
                bought = had[row["strategy"]]
                rows.append(row | place | {"spend": bought.spend, "intensity": bought.intensity})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def compared(nothing: pd.DataFrame, had: "Mapping[str, pd.DataFrame]", smallest: float) -> Iterator[dict[str, Any]]:
    """Rows of commonweal.analysis.effects.compare, for every measure of a run, with its name."""
    for measure in RUN_MEASURES:
        values = {name: each[measure].reindex(nothing.index).to_numpy() for name, each in had.items()}
        better = RUN_MEASURES[measure].better
        for row in effects.compare(values, nothing[measure].to_numpy(), better, smallest):
            yield row | {"measure": measure}


class Bought(NamedTuple):
    """What a sum buys of a strategy."""

    runs: pd.DataFrame
    spend: float
    intensity: float


class Ladders(NamedTuple):
    """What was played in one scenario."""

    nothing: pd.DataFrame
    """runs of doing nothing, by replicate"""
    of: "dict[str, Ladder]"
    """per strategy"""


def ladders(dataset: Dataset, parts: Sequence[Part]) -> dict[str, Ladders]:
    """Per scenario what was played at the doses of a cost curve. parts: of runs, whole. Failed runs are left out."""
    about = dataset.conditions().select(["condition", "scenario", "strategy", INTENSITY]).to_pandas()
    of = runs_of(dataset, parts)
    found = {}
    for scenario, there in about.groupby("scenario", sort=False):
        nothing = of[int(there.loc[there["strategy"] == BASELINE, "condition"].iloc[0])]
        each = {
            str(name): Ladder(nothing, one[INTENSITY].to_numpy(), [of[int(number)] for number in one["condition"]])
            for name, one in there[there["strategy"] != BASELINE].groupby("strategy", sort=False)
        }
        found[str(scenario)] = Ladders(nothing, each)
    return found


def runs_of(dataset: Dataset, parts: Sequence[Part]) -> dict[int, pd.DataFrame]:
    """Per number of a condition its runs, a row per replicate."""
    runs = dataset.runs(parts).to_table(columns=["condition", "replicate", *RUN_MEASURES]).to_pandas()
    return {
        int(str(number)): each.set_index("replicate").drop(columns="condition").sort_index()
        for number, each in runs.groupby("condition")
    }


class Ladder:
    """The runs of one strategy in one scenario: none of it, which costs its fixed part, and each of its doses."""

    def __init__(self, nothing: pd.DataFrame, doses: np.ndarray, runs: list[pd.DataFrame]) -> None:
        order = np.argsort(doses)
        spends = np.maximum.accumulate([runs[at]["spend"].mean() for at in order])
        fixed = fixed_part(spends[:2], doses[order])
        self.doses, self.spends = np.array([0.0, *doses[order]]), np.array([float(fixed), *spends])
        self.runs = [nothing, *(runs[at] for at in order)]

    def at(self, sum_: float) -> Bought | None:
        """What a sum buys; None where it is less than the fixed part."""
        if sum_ >= self.spends[-1]:
            return Bought(self.runs[-1], float(self.spends[-1]), float(self.doses[-1]))
        above = int(np.searchsorted(self.spends, sum_, side="right"))
        if above == 0:
            return None
        low, high = self.spends[above - 1], self.spends[above]
        part = (sum_ - low) / (high - low)
        intensity = self.doses[above - 1] + part * (self.doses[above] - self.doses[above - 1])
        return Bought((1.0 - part) * self.runs[above - 1] + part * self.runs[above], sum_, float(intensity))
