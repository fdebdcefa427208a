"""Results: what came of a study, read from its folder; and a study from its conditions to what is compared of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from commonweal.advice import command, stopped
from commonweal.analysis.about_leaders import about_leaders
from commonweal.analysis.effects import effects
from commonweal.analysis.smallest_effect import declared
from commonweal.errors import InputError
from commonweal.files import write_whole
from commonweal.harmless import cells
from commonweal.study.dataset import open_study
from commonweal.study.folder import locked, write_manifest
from commonweal.study.play import PLAYED, StudyFolder, play_study
from commonweal.study.progress import open_whole, verified
from commonweal.study.query import connect
from commonweal.study.schema import ROUNDS, RUNS, Column, arrow
from commonweal.study.study import Study
from commonweal.study.tables import altered_tables, digest_of

EFFECTS = "effects.csv"


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
    """Play a study, compare what is to be compared, and keep the results in `folder`.

    how: as of commonweal.study.play.play_study, which raises InputError. What is there already is not played again.
    """
    outcome = play_study(study, folder, **how)
    if outcome.manifest["status"] == PLAYED:
        _compare(study, outcome)
    return Results(folder, outcome.manifest)


def _compare(study: Study, outcome: StudyFolder) -> None:
    """Write the table of effects, with which a study is finished. Raises InputError."""
    folder, manifest = outcome.dataset.folder, outcome.manifest
    runs = pq.read_table(folder / "runs.parquet").to_pandas()
    found = effects(runs[runs["status"] == "succeeded"], declared(manifest))
    manifest["about"] = about_leaders(study, found, manifest.get("intensities", {}))
    try:
        with locked(folder):
            write_whole(folder / EFFECTS, lambda path: cells(found).to_csv(path, index=False, float_format="%.9g"))
            manifest["tables"] = {**manifest["tables"], EFFECTS: digest_of(folder / EFFECTS)}
            manifest["status"] = "finished"
            write_manifest(folder, manifest)
    except OSError as error:
        raise stopped(folder, error) from None
