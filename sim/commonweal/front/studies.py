"""Studies as the front door plays and reads them: all it knows of how they are asked for, kept and analysed."""

import hashlib
import json
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from commonweal.analysis.against import MOST_BESIDE, against
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.results import Results, load, run_study
from commonweal.configuration.beside import at_doses
from commonweal.configuration.design import distinct, names_of
from commonweal.configuration.request import Request
from commonweal.errors import InputError
from commonweal.model.run import RUN_MEASURES, Own
from commonweal.model.strategies.strategy import Strategy
from commonweal.model.world import World
from commonweal.study.conditions import INTENSITY, WORLD
from commonweal.study.study import Study

Notify = Callable[[str, int, int], None]
LEVEL: Final = ("effect", "low", "high", "mean", "baseline")
"""columns of effects in the measure's own unit"""
UNITS: Final = {"spend": "MU per leader and round", "intensity": "factor", "n": "replicates", "prob_best": "share"}


def world_of(request: Request) -> World:
    """The one world that is asked for, under its strategy. Raises InputError where there are several."""
    study = request.study
    if study.baseline is None or len(study.names) > 2:
        raise InputError("a model is of one strategy in one scenario; leave out experiment and design")
    return study.world(len(study.names) - 1)


def with_own(request: Request, strategies: dict[str, Strategy], leaders: Own | None) -> Request:
    """A study with strategies and leaders of the user's own besides. It is played in this very process then."""
    if not strategies and leaders is None:
        return request
    study = replace(_with_strategies(request.study, strategies), own=leaders, command=())
    return request._replace(study=study, options=request.options.model_copy(update={"workers": 1}))


def _with_strategies(study: Study, own: dict[str, Strategy]) -> Study:
    """A comparison that holds these too, in each of its scenarios."""
    if not own:
        return study
    strategies = [*study.strategies, *own]
    variants = {**study.variation.variants, "strategy": {**study.variation.variants["strategy"], **own}}
    columns = {
        "scenario": [scenario for scenario in study.scenarios for _ in strategies],
        "strategy": strategies * len(study.scenarios),
    }
    variation = replace(study.variation, variants=variants)
    found = replace(study, variation=variation, columns=columns, names=distinct(names_of(columns)))
    others = {}
    for name, other in study.beside.items():
        doses = sorted({each for each in other.columns[INTENSITY] if each is not None})
        others[name] = at_doses(found, other.design, other.variation.draws, doses, other.size.replicates)
    return replace(found, beside=others)


def play(request: Request, folder: Path, notify: Notify) -> None:
    """Play what a folder lacks. Runs that failed are warned of. Raises InputError."""
    options = request.options
    with request.place.open() as place:
        results = run_study(
            request.study, folder, workers=options.workers, place=place, shards=options.shards, shard=options.shard,
            fresh=options.fresh, notify=notify,
        )  # fmt: skip
    if errors := results.manifest.get("failed"):
        first = next(iter(errors.values()))
        warnings.warn(f"some runs failed and are left out; the first said: {first}", stacklevel=5)


def folder_of(request: Request) -> Path:
    """out=, or a folder that goes when Python ends, the same for the same question."""
    if request.options.out is not None:
        return Path(request.options.out).expanduser()
    study = request.study
    rule = [type(study.rule).__name__, study.rule.model_dump()]
    keys = [study.key(at) for at in range(len(study.names))]
    what = [study.identity, study.names, keys, study.size.model_dump(), rule]
    for other in study.beside.values():
        what += [other.identity, other.names, [other.variation.key({WORLD: at}) for at in {*other.columns[WORLD]}]]
    return _temporary() / hashlib.blake2b(json.dumps(what).encode(), digest_size=8).hexdigest()


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="commonweal-")


def _temporary() -> Path:
    return Path(_scratch().name)


def is_temporary(folder: Path) -> bool:
    """Whether a folder goes when Python ends."""
    return folder.is_relative_to(_temporary())


def read(folder: Path, whole: bool = False) -> Results:
    """A finished study's results. whole: whether the tables of its runs must be there. Raises InputError."""
    return load(folder, whole)


def compares(manifest: dict[str, Any]) -> bool:
    """Whether strategies were compared in scenarios, not conditions of a design played."""
    return bool(manifest.get("baseline"))


def outcomes(folder: Path) -> Outcomes:
    """The runs of a study, by condition. Raises InputError."""
    return Outcomes(folder, whole=True)


def rounds(folder: Path) -> pd.DataFrame:
    """A row per condition, round and measure. Raises InputError where rounds were not kept."""
    results = load(folder)
    if results.manifest.get("keep") == "runs":
        raise InputError(f"{folder} holds runs and no rounds; play it with run__keep='rounds'")
    return results.rounds


def effects(folder: Path) -> pd.DataFrame:
    """The columns of effects.csv; of a design each condition beside its first. Raises InputError."""
    results = load(folder, whole=False)
    if compares(results.manifest):
        table = results.effects.copy()
    else:
        found = outcomes(folder)
        if len(found.choices()) > MOST_BESIDE:
            raise InputError(f"{folder} has more than {MOST_BESIDE:,} conditions; look at them with cw.analyse")
        table = against(found, found.choices()[0], list(RUN_MEASURES))
    table.attrs["units"] = {
        name: "the measure's" if name in LEVEL else UNITS.get(name, "") for name in map(str, table.columns)
    }
    return table
