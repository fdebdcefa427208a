"""A table as text: named columns of cells, and the line of the file each row comes from."""

from dataclasses import dataclass

from commonweal.roster.columns import Columns
from commonweal.roster.describe import did_you_mean, fault, nearest, quote, text
from commonweal.roster.errors import Review


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of stripped cells ('' = not given), the line where each row begins, and the file's review."""

    columns: dict[str, list[str]]
    lines: list[int]
    review: Review

    def cells(self, column: str) -> list[str]:
        """The cells of a column, all empty if the table does not have it."""
        return self.columns.get(column) or [""] * len(self.lines)

    def issues(self, prefix: str) -> tuple[str, ...]:
        """The issues this table has a column of weights for, in its order."""
        return tuple(name.removeprefix(prefix) for name in self.columns if prefix and name.startswith(prefix))


def header(cells: list[str], line: int, columns: Columns, review: Review) -> list[str]:
    """The columns a header names; unknown, nameless, repeated and missing ones are problems."""
    headings = [text(cell.strip()) for cell in cells]
    names = [columns.canonical(heading) for heading in headings]
    unknown = _without(columns, names, _unusable(headings, names, line, review), line, review)
    if not any(names):
        review.close()
    known = ", ".join(columns.known) + (f" and {columns.issue}<issue>" if columns.issue else "")
    for heading in unknown:
        guess = did_you_mean(heading, (*columns.known, columns.issue)) or f"; known are {known}"
        review.problem(f"the column {quote(heading)} is unknown{guess}", line)
    return [name or heading for name, heading in zip(names, headings, strict=True)]


def _unusable(headings: list[str], names: list[str | None], line: int, review: Review) -> list[str]:
    """Report nameless, repeated and faulty columns; returns the headings that name no known column."""
    unknown = []
    for position, (heading, name) in enumerate(zip(headings, names, strict=True)):
        if not heading:
            review.problem(f"column {position + 1} has no name; name it or delete it", line)
        elif name is None:
            unknown.append(heading)
        elif name in names[:position]:
            first = headings[names.index(name)]
            review.problem(f"the columns {quote(first)} and {quote(heading)} are the same; keep one", line)
        elif fault(heading):
            review.problem(f"the column {fault(heading)}", line)
    return unknown


def _without(columns: Columns, names: list[str | None], unknown: list[str], line: int, review: Review) -> list[str]:
    """Report required columns that are missing; returns the unknown headings that were not meant for one of them."""
    for column in columns.required:
        if column not in names:
            meant = next((name for name in unknown if nearest(name, columns.required) == column), None)
            remedy = f"rename {quote(meant)}" if meant else "the first line must name the columns"
            review.problem(f"there is no column {quote(column)}; {remedy}", line)
            unknown = [name for name in unknown if name != meant]
    return unknown
