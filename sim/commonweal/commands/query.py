"""Ask a results folder anything, in SQL.

usage: commonweal query RESULTS "SELECT ..." [--csv | --json]

tables: runs (a row per run, with what its condition changes) and conditions; rounds, trajectories and effects as far
        as they are kept. results/README.md describes every column.

examples:
  commonweal query results/factorial/... "SELECT name, avg(welfare_net) FROM runs GROUP BY name ORDER BY 2"
  commonweal query results/factorial/... "SELECT inclusion, communication, avg(worst_off) FROM runs GROUP BY ALL" --csv
  commonweal query results/factorial/... "DESCRIBE runs"

It is DuckDB's SQL. Amounts, and those in names, are in MU, as in files. Nothing is read but this folder's
results, however many there are, and nothing is written.
"""

import csv
import json
import sys
from pathlib import Path

from commonweal.commands._parser import Parser
from commonweal.errors import InputError
from commonweal.harmless import cell


def main(arguments: list[str]) -> int:
    """Ask, and print the answer."""
    parser = Parser("query")
    parser.add_argument("results", metavar="RESULTS")
    parser.add_argument("sql", metavar="SQL")
    parser.add_argument("--csv", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_intermixed_args(arguments)
    import duckdb

    from commonweal.commands._terminal import say
    from commonweal.study.folder import read_manifest
    from commonweal.study.query import connect_folder
    from commonweal.units import units_of

    with connect_folder(given.results) as connection:
        try:
            if given.csv or given.json:
                _hand_on(connection.execute(given.sql), given.csv)
            elif (answer := connection.sql(given.sql)) is not None:
                answer.show(max_rows=200, max_width=200)
                if (units := units_of(read_manifest(Path(given.results)) or {})).money:
                    say(f"Amounts, and those in names, are in MU as in the files: {units.key}.")
        except duckdb.Error as error:
            raise InputError(f"the query cannot be answered: {' '.join(str(error).split())}") from None
    return 0


def _hand_on(answer, as_csv: bool) -> None:
    """Print the rows for programs, CSV some thousands at a time."""
    columns = [each[0] for each in answer.description]
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(map(cell, columns))
        while rows := answer.fetchmany(10_000):
            writer.writerows(map(cell, row) for row in rows)
    else:
        rows = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
        print(json.dumps(rows, indent=1, default=str, ensure_ascii=False))
