"""Query: SQL over the runs of a study, which reads nothing else and writes nothing at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from commonweal.advice import command
from commonweal.errors import InputError
from commonweal.study.conditions import GONE, OWN_COLUMNS
from commonweal.study.dataset import Dataset, open_study
from commonweal.study.parts import Part
from commonweal.study.progress import verified
from commonweal.study.tables import altered_tables


@contextmanager
def connect(dataset: Dataset, parts: Iterable[Part]) -> Iterator[Any]:
    """DuckDB with the views `runs`, each run with its condition, and `conditions`; nothing is read before it is asked.

    parts: those of runs, which somebody has checked. The connection can read no file and write none.
    """
    with duckdb.connect() as connection:
        _register(connection, dataset, parts)
        _shut(connection)
        yield connection


@contextmanager
def connect_folder(folder: Path | str) -> Iterator[Any]:
    """DuckDB over any results folder: the views above, and the tables that were made of it: rounds, effects and so on.

    Raises InputError where it is no results folder, or what it holds is not what was written.
    """
    folder = Path(folder)
    dataset, manifest = open_study(folder)
    if altered := altered_tables(folder, manifest, whole=False):
        raise InputError(
            f"{folder / altered[0]} is damaged: it is not what was written; {command('resume', folder)} writes it again"
        )
    with duckdb.connect() as connection:
        if manifest["extents"]:
            _register(connection, dataset, verified(dataset, manifest).parts["runs"])
        for name in ("runs", "rounds", "trajectories"):
            path = folder / f"{name}.parquet"
            if path.exists() and not (name == "runs" and manifest["extents"]):
                connection.register(name, ds.dataset(path, pq.read_schema(path)))
        if (folder / "effects.csv").exists():
            connection.register("effects", ds.dataset(folder / "effects.csv", format="csv"))
        _shut(connection)
        yield connection


def _register(connection: Any, dataset: Dataset, parts: Iterable[Part]) -> None:
    conditions = _live(dataset.conditions())
    connection.register("conditions", conditions)
    connection.register("_runs", dataset.runs(list(parts)))
    hidden = ", ".join(name for name in OWN_COLUMNS if name in conditions.column_names and name not in
                       ("condition", "name"))  # fmt: skip
    connection.execute(
        f"""CREATE VIEW runs AS SELECT c.* EXCLUDE ({hidden}), r.* EXCLUDE (condition)
            FROM _runs AS r JOIN conditions AS c USING (condition)"""
    )


def _live(conditions: pa.Table) -> pa.Table:
    """The conditions that are part of the study."""
    return conditions.filter(pc.field("place") != GONE)


def _shut(connection: Any) -> None:
    """No file is read or written, no extension loaded, no variable of Python's looked up, none of it undone.

    And no bar of progress is shown, which would stay in a notebook.
    """
    for setting in (
        "enable_progress_bar = false",
        "python_enable_replacements = false",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
