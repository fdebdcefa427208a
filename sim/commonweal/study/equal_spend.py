"""Equal spend: each strategy once more, with its doses scaled so that all of a scenario spend the same."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow.dataset as ds

from commonweal.model.run import RUN_MEASURES, simulate
from commonweal.study.blocks import Work
from commonweal.study.conditions import INTENSITY
from commonweal.study.dataset import Dataset
from commonweal.study.parts import Part, Parts
from commonweal.study.study import Study

PILOT: Final = 40
"""replicates by which an intensity is found"""
LEAST: Final = 1e-3
"""the least intensity that is looked for, and how near the one that is looked for is found"""


TRIES: Final = 8
"""times that a pilot's runs are worth, to find an intensity: it is played five or six times, in small batches"""


class Search(NamedTuple):
    """An intensity that is looked for."""

    condition: int
    """of the study, by its place"""
    target: float
    """MU per leader and round that it is to spend"""
    name: str
    """of the part that keeps what is found"""


def searches(study: Study, spends: Mapping[int, float]) -> list[Search]:
    """What is looked for, given what conditions spend at full strength, by their places.

    The target is study.equal_spend, or the least that any strategy of the scenario spends; where none costs anything,
    there is nothing to look for.
    """
    found = []
    for at in study.second_wave:
        scenario = study.columns["scenario"][at]
        beside = [spend for other, spend in spends.items() if study.columns["scenario"][other] == scenario]
        costly = [spend for spend in beside if spend > 0]
        if at in spends and costly:
            target = min(costly) if study.equal_spend is None else study.equal_spend
            digest = hashlib.blake2b(f"{target!r} {pilot(study)}".encode(), digest_size=4).hexdigest()
            found.append(Search(at, target, f"{study.key(at)}.{digest}"))
    return found


def pilot(study: Study) -> int:
    """Replicates by which intensities are found: they are the same however many there are beyond them."""
    return min(PILOT, study.size.replicates)


def worth(study: Study) -> int:
    """Runs that are played to find one intensity, about."""
    return TRIES * pilot(study)


def work_of(study: Study) -> int:
    """Runs that a study comes to, those included by which intensities are found."""
    second = len(study.second_wave)
    return (len(study.names) + second) * study.size.replicates + second * worth(study)


def spends_of(study: Study, dataset: Dataset, parts: Sequence[Part], numbers: Sequence[int]) -> dict[int, float]:
    """What each condition of the second wave spends at full strength on the mean, by its place: over the pilot.

    parts: those of runs, whole. numbers: per condition of the study its number. One that failed is left out.
    """
    few = ds.field("replicate") < pilot(study)
    table = dataset.runs(parts).to_table(columns=["condition", "replicate", "spend"], filter=few).to_pandas()
    by_number = dict(iter(table.sort_values("replicate").groupby("condition")["spend"]))
    found = {}
    for place in study.second_wave:
        spends = by_number[numbers[place]].to_numpy() if numbers[place] in by_number else np.array([np.nan])
        if not np.isnan(spends).any():
            found[place] = float(spends.mean())
    return found


def find_intensity(work: Work, changes: Mapping[str, Any], target: float, replicates: int) -> float:
    """The intensity at which a strategy spends `target` MU per leader and round on the mean, 1 where it never does.

    By bisection's safe successor (Brent 1973) under the same luck, to one part in a thousand of the intensity. What is
    less than a strategy costs as soon as any of it is done, its fixed part, buys none of it: 0.
    """
    from scipy.optimize import brentq  # here, because it takes a quarter of a second to import

    spend = list(RUN_MEASURES).index("spend")

    def excess(intensity: float) -> float:
        world = work.variation.world({**changes, INTENSITY: intensity})
        runs = simulate(world, work.seed, range(replicates), work.rounds, work.own).runs
        return float(runs[:, spend].mean()) - target

    if excess(1.0) <= 0.0:
        return 1.0
    if excess(LEAST) >= 0.0:
        return 0.0
    return float(brentq(excess, LEAST, 1.0, xtol=LEAST))  # pyright: ignore[reportArgumentType]


class Intensities:
    """Those that were found, in a folder: a part for each."""

    def __init__(self, dataset: Dataset) -> None:
        self._parts = Parts(dataset.folder / "searches", dataset.identity, ".json")
        found = {name: self._parts.read(part) for name, part in self._parts.listed().items()}
        self._known = {name: float(json.loads(content)) for name, content in found.items() if content is not None}

    def __contains__(self, search: Search) -> bool:
        """Whether it was found before, and is what was written."""
        return search.name in self._known

    def __getitem__(self, search: Search) -> float:
        return self._known[search.name]

    def keep(self, search: Search, intensity: float) -> None:
        """Keep one. Raises OSError."""
        self._parts.write(search.name, json.dumps(intensity).encode())
        self._known[search.name] = intensity
