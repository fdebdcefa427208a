"""A log of months: who met whom, who gave how much, what was agreed, how far people trusted; all of it optional.

It has a column for each of these, or, as minutes have it, a row for each: month, what, who, with, value. A list of who
was there, with dates, says who met.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from commonweal.roster.attendance import as_log
from commonweal.roster.bonds import who_is
from commonweal.roster.cells import answers, numbers, texts
from commonweal.roster.columns import LOG
from commonweal.roster.dates import dates_of, is_date
from commonweal.roster.describe import counted, listed, nearest, quote
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.found import Sheet
from commonweal.roster.headings import Choice
from commonweal.roster.kinds import read_file
from commonweal.roster.mapping import Mapping
from commonweal.roster.resolve import resolve
from commonweal.roster.roles import EXACT, candidates, plain
from commonweal.roster.roster import Roster
from commonweal.roster.table import Table

SEEN: Final = (*LOG.numbers, *LOG.answers)
"""what a log may say of a month"""
WHAT: Final = ("what", "kind", "event", "item", "measure")
VALUE: Final = ("value", "amount", "how much", "answer", "result")
"""headings of a log that has a row for each thing"""
LAST: Final = 600
"""the last month that a log may have"""
AT_THE_START: Final = ("trust", "tie", "expected")
"""what may be known of month 0, before the first"""
BETWEEN: Final = ("met", "tie")
"""what needs two leaders; the others may be of one"""


@dataclass(frozen=True, slots=True)
class Log:
    """What was seen, a row per thing, in the order of the file; of leaders the index, -1 for none."""

    month: dict[str, np.ndarray]
    who: dict[str, np.ndarray]
    other: dict[str, np.ndarray]
    """the leader named under `with`"""
    value: dict[str, np.ndarray]
    """shares, and 1 for yes, 0 for no"""
    notes: tuple[str, ...]
    """how it was read, and all of it that was not used"""

    @property
    def seen(self) -> list[str]:
        """What there is in it, in the order of the columns."""
        return [each for each in SEEN if len(self.month[each])]


def read_log(file: Path | str, of: Roster, mapping: Mapping | None = None) -> Log:
    """A log about a roster's leaders, in a file of any kind that is read.

    Raises RosterError: what the file is not, cells that mean nothing, names of nobody, what no month can have.
    """
    path = Path(file)
    found = read_file(path)
    lists = [] if any(map(_says, found.sheets)) else [*filter(None, map(as_log, found.sheets))]
    sheet = lists[0] if lists else _the_log(found.sheets, path)
    sheet = _unfolded(sheet) if _what(sheet) else sheet
    table = resolve(Choice(sheet, "log", mapping or Mapping(), lambda _: True))
    month = _months(table)
    people = {end: who_is(table, end, of.ids, of.names) for end in ("who", "with")}
    rows = {name: numbers(table, name, rule) for name, rule in LOG.numbers.items()}
    rows |= {name: answers(table, name) for name in LOG.answers}
    table.review.close()
    _refuse_impossible(table, month, people, rows)
    _tell_empty(table, rows)
    kept = {name: _once(table, name, month, people, rows[name]) for name in SEEN}
    table.review.close()
    return Log(
        {name: month[at] for name, at in kept.items()},
        {name: people["who"][at] for name, at in kept.items()},
        {name: people["with"][at] for name, at in kept.items()},
        {name: rows[name][at] for name, at in kept.items()},
        tuple(table.review.notes),
    )


def _the_log(sheets: list[Sheet], path: Path) -> Sheet:
    """The sheet that has months. Raises RosterError where there is none."""
    with_months = [each for each in sheets if "month" in candidates(each.headings, "log")]
    if not with_months:
        names = [quote(heading) for heading in sheets[0].headings if heading] if sheets else []
        has = f", and it has {listed(names, 5)}" if names else ""
        raise RosterError(
            f"{path.name}: there is no column 'month'{has}; a log begins with month, and has a column for what was "
            f"seen ({', '.join(SEEN)}), or the columns what, who, with, value"
        )
    for other in with_months[1:]:
        other.review.note(f"of several tables with months the first was read, not {quote(other.name)}")
    return with_months[0]


def _says(sheet: Sheet) -> bool:
    """Whether a table has columns of a log of its own, besides those that say when and who."""
    return bool(_what(sheet)) or any(LOG.canonical(heading) in SEEN for heading in sheet.headings)


def _what(sheet: Sheet) -> str:
    """The heading under which a log says what a row is about; '' where each thing has a column of its own."""
    return next((each for each in sheet.headings if plain(each) in WHAT), "")


def _unfolded(sheet: Sheet) -> Sheet:
    """A log with a row for each thing as one with a column for each."""
    what, review = _what(sheet), sheet.review
    value = next((each for each in sheet.headings if plain(each) in VALUE), "")
    columns = {name: sheet.column(name) for name in sheet.headings if name not in (what, value)}
    cells = sheet.column(value) if value else [""] * len(sheet.rows)
    strange: dict[str, list[tuple[int, str]]] = {}
    for row, (said, cell) in enumerate(zip(sheet.column(what), cells, strict=True)):
        name = EXACT["log"].get(plain(said), "")
        if name in SEEN:
            columns.setdefault(name, [""] * len(sheet.rows))[row] = cell or ("yes" if name in LOG.answers else "")
        else:
            strange.setdefault(said, []).append((sheet.lines[row], said))
    _tell_strange(review, what, strange)
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return Sheet(sheet.name, list(columns), rows, sheet.lines, review, "", sheet.decimal_commas)


def _tell_strange(review: Review, what: str, strange: dict[str, list[tuple[int, str]]]) -> None:
    """Note rows about what no log can say; a word that seems misspelt is a problem."""
    for said, places in strange.items():
        if said and (near := nearest(said, SEEN)):
            remedy = f"did you mean {near}? known are {', '.join(SEEN)}"
            review.cells("nothing that a log can say", remedy, places, what)
        else:
            about = quote(said) if said else "nothing"
            review.note(f"{counted(len(places), 'row')} about {about} ignored; a log can say {', '.join(SEEN)}")
    review.close()


def _months(table: Table) -> np.ndarray:
    """(rows,) the number of each row's month; of dates the first is month 1."""
    cells = texts(table, "month")
    if any(map(is_date, cells)):
        return _of_dates(table, cells)
    found, bad = np.full(len(cells), -1, np.int64), []
    for row, (line, cell) in enumerate(zip(table.lines, cells, strict=True)):
        whole = cell.removesuffix(".0")
        if re.fullmatch(r"\d{1,9}", whole):
            found[row] = int(whole)
        else:
            bad.append((line, cell))
    dates = "or dates in every row, such as 2026-03"
    remedy = f"write a whole number from 0 on, where 1 is the first month after the roster, {dates}"
    table.review.cells("no month", remedy, bad, "month")
    _refuse_late(table, cells, found, f"write months up to {LAST}, {dates}")
    return found


