"""Results: what came of a study, read from its folder; and a study from its conditions to what is compared of them."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from commonweal.advice import command, stopped
from commonweal.analysis import cost_curve
from commonweal.analysis.about_leaders import about_leaders
from commonweal.analysis.best_mix import Mixes, best_mixes, how_many, mixes, runs_by_place
from commonweal.analysis.cost_curve import Ladders, curves, ladders
from commonweal.analysis.effects import effects
from commonweal.analysis.smallest_effect import declared
from commonweal.analysis.worlds import COLUMNS, draws_table, over_worlds
from commonweal.errors import InputError
from commonweal.files import write_whole
from commonweal.harmless import cells
from commonweal.study.conditions import CURVE, ENSEMBLE, MIX
from commonweal.study.dataset import open_study
from commonweal.study.equal_spend import work_of
from commonweal.study.folder import locked, write_manifest
from commonweal.study.play import PLAYED, Notify, StudyFolder, play_study
from commonweal.study.prepare import look
from commonweal.study.progress import open_whole, verified
from commonweal.study.query import connect
from commonweal.study.schema import ROUNDS, RUNS, Column, arrow
from commonweal.study.study import Study
from commonweal.study.tables import altered_tables, digest_of

BESIDE = {ENSEMBLE: "other worlds", CURVE: "cost curve", MIX: "mixes"}
"""what is played besides, in words"""
EFFECTS = "effects.csv"
WORLDS = "worlds.parquet"
DRAWS = "draws.parquet"
CURVES = "curves.csv"


@dataclass(frozen=True)
class Results:
    """A study's results, as pandas tables whose `attrs["units"]` give each column's unit.

    Tables are read when they are asked for; of a published copy those that are missing have no rows.
    """

    folder: Path
    manifest: dict[str, Any]

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row per run. Raises InputError where what is there is not what was written."""
        if (self.folder / "runs.parquet").exists() or not self.manifest["extents"]:
            return self._frame("runs", RUNS)
        dataset, manifest = open_study(self.folder)
        with connect(dataset, verified(dataset, manifest).parts["runs"]) as connection:
            table = connection.sql("SELECT * FROM runs ORDER BY name, replicate").to_arrow_table()
        return _in_units(table, {name: each.unit for name, each in RUNS.items()})

    @cached_property
    def rounds(self) -> pd.DataFrame:
        """A row per condition, round and measure, where rounds are kept."""
        return self._frame("rounds", ROUNDS)

    @cached_property
    def effects(self) -> pd.DataFrame:
        """What strategies change beside doing nothing, where they are compared: commonweal.analysis.effects.COLUMNS."""
        try:
            return pd.read_csv(self.folder / EFFECTS)
        except FileNotFoundError:
            raise InputError(
                f"{self.folder} has no {EFFECTS}: no strategies are compared in it; {command('analyse', self.folder)} "
                "says what its conditions do"
            ) from None
        except (OSError, ValueError) as error:
            raise InputError(f"{self.folder / EFFECTS} is damaged: {error}; run the study again") from None

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """What strategies change in each world of an ensemble (commonweal.analysis.worlds.COLUMNS), if it has one."""
        return self._beside(WORLDS, ENSEMBLE, list(COLUMNS))

    @cached_property
    def draws(self) -> pd.DataFrame:
        """What each of those worlds has in the place of conf's numbers: commonweal.analysis.worlds.draws_table."""
        return self._beside(DRAWS, ENSEMBLE, ["world", "weight"])

    @cached_property
    def curves(self) -> pd.DataFrame:
        """What strategies bring for a sum (commonweal.analysis.cost_curve.COLUMNS), if a cost curve was played."""
        return self._beside(CURVES, CURVE, list(cost_curve.COLUMNS))

    def _beside(self, table: str, name: str, columns: list[str]) -> pd.DataFrame:
        """A table of what was played besides; no rows where it was not. Raises InputError where it is damaged."""
        if name not in self.manifest.get("beside", {}) or not (path := self.folder / table).exists():
            return pd.DataFrame(columns=columns)
        if path.suffix == ".parquet":
            return self._frame(path.stem, {})
        try:
            return pd.read_csv(path)
        except (OSError, ValueError) as error:
            raise InputError(f"{path} is damaged: {error}; run the study again") from None

    def _frame(self, name: str, columns: Mapping[str, Column]) -> pd.DataFrame:
        path = self.folder / f"{name}.parquet"
        try:
            table = pq.read_table(path) if path.exists() else arrow(dict(columns)).empty_table()
        except (OSError, pa.ArrowException) as error:
            raise InputError(f"{path} is damaged: {error}; run the study again with fresh=true") from None
        return _in_units(table, {})


def _in_units(table: pa.Table, units: Mapping[str, str]) -> pd.DataFrame:
    """A pandas table with each column's unit."""
    frame = table.to_pandas()
    told = {field.name: (field.metadata or {}).get(b"unit", b"").decode() for field in table.schema}
    frame.attrs["units"] = {name: unit or units.get(name, "") for name, unit in told.items()}
    return frame


def load(folder: Path | str, whole: bool = True) -> Results:
    """Read a results folder. Raises InputError where it is not one, unfinished, or of a newer schema.

    Every byte of the tables, or where there are none of the parts, is checked. whole: False where they may be missing,
    as in a published folder.
    """
    folder = Path(folder)
    _, manifest = open_study(folder)
    if manifest["status"] != "finished":
        raise InputError(f"{folder} is unfinished; {command('resume', folder)} goes on")
    wanted = ["runs.parquet", "rounds.parquet"] if manifest.get("baseline") else []
    if whole and (lacking := [name for name in wanted if not (folder / name).exists()]):
        raise InputError(
            f"{folder} lacks {lacking[0]}: it is a published copy, or damaged; {command('resume', folder)} writes it "
            "again where the runs are there, else run the study again and give that run's folder"
        )
    if altered := altered_tables(folder, manifest, whole):
        raise InputError(
            f"{folder / altered[0]} is damaged: it is not what was written; {command('resume', folder)} writes it again"
        )
    if whole and not wanted:  # there is no table of runs: all is in its parts
        open_whole(folder)
    return Results(folder, manifest)


