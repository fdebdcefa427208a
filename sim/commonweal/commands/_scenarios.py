"""Every scenario by itself, for readers: its strategies ranked, and in the end who is best where."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table

from commonweal.analysis.results import Results
from commonweal.analysis.smallest_effect import declared, in_words
from commonweal.commands._cells import BRIEF, CERTAINTY, MEASURES, certainty, effect, heading, level, spend
from commonweal.commands._ranking import bases, levels, ranked
from commonweal.commands._room import NARROW, broken, print_fitting
from commonweal.commands._terminal import text
from commonweal.report.meanings import people
from commonweal.report.sentences import capital, listed, percent
from commonweal.report.summary import alike
from commonweal.report.verdicts import HARMS, HELPS, NULL, UNHAD, UNSURE, too_large
from commonweal.study.conditions import BASELINE
from commonweal.units import told

TOO_FEW: Final = 30
"""replicates below which the table says that it means little"""

HOW_TO_READ: Final = (
    "Read a number as: this much more than with nothing done, under the same luck, ± its 95 % interval; * where all "
    "of that lies beyond the smallest effect of interest ({}) and Holm's p over the strategies is below .05; = where "
    "all of it lies within, no difference that matters; neither, where that is unsure. Welfare, worst-off: MU per "
    "person and round, net of spend. Spend: MU per leader and round. Sure: how sure the mean is the best, doing "
    "nothing included; no chance of success. Best in: share of communities in which it is best."
)


def show(results: Results, console: Console) -> None:
    """Print the table for readers: per scenario at full strength and at equal spend, then who is best."""
    best: dict[str, dict[str, dict[str, Any]]] = {}
    like = (
        alike(results.effects, list(MEASURES))
        if len(results.effects)
        else {each: [] for each in results.manifest["scenarios"]}
    )
    for scenario, others in like.items():
        console.print(text(f"\n{scenario}", style="bold"))
        if others:
            console.print(text(f"and, but for the third digit, {listed(others)}"))
        console.print(text("with nothing done: " + _in_words(levels(results, scenario)), style="dim"))
        for basis in bases(results, scenario):
            rows = ranked(results, scenario, basis)
            best.setdefault(scenario, {})[basis] = rows[0]
            console.print(text(f"\n{_title(basis, rows)}"))
            few = partial(_table, rows, "\n", BRIEF)
            print_fitting(console, partial(_table, rows, " "), partial(_table, rows, "\n"), few)
            console.print(text(_told(rows)))
    if not best:
        console.print("\nNothing was compared. Choose a strategy (strategy=inclusion) or experiment=which_strategy.")
        return
    console.print(text("\nbest on welfare net of spend", style="bold"))
    console.print(_winners(best))
    share = declared(results.manifest)
    read = HOW_TO_READ.format(in_words(share) if share else "none was declared: 0")
    told_of = " ".join(filter(None, (read, people(results.manifest))))
    key = f" {capital(told().key)}." if told().money else ""
    console.print(text(f"\n{told().said(told_of)}{key}"))
    say_doubts(results, console)


def say_doubts(results: Results, console: Console) -> None:
    """Say where the smallest effect is too large, or replicates are too few, for there to be a finding."""
    if large := too_large(results.effects, results.manifest):
        console.print(text(f"\n{large}", style="bold"))
    replicates = int(results.manifest["replicates"])
    if replicates < TOO_FEW:
        console.print(text(f"{replicates} replicates are too few for conclusions; run=standard has 200.", style="bold"))


def in_brief(results: Results, between: str) -> Iterator[list[str]]:
    """Per scenario the cells of a line: the strategy compared, or the best of several, at full strength."""
    for scenario in results.manifest["scenarios"]:
        rows = ranked(results, scenario, "full strength")
        strategies = [row for row in rows if row["strategy"] != BASELINE]
        row = strategies[0] if len(strategies) == 1 else rows[0]
        effects = [effect(row["measures"][name], between) if strategies else "" for name in BRIEF]
        certain = certainty(row, between) if strategies else [""] * len(CERTAINTY)
        yield [scenario, row["strategy"], *effects, spend(row["spend"]), *certain]


def _table(rows: list[dict[str, Any]], between: str, measures: Mapping[str, str] = MEASURES) -> Table:
    """between: what stands between an effect and its interval."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("strategy", overflow="fold", max_width=24 if between == " " else NARROW)
    for name in measures.values():
        table.add_column(heading(name, between), justify="right", no_wrap=True)
    for name in ("spend", *CERTAINTY.values()):
        table.add_column(heading(name, between), justify="right", no_wrap=True)
    for row in rows:
        nothing = row["strategy"] == BASELINE
        cells = ["" if nothing else effect(row["measures"][name], between) for name in measures]
        certain = certainty(row, between)
        texts = [
            str(row["rank"] or ""),
            broken(row["strategy"], between != " "),
            *cells,
            spend(row["spend"]),
            *certain,
        ]
        table.add_row(*(text(each) for each in texts), style="dim" if nothing else "")
    return table


def _title(basis: str, rows: list[dict[str, Any]]) -> str:
    if basis != "equal spend":
        return f"at {basis}"
    spends = sorted(row["spend"] for row in rows if row["strategy"] != BASELINE and row["verdict"] != UNHAD)
    middle = f", {spend(spends[len(spends) // 2])} {told().said('MU per leader and round')}" if spends else ""
    return f"at equal spend{middle}"


def _in_words(levels: dict[str, Any]) -> str:
    return ", ".join(f"{MEASURES[name]} {level(value)}" for name, value in levels.items())


def _told(rows: list[dict[str, Any]]) -> str:
    """Which strategies help, harm, change nothing that matters, and of which that is unsure; effect and cost apart."""
    kinds = {HELPS: "helps", HARMS: "harms", NULL: "changes nothing that matters", UNSURE: "unsure", UNHAD: UNHAD}
    parts = []
    for verdict, words in kinds.items():
        some = [row for row in rows if row["verdict"] == verdict]
        names = [row["strategy"] + (f" ({row['cost_apart']})" if row["cost_apart"] else "") for row in some]
        parts += [f"{words}: {', '.join(names)}"] if names else []
    return "; ".join(parts)


def _winners(best: dict[str, dict[str, dict[str, Any]]]) -> Table:
    """Per scenario the first of each ranking, and how sure it is."""
    bases = list(dict.fromkeys(basis for there in best.values() for basis in there))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("scenario", overflow="fold")
    for basis in bases:
        table.add_column(f"at {basis}", overflow="fold")
    for scenario, there in best.items():
        table.add_row(text(scenario), *(text(_winner(there[basis])) if basis in there else "" for basis in bases))
    return table


def _winner(row: dict[str, Any]) -> str:
    sure, often = certainty(row)
    told = [f"sure {sure}"] * bool(sure) + [f"best in {often}"] * bool(often)
    if (worlds := row.get("best_worlds")) is not None:
        told.append(f"in {percent(worlds)} of worlds")
    certain = f" ({', '.join(told)})" if told else ""
    if row["strategy"] == BASELINE:
        return f"doing nothing{certain}: no strategy is worth its cost"
    after = {HELPS: "", NULL: ", no difference that matters"}.get(
        row["verdict"], ", not surely better than doing nothing"
    )
    return f"{row['strategy']}{certain}{after}"
