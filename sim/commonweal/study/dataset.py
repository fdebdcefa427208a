"""Dataset: the runs of a design on disk, a Parquet part per block, read lazily however many there are.

A block is done if and only if its part is there, whole (sim/commonweal/study/parts.py).
"""

import io
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from commonweal.errors import InputError
from commonweal.files import sweep_up, write_whole
from commonweal.model.run import RUN_MEASURES
from commonweal.study.blocks import Block, Played
from commonweal.study.folder import read_manifest, require_fields
from commonweal.study.parts import Part, Parts
from commonweal.study.schema import RUNS, arrow, require_schema

PARTS: Final = "runs"
CONDITIONS: Final = "conditions.parquet"
COLUMNS: Final = {
    "condition": RUNS["replicate"]._replace(meaning="number of the condition in conditions.parquet"),
    **{name: RUNS[name] for name in ("replicate", "status", "error", *RUN_MEASURES)},
}
"""what is stored of a run; undefined measures are null"""


@dataclass(frozen=True)
class Dataset:
    """The runs of a design in a folder."""

    folder: Path
    identity: str

    @property
    def parts(self) -> Parts:
        """A file for each block."""
        return Parts(self.folder / PARTS, self.identity, ".parquet")

    def write(self, block: Block, played: Played) -> Part:
        """Keep what came of a block, in one step. Raises OSError."""
        sink = io.BytesIO()
        pq.write_table(_table(block, played), sink, compression="zstd")
        return self.parts.write(block.name, sink.getvalue(), any(played.errors))

    def runs(self, parts: Iterable[Part] | None = None) -> ds.Dataset:
        """Every run as a pyarrow dataset, of which only what is asked for is read."""
        files = [str(part.path) for part in (self.parts.listed().values() if parts is None else parts)]
        return ds.dataset(files, schema=arrow(COLUMNS), format="parquet")

    def conditions(self) -> pa.Table:
        """A row per condition: its number, name, place in the design, what it changes, and a column per parameter."""
        try:
            return pq.read_table(self.folder / CONDITIONS)
        except FileNotFoundError:
            raise InputError(
                f"{self.folder} lacks {CONDITIONS}: it is a published copy, or damaged; play the design again, or give "
                "the folder of a run"
            ) from None
        except (OSError, pa.ArrowException) as error:
            raise InputError(
                f"{self.folder / CONDITIONS} cannot be read: {error}; start anew with fresh=true"
            ) from None

    def write_conditions(self, table: pa.Table) -> None:
        """Keep the table of conditions. Raises OSError."""
        write_whole(self.folder / CONDITIONS, lambda path: pq.write_table(table, path))

    def sweep_up(self) -> None:
        """Remove what writers that were killed left half-written. Raises OSError."""
        sweep_up(self.folder, self.parts.folder)

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
    require_fields(folder, manifest)
    return Dataset(folder, manifest["identity"]), manifest


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


def told(path: str, value: Any) -> str:
    """A change in the name of a condition: crisis for the scenario, learn_public=0.5 for learn.public."""
    if "." not in path:
        return str(value)
    return f"{label(path)}={value:g}" if isinstance(value, float) else f"{label(path)}={value}"


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
