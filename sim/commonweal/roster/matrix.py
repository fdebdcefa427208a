"""A matrix of who attends to whom, with names along both sides."""

from collections import Counter
from dataclasses import replace

from commonweal.roster.describe import counted, quote, text
from commonweal.roster.errors import RosterError
from commonweal.roster.found import DIRECTED, UNDIRECTED, Sheet, sheet_of
from commonweal.roster.people import folded
from commonweal.roster.roles import known
from commonweal.roster.unsaid import is_missing
from commonweal.roster.values import as_number

YES = frozenset({"1", "x", "yes", "y", "true", "✓", "✔", "member"})
NO = frozenset({"", "0", "no", "n", "false"})
SIGNS = {"+": "1", "++": "1", "-": "-1", "--": "-1", "\u2212": "-1", "–": "-1"}
SUMS = frozenset({"total", "totals", "sum", "grand total", "subtotal", "average", "mean", "summe", "gesamt",
                  "mittelwert", "durchschnitt", "somme", "moyenne", "suma", "promedio", "totale"})  # fmt: skip
"""what people call a row or a column of sums, or of means, beside a matrix and below a table"""
MOST = 5_000
"""leaders along each side of a matrix, or together in two modes"""


def split_matrix(sheet: Sheet) -> tuple[Sheet, Sheet]:
    """Leaders and ties of an adjacency matrix. Raises RosterError: rows and columns with other names, twice one."""
    sheet, about = _matrix_alone(sheet)
    rows = first_of(sheet)
    columns = _as_beside(sheet.headings[1:], rows)
    _refuse_odd_sides(sheet.review.file, rows, columns)
    kind = UNDIRECTED if rows == columns and _is_half(sheet.rows) else DIRECTED
    bonds, lines = [], []
    sheet = _with_numbers(sheet)
    for name, row, line in zip(rows, sheet.rows, sheet.lines, strict=True):
        for column, cell in zip(columns, row[1:], strict=True):
            if is_tie(cell):
                weight = "1" if cell.lower() in YES else cell
                bonds.append({"source": name, "target": column, "type": kind, "weight": weight})
                lines.append(line)
    unknown = sum(is_missing(cell) for row in sheet.rows for cell in row[1:])
    gaps = f", {counted(unknown, 'cell')} not known (such as NA) read as none" if unknown else ""
    ways = "rows attend to columns" if kind == DIRECTED else "only one half of it is filled, so ties count both ways"
    sheet.review.note(f"it was read as a matrix: {ways}, {counted(len(bonds), 'cell')} with a tie{gaps}")
    known_of = [{"id": name, **told} for name, told in zip(rows, about, strict=True)]
    people = sheet_of(sheet.name, known_of, sheet.lines, sheet.review, "leaders", ("id",))
    ties = sheet_of(sheet.name, bonds, lines, sheet.review, "ties", ("source", "target", "type"))
    ties.decimal_commas, ties.answers = sheet.decimal_commas, True
    return people, ties


def _with_numbers(sheet: Sheet) -> Sheet:
    """A matrix of + and - as one of 1 and -1."""
    if not any("+" in row[1:] for row in sheet.rows):
        return sheet
    return replace(sheet, rows=[[row[0], *(SIGNS.get(cell, cell) for cell in row[1:])] for row in sheet.rows])


def _as_beside(columns: list[str], rows: list[str]) -> list[str]:
    """The names above a matrix as they are written beside it, where they differ only in what is easily written so."""
    spelt = Counter(map(folded, rows))
    same = {folded(name): name for name in rows if spelt[folded(name)] == 1}
    exact = {*rows}
    return [name if name in exact else same.get(folded(name), name) for name in columns]


def _is_half(rows: list[list[str]]) -> bool:
    """Whether nothing at all stands on one side of the diagonal of three leaders or more, and much on the other."""
    below = [cell for at, row in enumerate(rows) for cell in row[1 : at + 1] if cell]
    above = [cell for at, row in enumerate(rows) for cell in row[at + 2 :] if cell]
    return len(rows) > 2 and not (below and above) and len(below) + len(above) >= len(rows)


def _matrix_alone(sheet: Sheet) -> tuple[Sheet, list[dict[str, str]]]:
    """A matrix without sums and without columns that tell of leaders, and what these tell of each."""
    alone = without_sums(sheet)
    if alone is not sheet:
        sheet.review.note("its rows and columns of sums were left out")
    told = _columns_about(alone)
    about = [{alone.headings[at]: row[at] for at in told} for row in alone.rows]
    return alone.without(told), about


def without_sums(sheet: Sheet) -> Sheet:
    """A matrix, or people by committees, without rows and columns of sums; the same where there are none."""
    sums = {row for row, name in enumerate(first_of(sheet)) if name.casefold() in SUMS}
    left = {at for at, each in enumerate(sheet.headings) if at and each.casefold() in SUMS}
    if not sums and not left:
        return sheet
    kept = [row for row in range(len(sheet.rows)) if row not in sums]
    alone = sheet.without(left)
    return replace(alone, rows=[alone.rows[row] for row in kept], lines=[alone.lines[row] for row in kept])


def _columns_about(sheet: Sheet) -> set[int]:
    """The places of columns that are no leader's, and that a table of leaders may have."""
    names = {*first_of(sheet)}
    return {at for at, each in enumerate(sheet.headings) if at and each not in names and known(each)}


def is_tie(cell: str) -> bool:
    word = cell.lower()
    return not is_missing(cell) and word not in NO and as_number(cell.replace(",", ".")) != 0


def _refuse_odd_sides(file: str, rows: list[str], columns: list[str]) -> None:
    """Raise RosterError where the two sides of a matrix do not name the same leaders, each once."""
    above, beside = {*columns}, {*rows}
    if twice := next((name for name, count in Counter(rows).items() if count > 1), None):
        raise RosterError(f"{file}: it is a matrix in which {quote(twice)} stands twice; keep one")
    if odd := [name for name in dict.fromkeys([*rows, *columns]) if (name in beside) != (name in above)]:
        where = "row but no column" if odd[0] in beside else "column but no row"
        more = f" (and {len(odd) - 1} more)" if len(odd) > 1 else ""
        what = f"it is a matrix that is not square: {quote(odd[0])} has a {where}{more}"
        raise RosterError(f"{file}: {what}; add it (its cells may be empty)")
    if len(rows) > MOST:
        raise RosterError(f"{file}: it is a matrix of {len(rows):,} leaders, over {MOST:,}; give a list of ties")


def first_of(sheet: Sheet) -> list[str]:
    """The names along the left side."""
    return [text(row[0]) for row in sheet.rows]
