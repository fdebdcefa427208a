"""The final table of a study that compares no strategies: the conditions with the highest welfare net of spend."""

import sys
from functools import partial
from typing import Any

from rich import box
from rich.table import Table

from commonweal.analysis.results import Results
from commonweal.commands._room import print_keyed
from commonweal.commands._terminal import console, text
from commonweal.harmless import shown
from commonweal.study.conditions import told_name
from commonweal.study.dataset import open_study
from commonweal.study.progress import verified
from commonweal.study.query import connect
from commonweal.units import Units, told

PERSON, LEADER = "MU per person and round", "MU per leader and round"
SHOWN = 10
"""conditions of the table"""


def document(results: Results) -> dict[str, Any]:
    """The table for programs."""
    manifest = results.manifest
    about = {name: manifest[name] for name in ("experiment", "design", "conditions", "rounds", "leaders", "seed")}
    return about | {
        "folder": str(results.folder),
        "failed_runs": count_failed(results),
        "replication": manifest["replication"],
        "best": best(results),
    }


def show(results: Results) -> None:
    """Print it for readers."""
    rows, units = best(results), told()
    there = console(sys.stdout)
    there.print(text(f"best of {results.manifest['conditions']:,} conditions", style="bold"))
    print_keyed(partial(_table, rows), [told_name(row["name"], units) for row in rows], there)
    if units.money:
        print(shown(f"\n{key(units)}"))
    rule = results.manifest["replication"]
    if rule.get("content") is False:
        print(
            f"\nThe rule of replication was not met within its budget of {rule['most']:,} replicates: {rule['reached']}"
        )


def _table(rows: list[dict[str, Any]], names: list[str]) -> Table:
    """names: what stands in the place of each condition's name."""
    units = told()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("condition", overflow="fold")
    for name in ("replicates", "welfare\nnet", "worst-\noff", "cooper-\nation", "spend"):
        table.add_column(name, justify="right", no_wrap=True)
    for row, name in zip(rows, names, strict=True):
        half, people, leader = row["half_interval"], *map(units.times, (PERSON, LEADER))
        welfare = units.written(row["welfare_net"] * people)
        welfare += f" ±{units.written(half * people)}" if half is not None else ""
        cells = [name, f"{row['replicates']:,}", welfare, units.written(row["worst_off"] * people),
                 f"{row['cooperation']:.3f}", f"{row['spend'] * leader:,.1f}"]  # fmt: skip
        table.add_row(*map(text, cells))
    return table


def best(results: Results) -> list[dict[str, Any]]:
    """The conditions with the highest welfare net of spend."""
    with _runs(results) as connection:
        rows = connection.sql(
            f"""SELECT name, count(welfare_net) AS replicates, avg(welfare_net) AS welfare_net,
                       1.96 * stddev_samp(welfare_net) / sqrt(count(welfare_net)) AS half_interval,
                       avg(worst_off) AS worst_off, avg(cooperation) AS cooperation, avg(spend) AS spend
                FROM runs WHERE status = 'succeeded' GROUP BY name ORDER BY welfare_net DESC, name LIMIT {SHOWN}"""
        )
        return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]


def count_failed(results: Results) -> int:
    """Runs that came to nothing."""
    with _runs(results) as connection:
        return connection.sql("SELECT count(*) FROM runs WHERE status = 'failed'").fetchall()[0][0]


def _runs(results: Results) -> Any:
    """DuckDB over what there is of the runs."""
    dataset, manifest = open_study(results.folder)
    return connect(dataset, verified(dataset, manifest).parts["runs"])


def key(units: Units) -> str:
    """What the amounts of a table are told in."""
    return f"Welfare: {units.said(PERSON)}. Spend: {units.said(LEADER)}. {units.key}."
