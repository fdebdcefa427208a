"""The final table: strategies ranked by their effect on welfare net of spend, for readers and for programs."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from commonweal.analysis.results import Results
from commonweal.commands._terminal import text
from commonweal.figures.labels import in_order, short
from commonweal.model.measures import HEADLINES
from commonweal.study.conditions import BASELINE

MEASURES: Final = {name: short(name) for name in in_order(("welfare_net", "worst_off", "gini", *HEADLINES))}
"""measures of the table, and what it calls them; the first decides the rank"""
SHORTER: Final = {"welfare net": "welfare\nnet", "worst-off": "worst-\noff", "cooperation": "cooper-\nation"}
FIRST: Final = next(iter(MEASURES))
BRIEF: Final = {name: MEASURES[name] for name in ("welfare_net", "cooperation", "trust")}
LEVEL: Final = 0.05
TOO_FEW: Final = 30
"""replicates below which the table says that it means little"""
SCHEMA: Final = 1

HOW_TO_READ: Final = (
    "Read a number as: this much more than with nothing done, under the same luck, ± its 95 % interval; * where it "
    "differs from 0 after Holm's correction over the strategies (p < .05). Welfare, worst-off: MU per person and "
    "round, net of spend. Spend: MU per leader and round. Best: probability of being best, doing nothing included."
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
    for scenario in results.manifest["scenarios"]:
        console.print(text(f"\n{scenario}", style="bold"))
        console.print(text("with nothing done: " + _in_words(_levels(results, scenario)), style="dim"))
        for basis in _bases(results, scenario):
            rows = _ranked(results, scenario, basis)
            best.setdefault(scenario, {})[basis] = rows[0]
            console.print(text(f"\n{_title(basis, rows)}"))
            print_fitting(partial(_table, rows), console)
    if not best:
        console.print("\nNothing was compared. Choose a strategy (strategy=inclusion) or experiment=which_strategy.")
        return
    console.print(text("\nbest on welfare net of spend", style="bold"))
    console.print(_winners(best))
    console.print(text(f"\n{HOW_TO_READ}"))
    replicates = int(results.manifest["replicates"])
    if replicates < TOO_FEW:
        console.print(text(f"{replicates} replicates are too few for conclusions; run=standard has 200.", style="bold"))


def _bases(results: Results, scenario: str) -> list[str]:
    effects = results.effects
    return list(dict.fromkeys(effects.loc[effects["scenario"] == scenario, "basis"]))


def _ranked(results: Results, scenario: str, basis: str) -> list[dict[str, Any]]:
    """A row per strategy and one for doing nothing, best first."""
    effects = results.effects
    there = effects[(effects["scenario"] == scenario) & (effects["basis"] == basis) & effects["measure"].isin(MEASURES)]
    rows = []
    for strategy, some in there.groupby("strategy", sort=False):
        measured: dict[str, Any] = some.set_index("measure").to_dict("index")  # pyright: ignore
        first = measured.get(FIRST, {})
        row = {
            "rank": _whole(first.get("rank")),
            "strategy": strategy,
            "prob_best": first.get("prob_best"),
            "spend": next(iter(some["spend"])),
            "intensity": next(iter(some["intensity"])),
            "replicates": _whole(first.get("n")),
        }
        keys = ("effect", "low", "high", "p_holm", "mean", "baseline")
        row["measures"] = {
            name: {key: measured[name][key] for key in keys} if name in measured else None for name in MEASURES
        }
        rows.append(row)
    rows.append(_nothing(results, scenario, rows))
    rows.sort(key=lambda row: (row["rank"] or len(rows), row["strategy"] != BASELINE))
    return [_plain(row) for row in rows]


def _nothing(results: Results, scenario: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The row of doing nothing: no effect, no spend, and what chance of being best the others leave it."""
    levels = _levels(results, scenario)
    none = {"effect": 0.0, "low": 0.0, "high": 0.0, "p_holm": None}
    firsts = [row["measures"][FIRST] for row in rows if row["measures"][FIRST]]
    chances = [chance for row in rows if (chance := row["prob_best"]) is not None and chance == chance]
    return {
        "rank": 1 + sum(each["effect"] > 0 for each in firsts),
        "strategy": BASELINE,
        "prob_best": max(0.0, round(1.0 - sum(chances), 9)),
        "spend": 0.0,
        "intensity": None,
        "replicates": max((row["replicates"] or 0 for row in rows), default=0),
        "measures": {name: none | {"mean": levels[name], "baseline": levels[name]} for name in MEASURES},
    }


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
    return f"at equal spend, {_spend(middle)} MU per leader and round"


def print_fitting(draw: Callable[[str], Table], console: Console) -> None:
    """Print a table with effects and intervals on one line, or on two where the terminal is narrow."""
    wide = draw(" ")
    fits = Measurement.get(console, console.options.update(max_width=10_000), wide).maximum <= console.width
    console.print(wide if fits else draw("\n"))


def heading(name: str, between: str) -> Text:
    """The name of a column, on two lines where its numbers are."""
    return text(name if between == " " else SHORTER.get(name, name))


def _table(rows: list[dict[str, Any]], between: str) -> Table:
    """between: what stands between an effect and its interval."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("strategy", overflow="fold", max_width=24 if between == " " else 19)
    for name in MEASURES.values():
        table.add_column(heading(name, between), justify="right", no_wrap=True)
    for name in ("spend", "best"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        nothing = row["strategy"] == BASELINE
        cells = ["" if nothing else _effect(row["measures"][name], between) for name in MEASURES]
        chance = "" if row["prob_best"] is None else f"{row['prob_best']:.2f}"
        rank = str(row["rank"] or "")
        texts = [rank, row["strategy"], *cells, _spend(row["spend"]), chance]
        table.add_row(*(text(each) for each in texts), style="dim" if nothing else "")
    return table


def _effect(measured: dict[str, Any] | None, between: str) -> str:
    if measured is None or measured["effect"] is None:
        return "-"
    effect, low, high = measured["effect"], measured["low"], measured["high"]
    holm = measured["p_holm"]
    mark = "*" if holm is not None and holm < LEVEL else " "
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
    """Per scenario the first of each ranking, with its probability of being best."""
    bases = list(dict.fromkeys(basis for there in best.values() for basis in there))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("scenario", overflow="fold")
    for basis in bases:
        table.add_column(f"at {basis}", overflow="fold")
    for scenario, there in best.items():
        table.add_row(text(scenario), *(text(_winner(there[basis])) if basis in there else "" for basis in bases))
    return table


def _winner(row: dict[str, Any]) -> str:
    chance = "" if row["prob_best"] is None else f" ({row['prob_best']:.2f})"
    if row["strategy"] == BASELINE:
        return f"doing nothing{chance}: no strategy is worth its cost"
    first = row["measures"][FIRST]
    sure = first["p_holm"] is not None and first["p_holm"] < LEVEL
    return f"{row['strategy']}{chance}" + ("" if sure else ", not surely better than doing nothing")


def in_brief(results: Results, between: str) -> Iterator[list[str]]:
    """Per scenario the cells of a line: the strategy compared, or the best of several, at full strength."""
    for scenario in results.manifest["scenarios"]:
        rows = _ranked(results, scenario, "full strength")
        strategies = [row for row in rows if row["strategy"] != BASELINE]
        row = strategies[0] if len(strategies) == 1 else rows[0]
        effects = [_effect(row["measures"][name], between) if strategies else "" for name in BRIEF]
        chance = "" if row["prob_best"] is None or not strategies else f"{row['prob_best']:.2f}"
        yield [scenario, row["strategy"], *effects, _spend(row["spend"]), chance]
