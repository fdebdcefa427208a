"""Questions to results: their tables, SQL, what a design's runs say, how far a study has come."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from commonweal.errors import InputError
from commonweal.front.results import Results, Sweep, folder_of, table

__all__ = ["analyse", "query", "status", "studies", "table", "versus"]


def analyse(
    results: str | Path | Results,
    measure: str = "welfare_net",
    *,
    budgets: Sequence[float | str | tuple[float | str, float]] = (),
    below: float | None = None,
) -> dict[str, pd.DataFrame]:
    """What the runs of a design say of a measure: the tables of `commonweal analyse`, by name.

    budgets: money, or pairs of money and hours, per leader and round; money may be an amount with its unit, such as
    "500 EUR" or "80 MU". below: failures are runs in which the measure is below it. Numbers are of the money that the
    run was given units of, as on the command line, and of MU where it was given none. Amounts in the tables are in MU,
    as they are in files. Raises InputError.
    """
    from commonweal.commands.analyse import analyse as of_design
    from commonweal.commands.analyse import limits
    from commonweal.units import told_in, units_of

    folder = folder_of(results)
    manifest = Results(folder).manifest
    pairs = [each if isinstance(each, tuple | list) else (each, float("inf")) for each in budgets]
    with told_in(units_of(manifest)):
        return of_design(folder, measure, *limits(pairs, below, measure, manifest))[1]


def query(results: str | Path | Results | Sweep, sql: str) -> pd.DataFrame:
    """Ask a results folder anything, in DuckDB's SQL: `SELECT name, avg(trust) FROM runs GROUP BY name`.

    Tables are runs and, of a design, conditions; of a comparison rounds and effects. Raises InputError.
    """
    import duckdb

    from commonweal.study.query import connect_folder

    with connect_folder(folder_of(results)) as connection:
        try:
            answer = connection.sql(sql)
            return pd.DataFrame() if answer is None else answer.df()
        except duckdb.Error as error:
            raise InputError(f"the query cannot be answered: {' '.join(str(error).split())}") from None


def status(results: str | Path | Results | Sweep) -> dict[str, Any]:
    """How far a study has come, while it runs or after it was stopped: what `commonweal status --json` prints."""
    from commonweal.commands.status import look

    return look(folder_of(results))


def studies(folder: str | Path = "results") -> pd.DataFrame:
    """The studies under a folder, newest first: what `commonweal list` prints. Raises InputError where there is none.

    Columns: folder, experiment, community, size, status, best (empty where it is not known), started.
    """
    from commonweal.commands.list import look

    columns = ["folder", "experiment", "community", "size", "status", "best", "started"]
    return pd.DataFrame(look(Path(folder).expanduser()), columns=columns)


def versus(one: str | Path | Results, other: str | Path | Results, measure: str = "welfare_net") -> pd.DataFrame:
    """Two results side by side: what each strategy does in both, and the second less the first.

    A row per scenario, basis and strategy that both have; `attrs["differing"]` has what was asked for differently.
    Replicates are paired where both have the same luck; else the interval takes the two for independent (`paired` says
    which). Raises InputError.
    """
    from commonweal.analysis.versus import differing
    from commonweal.analysis.versus import versus as held

    first, second = folder_of(one), folder_of(other)
    found = held(first, second, measure)
    found.attrs["differing"] = differing(Results(first).manifest, Results(second).manifest)
    return found
