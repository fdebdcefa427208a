"""Store: results on disk. A chunk is done if and only if its part exists; parts become tables at the end."""

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.design import Chunk, Condition
from sim.errors import InputError
from sim.files import write_whole
from sim.folder import holds_else, read_manifest, refuse_other, write_manifest
from sim.measures import MEASURES
from sim.run import RUN_MEASURES
from sim.schema import ROUNDS, RUNS, SCHEMA_VERSION, TRAJECTORIES, Column, arrow, require_schema
from sim.work import QUANTILES, ChunkResult, Failure


@dataclass(frozen=True)
class Results:
    """A study's results, as pandas tables whose `attrs["units"]` give each column's unit."""

    folder: Path
    manifest: dict[str, Any]
    runs: pd.DataFrame
    rounds: pd.DataFrame
    effects: pd.DataFrame


def load(folder: Path | str, whole: bool = True) -> Results:
    """Read a results folder. Raises InputError where it is not one, unfinished, or of a newer schema.

    whole: False where the tables of runs and rounds may be missing, as in a published folder; they are empty then.
    """
    folder = Path(folder)
    manifest = require_finished(folder, read_manifest(folder))
    try:
        runs, rounds = (
            _frame(folder / f"{name}.parquet", None if whole else columns)
            for name, columns in (("runs", RUNS), ("rounds", ROUNDS))
        )
        effects = pd.read_csv(folder / "effects.csv")
    except (OSError, pa.ArrowException, ValueError) as error:
        raise InputError(f"{folder} is damaged: {error}; run the study again with fresh=true") from None
    return Results(folder, manifest, runs, rounds, effects)


def require_finished(folder: Path, manifest: dict[str, Any] | None) -> dict[str, Any]:
    """The manifest of a finished comparison. Raises InputError where it is none."""
    if manifest is None:
        raise InputError(f"{folder} holds no results: there is no manifest.json in it; give a folder that a run wrote")
    if manifest.get("kind") == "design":
        raise InputError(f"{folder} holds the runs of a design; look at them with commonweal analyse {folder}")
    require_schema(folder, manifest)
    if manifest.get("status") != "finished":
        raise InputError(f"{folder} is unfinished; run the same command with out={folder} to finish it")
    return manifest


def _frame(path: Path, missing: dict[str, Column] | None) -> pd.DataFrame:
    """A table; without rows where there is none and `missing` says what its columns would be."""
    table = arrow(missing).empty_table() if missing and not path.exists() else pq.read_table(path)
    frame = table.to_pandas()
    frame.attrs["units"] = {field.name: (field.metadata or {}).get(b"unit", b"").decode() for field in table.schema}
    return frame