def _of_dates(table: Table, cells: list[str]) -> np.ndarray:
    """The months of a column in which there are dates."""
    dates = dates_of(cells)
    for what, remedy, rows in dates.problems:
        table.review.cells(what, remedy, [(table.lines[row], cells[row]) for row in rows], "month")
    counts = np.array(dates.months, np.int64)
    first = counts[counts >= 0].min(initial=counts.max())
    told = f" ({dates.example})" if dates.example else ""
    table.review.note(f"its dates{told} were counted from {first // 12:04d}-{first % 12 + 1:02d}, which is month 1")
    found = counts - first + 1
    _refuse_late(table, cells, found, f"write dates of {LAST} months at most")
    return found


def _refuse_late(table: Table, cells: list[str], found: np.ndarray, remedy: str) -> None:
    late = [(line, cell) for line, cell, at in zip(table.lines, cells, found, strict=True) if at > LAST]
    table.review.cells(f"a month after {LAST}", remedy, late, "month")


def _refuse_impossible(table: Table, month: np.ndarray, people: dict[str, np.ndarray], rows: dict[str, np.ndarray]):
    """What no month of the model can have is a problem, each with the place."""
    who, other = people["who"], people["with"]
    for name, value in rows.items():
        there = ~np.isnan(value)
        if name not in AT_THE_START:
            remedy = "write the month in which it was seen, from 1 on"
            _refuse(table, "month", there & (month == 0), lambda _: "0", f"the roster's own date, when nobody {name}",
                    remedy)  # fmt: skip
        if name in BETWEEN:
            none = there & (value == 0) & (name == "tie")  # who names nobody
            for end, wrong in (("who", there & (who < 0)), ("with", there & (other < 0) & ~none)):
                _refuse(table, end, wrong, lambda _: "", f"empty, though the row says {name}", "write a leader's id")
            same = there & (who >= 0) & (who == other)
            _refuse(table, "with", same, lambda row: table.cells("with")[row], "the same leader as who",
                    "write whom they met, or delete the row")  # fmt: skip
        elif name not in ("gave", "agreed"):
            _refuse(table, "who", there & (who < 0), lambda _: "", f"empty, though the row says {name}",
                    "write a leader's id")  # fmt: skip
    table.review.close()


def _refuse(table: Table, column: str, wrong: np.ndarray, cell: Callable[[int], str], what: str, remedy: str) -> None:
    table.review.cells(what, remedy, [(table.lines[row], cell(int(row))) for row in np.flatnonzero(wrong)], column)


def _tell_empty(table: Table, rows: dict[str, np.ndarray]) -> None:
    """Note rows that say nothing."""
    nothing = np.all([np.isnan(value) for value in rows.values()], axis=0)
    if nothing.any():
        table.review.note(f"{counted(int(nothing.sum()), 'row')} without anything seen ignored")


def _once(table: Table, name: str, month: np.ndarray, people: dict[str, np.ndarray], value: np.ndarray) -> np.ndarray:
    """The rows that say something of the kind, each cell of it once; two that differ are a problem."""
    there = np.flatnonzero(~np.isnan(value))
    keys: dict[tuple[int, int, int], int] = {}
    kept, twice = [], 0
    for row in there:
        key = int(month[row]), int(people["who"][row]), int(people["with"][row])
        first = keys.setdefault(key, int(row))
        if first == row:
            kept.append(row)
        elif value[first] == value[row]:
            twice += 1
        else:
            remedy = f"line {table.lines[first]} says {value[first]:g} of the same; keep one of them"
            table.review.problem(f"{value[row]:g} contradicts what stands above; {remedy}", table.lines[row], name)
    if twice:
        table.review.note(f"{counted(twice, 'row')} saying {name} once more ignored")
    return np.array(kept, np.int64)
