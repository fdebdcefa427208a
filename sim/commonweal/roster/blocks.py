"""Tables that stand below or beside one another in one sheet: leaders above, ties below."""

from dataclasses import replace

from commonweal.roster.describe import counted, listed, quote, text
from commonweal.roster.found import Sheet
from commonweal.roster.people import folded
from commonweal.roster.roles import candidates, known, plain
from commonweal.roster.shapes import CALLED, has_two_ends
from commonweal.roster.values import as_number

LONGEST_TITLE = 60
"""characters of a title that a table is called by"""
TRIED = 100
"""rows that stand apart, of which one may be headings"""
NAMES = frozenset(word for words in CALLED.values() for word in words.split(", "))
"""what people write above a table"""
Rows = list[list[str]]


def apart(sheet: Sheet) -> list[Sheet]:
    """The tables of a sheet that has no headings yet, by their titles; rows without a cell are left out."""
    begins = _begins(sheet.rows)
    ends = [*begins[1:], len(sheet.rows)]
    pieces = [_piece(sheet, begin, end) for begin, end in zip(begins, ends, strict=True)]
    tables = [side for piece in pieces for side in _side_by_side(piece)]
    if len(tables) > 1:
        names: list[str] = []
        where: list[int] = []
        for at, table in enumerate(tables, 1):
            where.append(table.lines[0])
            title = _title(table)
            table.name = title if title and title not in names else f"{sheet.name} ({at})" if at > 1 else sheet.name
            names.append(table.name)
        shown = [f"{quote(name)} from line {line}" for name, line in zip(names, where, strict=True)]
        sheet.review.note(f"it holds {counted(len(tables), 'table')}: {listed(shown, 10)}")
    return tables


def _piece(sheet: Sheet, begin: int, end: int) -> Sheet:
    """Some of the rows, without those that are empty."""
    kept = [at for at in range(begin, end) if any(sheet.rows[at])]
    return replace(sheet, rows=[sheet.rows[at] for at in kept], lines=[sheet.lines[at] for at in kept])


def _begins(rows: Rows) -> list[int]:
    """Where each table begins, with its title if it has one."""
    begins, heads = [0], [next((at for at, row in enumerate(rows) if len(_given(row)) > 1), len(rows))]
    tried = [at for at in range(heads[0] + 2, len(rows) - 1) if any(rows[at]) and _is_parted(rows, at)]
    for at in tried[:TRIED]:
        if at - heads[-1] > 1 and _is_head(rows, heads, at):
            heads.append(at)
            begins.append(_with_title(rows, at))
    return begins


def _with_title(rows: Rows, at: int) -> int:
    """The first of the rows of a single cell, or none, right above some headings."""
    while len(_given(rows[at - 1])) == 1 and _is_loose(rows, at - 1):
        at -= 1
    return at


def _is_loose(rows: Rows, at: int) -> bool:
    """Whether a row of a single cell is a title: below an empty row, or called as tables are."""
    return not any(rows[at - 1]) or plain(_given(rows[at])[0]) in NAMES


def _is_parted(rows: Rows, at: int) -> bool:
    """Whether a row stands below an empty one, or below a title."""
    return not any(rows[at - 1]) or (len(_given(rows[at - 1])) == 1 and _is_loose(rows, at - 1))


def _is_head(rows: Rows, heads: list[int], at: int) -> bool:
    """Whether a row that stands apart is the headings of another table."""
    row = _given(rows[at])
    if row == _given(rows[heads[-1]]) or not any(rows[at + 1]) or any(as_number(cell) is not None for cell in row):
        return False
    return _is_named(rows, heads[-1], at) or _is_matrix(rows, at) or _lists_names(rows, heads, at)


def _given(row: list[str]) -> list[str]:
    return [cell for cell in row if cell]


def _is_named(rows: Rows, head: int, at: int) -> bool:
    """Whether the first cell of a row, or most of them, are known headings, and no cell stands in the table above."""
    row = _given(rows[at])
    said = {cell for each in rows[head + 1 : at] for cell in each}
    return (known(row[0]) or 2 * sum(map(known, row)) > len(row)) and not {*row} & said


def _is_matrix(rows: Rows, at: int) -> bool:
    """Whether the names in a row stand below its first cell too."""
    names = [folded(cell) for cell in rows[at][1:] if cell]
    beside = [folded(row[0]) for row in rows[at + 1 : at + 1 + len(names)] if row]
    return len(names) > 1 and {*names} == {*beside}


def _lists_names(rows: Rows, heads: list[int], at: int) -> bool:
    """Whether the first two cells below a row are names of the first table, and those in it are not."""
    end = next((below for below in range(at + 1, len(rows)) if not any(rows[below])), len(rows))
    names = {folded(row[place]) for row in rows[heads[0] + 1 : at] for place in (0, 1) if place < len(row)} - {""}
    pairs = [tuple(map(folded, row[:2])) for row in rows[at + 1 : end]]
    head = {folded(cell) for cell in rows[at][:2]}
    return len(_given(rows[at])) > 1 and all(len(pair) == 2 and {*pair} <= names for pair in pairs) and not head & names


def _title(table: Sheet) -> str:
    """What stands by itself in the first row of a table, and is left out of it."""
    title = text(table.rows[0][0])
    if len(_given(table.rows[0])) > 1 or not 0 < len(title) <= LONGEST_TITLE or len(table.rows) < 3:
        return ""
    table.rows, table.lines = table.rows[1:], table.lines[1:]
    return title


def _side_by_side(sheet: Sheet) -> list[Sheet]:
    """Leaders and ties that stand beside one another, with an empty column between them."""
    head = next((at for at, row in enumerate(sheet.rows) if len(_given(row)) > 2), None)
    if head is None:
        return [sheet]
    width = max(map(len, sheet.rows))
    empty = [at for at in range(1, width - 1) if not any(row[at] for row in sheet.rows if at < len(row))]
    for at in empty:
        sides = [_side(sheet, 0, at, head), _side(sheet, at + 1, width, head)]
        if _are_two([[*map(text, side.rows[0])] if side.rows else [] for side in sides]):
            return sides
    return [sheet]


def _are_two(heads: list[list[str]]) -> bool:
    """Whether both have headings that are known, and one of them those of ties."""
    tied = [has_two_ends(candidates(each, "ties")) for each in heads]
    return all(any(map(known, each)) for each in heads) and any(tied) and not all(tied)


def _side(sheet: Sheet, first: int, end: int, head: int) -> Sheet:
    """Some of the columns from the headings on, without rows that are empty in them."""
    rows = [(row[first:end], line) for row, line in zip(sheet.rows[head:], sheet.lines[head:], strict=True)]
    rows = [(row, line) for row, line in rows if any(row)]
    return replace(sheet, rows=[row for row, _ in rows], lines=[line for _, line in rows])
