"""A table from a comma, semicolon or tab separated file."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from commonweal.roster.columns import Columns
from commonweal.roster.describe import counted
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.file import SIZE_LIMIT, decode, read_bytes
from commonweal.roster.table import Table, header

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


def read_table(path: Path, columns: Columns, size_limit: int = SIZE_LIMIT) -> Table:
    """The table in a file. RosterError: not text, wrong header, ragged rows, bad quoting, no rows."""
    review = Review(path.name)
    content = decode(read_bytes(path, size_limit), review)
    if content.lstrip().startswith(("<?xml", "<graphml")):
        raise RosterError(f"{path.name}: this is XML, not CSV; give a GraphML file the ending .graphml")
    delimiter = _delimiter(content, columns)
    if delimiter != ",":
        review.note(f"its columns are separated by {DELIMITERS[delimiter]}s")
    records = _records(content, delimiter, review)
    line, first = next(records, (1, []))
    names = header(first, line, columns, review)
    rows, lines = [], []
    for line, row in records:
        if len(row) != len(names):
            counts = f"{counted(len(row), 'cell')} here, but {counted(len(names), 'column')} in the header"
            remedy = f"complete the row, or quote a cell that holds a {DELIMITERS[delimiter]} (decimals: 0.5)"
            review.problem(f"{counts}; {remedy}", line)
        rows.append(row)
        lines.append(line)
    review.close()
    if not rows:
        review.problem("there is a header but no row below it; add the rows, or leave the file out")
    review.close()
    by_column = zip(names, zip(*rows, strict=True), strict=True)
    return Table({name: [cell.strip() for cell in cells] for name, cells in by_column}, lines, review)


def _delimiter(content: str, columns: Columns) -> str:
    """The delimiter under which the first line holds most known columns, then most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        _, first = next(_records(content, delimiter, Review("")), (1, []))
        return sum(columns.canonical(cell.strip()) is not None for cell in first), len(first)

    return max(DELIMITERS, key=score)


def _records(content: str, delimiter: str, review: Review) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line it begins on; bad quoting is a problem and ends the rows."""
    reader = csv.reader(StringIO(content, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield line, row
            line = reader.line_num + 1
    except csv.Error:  # strict quoting, or a cell of over 131,072 characters
        remedy = 'close it, and write "" for a quote inside quotes'
        review.problem(f"a cell of this row does not end, or not where its quote closes; {remedy}", line)
