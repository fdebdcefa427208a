"""The final table: strategies ranked by their effect on welfare net of spend, for readers and for programs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import pandas as pd
from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from commonweal.analysis.results import Results
from commonweal.analysis.smallest_effect import declared, in_words
from commonweal.commands._terminal import text
from commonweal.figures.labels import in_order, short
from commonweal.model.measures import HEADLINES
from commonweal.model.run import RUN_MEASURES
from commonweal.report.sentences import capital, listed, percent
from commonweal.report.summary import alike
from commonweal.report.verdicts import HARMS, HELPS, NULL, UNSURE, cost_apart, judged, too_large
from commonweal.study.conditions import BASELINE
from commonweal.units import told

MEASURES: Final = {name: short(name) for name in in_order(("welfare_net", "worst_off", "gini", *HEADLINES))}
"""measures of the table, and what it calls them; the first decides the rank"""
SHORTER: Final = {
    "welfare net": "welfare\nnet",
    "worst-off": "worst-\noff",
    "cooperation": "cooper-\nation",
    "best in": "best\nin %",
}
FIRST: Final = next(iter(MEASURES))
BRIEF: Final = {name: MEASURES[name] for name in ("welfare_net", "cooperation", "trust")}
CERTAINTY: Final = {"prob_best": "sure", "best_communities": "best in"}
"""how sure a mean is the best, and in what share of communities a strategy is; and what the table calls them"""
MARKS: Final = {HELPS: "*", HARMS: "*", NULL: "="}
NARROW: Final = 13
"""letters of a name on a line of a narrow table, as of `relationships`"""
TOO_FEW: Final = 30
"""replicates below which the table says that it means little"""
SCHEMA: Final = 1

HOW_TO_READ: Final = (
    "Read a number as: this much more than with nothing done, under the same luck, ± its 95 % interval; * where all "
    "of that lies beyond the smallest effect of interest ({}) and Holm's p over the strategies is below .05; = where "
    "all of it lies within, no difference that matters; neither, where that is unsure. Welfare, worst-off: MU per "
    "person and round, net of spend. Spend: MU per leader and round. Sure: how sure the mean is the best, doing "
    "nothing included; no chance of success. Best in: share of communities in which it is best."
)


def document(results: Results) -> dict[str, Any]:
    """The table for programs; its structure is described by `commonweal table --help`."""
    about = results.manifest
    scenarios = {
        scenario: {basis: _ranked(results, scenario, basis) for basis in _bases(results, scenario)}
        for scenario in about["scenarios"]
    }
    return {
        "schema": SCHEMA,
        "folder": str(results.folder),
        **{name: about[name] for name in ("experiment", "replicates", "rounds", "leaders", "seed")},
        "smallest_effect": declared(about),
        "failed_runs": failed_runs(results),
        "scenarios": scenarios,
        "baseline": {scenario: _levels(results, scenario) for scenario in about["scenarios"]},
    }


def failed_runs(results: Results) -> int:
    """How many runs came to nothing."""
    return results.runs["status"].eq("failed").to_numpy().sum().item()


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
        console.print(text("with nothing done: " + _in_words(_levels(results, scenario)), style="dim"))
        for basis in _bases(results, scenario):
            rows = _ranked(results, scenario, basis)
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
    told_of = HOW_TO_READ.format(in_words(share) if share else "none was declared: 0")
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


def _bases(results: Results, scenario: str) -> list[str]:
    effects = results.effects
    return list(dict.fromkeys(effects.loc[effects["scenario"] == scenario, "basis"]))


def _ranked(results: Results, scenario: str, basis: str) -> list[dict[str, Any]]:
    """A row per strategy and one for doing nothing, best first."""
    effects = results.effects
    there = effects.loc[(effects["scenario"] == scenario) & (effects["basis"] == basis), :]
    there = pd.concat([judged(there, basis, name, RUN_MEASURES[name].better) for name in MEASURES]).sort_index()
    rows = []
    for strategy, some in there.groupby("strategy", sort=False):
        measured: dict[str, Any] = some.set_index("measure").to_dict("index")  # pyright: ignore
        first = measured.get(FIRST, {})
        row = {
            "rank": _whole(first.get("rank")),
            "strategy": strategy,
            "verdict": first.get("verdict"),
            "cost_apart": cost_apart(first) if first else "",
            "prob_best": first.get("prob_best"),
            "best_communities": first.get("best_communities"),
            "best_worlds": first.get("best_worlds"),
            "spend": next(iter(some["spend"])),
            "intensity": next(iter(some["intensity"])),
            "replicates": _whole(first.get("n")),
        }
        keys = ("effect", "low", "high", "p_holm", "mean", "baseline", "matters", "verdict")
        row["measures"] = {
            name: {key: measured[name].get(key) for key in keys} if name in measured else None for name in MEASURES
        }
        rows.append(row)
    rows.append(_nothing(results, scenario, rows))
    rows.sort(key=lambda row: (row["rank"] or len(rows), row["strategy"] != BASELINE))
    return [_plain(row) for row in rows]


def _nothing(results: Results, scenario: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The row of doing nothing: no effect, no spend, and what chance of being best the others leave it."""
    levels = _levels(results, scenario)
    none = {"effect": 0.0, "low": 0.0, "high": 0.0, "p_holm": None, "matters": None, "verdict": None}
    firsts = [row["measures"][FIRST] for row in rows if row["measures"][FIRST]]
    return {
        "rank": 1 + sum(each["effect"] > 0 for each in firsts),
        "strategy": BASELINE,
        "verdict": None,
        "cost_apart": "",
        "prob_best": _rest(rows, "prob_best", 1.0),
        "best_communities": _rest(rows, "best_communities", None),
        "best_worlds": _rest(rows, "best_worlds", None),
        "spend": 0.0,
        "intensity": None,
        "replicates": max((row["replicates"] or 0 for row in rows), default=0),
        "measures": {name: none | {"mean": levels[name], "baseline": levels[name]} for name in MEASURES},
    }


