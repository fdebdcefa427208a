"""Studies as the front door plays and reads them: all it knows of commonweal.study, of its folders and of Findings."""

import hashlib
import json
import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from commonweal.analysis.findings import Findings
from commonweal.configuration.request import Asked
from commonweal.errors import InputError
from commonweal.model.run import RUN_MEASURES, Own
from commonweal.model.strategies.strategy import Strategy
from commonweal.model.world import World
from commonweal.study import store
from commonweal.study.comparison import run_study
from commonweal.study.conditions import BASELINE, Condition
from commonweal.study.dataset import open_dataset
from commonweal.study.folder import read_manifest
from commonweal.study.play import run_survey
from commonweal.study.progress import open_whole
from commonweal.study.query import connect

Notify = Callable[[str, int, int], None]
LEVEL: Final = {"effect", "low", "high", "mean", "baseline"}
"""columns of effects in the measure's own unit"""
UNITS: Final = {"spend": "MU per leader and round", "intensity": "factor", "n": "replicates", "prob_best": "share"}


def world_of(asked: Asked) -> World:
    """The one world that is asked for, under its strategy. Raises InputError where there are several."""
    conditions = asked.study.conditions
    if asked.survey is not None or len(conditions) > 2:
        raise InputError("a model is of one strategy in one scenario; leave out experiment and design")
    return conditions[-1].world


def with_own(asked: Asked, strategies: dict[str, Strategy], leaders: Own | None) -> Asked:
    """A comparison with strategies and leaders of the user's own besides. They are played in this very process."""
    if not strategies and leaders is None:
        return asked
    if asked.survey is not None:
        raise InputError("a design takes strategies and leaders that conf knows; compare() takes your own")
    conditions: list[Condition] = []
    for scenario in dict.fromkeys(each.scenario for each in asked.study.conditions):
        there = [each for each in asked.study.conditions if each.scenario == scenario]
        world = next(each.world for each in there if each.strategy == BASELINE)
        conditions += there
        for name, strategy in strategies.items():
            acting = world.model_copy(update={"strategy": strategy})
            conditions.append(Condition(scenario, name, "full strength", 1.0, acting))
    conditions = [replace(each, own=leaders) for each in conditions] if leaders else conditions
    options = asked.options.model_copy(update={"workers": 1})
    return asked._replace(study=replace(asked.study, conditions=tuple(conditions), command=()), options=options)


def play(asked: Asked, folder: Path, notify: Notify) -> None:
    """Play what a folder lacks. Runs that failed are warned of. Raises InputError."""
    options = asked.options
    with asked.place.open() as place:
        if asked.survey is None:
            results = run_study(
                asked.study, folder, workers=options.workers, place=place, fresh=options.fresh, notify=notify
            )
            failed = list(results.manifest["failed"].values())
        else:
            run_survey(
                asked.survey, folder, workers=options.workers, place=place, shards=options.shards, shard=options.shard,
                fresh=options.fresh, notify=notify,
            )  # fmt: skip
            failed = _errors(folder)
    if failed:
        warnings.warn(f"some runs failed and are left out; the first said: {failed[0]}", stacklevel=4)


def _errors(folder: Path) -> list[str]:
    with connect(open_dataset(folder)[0]) as connection:
        return [row[0] for row in connection.sql("SELECT error FROM runs WHERE status = 'failed' LIMIT 1").fetchall()]


def folder_of(asked: Asked) -> Path:
    """out=, or a folder that goes when Python ends, the same for the same question."""
    if asked.options.out is not None:
        return Path(asked.options.out).expanduser()
    what: Any = asked.study.fingerprints
    if asked.survey is not None:
        rule = [type(asked.survey.rule).__name__, asked.survey.rule.model_dump()]
        what = [asked.survey.identity, asked.survey.names, asked.survey.columns, asked.survey.across, rule]
    text = json.dumps([asked.study.identity, asked.study.size.model_dump(), what], sort_keys=True, default=str)
    return _temporary() / hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="commonweal-")


def _temporary() -> Path:
    return Path(_scratch().name)


def is_temporary(folder: Path) -> bool:
    """Whether a folder goes when Python ends."""
    return folder.is_relative_to(_temporary())


def manifest_of(folder: Path) -> dict[str, Any]:
    """What a finished study says of itself. Raises InputError where the folder holds none."""
    manifest = read_manifest(folder)
    if is_design(manifest):
        return open_whole(folder)[1]
    return store.load(folder, whole=False).manifest


def is_design(manifest: dict[str, Any] | None) -> bool:
    """Whether conditions of a design were played, not strategies compared in scenarios."""
    return (manifest or {}).get("kind") == "design"


def comparison(folder: Path) -> store.Results:
    """A comparison's tables; those of runs and rounds are empty in a published copy. Raises InputError."""
    return store.load(folder, whole=False)


def findings(folder: Path) -> Findings:
    """The runs of a design, by condition. Raises InputError."""
    return Findings(*open_whole(folder))


def runs(folder: Path) -> pd.DataFrame:
    """A row per run. Raises InputError."""
    if not is_design(read_manifest(folder)):
        return store.load(folder).runs
    with connect(open_dataset(folder)[0]) as connection:
        found = connection.sql("SELECT * FROM runs ORDER BY condition, replicate").df()
    found.attrs["units"] = {name: RUN_MEASURES[name].unit if name in RUN_MEASURES else "" for name in found.columns}
    return found


def rounds(folder: Path) -> pd.DataFrame:
    """A row per condition, round and measure. Raises InputError where rounds were not kept."""
    if is_design(read_manifest(folder)):
        raise InputError(f"{folder} holds the runs of a design, of which no rounds are kept; compare() keeps them")
    return store.load(folder).rounds


def effects(folder: Path, measures: Iterable[str] | None = None) -> pd.DataFrame:
    """The columns of effects.csv; of a design each condition beside its first. Raises InputError."""
    if is_design(read_manifest(folder)):
        found = findings(folder)
        table = found.against(found.choices()[0], list(measures or RUN_MEASURES))
    else:
        table = comparison(folder).effects
    table.attrs["units"] = {
        name: "the measure's" if name in LEVEL else UNITS.get(name, "") for name in map(str, table.columns)
    }
    return table


def best(found: Findings, count: int) -> pd.DataFrame:
    """The conditions of a design with the highest welfare net of spend."""
    measures: Sequence[str] = ("welfare_net", "worst_off", "cooperation", "spend")
    names = ", ".join(f"avg({name}) AS {name}" for name in measures)
    with connect(found.dataset) as connection:
        return connection.sql(
            f"""SELECT name, count(welfare_net) AS replicates, {names} FROM runs WHERE status = 'succeeded'
                GROUP BY name ORDER BY welfare_net DESC, name LIMIT {count}"""
        ).df()
