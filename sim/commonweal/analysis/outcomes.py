"""Outcomes: the runs of a study by condition and replicate, one measure at a time, for analyses of any design.

Conditions are in the design's order; those of a comparison's second wave, at equal spend, are not among them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow.dataset as ds

from commonweal.advice import command
from commonweal.errors import InputError
from commonweal.model.params import nearest
from commonweal.model.run import RUN_MEASURES
from commonweal.study.blocks import Block
from commonweal.study.conditions import BASELINE, GONE, name_part
from commonweal.study.dataset import open_study
from commonweal.study.parts import Part
from commonweal.study.progress import open_whole, verified
from commonweal.units import WORKING_MONTH

START: Final = "_start"
"""ends the columns that say when a strategy begins"""
FAILED: Final = ds.field("status") == "failed"
STRETCH: Final = 1_000_000
"""runs of a measure that are held at once where replicates are gone through stretch by stretch; 8 MB"""
EVERYWHERE: Final = "everywhere"
"""stands for the mean over the values of `across`"""


def endowment(manifest: Mapping[str, Any]) -> float:
    """MU per round of a leader on the mean, whose month they are; nan where it is not known.

    Results of before have that of the configuration, which a roster may not have.
    """
    people = (manifest.get("config") or {}).get("people") or {}
    return float(manifest.get("endowment") or people.get("endowment") or "nan")


class Outcomes:
    """What runs came to, checked to the byte, in groups within which conditions are compared."""

    def __init__(self, folder: Path | str, whole: bool = False) -> None:
        """Raises InputError where the folder holds no study, or one that was altered.

        whole: whether everything must have been played; else conditions without runs are left out.
        """
        self.dataset, self.manifest = open_whole(Path(folder)) if whole else open_study(folder)
        self.folder = self.dataset.folder
        state = verified(self.dataset, self.manifest)
        self._blocks = [*zip(state.done, state.parts["runs"], strict=True)]
        self._read: dict[str, np.ndarray] = {}
        self._means: dict[str, np.ndarray] = {}
        table = self.dataset.conditions()
        frame: pd.DataFrame = table.to_pandas().sort_values("place")
        every = np.asarray(frame["condition"], np.int64)
        self._live = every[np.asarray(frame["place"] != GONE)]
        first_wave = frame["basis"] != "equal spend" if "basis" in frame else frame["place"] != GONE
        self.conditions = pd.DataFrame(frame[(frame["place"] != GONE) & first_wave]).reset_index(drop=True)
        self._row = np.full(int(every.max()) + 1, -1, np.int64)
        """by number of a condition its row; -1 where it is not of the first wave"""
        self._row[np.asarray(self.conditions["condition"])] = np.arange(len(self.conditions))
        self.across: list[str] = self.manifest["across"]
        fields = [table.schema.field(name) for name in table.column_names]
        paths = {each.name: (each.metadata or {}).get(b"path", b"").decode() for each in fields}
        self.paths = {name: path for name, path in paths.items() if path and name not in self.across}
        """per column of conditions.parquet that is varied the path of its parameter"""
        self.factors = list(self.paths)
        groups, played = self._groups(paths), self._played()
        self.groups = {name: rows for name, rows in groups.items() if played[rows].all()}
        """per value of `across` the rows of its conditions"""
        self.left_out = [name for name in groups if name not in self.groups]
        """values of `across` some of whose conditions have not been played yet"""
        if not self.groups:
            what = "no runs yet" if not played.any() else "conditions that have not been played yet"
            raise InputError(f"{self.folder} has {what}; {command('resume', self.folder)} plays them")

    def _groups(self, paths: dict[str, str]) -> dict[str, np.ndarray]:
        """Per value of `across` the rows of its conditions, in the same order in each."""
        if not self.across:
            varied = any(path == "scenario" for path in self.paths.values())
            chosen = self.manifest.get("chosen", {}).get("scenario", EVERYWHERE)
            return {EVERYWHERE if varied else chosen: np.arange(len(self.conditions))}
        written = [self.conditions[name].map(partial(name_part, paths[name])) for name in self.across]
        key = pd.concat(written, axis=1).agg(", ".join, axis=1)
        return {str(name): np.flatnonzero(key == name) for name in dict.fromkeys(key)}

    def _played(self) -> np.ndarray:
        """(conditions,) whether there are runs, in the order of the design."""
        played = np.zeros(len(self.conditions), bool)
        for block, _ in self._blocks:
            played[self._rows(block)[1]] = True
        return played

    def failed(self) -> int:
        """Runs that came to nothing."""
        parts = [part for _, part in self._blocks if part.failed]
        if not parts:
            return 0
        rows = self.dataset.runs(parts).to_table(columns=["condition"], filter=FAILED)["condition"].to_numpy()
        return int(np.isin(rows, self._live).sum())

    @property
    def replicates(self) -> int:
        """The most that any condition has."""
        return max(block.last_replicate for block, _ in self._blocks)

    def _rows(self, block: Block) -> tuple[np.ndarray, np.ndarray]:
        """Which of a block's conditions are of the first wave, and their rows in the order of the design."""
        row = self._row[block.first : block.last]
        return row >= 0, row[row >= 0]

    def _each(self, measure: str, blocks: Iterable[tuple[Block, Part]]) -> Iterator[tuple[Block, np.ndarray]]:
        """Block by block the values of a measure, (conditions, replicates)."""
        for block, part in blocks:
            column = self.dataset.runs([part]).to_table(columns=[measure])[measure].to_numpy()
            yield block, column.reshape(block.last - block.first, -1)

    def means(self, measure: str) -> np.ndarray:
        """(conditions,) means over replicates, of those that have a value; nan where none has.

        Takes no more memory however many runs there are.
        """
        if measure in self._read:
            return means(self._read[measure])
        if measure not in self._means:
            total, count = np.zeros(len(self.conditions)), np.zeros(len(self.conditions))
            for block, values in self._each(_known(measure), self._blocks):
                mine, rows = self._rows(block)
                there = ~np.isnan(values[mine])
                total[rows] += np.where(there, values[mine], 0.0).sum(axis=1)
                count[rows] += there.sum(axis=1)
            self._means[measure] = total / np.where(count, count, np.nan)
        return self._means[measure]

    def means_of(self, measure: str, rows: np.ndarray | None) -> np.ndarray:
        """The means of a group's conditions; for None those of the mean over groups, replicate by replicate."""
        return self.means(measure)[rows] if rows is not None else means(self.of(self.values(measure), None))

    def values(self, measure: str) -> np.ndarray:
        """(conditions, replicates) of a measure in the order of the design; nan where it is missing or undefined."""
        if measure not in self._read:
            self._read[measure] = self._values(_known(measure))
        return self._read[measure]

    def _values(self, measure: str) -> np.ndarray:
        whole = np.full((len(self.conditions), self.replicates), np.nan)
        for block, values in self._each(measure, self._blocks):
            mine, rows = self._rows(block)
            whole[rows, block.first_replicate : block.last_replicate] = values[mine]
        return whole

    def stretches(self, measure: str) -> Iterator[np.ndarray]:
        """The same, some replicates after the others, so that no more than STRETCH values are held at once."""
        wide = max(1, STRETCH // len(self.conditions))
        if self.replicates <= wide:
            yield self.values(measure)
            return
        for first in range(0, self.replicates, wide):
            last = min(first + wide, self.replicates)
            whole = np.full((len(self.conditions), last - first), np.nan)
            here = [each for each in self._blocks if each[0].first_replicate < last and each[0].last_replicate > first]
            for block, values in self._each(_known(measure), here):
                mine, rows = self._rows(block)
                begin, end = max(first, block.first_replicate), min(last, block.last_replicate)
                inside = slice(begin - block.first_replicate, end - block.first_replicate)
                whole[rows, begin - first : end - first] = values[mine, inside]
            yield whole

    def costs(self) -> tuple[np.ndarray, np.ndarray]:
        """(conditions,) money in MU per leader and round, and hours of a leader per round, on the mean."""
        money = self.means("money")
        time = self.means("spend") - money
        return money, time / endowment(self.manifest) * WORKING_MONTH

    def spend_of(self, name: str) -> dict[str, float]:
        """What a choice spends per group, and on the mean over several: MU per leader and round."""
        at, spend = self.choices().index(name), self.means("spend")
        found = {group: float(spend[rows][at]) for group, rows in self.groups.items()}
        return ({EVERYWHERE: float(np.mean(list(found.values())))} if len(found) > 1 else {}) | found

    def first_group(self) -> pd.DataFrame:
        """The conditions of one group; those of the others differ from them in what `across` says only."""
        return self.conditions.iloc[next(iter(self.groups.values()))]

    def starts(self) -> pd.DataFrame:
        """Per condition of a group the round in which each strategy begins, as far as that is varied."""
        return self.first_group().filter(regex=f"{START}$").rename(columns=lambda name: name.removesuffix(START))

    def choices(self) -> list[str]:
        """What the conditions of a group are called, without the group; a mix of no strategies is the baseline."""
        name, rows = next(iter(self.groups.items()))
        group = name.replace(", ", " + ")
        called = self.conditions["name"].iloc[rows]
        return [BASELINE if each == group else each.removeprefix(f"{group} + ") for each in called]

    def by_group(self, table: Callable[[np.ndarray | None], pd.DataFrame]) -> pd.DataFrame:
        """A table per group, and before them, for rows None, one of the mean over several; `across` says which."""
        frames = [table(rows).assign(across=name) for name, rows in self.groups.items()]
        if len(self.groups) > 1:
            frames.insert(0, table(None).assign(across=EVERYWHERE))
        whole = pd.concat(frames, ignore_index=True)
        whole.insert(0, "across", whole.pop("across"))
        return whole

    def of(self, values: np.ndarray, rows: np.ndarray | None) -> np.ndarray:
        """The values of a group's conditions; of None the mean over groups."""
        return values[rows] if rows is not None else np.mean([values[each] for each in self.groups.values()], axis=0)

    def in_full(self, values: np.ndarray, rows: np.ndarray | None) -> np.ndarray:
        """The same in those replicates in which every condition has a value. Raises InputError where there are none."""
        return next(self._in_full([values], rows))

    def stretches_in_full(self, measure: str, rows: np.ndarray | None) -> Iterator[np.ndarray]:
        """The same of a measure, stretch by stretch."""
        return self._in_full(self.stretches(measure), rows)

    def _in_full(self, stretches: Iterable[np.ndarray], rows: np.ndarray | None) -> Iterator[np.ndarray]:
        gaps, found = np.True_, False
        for values in stretches:
            some = self.of(values, rows)
            there = ~np.isnan(some).any(axis=0)
            gaps = gaps & np.isnan(some).all(axis=1)
            if there.any():
                found = True
                yield some[:, there]
        if not found:
            odd = self.choices()[int(gaps.argmax())] if gaps.any() else None
            why = f"{odd} has none" if odd else "each condition has others"
            raise InputError(
                f"{self.folder} has no replicate in which every condition came to a value ({why}); "
                f"{command('status', self.folder)} says what is missing or failed"
            )


def _known(measure: str) -> str:
    """A measure, if there is one of that name. Raises InputError."""
    if measure not in RUN_MEASURES:
        raise InputError(f"{measure} is no measure of a run; {nearest(measure, list(RUN_MEASURES))}")
    return measure


def means(values: np.ndarray) -> np.ndarray:
    """(conditions,) means over replicates, of those that have a value; nan where none has."""
    there = ~np.isnan(values)
    count = there.sum(axis=1)
    return np.where(there, values, 0.0).sum(axis=1) / np.where(count, count, np.nan)
