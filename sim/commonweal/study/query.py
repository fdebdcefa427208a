"""Query: SQL over the runs of a study, which reads nothing else and writes nothing at all."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

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
from commonweal.study.sweep import Sweep, finished_sweep
from commonweal.study.tables import altered_tables

NUMBER: Final = r"-?\d+(\.\d+)?"
"""values of a sweep that are columns of numbers"""


@contextmanager
def connect(dataset: Dataset, parts: Iterable[Part]) -> Iterator[Any]:
    """DuckDB with the views `runs`, each run with its condition, and `conditions`; nothing is read before it is asked.

    parts: those of runs, which somebody has checked. The connection can read no file and write none.
    """
    with _opened() as connection:
        _register(connection, dataset, parts)
        _shut(connection)
        yield connection


@contextmanager
def connect_folder(folder: Path | str) -> Iterator[Any]:
    """DuckDB over any results folder: the views above, and the tables that were made of it: rounds, effects and so on.

    Of a sweep they hold the rows of all its jobs, with the columns `job` and what is swept before the others.
    Raises InputError where it is no results folder, or what it holds is not what was written.
    """
    folder = Path(folder)
    with _opened() as connection:
        if (found := finished_sweep(folder)) is not None:
            _register_jobs(connection, found)
        else:
            _register_study(connection, folder)
        _shut(connection)
        yield connection


def _opened() -> Any:
    """A connection that holds nothing yet. Raises MemoryError where there is no room for one."""
    import duckdb  # here, because few commands ask anything of it

    try:
        return duckdb.connect()
    except duckdb.OutOfMemoryException as error:
        raise MemoryError(str(error)) from error


def _register_study(connection: Any, folder: Path, prefix: str = "") -> list[str]:
    """Register what one study's folder holds; the names of its tables, which have the prefix. Raises InputError."""
    dataset, manifest = open_study(folder)
    if altered := altered_tables(folder, manifest, whole=False):
        raise InputError(
            f"{folder / altered[0]} is damaged: it is not what was written; {command('resume', folder)} writes it again"
        )
    names = []
    if manifest["extents"]:
        _register(connection, dataset, verified(dataset, manifest).parts["runs"], prefix)
        names += ["runs", "conditions"]
    for name in ("runs", "rounds", "trajectories"):
        path = folder / f"{name}.parquet"
        if path.exists() and name not in names:
            connection.register(f"{prefix}{name}", ds.dataset(path, pq.read_schema(path)))
            names.append(name)
    if (folder / "effects.csv").exists():
        connection.register(f"{prefix}effects", ds.dataset(folder / "effects.csv", format="csv"))
        names.append("effects")
    return names


def _register_jobs(connection: Any, found: Sweep) -> None:
    """Register the tables of all jobs of a sweep, each as one. Raises InputError."""
    selects: dict[str, list[str]] = {}
    for at, job in enumerate(found.played):
        assert job.folder is not None
        for name in _register_study(connection, job.folder, prefix := f"_{at}_"):
            here = {each[0] for each in connection.execute(f"DESCRIBE {prefix}{name}").fetchall()}
            about = {"job": job.sweeps} | {key: value for key, value in job.about().items() if key not in here}
            told = ", ".join(f"{_text(value)} AS {_name(key)}" for key, value in about.items())
            selects.setdefault(name, []).append(f"SELECT {told}, * FROM {prefix}{name}")
    for name, parts in selects.items():
        connection.execute(f"CREATE VIEW {name} AS {' UNION ALL BY NAME '.join(parts)}")


def _text(value: str) -> str:
    """A value in SQL, numbers as numbers."""
    return value if re.fullmatch(NUMBER, value) else "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    """The name of a column in SQL."""
    return '"' + value.replace('"', '""') + '"'


def _register(connection: Any, dataset: Dataset, parts: Iterable[Part], prefix: str = "") -> None:
    conditions = _live(dataset.conditions())
    connection.register(f"{prefix}conditions", conditions)
    connection.register(f"_{prefix}runs", dataset.runs(list(parts)))
    hidden = ", ".join(name for name in OWN_COLUMNS if name in conditions.column_names and name not in
                       ("condition", "name"))  # fmt: skip
    connection.execute(
        f"""CREATE VIEW {prefix}runs AS SELECT c.* EXCLUDE ({hidden}), r.* EXCLUDE (condition)
            FROM _{prefix}runs AS r JOIN {prefix}conditions AS c USING (condition)"""
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
