"""Query: SQL over the runs of a study, which reads nothing else and writes nothing at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from commonweal.study.dataset import Dataset, open_dataset
from commonweal.study.folder import read_manifest
from commonweal.study.parts import Part
from commonweal.study.store import require_finished


@contextmanager
def connect(dataset: Dataset, parts: Iterable[Part] | None = None) -> Iterator[Any]:
    """DuckDB with the views `runs`, each run with its condition, and `conditions`; nothing is read before it is asked.

    parts: only these; by default all there are. The connection can read no file and write none.
    """
    parts = list(dataset.parts.listed().values()) if parts is None else list(parts)
    with duckdb.connect() as connection:
        connection.register("conditions", dataset.conditions())
        connection.register("_runs", dataset.runs(parts))
        connection.execute(
            """CREATE VIEW runs AS SELECT c.* EXCLUDE (place, changes), r.* EXCLUDE (condition)
               FROM _runs AS r JOIN conditions AS c USING (condition)"""
        )
        _shut(connection)
        yield connection


@contextmanager
def connect_folder(folder: Path | str) -> Iterator[Any]:
    """DuckDB over any results folder: of a design as above; of a comparison with runs, rounds and effects.

    Raises InputError where it is no results folder, or one of a comparison that is unfinished.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    if manifest is None or manifest.get("kind") == "design":
        dataset, _ = open_dataset(folder)
        with connect(dataset) as connection:
            yield connection
        return
    require_finished(folder, manifest)
    with duckdb.connect() as connection:
        for name in ("runs", "rounds", "trajectories"):
            if (folder / f"{name}.parquet").exists():
                connection.register(
                    name, ds.dataset(folder / f"{name}.parquet", pq.read_schema(folder / f"{name}.parquet"))
                )
        connection.register("effects", ds.dataset(folder / "effects.csv", format="csv"))
        _shut(connection)
        yield connection


def _shut(connection: Any) -> None:
    """No file is read or written, no extension loaded, no variable of Python's looked up, none of it undone."""
    for setting in (
        "python_enable_replacements = false",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
