"""Store: a comparison's results on disk. Chunks are kept as parts, and the parts made into tables."""

import hashlib
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from commonweal.errors import InputError
from commonweal.files import sweep_up, write_whole
from commonweal.model.measures import MEASURES
from commonweal.model.run import RUN_MEASURES
from commonweal.study.conditions import Chunk, Condition
from commonweal.study.folder import holds_else, read_manifest, refuse_other, require_fields, write_manifest
from commonweal.study.parts import Part, Parts
from commonweal.study.pool import QUANTILES, ChunkResult, Failure
from commonweal.study.schema import ROUNDS, RUNS, SCHEMA_VERSION, TRAJECTORIES, Column, arrow, require_schema

PARTS: Final = "parts"
SPREAD: Final = ["mean", "sd", *list(ROUNDS)[-len(QUANTILES) :]]
"""what is kept of a measure's replicates in a round, besides their number"""
TABLES: Final = ("runs.parquet", "rounds.parquet", "trajectories.parquet", "effects.csv")


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
    if altered := altered_tables(folder, manifest, whole):
        raise InputError(
            f"{folder / altered[0]} is damaged: it is not what was written; the same command with out={folder} writes "
            "it again"
        )
    try:
        runs, rounds = (
            _frame(folder / f"{name}.parquet", None if whole else columns)
            for name, columns in (("runs", RUNS), ("rounds", ROUNDS))
        )
        effects = pd.read_csv(folder / "effects.csv")
    except FileNotFoundError as error:
        name = Path(error.filename or str(error)).name
        raise InputError(
            f"{folder} lacks {name}: it is a published copy, or damaged; run the study again and give that run's folder"
        ) from None
    except (OSError, pa.ArrowException, ValueError) as error:
        raise InputError(f"{folder} is damaged: {error}; run the study again with fresh=true") from None
    return Results(folder, manifest, runs, rounds, effects)


def require_finished(folder: Path, manifest: dict[str, Any] | None) -> dict[str, Any]:
    """The manifest of a finished comparison. Raises InputError where it is none."""
    if manifest is None:
        raise InputError(f"{folder} holds no results: there is no manifest.json in it; give a folder that a run wrote")
    if manifest.get("kind") == "design":
        raise InputError(f"{folder} holds the runs of a design; look at them with commonweal analyse {folder}")
    if manifest.get("kind") == "validation":
        raise InputError(f"{folder} holds a validation; read it with commonweal notebook validation --results {folder}")
    require_schema(folder, manifest)
    if manifest.get("status") != "finished":
        raise InputError(f"{folder} is unfinished; run the same command with out={folder} to finish it")
    return manifest


def altered_tables(folder: Path, manifest: Mapping[str, Any], whole: bool = True) -> list[str]:
    """Tables that are not what was written. whole: whether one that is missing is among them."""
    return [
        name
        for name, digest in manifest.get("tables", {}).items()
        if (whole or (folder / name).exists()) and _digest(folder / name) != digest
    ]


def _digest(path: Path) -> str | None:
    """A hash of a file; None where there is none."""
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=12).hexdigest()
    except OSError:
        return None


def _frame(path: Path, missing: dict[str, Column] | None) -> pd.DataFrame:
    """A table; without rows where there is none and `missing` says what its columns would be."""
    table = arrow(missing).empty_table() if missing and not path.exists() else pq.read_table(path)
    frame = table.to_pandas()
    frame.attrs["units"] = {field.name: (field.metadata or {}).get(b"unit", b"").decode() for field in table.schema}
    return frame


