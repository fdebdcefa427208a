"""Dataset: what a study's folder holds, a Parquet part per block and table, of which only what is whole is read.

A block is done if and only if its parts are there, whole (commonweal.study.parts).
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from commonweal.advice import command, setting
from commonweal.errors import InputError
from commonweal.files import sweep_up, write_whole
from commonweal.model.measures import MEASURES
from commonweal.model.run import RUN_MEASURES
from commonweal.study.blocks import Block, BlockResult, Extent, Keep
from commonweal.study.folder import CONDITIONS, is_earlier, is_ours, read_manifest, require_fields
from commonweal.study.parts import Part, Parts, folders_of
from commonweal.study.schema import KEPT, ROUNDS, arrow, require_schema

if TYPE_CHECKING:
    import pyarrow.dataset as ds

TABLES_OF: Final[dict[Keep, tuple[str, ...]]] = {
    "runs": ("runs",), "rounds": ("rounds", "runs"), "trajectories": ("trajectories", "rounds", "runs"),
}  # fmt: skip
"""what has parts, by what is kept; runs are written last"""


@dataclass(frozen=True)
class Dataset:
    """The parts of a study in a folder."""

    folder: Path
    identity: str
    keep: Keep
    _parts: dict[str, Parts] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of what is kept, and so of folders of parts."""
        return TABLES_OF[self.keep]

    def parts(self, table: str = "runs") -> Parts:
        """The files of a table, one for each block."""
        if table not in self._parts:
            self._parts[table] = Parts(self.folder / table, self.identity, ".parquet")
        return self._parts[table]

    def write(self, block: Block, played: BlockResult) -> None:
        """Keep what came of a block, a table after the other, each in one step. Raises OSError."""
        for table in self.tables:
            sink = io.BytesIO()
            pq.write_table(_ROWS[table](block, played), sink, compression="zstd")
            self.parts(table).write(block.name, sink.getvalue(), any(played.errors))

    def runs(self, parts: Iterable[Part], table: str = "runs") -> "ds.Dataset":
        """The rows of some parts as a pyarrow dataset, of which only what is asked for is read."""
        import pyarrow.dataset as ds  # here, because pandas comes with it, a third of all that status takes

        return ds.dataset([str(part.path) for part in parts], schema=arrow(KEPT[table]), format="parquet")

    def conditions(self) -> pa.Table:
        """A row per condition, as commonweal.study.conditions.conditions_table makes them. Raises InputError."""
        try:
            with pq.ParquetFile(self.folder / CONDITIONS) as file:
                return file.read()
        except FileNotFoundError:
            raise InputError(
                f"{self.folder} lacks {CONDITIONS}: it is a published copy, or damaged; play the study again, or give "
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
        within = [each for table in (*self.tables, "searches") for each in folders_of(self.folder / table)]
        sweep_up(self.folder, *within)


def open_study(folder: Path | str) -> tuple[Dataset, dict[str, Any]]:
    """What a folder holds of a study, finished or not, and its manifest. Raises InputError where there is none."""
    folder = Path(folder)
    manifest = read_manifest(folder)
    if manifest is None:
        raise InputError(f"{folder} holds no results: there is no manifest.json in it; give a folder that a run wrote")
    if manifest.get("kind") == "validation":
        read = command("notebook", "validation", "--results", folder)
        raise InputError(f"{folder} holds a validation; read it with {read}")
    if manifest.get("kind") == "sweep":
        raise InputError(
            f"{folder} holds a sweep of several studies; read them with {command('table', folder)}, or give the folder "
            "of one of its jobs"
        )
    if manifest.get("kind") == "fit":
        raise InputError(
            f"{folder} holds a fit; read {folder / 'report.md'}, or play a comparison over its worlds with "
            f"{setting('ensemble', f'{folder}/')}"
        )
    require_schema(folder, manifest)
    if is_ours(manifest) and is_earlier(manifest):
        if manifest["status"] != "finished":
            raise InputError(
                f"{folder} was begun by an earlier version of commonweal and is unfinished; run the same command with "
                "another out=, or with fresh=true to replace what is there"
            )
        manifest = as_now(manifest)
    require_fields(folder, manifest)
    return Dataset(folder, manifest["identity"], manifest["keep"]), manifest


def as_now(manifest: dict[str, Any]) -> dict[str, Any]:
    """A manifest of when comparisons and designs were kept apart, in today's words.

    The parts of a comparison are not read any more: all that it has are its tables.
    """
    if manifest.get("kind") == "design":
        extents = [[*each, manifest["leaders"]] for each in manifest.get("extents", [])]
        runs = sum((last - first) * (final - begin) for first, last, begin, final, _ in extents)
        return manifest | {"keep": "runs", "extents": extents, "runs": runs}
    conditions = manifest.get("conditions")
    count = len(conditions) if isinstance(conditions, dict) else 0
    return manifest | {
        "keep": "rounds", "extents": [], "conditions": count, "design": "comparison", "across": ["scenario"],
        "replication": {"rule": "fixed"},
    }  # fmt: skip


def extents_of(manifest: dict[str, Any]) -> list[Extent]:
    """What a manifest says the work was cut from."""
    return [Extent(*each) for each in manifest["extents"]]


def _index(block: Block, rows: int) -> np.ndarray:
    """The number of the condition of each row, `rows` rows of each."""
    return np.repeat(np.arange(block.first, block.last), rows)


def _runs(block: Block, played: BlockResult) -> pa.Table:
    """By condition and replicate."""
    conditions, replicates, _ = played.runs.shape
    status = ["failed" if error else "succeeded" for error in played.errors]
    return _table("runs", {
        "condition": _index(block, replicates),
        "replicate": np.tile(np.arange(block.first_replicate, block.last_replicate), conditions),
        "status": np.repeat(np.array(status, object), replicates),
        "error": np.repeat(np.array(played.errors, object), replicates),
        **{name: played.runs[..., at].ravel() for at, name in enumerate(RUN_MEASURES)},
    })  # fmt: skip


def _rounds(block: Block, played: BlockResult) -> pa.Table:
    """By condition, round and measure, without conditions that failed."""
    assert played.rounds is not None
    _, number, measure = (each.ravel() for each in np.indices(played.rounds.shape[:3]))
    spread: Sequence[str] = list(ROUNDS)[list(ROUNDS).index("mean") :]
    table = _table("rounds", {
        "condition": _index(block, played.rounds.shape[1] * played.rounds.shape[2]),
        "round": number + 1,
        "measure": np.array(list(MEASURES), object)[measure],
        "n": np.nan_to_num(played.rounds[..., 0]).ravel().astype(np.int64),
        **{name: played.rounds[..., 1 + at].ravel() for at, name in enumerate(spread)},
    })  # fmt: skip
    return _without_failed(table, block, played)


def _trajectories(block: Block, played: BlockResult) -> pa.Table:
    """By condition, replicate and round, without conditions that failed."""
    assert played.trajectories is not None
    values = played.trajectories.transpose(0, 2, 1, 3)
    _, replicate, number = (each.ravel() for each in np.indices(values.shape[:3]))
    table = _table("trajectories", {
        "condition": _index(block, values.shape[1] * values.shape[2]),
        "replicate": replicate + block.first_replicate,
        "round": number + 1,
        **{name: values[..., at].ravel() for at, name in enumerate(MEASURES)},
    })  # fmt: skip
    return _without_failed(table, block, played)


_ROWS: Final = {"runs": _runs, "rounds": _rounds, "trajectories": _trajectories}
"""the rows of a block, by table"""


def _without_failed(table: pa.Table, block: Block, played: BlockResult) -> pa.Table:
    if not any(played.errors):
        return table
    whole = np.array([not error for error in played.errors])
    return table.filter(pa.array(whole[table["condition"].to_numpy() - block.first]))


def _table(name: str, columns: dict[str, np.ndarray]) -> pa.Table:
    """Undefined measures are null."""
    kinds = KEPT[name]
    arrays = [pa.array(columns[column], each.kind, from_pandas=True) for column, each in kinds.items()]
    return pa.Table.from_arrays(arrays, schema=arrow(kinds))
