"""Hold two results side by side: what each strategy does in the one and in the other.

usage: commonweal versus A B [--measure NAME] [--json]

A and B are results folders. A row per scenario, basis and strategy that both have: its effect in A and in B, and B less
A with a 95 % interval; * where that leaves out 0. First it is told what differs in what was asked for. Of designs the
conditions beside the first are compared. Where each has one scenario only, these two are held against each other.

Amounts are in your own money where both were given the same units, and in MU in the JSON.
Where A and B have the same seed and replicates, and their runs are there, replicate is held against replicate: they
share their luck. Else the interval takes A and B for independent. The last line says which.

examples:
  commonweal versus results/small_town results/large_town
  commonweal versus results/small_town results/large_town --measure trust
  commonweal versus results/sweep/scenario=calm results/sweep/scenario=crisis

--measure NAME   welfare_net unless said otherwise; docs/reference/levers-and-measures.md lists them
--json           {"differing": {path: [of A, of B]}, "rows": [{scenario, basis, strategy, effect_a, low_a, high_a,
                 effect_b, low_b, high_b, difference, low, high, paired, sure}]}

exit codes: 0 done, 2 the results cannot be used
"""

import json
import sys
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from commonweal.commands._parser import Parser

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

COLUMNS: Final = (*(f"{name}_{end}" for end in "ab" for name in ("effect", "low", "high")), "difference", "low", "high")
"""those that are in the unit of the measure"""
SHOWN: Final = 12
"""differences that are told one by one"""


def main(arguments: list[str]) -> int:
    """Compare, and print."""
    parser = Parser("versus")
    parser.add_argument("one", metavar="A")
    parser.add_argument("other", metavar="B")
    parser.add_argument("--measure", default="welfare_net")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_intermixed_args(arguments)
    from commonweal.analysis.results import load
    from commonweal.analysis.versus import differing, versus
    from commonweal.units import NONE, told_in, units_of

    found = versus(given.one, given.other, given.measure)
    manifests = [load(each, whole=False).manifest for each in (given.one, given.other)]
    apart = differing(*manifests)
    one, other = map(units_of, manifests)
    if given.json:
        rows = json.loads(str(found.to_json(orient="records")))
        print(json.dumps({"differing": apart, "rows": rows}, indent=1, default=str, ensure_ascii=False))
    else:
        with told_in(one if one == other else NONE):
            _show(found, apart, (given.one, given.other), given.measure)
        if one != other:
            print("\nThe two are told in different units, so that amounts are in MU here.")
    return 0


def _show(found: "pd.DataFrame", apart: Mapping[str, tuple[Any, Any]], names: tuple[str, str], measure: str) -> None:
    """Print both for readers."""
    from commonweal.analysis.in_units import amounts
    from commonweal.commands._room import print_fitting
    from commonweal.commands._terminal import console, text
    from commonweal.figures.labels import title
    from commonweal.model.run import RUN_MEASURES
    from commonweal.study.conditions import told_name
    from commonweal.units import told

    there = console(sys.stdout)
    there.print(text(f"A: {names[0]}\nB: {names[1]}"))
    there.print(text("\nThe same was asked for." if not apart else "\nwhat differs, in A and in B", style="bold"))
    for path, (one, other) in list(apart.items())[:SHOWN]:
        there.print(text(f"  {path}: {one}, {other}"))
    if len(apart) > SHOWN:
        there.print(text(f"  and {len(apart) - SHOWN} more (--json)"))
    unit = f", in {told().said(RUN_MEASURES[measure].unit)}" if RUN_MEASURES[measure].unit else ""
    found = amounts(found, told(), COLUMNS, measure)
    there.print(text(f"\neffects on {title(measure, small=True)}{unit}", style="bold"))
    for scenario, basis in dict.fromkeys(zip(found["scenario"], found["basis"], strict=True)):
        rows = found.loc[(found["scenario"] == scenario) & (found["basis"] == basis), :]
        there.print(text(f"\n{told_name(f'{scenario}, {basis}', told())}"))
        each = rows.to_dict("records")
        print_fitting(there, partial(_table, each, " "), partial(_table, each, "\n"))
    paired = [bool(each) for each in found.loc[found["difference"].notna(), "paired"]]
    how = "paired by replicate" if all(paired) else "taken for independent"
    if any(paired) and not all(paired):
        how = "paired by replicate where both have the runs, else taken for independent"
    there.print(text(f"\n±: 95 % intervals; *: that of the difference leaves out 0, A and B {how}."))
    if told().money:
        there.print(text(f"{told().key}."))


def _table(rows: list[dict[Any, Any]], between: str) -> "Table":
    """between: what stands between an effect and its interval."""
    from rich import box
    from rich.table import Table

    from commonweal.commands._terminal import text
    from commonweal.study.conditions import told_name
    from commonweal.units import told

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("strategy", overflow="fold")
    for name in ("A", "B", "B less A", ""):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        cells = [*(_effect(row, f"_{end}", between) for end in "ab"), _effect(row, "", between)]
        table.add_row(*map(text, [told_name(row["strategy"], told()), *cells, "*" if row["sure"] else ""]))
    return table


def _effect(row: Mapping[Any, Any], end: str, between: str) -> str:
    """An effect with half its interval; of what cannot be had for so little the words, and no difference."""
    from commonweal.units import told

    value = row[f"effect{end}" if end else "difference"]
    if value != value:
        return "cannot be had" if end else ""
    half = (row[f"high{end}"] - row[f"low{end}"]) / 2
    return told().written(value, 3, "+") + (f"{between}±{told().written(half)}" if half == half else "")