class Store:
    """A study's folder while it is being filled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = folder / "parts"

    def open(self, identity: str, size: Mapping[str, Any], fresh: bool) -> bool:
        """Make the folder ready; True where the study was finished before.

        size: conf/run, by which to say why a folder is of another study. Raises InputError where it is, where the
        folder holds something else or cannot be written.
        """
        try:
            if self.folder.exists() and any(self.folder.iterdir()):
                manifest = read_manifest(self.folder)
                if manifest is None and self._just_made():
                    return False
                if manifest is None or "identity" not in manifest:
                    raise InputError(f"{self.folder} holds something else; give an empty or new folder with out=")
                if fresh:
                    shutil.rmtree(self.folder)
                else:
                    refuse_other(self.folder, manifest, "comparison", identity, size)
                    if manifest.get("status") == "finished" and not manifest.get("failed"):
                        return True
            self.parts.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{self.folder} cannot be written: {error.strerror}; give another out=") from None
        return False

    def _just_made(self) -> bool:
        """Whether nothing but an empty folder for parts is there: a study that had not begun when it was stopped."""
        return not holds_else(self.folder, (self.parts.name,))

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        write_manifest(self.folder, {"schema_version": SCHEMA_VERSION, **manifest})

    def has(self, chunk: Chunk) -> bool:
        """Whether the chunk is done."""
        return (self.parts / f"{chunk.name}.runs.parquet").exists()

    def written(self) -> list[tuple[float, int]]:
        """Of each chunk that is done the time it was written and its runs, from the names of files alone."""
        found = []
        for path in self.parts.glob("*.runs.parquet"):
            first, _, last = path.name.removesuffix(".runs.parquet").rpartition(".")[2].partition("-")
            with suppress(FileNotFoundError):  # the study ended meanwhile
                found.append((path.stat().st_mtime, int(last) - int(first)))
        return sorted(found)

    def add(self, chunk: Chunk, result: ChunkResult) -> None:
        """Keep what came of a chunk; the part that says it is done is written last."""
        about = _about(chunk.condition)
        rounds = result.rounds
        if result.trajectories is not None:
            _write(self._part(chunk, "trajectories"), _trajectories(chunk, result.trajectories), TRAJECTORIES)
        shape = rounds.shape[:2]
        number, measure = (each.ravel() for each in np.indices(shape))
        columns = {
            "round": number + 1,
            "measure": np.array(list(MEASURES))[measure],
            "n": rounds[..., 0].ravel().astype(np.int64),
            **{name: rounds[..., 1 + at].ravel() for at, name in enumerate(["mean", *list(ROUNDS)[-len(QUANTILES) :]])},
        }
        _write(self._part(chunk, "rounds"), about | columns, ROUNDS)
        _write(self._part(chunk, "runs"), _runs(chunk, result.runs, ""), RUNS)

    def recall(self, name: str) -> Any:
        """What `remember` kept under a name, or None."""
        path = self.parts / f"{name}.json"
        return json.loads(path.read_text()) if path.exists() else None

    def remember(self, name: str, value: Any) -> None:
        """Keep a small value, such as an intensity found."""
        write_whole(self.parts / f"{name}.json", lambda path: path.write_text(json.dumps(value)))

    def finish(self, chunks: list[Chunk], failures: dict[str, Failure], effects: pd.DataFrame) -> None:
        """Parts become tables, in the order of the design."""
        done = [chunk for chunk in chunks if chunk.name not in failures]
        pq_tables = {
            "runs": self.runs_table(chunks, failures),
            "rounds": _merge([self._read(c, "rounds") for c in done]),
        }
        if any(self._part(chunk, "trajectories").exists() for chunk in done):
            pq_tables["trajectories"] = pa.concat_tables([self._read(chunk, "trajectories") for chunk in done])
        for name, table in pq_tables.items():
            write_whole(self.folder / f"{name}.parquet", lambda path, table=table: pq.write_table(table, path))
        write_whole(self.folder / "effects.csv", lambda path: effects.to_csv(path, index=False, float_format="%.9g"))

    def clear_parts(self) -> None:
        """Parts are not needed once the tables stand."""
        shutil.rmtree(self.parts, ignore_errors=True)

    def runs_table(self, chunks: list[Chunk], failures: dict[str, Failure]) -> pa.Table:
        """Rows of runs; failed ones are there with their error and nan."""
        tables = []
        for chunk in chunks:
            if chunk.name in failures:
                empty = np.full((chunk.last - chunk.first, len(RUN_MEASURES)), np.nan)
                tables.append(_table(_runs(chunk, empty, failures[chunk.name].error), RUNS))
            else:
                tables.append(self._read(chunk, "runs"))
        return pa.concat_tables(tables)

    def _part(self, chunk: Chunk, kind: str) -> Path:
        return self.parts / f"{chunk.name}.{kind}.parquet"

    def _read(self, chunk: Chunk, kind: str) -> pa.Table:
        return pq.read_table(self._part(chunk, kind))


def _about(condition: Condition) -> dict[str, Any]:
    return {
        "scenario": condition.scenario, "strategy": condition.strategy, "basis": condition.basis,
        "intensity": condition.intensity,
    }  # fmt: skip


def _runs(chunk: Chunk, runs: np.ndarray, error: str) -> dict[str, Any]:
    return {
        **_about(chunk.condition),
        "replicate": np.arange(chunk.first, chunk.last),
        "status": "failed" if error else "succeeded",
        "error": error,
        **{name: runs[:, column] for column, name in enumerate(RUN_MEASURES)},
    }


def _trajectories(chunk: Chunk, rounds: np.ndarray) -> dict[str, Any]:
    replicate, number = (each.ravel() for each in np.indices((rounds.shape[1], rounds.shape[0])))
    by_replicate = rounds.transpose(1, 0, 2).reshape(len(replicate), -1)
    return {
        **_about(chunk.condition),
        "replicate": replicate + chunk.first,
        "round": number + 1,
        **{name: by_replicate[:, column] for column, name in enumerate(MEASURES)},
    }


def _table(columns: dict[str, Any], kinds: dict[str, Column]) -> pa.Table:
    """An Arrow table by the schema; single values are repeated."""
    length = max(len(value) for value in columns.values() if isinstance(value, np.ndarray))
    arrays = [
        pa.array(value, kinds[name].kind)
        if isinstance(value := columns[name], np.ndarray)
        else pa.repeat(pa.scalar(value, kinds[name].kind), length)
        for name in kinds
    ]
    return pa.Table.from_arrays(arrays, schema=arrow(kinds))


def _write(path: Path, columns: dict[str, Any], kinds: dict[str, Column]) -> None:
    table = _table(columns, kinds)
    write_whole(path, lambda temporary: pq.write_table(table, temporary))


def _merge(tables: list[pa.Table]) -> pa.Table:
    """Rounds of the chunks of each condition as one: means and quantiles weighted by replicates.

    Exact for counts and means; quantiles are exact where a condition is one chunk.
    """
    frame: pd.DataFrame = pa.concat_tables(tables).to_pandas()
    keys = ["scenario", "strategy", "basis", "intensity", "round", "measure"]
    values = [name for name in ROUNDS if name not in (*keys, "n")]
    if not frame.duplicated(keys).any():
        return pa.Table.from_pandas(frame, schema=arrow(ROUNDS), preserve_index=False)
    defined = frame["n"] > 0
    for name in values:
        frame[name] = (frame[name] * frame["n"]).where(defined, 0.0)
    whole = pd.DataFrame(frame.groupby(keys, sort=False)[["n", *values]].sum()).reset_index()
    for name in values:
        whole[name] = whole[name] / whole["n"].where(whole["n"] > 0)
    return pa.Table.from_pandas(whole.reindex(columns=list(ROUNDS)), schema=arrow(ROUNDS), preserve_index=False)