def _rest(rows: list[dict[str, Any]], name: str, unknown: float | None) -> float | None:
    """The share that the strategies leave doing nothing; `unknown` where none of theirs is known."""
    known = [share for row in rows if (share := row[name]) is not None and share == share]
    return max(0.0, round(1.0 - sum(known), 9)) if known else unknown


def _levels(results: Results, scenario: str) -> dict[str, Any]:
    """The measures with nothing done."""
    runs = results.runs
    there = runs[(runs["scenario"] == scenario) & (runs["strategy"] == BASELINE) & (runs["status"] == "succeeded")]
    return _plain({name: there[name].mean() if len(there) else None for name in MEASURES})


def _plain(value: Any) -> Any:
    """Python's own numbers, None for nan: JSON knows no other."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if value is None or isinstance(value, str | int):
        return value
    return float(value) if value == value else None


def _whole(value: Any) -> int | None:
    """A count out of a column that nan has made one of floats."""
    return None if value is None or value != value else int(value)


def _in_words(levels: dict[str, Any]) -> str:
    return ", ".join(f"{MEASURES[name]} {_level(value)}" for name, value in levels.items())


def _title(basis: str, rows: list[dict[str, Any]]) -> str:
    if basis != "equal spend":
        return f"at {basis}"
    spends = sorted(row["spend"] for row in rows if row["strategy"] != BASELINE)
    middle = spends[len(spends) // 2]
    return f"at equal spend, {_spend(middle)} {told().said('MU per leader and round')}"


def print_fitting(console: Console, *draws: Callable[[], Table]) -> None:
    """Print the first of some tables that fits the terminal, else the last: they grow narrower."""
    tables = (draw() for draw in draws)
    table = next(tables)
    while not fits(table, console):
        if (narrower := next(tables, None)) is None:
            break
        table = narrower
    console.print(table)


def fits(table: Table, console: Console) -> bool:
    """Whether a table stands in a terminal without breaking a cell."""
    return Measurement.get(console, console.options.update(max_width=10_000), table).maximum <= console.width


def print_keyed(draw: Callable[[list[str]], Table], names: Sequence[str], console: Console) -> None:
    """Print a table whose rows have long names: where they do not fit, as numbers, with the names below it.

    draw: makes the table of what its first column has, row by row.
    """
    whole = draw(list(names))
    if fits(whole, console):
        console.print(whole)
        return
    keys = {name: str(at) for at, name in enumerate(dict.fromkeys(names), 1)}
    console.print(draw([keys[name] for name in names]))
    for name, key in keys.items():
        console.print(text(f"{key}: {name}"))


def heading(name: str, between: str) -> Text:
    """The name of a column, on two lines where its numbers are."""
    return text(name if between == " " else SHORTER.get(name, name))


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
        cells = ["" if nothing else _effect(row["measures"][name], between) for name in measures]
        certain = _certainty(row, between)
        texts = [
            str(row["rank"] or ""),
            broken(row["strategy"], between != " "),
            *cells,
            _spend(row["spend"]),
            *certain,
        ]
        table.add_row(*(text(each) for each in texts), style="dim" if nothing else "")
    return table


def broken(name: str, narrow: bool) -> str:
    """A name, of which a narrow table breaks lines between words."""
    if not narrow:
        return name
    lines = [""]
    for word in name.replace("_", "_ ").split(" "):
        lines += [word] if lines[-1] and len(lines[-1] + word) > NARROW else [lines.pop() + word]
    return "\n".join(lines)


def _certainty(row: dict[str, Any], between: str = " ") -> list[str]:
    """How sure the mean is the best, and in how many communities it is; empty where it is not known."""
    sure, often = (row[name] for name in CERTAINTY)
    share = "" if often is None else percent(often)
    return ["" if sure is None else f"{sure:.2f}", share if between == " " else share.removesuffix(" %")]


def _told(rows: list[dict[str, Any]]) -> str:
    """Which strategies help, harm, change nothing that matters, and of which that is unsure; effect and cost apart."""
    kinds = {HELPS: "helps", HARMS: "harms", NULL: "changes nothing that matters", UNSURE: "unsure"}
    parts = []
    for verdict, words in kinds.items():
        some = [row for row in rows if row["verdict"] == verdict]
        names = [row["strategy"] + (f" ({row['cost_apart']})" if row["cost_apart"] else "") for row in some]
        parts += [f"{words}: {', '.join(names)}"] if names else []
    return "; ".join(parts)


def _effect(measured: dict[str, Any] | None, between: str) -> str:
    if measured is None or measured["effect"] is None:
        return "-"
    effect, low, high = measured["effect"], measured["low"], measured["high"]
    mark = MARKS.get(measured["verdict"], " ")
    interval = "" if low is None else f"{between}±{_level((high - low) / 2)}"
    return f"{_signed(effect)}{interval}{mark}"


def _signed(value: float) -> str:
    text = _level(value)
    return text if text.startswith("-") else f"+{text}"


def _level(value: float | None) -> str:
    """Three decimals below ten, fewer above."""
    if value is None:
        return "-"
    decimals = 3 if abs(value) < 10 else 1 if abs(value) < 1000 else 0
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if not text.strip("-0.") else text


def _spend(value: float) -> str:
    return f"{value:,.1f}" if value >= 1 or value == 0 else f"{value:.3f}"


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
    sure, often = _certainty(row)
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


def in_brief(results: Results, between: str) -> Iterator[list[str]]:
    """Per scenario the cells of a line: the strategy compared, or the best of several, at full strength."""
    for scenario in results.manifest["scenarios"]:
        rows = _ranked(results, scenario, "full strength")
        strategies = [row for row in rows if row["strategy"] != BASELINE]
        row = strategies[0] if len(strategies) == 1 else rows[0]
        effects = [_effect(row["measures"][name], between) if strategies else "" for name in BRIEF]
        certain = _certainty(row, between) if strategies else [""] * len(CERTAINTY)
        yield [scenario, row["strategy"], *effects, _spend(row["spend"]), *certain]