class Store:
    """A comparison's folder while it is being filled."""

    def __init__(self, folder: Path, identity: str) -> None:
        self.folder = folder
        self.parts = Parts(folder / PARTS, identity, ".npz")
        self._whole: dict[str, Part] = {}

    def open(self, conditions: Mapping[str, str], size: Mapping[str, Any], fresh: bool) -> bool:
        """Make the folder ready; True where all that is asked for is there, and as it was written.

        conditions: the fingerprint of each. size: conf/run. Raises InputError where the folder holds something else
        or more than is asked for, or cannot be written.
        """
        try:
            if self.folder.exists() and any(self.folder.iterdir()):
                manifest = read_manifest(self.folder)
                if manifest is None and not holds_else(self.folder, (PARTS,)):
                    return False
                if manifest is None or "identity" not in manifest:
                    raise InputError(f"{self.folder} holds something else; give an empty or new folder with out=")
                if fresh:
                    shutil.rmtree(self.folder)
                else:
                    self._refuse_less(manifest, conditions, size)
                    same = manifest["conditions"] == conditions and manifest["replicates"] == size["replicates"]
                    if same and manifest.get("status") == "finished" and not manifest.get("failed"):
                        return not altered_tables(self.folder, manifest)
            self.parts.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{self.folder} cannot be written: {error.strerror}; give another out=") from None
        return False

    def _refuse_less(self, manifest: Mapping[str, Any], conditions: Mapping[str, str], size: Mapping[str, Any]) -> None:
        """Raise InputError where the folder is of another study, or one to which this would add nothing."""
        fixed = {name: size[name] for name in ("rounds", "seed", "trajectories")}
        refuse_other(self.folder, manifest, "comparison", self.parts.identity, fixed)
        require_fields(self.folder, manifest)
        why = ""
        if lacking := [name for name in manifest["conditions"] if name not in conditions]:
            why = f"has conditions that this study lacks, such as {lacking[0]}"
        elif other := [name for name, print_ in manifest["conditions"].items() if conditions[name] != print_]:
            why = f"was played with other values in {other[0]}"
        elif manifest["replicates"] > size["replicates"]:
            why = f"has {manifest['replicates']:,} replicates, more than run.replicates={size['replicates']}"
        if why:
            raise InputError(f"{self.folder} {why}; give another out=, or fresh=true to replace what is there")

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        write_manifest(self.folder, {"schema_version": SCHEMA_VERSION, **manifest})

    def sweep_up(self) -> None:
        """Remove what writers that were killed left half-written. Raises OSError."""
        sweep_up(self.folder, self.parts.folder)

    def whole(self) -> set[str]:
        """The names of the parts that are there as they were written."""
        self._whole = {name: part for name, part in self.parts.listed().items() if self.parts.read(part) is not None}
        return set(self._whole)

    def drop_but(self, names: set[str]) -> None:
        """Remove parts of this study that are not among `names`: fewer replicates, another spend. Raises OSError."""
        for name in self.whole() - names:
            self._whole.pop(name).path.unlink()

    def keep(self, name: str, **arrays: np.ndarray) -> None:
        """Write a part. Raises OSError."""
        sink = io.BytesIO()
        np.savez(sink, **arrays)  # pyright: ignore[reportArgumentType]
        self._whole[name] = self.parts.write(name, sink.getvalue())

    def kept(self, name: str) -> dict[str, np.ndarray] | None:
        """The arrays of a part; None where it is not there as it was written."""
        part = self._whole.get(name)
        content = None if part is None else self.parts.read(part)
        if content is None:
            return None
        with np.load(io.BytesIO(content)) as arrays:
            return dict(arrays)

    def add(self, chunk: Chunk, result: ChunkResult) -> None:
        """Keep what came of a chunk. Raises OSError."""
        self.keep(chunk.name, **{name: value for name, value in result._asdict().items() if value is not None})

    def result(self, chunk: Chunk) -> ChunkResult:
        """What came of a chunk. Raises InputError where somebody has changed it since."""
        arrays = self.kept(chunk.name)
        if arrays is None:
            raise InputError(f"{self.parts.folder} is being changed by somebody else; run the same command again")
        return ChunkResult(arrays["runs"], arrays["rounds"], arrays.get("trajectories"))

    def tables(self, chunks: list[Chunk], failures: Mapping[str, Failure]) -> dict[str, pa.Table]:
        """Parts as tables, in the order of the design; runs that failed are there with their error and nan."""
        runs, rounds, trajectories = [], [], []
        for chunk in chunks:
            if chunk.name in failures:
                empty = np.full((chunk.last - chunk.first, len(RUN_MEASURES)), np.nan)
                runs.append(_table(_runs(chunk, empty, failures[chunk.name].error), RUNS))
                continue
            result = self.result(chunk)
            runs.append(_table(_runs(chunk, result.runs, ""), RUNS))
            rounds.append(_table(_rounds(chunk, result.rounds), ROUNDS))
            if result.trajectories is not None:
                trajectories.append(_table(_trajectories(chunk, result.trajectories), TRAJECTORIES))
        tables = {"runs": pa.concat_tables(runs), "rounds": _merge(rounds)}
        return tables | ({"trajectories": pa.concat_tables(trajectories)} if trajectories else {})

    def write_tables(self, tables: Mapping[str, pa.Table], effects: pd.DataFrame) -> dict[str, str]:
        """Put tables on disk. Returns a hash of each. Raises OSError."""
        for name, table in tables.items():
            write_whole(self.folder / f"{name}.parquet", lambda path, table=table: pq.write_table(table, path))
        write_whole(self.folder / "effects.csv", lambda path: effects.to_csv(path, index=False, float_format="%.9g"))
        return {name: digest for name in TABLES if (digest := _digest(self.folder / name))}


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


def _rounds(chunk: Chunk, rounds: np.ndarray) -> dict[str, Any]:
    number, measure = (each.ravel() for each in np.indices(rounds.shape[:2]))
    return {
        **_about(chunk.condition),
        "round": number + 1,
        "measure": np.array(list(MEASURES))[measure],
        "n": rounds[..., 0].ravel().astype(np.int64),
        **{name: rounds[..., 1 + at].ravel() for at, name in enumerate(SPREAD)},
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


def _merge(tables: list[pa.Table]) -> pa.Table:
    """Rounds of the chunks of each condition as one: means and quantiles weighted by replicates.

    Exact for counts, means and standard deviations; quantiles are exact where a condition is one chunk.
    """
    frame: pd.DataFrame = pa.concat_tables(tables).to_pandas()
    keys = ["scenario", "strategy", "basis", "intensity", "round", "measure"]
    if not frame.duplicated(keys).any():
        return pa.Table.from_pandas(frame, schema=arrow(ROUNDS), preserve_index=False)
    defined, weighted = frame["n"] > 0, [name for name in SPREAD if name != "sd"]
    for name in weighted:
        frame[f"{name} x n"] = (frame[name] * frame["n"]).where(defined, 0.0)
    sums = [f"{name} x n" for name in weighted]
    totals = pd.DataFrame(frame.groupby(keys, sort=False)[["mean x n", "n"]].transform("sum"))
    mean = totals["mean x n"] / totals["n"]
    frame["squares"] = (frame["n"] * (frame["mean"] - mean) ** 2).where(defined, 0.0)
    frame["squares"] += ((frame["n"] - 1) * frame["sd"] ** 2).where(frame["n"] > 1, 0.0)
    whole = pd.DataFrame(frame.groupby(keys, sort=False)[["n", *sums, "squares"]].sum()).reset_index()
    for name in weighted:
        whole[name] = whole[f"{name} x n"] / whole["n"].where(whole["n"] > 0)
    whole["sd"] = (whole["squares"] / (whole["n"] - 1).where(whole["n"] > 1)) ** 0.5
    return pa.Table.from_pandas(whole.reindex(columns=list(ROUNDS)), schema=arrow(ROUNDS), preserve_index=False)
