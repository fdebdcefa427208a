"""A grid of cells as people leave it: where its headings are, and which of its columns are none."""

import re

from commonweal.roster.describe import counted, listed, quote
from commonweal.roster.found import Sheet, lines_of
from commonweal.roster.roles import known
from commonweal.roster.two_rows import headings_of

TITLES = 10
"""rows above the headings that may hold a title"""
REMARK = re.compile(r"(#(?!\d)|//|%)\s*\S")
"""how a line begins that is a remark"""
RULE = re.compile(r":?[-=_+*]{2,}:?")
"""a cell of a line that is only drawn, as between headings and rows"""
FOOTNOTE = re.compile(
    r"(\*+\s*\S|[†‡©]|(sources?|notes?|quellen?|anmerkung(en)?|hinweise?|remarks?|fuentes?|notas?|légende|legend|key|"
    r"last updated|updated|exported|generated|as of|stand)\s*:)",
    re.IGNORECASE,
)
"""how a row of a single cell begins that stands below a table and is none of its rows"""


def headed(sheet: Sheet, remedy: str) -> None:
    """Turn the first full row into headings, even out the rows, drop what is no column.

    remedy: what to do about a row that is longer than the headings. Problems: such rows, no rows.
    """
    _drop_remarks(sheet)
    rows, review = sheet.rows, sheet.review
    start = _start(rows)
    head, start, end = headings_of(rows, start, review) if rows else ([], 0, 0)
    if start:
        shown = quote(" ".join(cell for row in rows[:start] for cell in row if cell))
        review.note(f"{counted(start, 'row')} above the headings ignored: {shown}")
    sheet.headings, sheet.rows, sheet.lines = head, rows[end + 1 :], sheet.lines[end + 1 :]
    if is_bare_matrix([head, *sheet.rows]):
        _give_numbers(sheet, head)
    elif _has_no_headings(sheet):
        _give_headings(sheet, head)
    else:
        _name_both_sides(sheet, head)
    _even_out(sheet, remedy)
    _drop_repeated(sheet)
    if not sheet.rows:
        review.problem("there is a header but no row below it; add the rows, or leave the file out")
        return
    _drop_empty(sheet)
    _tell_apart(sheet)


def _drop_remarks(sheet: Sheet) -> None:
    """Rows that are remarks, drawn lines, or footnotes are none; headings behind a # are headings."""
    rows = sheet.rows
    if rows and rows[0] and REMARK.match(rows[0][0]) and known(bare := rows[0][0].lstrip("#/% ")):
        rows[0] = [bare, *rows[0][1:]]
    below = _footnotes(rows)
    out = {at for at in range(below) if _is_remark(rows, at)} | {*range(below, len(rows))}
    if out:
        shown = listed([quote(" ".join(_given(rows[at]))) for at in sorted(out)])
        sheet.review.note(f"{counted(len(out), 'row')} of remarks or drawn lines left out: {shown}")
        sheet.rows = [row for at, row in enumerate(rows) if at not in out]
        sheet.lines = [line for at, line in enumerate(sheet.lines) if at not in out]


def _footnotes(rows: list[list[str]]) -> int:
    """Where the footnotes of a table begin."""
    last = len(rows) - 1
    while last > 1 and len(_given(rows[last])) == 1 < len(_given(rows[1])) and FOOTNOTE.match(_given(rows[last])[0]):
        last -= 1
    return last + 1


def _given(row: list[str]) -> list[str]:
    return [cell for cell in row if cell]


def _is_remark(rows: list[list[str]], at: int) -> bool:
    """Whether a row begins as a remark, and is a single cell or stands above all others, or is a drawn line."""
    first = next(filter(None, rows[at]), "")
    if first[:1] in "#/%" and REMARK.match(first):
        return len(rows[at]) > 1 or len(rows[-1]) > 1 if len(_given(rows[at])) == 1 else at == 0 and len(rows) > 2
    return first[:1] in ":-=_+*" and all(map(RULE.fullmatch, _given(rows[at])))


def _start(rows: list[list[str]]) -> int:
    """How many rows stand above the headings: of a single cell, or without any word that headings have."""
    if not rows:
        return 0
    start = next((at for at in range(min(TITLES, len(rows))) if not _is_title(rows, at)), 0)
    start = start if len(_given(rows[start])) > 1 else 0
    found = sum(map(known, _given(rows[start])))
    for at in range(start + 1, min(TITLES, len(rows))):
        later = _given(rows[at])
        count = sum(map(known, later))
        fuller = len(later) >= len(_given(rows[start]))
        if fuller and count > max(found, 1) and 2 * count > len(later) and (not found or count == len(later)):
            return at
    return start


def _is_title(rows: list[list[str]], at: int) -> bool:
    """Whether a row has a single cell, which is no heading, or one above several columns."""
    given = _given(rows[at])
    above = not rows[at][0] and any(row[0] for row in rows[at + 1 :] if row)
    return len(given) == 1 and (not known(given[0]) or above)


def _has_no_headings(sheet: Sheet) -> bool:
    """Whether the first row is already a pair of leaders: nothing in it is a heading, a name of it stands below."""
    head, rows = sheet.headings, sheet.rows
    if len(head) not in (2, 3) or not all(head[:2]) or any(map(known, head)):
        return False
    below = {cell for row in rows for cell in row[:2]}
    return bool({*head[:2]} & below) and (len(head) == 2 or head[2] in ("", "+", "-") or _is_number(head[2]))


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


def _name_both_sides(sheet: Sheet, head: list[str]) -> None:
    """Give a square of numbers that has names on one side the same on the other."""
    rows, review = sheet.rows, sheet.review
    if any(map(known, head)) or len(head) < 3:
        return
    if (
        len({*head}) == len(head) == len(rows)
        and not any(map(_is_number, head))
        and all(_are_numbers(row) for row in rows)
    ):
        sheet.headings, sheet.rows = ["", *head], [[name, *row] for name, row in zip(head, rows, strict=False)]
    elif len(head) == len(rows) + 2 and not _is_number(head[0]) and all(_are_numbers(row[1:]) for row in [head, *rows]):
        sheet.rows = [head, *rows]
        sheet.lines = [sheet.lines[0] - 1, *sheet.lines]
        sheet.headings = ["", *(row[0] for row in sheet.rows)]
    else:
        return
    review.note("it is a square of numbers with names on one side, which were taken for both")


def _are_numbers(row: list[str]) -> bool:
    return all(map(_is_number, row))


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def _give_headings(sheet: Sheet, head: list[str]) -> None:
    sheet.rows.insert(0, head)
    sheet.lines.insert(0, 1)
    sheet.headings = ["source", "target", "weight"][: max(2, *(min(3, len(row)) for row in sheet.rows))]
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


def _drop_repeated(sheet: Sheet) -> None:
    """Headings that stand once more between the rows, as on every page of a print, are no row."""
    again = {at for at, row in enumerate(sheet.rows) if row == sheet.headings}
    if again and any(map(known, sheet.headings)):
        sheet.review.note(f"{counted(len(again), 'row')} repeating the headings left out")
        sheet.rows = [row for at, row in enumerate(sheet.rows) if at not in again]
        sheet.lines = [line for at, line in enumerate(sheet.lines) if at not in again]


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
