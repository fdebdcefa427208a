"""A grid of cells as people leave it: where its headings are, and which of its columns are none."""

from commonweal.roster.describe import counted, listed, quote, text
from commonweal.roster.found import Sheet, lines_of
from commonweal.roster.roles import known

TITLES = 10
"""rows above the headings that may hold a title"""


def headed(sheet: Sheet, remedy: str) -> None:
    """Turn the first full row into headings, even out the rows, drop what is no column.

    remedy: what to do about a row that is longer than the headings. Problems: such rows, no rows.
    """
    rows, review = sheet.rows, sheet.review
    start = _start(rows)
    if start:
        sheet.above = rows[:start]
        shown = quote(" ".join(cell for row in rows[:start] for cell in row if cell))
        review.note(f"{counted(start, 'row')} above the headings ignored: {shown}")
    head = [text(cell) for cell in rows[start]] if rows else []
    if _is_import_id(rows, start + 2):
        sheet.above, head = [*rows[: start + 1]], [text(cell) for cell in rows[start + 1]]
        review.note("its second row holds the questions, which were taken for headings (as Qualtrics exports them)")
        start += 2
    sheet.headings, sheet.rows, sheet.lines = head, rows[start + 1 :], sheet.lines[start + 1 :]
    if is_bare_matrix([head, *sheet.rows]):
        _give_numbers(sheet, head)
    elif _has_no_headings(sheet):
        _give_headings(sheet, head)
    _even_out(sheet, remedy)
    if not sheet.rows:
        review.problem("there is a header but no row below it; add the rows, or leave the file out")
        return
    _drop_empty(sheet)
    _tell_apart(sheet)


def _start(rows: list[list[str]]) -> int:
    """How many rows of a single cell stand above a longer row."""
    for at, row in enumerate(rows[:TITLES]):
        given = [cell for cell in row if cell]
        if len(given) != 1 or known(given[0]):
            return at if len(given) > 1 else 0
    return 0


def _is_import_id(rows: list[list[str]], at: int) -> bool:
    return at < len(rows) and any(cell.startswith('{"ImportId"') for cell in rows[at])


def _has_no_headings(sheet: Sheet) -> bool:
    """Whether the first row is already a pair of leaders: nothing in it is a heading, a name of it stands below."""
    head, rows = sheet.headings, sheet.rows
    if len(head) not in (2, 3) or not all(head) or any(map(known, head)):
        return False
    below = {cell for row in rows for cell in row[:2]}
    return bool({*head[:2]} & below) and (len(head) == 2 or _is_number(head[2]))


def is_bare_matrix(rows: list[list[str]]) -> bool:
    """Whether it is a square of numbers without names; one as wide as a list of ties only if nobody is tied to self."""
    if len(rows) < 3 or any(len(row) != len(rows) or not all(map(_is_number, row)) for row in rows):
        return False
    return len(rows) > 3 or not any(float(rows[at][at].replace(",", ".")) for at in range(len(rows)))


def _give_numbers(sheet: Sheet, head: list[str]) -> None:
    """Leaders without names are their numbers."""
    names = _numbers(1, len(head))
    sheet.rows = [[name, *row] for name, row in zip(names, [head, *sheet.rows], strict=True)]
    sheet.lines.insert(0, sheet.lines[0] - 1)
    sheet.headings = ["", *names]
    sheet.review.note(f"it is a square of numbers without names, so leaders are called 1 to {len(head)}")


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def _give_headings(sheet: Sheet, head: list[str]) -> None:
    sheet.rows.insert(0, head)
    sheet.lines.insert(0, 1)
    sheet.headings = ["source", "target", "weight"][: len(head)]
    sheet.review.note(f"it has no headings, so its columns were read as {listed(sheet.headings)}")


def _even_out(sheet: Sheet, remedy: str) -> None:
    """Complete rows that end early, cut blank cells off those that end late."""
    width = len(sheet.headings)
    short = [row for row, cells in enumerate(sheet.rows) if len(cells) < width]
    for row in short:
        sheet.rows[row] = sheet.rows[row] + [""] * (width - len(sheet.rows[row]))
    for row, cells in enumerate(sheet.rows):
        if any(cells[width:]):
            counts = f"{counted(len(cells), 'cell')} here, but {counted(width, 'column')} in the header"
            sheet.review.problem(f"{counts}; {remedy}", sheet.lines[row])
        sheet.rows[row] = cells[:width]
    if short:
        sheet.review.note(f"{counted(len(short), 'row')} ending early read as empty cells ({lines_of(sheet, short)})")


def _drop_empty(sheet: Sheet) -> None:
    """Columns without heading and cell are nothing; one that only numbers the rows says nothing."""
    nameless = [place for place, heading in enumerate(sheet.headings) if not heading]
    empty = {place for place in nameless if not any(row[place] for row in sheet.rows)}
    first = [row[0] for row in sheet.rows]
    if (
        0 in nameless
        and first in (_numbers(0, len(first)), _numbers(1, len(first)))
        and any(map(known, sheet.headings))
    ):
        empty.add(0)
        sheet.review.note("its first column only numbers the rows, and was ignored")
    if empty:
        cut = sheet.without(empty)
        sheet.headings, sheet.rows = cut.headings, cut.rows


def _tell_apart(sheet: Sheet) -> None:
    """Number headings that say nothing to us and stand more than once, so that each names one column."""
    count: dict[str, int] = {}
    for place, heading in enumerate(sheet.headings):
        count[heading] = count.get(heading, 0) + 1
        if count[heading] > 1 and not known(heading):
            sheet.headings[place] = f"{heading or 'no heading'} ({count[heading]})"


def _numbers(start: int, count: int) -> list[str]:
    return [str(number) for number in range(start, start + count)]
