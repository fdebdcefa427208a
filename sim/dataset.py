"""Dataset: the runs of a design on disk, a Parquet part per block, read lazily however many there are.

A block is done if and only if its part exists. The name of a part ends in a hash of its bytes and of the study's
identity: one that was truncated, altered or comes from elsewhere is found and played again.
"""

import hashlib
import io
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from sim.blocks import Block, Played
from sim.errors import InputError
from sim.files import write_whole
from sim.folder import read_manifest
from sim.run import RUN_MEASURES
from sim.schema import RUNS, arrow, require_schema

PARTS: Final = "runs"
CONDITIONS: Final = "conditions.parquet"
COLUMNS: Final = {
    "condition": RUNS["replicate"]._replace(meaning="number of the condition in conditions.parquet"),
    **{name: RUNS[name] for name in ("replicate", "status", "error", *RUN_MEASURES)},
}
"""what is stored of a run; undefined measures are null"""


class Part(NamedTuple):
    """A file of runs."""

    path: Path
    block: str
    digest: str
    failed: bool
    """whether some of its runs failed"""


@dataclass(frozen=True)
class Dataset:
    """The runs of a design in a folder."""

    folder: Path
    identity: str

    @property
    def parts_folder(self) -> Path:
        return self.folder / PARTS

    def listed(self) -> dict[str, Part]:
        """The parts there are, by the name of their block, from the names of their files alone."""
        found: dict[str, Part] = {}
        for path in sorted(self.parts_folder.glob("*.parquet")):
            block, _, rest = path.name.removesuffix(".parquet").rpartition(".")
            failed = rest == "failed"
            if failed:
                block, _, rest = block.rpartition(".")
            if block not in found or found[block].failed:
                found[block] = Part(path, block, rest, failed)
        return found

    def whole(self, part: Part) -> bool:
        """Whether a part has the bytes that were written, by this study."""
        try:
            return _digest(part.path.read_bytes(), self.identity) == part.digest
        except OSError:
            return False

    def write(self, block: Block, played: Played) -> Part:
        """Keep what came of a block, in one step. Raises OSError."""
        sink = io.BytesIO()
        pq.write_table(_table(block, played), sink, compression="zstd")
        content = sink.getvalue()
        digest, failed = _digest(content, self.identity), any(played.errors)
        path = self.parts_folder / f"{block.name}.{digest}{'.failed' * failed}.parquet"
        write_whole(path, lambda temporary: temporary.write_bytes(content))
        for other in self.parts_folder.glob(f"{block.name}.*.parquet"):
            if other != path:
                other.unlink()
        return Part(path, block.name, digest, failed)

    def runs(self, parts: Iterable[Part] | None = None) -> ds.Dataset:
        """Every run as a pyarrow dataset, of which only what is asked for is read."""
        files = [str(part.path) for part in (self.listed().values() if parts is None else parts)]
        return ds.dataset(files, schema=arrow(COLUMNS), format="parquet")

    def conditions(self) -> pa.Table:
        """A row per condition: its number, name, place in the design, what it changes, and a column per parameter."""
        try:
            return pq.read_table(self.folder / CONDITIONS)
        except (OSError, pa.ArrowException) as error:
            raise InputError(
                f"{self.folder / CONDITIONS} cannot be read: {error}; start anew with fresh=true"
            ) from None

    def write_conditions(self, table: pa.Table) -> None:
        """Keep the table of conditions. Raises OSError."""
        write_whole(self.folder / CONDITIONS, lambda path: pq.write_table(table, path))

    def sweep_up(self) -> None:
        """Remove what writers that were killed left half-written."""
        for path in [*self.folder.glob(".*.tmp"), *self.parts_folder.glob(".*.tmp")]:
            path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove everything but the lock. Raises OSError."""
        for path in self.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif not path.name.startswith(".lock"):
                path.unlink()


def open_dataset(folder: Path | str) -> tuple[Dataset, dict[str, Any]]:
    """The dataset in a folder, and its manifest. Raises InputError where there is none."""
    folder = Path(folder)
    manifest = read_manifest(folder)
    if manifest is None or manifest.get("kind") != "design":
        held = "holds no results" if manifest is None else "holds a comparison of strategies, not the runs of a design"
        raise InputError(f"{folder} {held}; give a folder that commonweal run design=... wrote")
    require_schema(folder, manifest)
    return Dataset(folder, manifest["identity"]), manifest


def _digest(content: bytes, identity: str) -> str:
    return hashlib.blake2b(content, digest_size=12, key=identity.encode()[:64]).hexdigest()


def _table(block: Block, played: Played) -> pa.Table:
    """The rows of a block, by condition and replicate."""
    conditions, replicates, _ = played.runs.shape
    status = ["failed" if error else "succeeded" for error in played.errors]
    columns = {
        "condition": np.repeat(np.arange(block.first, block.last), replicates),
        "replicate": np.tile(np.arange(block.first_replicate, block.last_replicate), conditions),
        "status": np.repeat(np.array(status, object), replicates),
        "error": np.repeat(np.array(played.errors, object), replicates),
        **{name: played.runs[..., at].ravel() for at, name in enumerate(RUN_MEASURES)},
    }
    arrays = [pa.array(columns[name], each.kind, from_pandas=True) for name, each in COLUMNS.items()]
    return pa.Table.from_arrays(arrays, schema=arrow(COLUMNS))


def label(path: str) -> str:
    """The column of a parameter: inclusion for strategy.parts.inclusion.intensity, learn_public for learn.public."""
    parts = path.split(".")
    if parts[:2] == ["strategy", "parts"] and len(parts) == 4:
        parts = parts[2:3] if parts[3] == "intensity" else parts[2:]
    name = "_".join(parts)
    return f"{name}_set" if name in COLUMNS or name in ("name", "place", "changes") else name


def conditions_table(names: Sequence[str], columns: dict[str, list[Any]], places: Sequence[int]) -> pa.Table:
    """The table of conditions; `changes` is what each changes, as JSON."""
    arrays = {
        "condition": pa.array(range(len(names)), pa.int64()),
        "name": pa.array(names, pa.string()),
        "place": pa.array(places, pa.int64()),
        "changes": pa.array(
            [
                json.dumps({path: values[row] for path, values in columns.items() if values[row] is not None})
                for row in range(len(names))
            ],
            pa.string(),
        ),
    }
    fields = [pa.field(name, array.type) for name, array in arrays.items()]
    for path, values in columns.items():
        arrays[path] = _column(values)
        fields.append(pa.field(label(path), arrays[path].type, metadata={"path": path}))
    return pa.Table.from_arrays(list(arrays.values()), schema=pa.schema(fields))


def _column(values: list[Any]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    for allowed, kind in (({bool}, pa.bool_()), ({int}, pa.int64()), ({int, float}, pa.float64())):
        if kinds <= allowed:
            return pa.array(values, kind)
    texts = [value if value is None or isinstance(value, str) else json.dumps(value) for value in values]
    return pa.array(texts, pa.string())
