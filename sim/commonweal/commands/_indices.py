"""The final table of a Sobol design: which parameters the differences between its conditions are due to."""

import sys

import pandas as pd
from rich import box
from rich.table import Table

from commonweal.advice import command
from commonweal.analysis import sobol
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.results import Results
from commonweal.commands._cells import FIRST, MEASURES
from commonweal.commands._terminal import console, text

HOW_TO_READ = (
    "First: the share of the variance between conditions that a parameter causes by itself; total: with all its "
    "interactions; and 95 % intervals."
)


def show(results: Results) -> None:
    """Print it for readers, per scenario where there are several."""
    there, found = console(sys.stdout), Outcomes(results.folder, whole=True)
    table = sobol.sensitivity(found, FIRST)
    there.print(text(f"\nwhat {MEASURES[FIRST]} depends on, in {len(found.conditions):,} conditions", style="bold"))
    places = list(dict.fromkeys(table["across"]))
    for name in places:
        rows = table.loc[table["across"] == name, :]
        if len(places) > 1:
            there.print(text(f"\n{name}"))
        there.print(_table(rows.loc[rows["share"].isna(), :]))
        luck = rows.loc[rows["share"].notna(), :]
        said = [f"{row['parameter'].removeprefix('share of ')} {row['share']:.0%}" for row in luck.to_dict("records")]
        there.print(text(f"variance of single communities: {', '.join(said)}"))
    there.print(text(f"\n{HOW_TO_READ}"))
    if few := sobol.too_few(table, sobol.points_of(found)):
        there.print(text(f"\n{few}", style="bold"))
    there.print(text(f"\nmore: {command('analyse', results.folder)}"))


def _table(rows: pd.DataFrame) -> Table:
    """A row per parameter, what causes most first."""
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    shown.add_column("parameter", overflow="fold")
    for name in ("first", "", "total", ""):
        shown.add_column(name, justify="right", no_wrap=True)
    for row in rows.sort_values("total", ascending=False, kind="stable").to_dict("records"):
        cells = []
        for kind in ("first", "total"):
            value, half = row[kind], row[f"{kind}_interval"]
            told, ends = sobol.written(value, half), sobol.interval(value, half)
            cells += [told, "" if told == ends else ends]
        shown.add_row(*map(text, [row["parameter"], *cells]))
    return shown
