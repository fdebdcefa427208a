"""What a file holds, whatever its format: sheets of text, which say of themselves what they are where they can."""

from dataclasses import dataclass

from commonweal.roster.describe import quote
from commonweal.roster.errors import Review, RosterError

DIRECTED, UNDIRECTED = "directed", "undirected"
"""what the column `type` of ties says of a row"""
CELLS = 50_000_000
"""of a table, whatever number of columns its rows have between them"""


@dataclass(slots=True)
class Sheet:
    """A table as it was found: headings, and rows of stripped cells ('' = nothing) that are all as long as these."""

    name: str
    """what the mapping calls it: the name of a sheet, a relation, a file"""
    headings: list[str]
    rows: list[list[str]]
    lines: list[int]
    """where each row begins, counted from 1"""
    review: Review
    kind: str = ""
    """leaders, ties or groups, where the format says it"""
    decimal_commas: bool = False
    """whether a lone comma is rather a decimal one than one of thousands"""
    answers: bool = False
    """whether each row is an answer about a leader, so that one that was not given is no tie"""

    def column(self, heading: str) -> list[str]:
        """The cells under a heading."""
        place = self.headings.index(heading)
        return [row[place] for row in self.rows]

    def without(self, left_out: set[int]) -> "Sheet":
        """The same without the columns at these places."""
        kept = [place for place in range(len(self.headings)) if place not in left_out]
        rows = [[row[place] for place in kept] for row in self.rows]
        headings = [self.headings[place] for place in kept]
        return Sheet(self.name, headings, rows, self.lines, self.review, self.kind, self.decimal_commas)


@dataclass(slots=True)
class Found:
    """What is in one file. `says` is the format where it says itself which ties are directed, else ''."""

    sheets: list[Sheet]
    review: Review
    says: str = ""


def sheet_of(
    name: str, rows: list[dict[str, str]], lines: list[int], review: Review, kind: str, first: tuple[str, ...]
) -> Sheet:
    """A sheet of rows that need not all have the same columns; `first` are those that stand before the others."""
    headings = list(dict.fromkeys([*first, *(heading for row in rows for heading in row)]))
    if len(headings) * len(rows) > CELLS:
        remedy = "leave out what the roster does not need"
        raise RosterError(f"{review.file}: {len(rows):,} {name} with {len(headings):,} attributes among them; {remedy}")
    cells = [[row.get(heading, "").strip() for heading in headings] for row in rows]
    return Sheet(name, headings, cells, lines, review, kind)


def number(value: object) -> str:
    """A number of a file as text that reads back as the same number; a whole one without a point."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return "" if value is None else str(value)


def lines_of(sheet: Sheet, rows: list[int]) -> str:
    """'line 2', 'lines 2, 5, 9 and 4 more'."""
    shown = ", ".join(str(sheet.lines[row]) for row in rows[:3])
    more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
    return f"line{'s' if len(rows) > 1 else ''} {shown}{more}"


def without_label(value: str) -> str:
    """A heading as messages show it."""
    return quote(value) if value else "a column without heading"


def own(row: dict[str, str], column: str, value: str) -> None:
    """What an element says of itself goes before data of the same name, which is kept under another."""
    for heading in [heading for heading in row if heading.lower() == column and row[heading] != value]:
        keep_both(row, f"{heading} (data)", row.pop(heading))
    row[column] = value


def keep_both(row: dict[str, str], heading: str, value: str) -> None:
    """Put a value under a heading, or under one with a number behind it where another value is there, up to 9."""
    name, count = heading, 2
    while count < 10 and row.get(name) and value and row[name] != value:
        name, count = f"{heading} ({count})", count + 1
    row[name] = value or row.get(name, "")
