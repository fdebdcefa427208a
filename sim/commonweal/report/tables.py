"""Tables: effects ranked by the decision rule, and who gains and who loses by them."""

from collections.abc import Collection
from typing import Any, Final

import pandas as pd

from commonweal.figures.labels import in_order, words
from commonweal.model.run import RUN_MEASURES
from commonweal.report.page import Cell, Part, Table
from commonweal.report.sentences import capital, interval, number, percent
from commonweal.report.verdicts import HARMS, HELPS, NULL, UNHAD, cost_apart, judged

GAINERS: Final = {
    "welfare_net": "average person",
    "worst_off": "worst-off group",
    "marginalised_welfare": "marginalised groups",
    "payoff": "leaders themselves",
    "gini": "equality across groups",
}
CERTAINTY: Final = {"spend": "spend", "prob_best": "sure", "best_communities": "best in"}
"""columns beside an effect that a table may have, and what they are called"""
MOST: Final = 15
"""rows of a table, of which the best are shown"""
UNKNOWN: Final = "–"
LONG: Final = 200
"""letters of a row's name, in a page, which breaks lines"""


def ranked(
    effects: pd.DataFrame, noun: str, most: int = MOST, own: tuple[str, dict[str, float]] | None = None
) -> list[Part]:  # fmt: skip
    """Per scenario and basis the strategies, best first, with their effects on net welfare.

    effects: columns as commonweal.analysis.effects.COLUMNS; `spend`, `prob_best`, `best_communities` and `baseline` may
    be missing.
    own: the name of what all are held against, and what it spends in each scenario, where it is to have its own row.
    """
    found = []
    for scenario in in_order(effects["scenario"]):
        there, note = effects.loc[effects["scenario"] == scenario, :], ""
        tables = []
        for basis in in_order(there["basis"]):
            rows = judged(there, basis)
            tables.append(
                Table(capital(basis), f"{words(scenario)}, {basis}", _ranked_head(rows, noun),
                      _ranked_rows(rows, most, own and (own[0], own[1][scenario])))
            )  # fmt: skip
            note = f"The best {most} of {len(rows)}." if len(rows) > most else note
        found.append(Part(capital(words(scenario)), note, tables))
    return found


def _ranked_head(rows: pd.DataFrame, noun: str) -> list[Cell]:
    head = [Cell(noun), Cell("effect", "n"), Cell("verdict")]
    return head + [Cell(name, "n") for column, name in CERTAINTY.items() if column in rows]


def _ranked_rows(rows: pd.DataFrame, most: int, own: tuple[str, float] | None) -> list[list[Cell]]:
    found = [(float(row["effect"]), _ranked_row(row)) for row in rows.to_dict("records")]
    if own is not None:
        left = {name: 1.0 - float(rows[name].to_numpy(float).sum()) for name in CERTAINTY if name in rows}
        cells = _certainty(
            {name: max(rest, 0.0) if rest == rest else rest for name, rest in left.items()} | {"spend": own[1]}
        )
        found.append((0.0, [Cell(words(own[0], LONG)), Cell("0", "n"), Cell("held against"), *cells]))
    return [cells for _, cells in sorted(found, key=lambda each: -each[0])][:most]


def _ranked_row(row: dict[Any, Any]) -> list[Cell]:
    verdict, name = str(row["verdict"]), Cell(words(row["strategy"], LONG))
    if verdict == UNHAD:
        unknown = dict.fromkeys({"prob_best", "best_communities"} & set(row), float("nan"))
        return [name, Cell(UNKNOWN, "n"), Cell(verdict), *_certainty(row | unknown)]
    return [name, effect(row), Cell(verdict, verdict.split()[0], cost_apart(row)), *_certainty(row)]


def _certainty(row: dict[Any, Any]) -> list[Cell]:
    """What a choice spends, how sure its mean is the best, and in how many communities it is; as far as it is there."""
    written = {
        "spend": lambda value: f"{value:,.2f}",
        "prob_best": lambda value: f"{value:.2f}" if value == value else UNKNOWN,
        "best_communities": percent,
    }
    return [Cell(written[name](row[name]), "n") for name in CERTAINTY if name in row]


def foremost(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows of the first scenario in a column: of the mean over all of them, where there are several."""
    return table.loc[table[column] == table[column].iloc[0], :]


def plural(noun: str) -> str:
    """The plural of what is compared."""
    return {"strategy": "strategies", "mix": "mixes"}.get(noun, f"{noun}s")


def effect(row: Any, digits: int = 3) -> Cell:
    """An effect with its interval below it, of anything with `effect`, `low` and `high`."""
    ends = interval(row["low"], row["high"], digits).removeprefix(", 95 % interval ")
    return Cell(number(row["effect"], digits), "n", ends or "not known")


def counted(scenarios: int) -> str:
    """How who gains and loses was found."""
    where = f", in how many of the {scenarios} scenarios" if scenarios > 1 else ""
    return f"By the same rule{where}. No change: none that matters."


def gains(effects: pd.DataFrame, noun: str, only: Collection[str] | None = None) -> Part:
    """Per basis and strategy who gains and who loses, counted over scenarios by the decision rule."""
    tables = []
    for basis in in_order(effects["basis"]):
        cells: dict[str, dict[str, str]] = {}
        for measure in GAINERS:
            rows = judged(effects, basis, measure, RUN_MEASURES[measure].better)
            for name, some in rows.groupby("strategy", sort=False):
                cells.setdefault(str(name), {})[measure] = _counted(some)
        head = [Cell(noun), *map(Cell, GAINERS.values())]
        rows = [
            [Cell(words(name, LONG)), *(Cell(cell.get(each, UNKNOWN), "short") for each in GAINERS)]
            for name, cell in cells.items() if only is None or name in only
        ]  # fmt: skip
        tables.append(Table(capital(basis), f"Who gains {basis}", head, rows))
    return Part("", "", tables)


def _counted(rows: pd.DataFrame) -> str:
    total, gone, parts = len(rows), list(rows["verdict"]).count(UNHAD), []
    if gone == total:
        return "cannot be had"
    for verdict, verb in ((HELPS, "gains"), (HARMS, "loses")):
        count = list(rows["verdict"]).count(verdict)
        if count:
            parts.append(verb if total == 1 else f"{verb} in {count} of {total}")
    null = list(rows["verdict"]).count(NULL) == total - gone
    return ", ".join(parts) or ("no change" if null else "unsure")