def run_study(study: Study, folder: Path, **how: Any) -> Results:
    """Play a study, and what is to be played beside it; compare what is to be compared; keep it all in `folder`.

    how: as of commonweal.study.play.play_study, which raises InputError. What is there already is not played again.
    Shards play nothing beside: the study is then finished without them.
    """
    asked = study.beside if how.get("shards", 1) == 1 else {}
    for name, each in asked.items():
        look(each, folder / name, how.get("fresh", False))  # before anything is played
    curve, more = asked.get(CURVE), how_many(study) if CURVE in asked else 0
    told = _Told(how.pop("notify", None), [study, *asked.values()], more)
    outcome, played, about = play_study(study, folder, **how, notify=told.of(study)), {}, {}

    def beside(name: str, each: Study) -> None:
        played[name] = play_study(each, folder / name, **how, notify=told.of(each, f"{BESIDE[name]}: "))
        about[name] = _about(each)

    for name, each in asked.items():
        beside(name, each)
    mixed = mixes(curve, _ladders(played[CURVE]), study.size.sums) if curve else None
    if mixed is not None:
        told.ahead = work_of(mixed.study)
        beside(MIX, mixed.study)
    before = outcome.manifest.get("beside", {})
    if outcome.manifest["status"] == PLAYED or any(before.get(name) != each for name, each in about.items()):
        outcome.manifest["beside"] = about
        _compare(study, outcome, played, mixed)
    return Results(folder, outcome.manifest)


class _Told:
    """Tells of some studies that are played in turn as of one."""

    def __init__(self, notify: Notify | None, studies: Sequence[Study], more: int) -> None:
        """more: runs that are to come besides, of what is known only then."""
        self.notify, self.what = notify or (lambda *_: None), ""
        self.before, self.own, self.ahead = 0, 0, sum(map(work_of, studies)) + more

    def of(self, study: Study, what: str = "") -> Notify:
        """What tells of the next of them, beginning with some words."""
        self.before, self.own, self.ahead = self.before + self.own, 0, self.ahead - work_of(study)
        self.what = what
        return self

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.own = total
        self.notify(f"{self.what}{stage}", self.before + done, self.before + total + self.ahead)


def _about(other: Study) -> dict[str, Any]:
    """What the manifest of a comparison says of what was played besides."""
    draws = other.variation.draws
    content = repr((other.identity, draws, other.names, other.size.replicates, other.equal_spend))
    return {
        "kind": other.design,
        "worlds": len(draws),
        "replicates": other.size.replicates,
        "drawn": sorted(draws[0].values),
        "hash": hashlib.blake2b(content.encode(), digest_size=12).hexdigest(),
    }


def _ladders(curve: StudyFolder) -> dict[str, Ladders]:
    return ladders(curve.dataset, curve.state.parts["runs"])


def _compare(
    study: Study, outcome: StudyFolder, beside: Mapping[str, StudyFolder], mixed: Mixes | None
) -> None:  # fmt: skip
    """Write the tables of effects and of what was played besides; with them a study is finished. Raises InputError."""
    folder, manifest = outcome.dataset.folder, outcome.manifest
    runs = pq.read_table(folder / "runs.parquet").to_pandas()
    found = effects(runs[runs["status"] == "succeeded"], declared(manifest))
    tables: dict[str, Callable[[Path], Any]] = {}
    if (other := study.ensemble) is not None and ENSEMBLE in beside:
        dataset, parts = beside[ENSEMBLE].dataset, beside[ENSEMBLE].state.parts["runs"]
        worlds = over_worlds(dataset, parts, other.variation.draws, other.equal_spend)
        columns = list(found)
        found = found.drop(columns="best_worlds").join(worlds.best, on=list(worlds.best.index.names)).loc[:, columns]
        drawn = draws_table(other.variation.draws)
        tables[WORLDS] = lambda path: worlds.effects.to_parquet(path, index=False, compression="zstd")
        tables[DRAWS] = lambda path: drawn.to_parquet(path, index=False, compression="zstd")
    if CURVE in beside:
        there, sums, smallest = _ladders(beside[CURVE]), study.size.sums, declared(manifest)
        table = curves(there, sums, smallest)
        if mixed is not None:
            of_pairs = runs_by_place(beside[MIX].dataset, beside[MIX].state.parts["runs"])
            table = pd.concat([table, best_mixes(of_pairs, mixed, there, sums, smallest)], ignore_index=True)
        tables[CURVES] = _csv(table)
    tables[EFFECTS] = _csv(found)
    manifest["about_leaders"] = about_leaders(study, pd.DataFrame(found), manifest.get("intensities", {}))
    try:
        with locked(folder):
            for name, write in tables.items():
                write_whole(folder / name, write)
                manifest["tables"] = {**manifest["tables"], name: digest_of(folder / name)}
            manifest["status"] = "finished"
            write_manifest(folder, manifest)
    except OSError as error:
        raise stopped(folder, error) from None


def _csv(table: pd.DataFrame) -> Callable[[Path], Any]:
    return lambda path: cells(table).to_csv(path, index=False, float_format="%.9g")
