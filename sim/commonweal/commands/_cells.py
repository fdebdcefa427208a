"""Numbers and words of a table's cells, and the names of its columns."""

from typing import Any, Final

from rich.text import Text

from commonweal.commands._terminal import text
from commonweal.figures.labels import in_order, short
from commonweal.model.measures import HEADLINES
from commonweal.report.sentences import percent
from commonweal.report.verdicts import HARMS, HELPS, NULL, UNHAD

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


def heading(name: str, between: str) -> Text:
    """The name of a column, on two lines where its numbers are."""
    return text(name if between == " " else SHORTER.get(name, name))


def effect(measured: dict[str, Any] | None, between: str) -> str:
    """An effect, its interval and its mark. between: what stands between the first two."""
    if measured is None or measured["effect"] is None or measured["verdict"] == UNHAD:
        return "-"
    mean, low, high = measured["effect"], measured["low"], measured["high"]
    mark = MARKS.get(measured["verdict"], " ")
    interval = "" if low is None else f"{between}±{level((high - low) / 2)}"
    return f"{_signed(mean)}{interval}{mark}"


def certainty(row: dict[str, Any], between: str = " ") -> list[str]:
    """How sure the mean is the best, and in how many communities it is; empty where it is not known."""
    sure, often = (row[name] for name in CERTAINTY)
    share = "" if often is None else percent(often)
    return ["" if sure is None else f"{sure:.2f}", share if between == " " else share.removesuffix(" %")]


def level(value: float | None) -> str:
    """Three decimals below ten, fewer above."""
    if value is None:
        return "-"
    decimals = 3 if abs(value) < 10 else 1 if abs(value) < 1000 else 0
    written = f"{value:.{decimals}f}"
    return written.lstrip("-") if not written.strip("-0.") else written


def _signed(value: float) -> str:
    written = level(value)
    return written if written.startswith("-") else f"+{written}"


def spend(value: float) -> str:
    """One decimal from 1 on, three below."""
    return f"{value:,.1f}" if value >= 1 or value == 0 else f"{value:.3f}"
