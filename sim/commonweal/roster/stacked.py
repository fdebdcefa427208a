"""Tables of several files that have the same headings, as questionnaires that came back, are one."""

from commonweal.roster.describe import counted
from commonweal.roster.errors import Review
from commonweal.roster.found import Found, Sheet
from commonweal.roster.roles import TABLES

Kinds = list[tuple[Sheet, str, Found]]
"""each sheet, its kind, the file that it is from"""


def stacked(kinds: Kinds) -> Kinds:
    """Tables of several files that have the same headings are one, as questionnaires that came back."""
    alike: dict[tuple[str, ...], list[tuple[Sheet, str, Found]]] = {}
    for at, (sheet, kind, each) in enumerate(kinds):
        apart = (str(at),) if sheet.kind or kind not in TABLES else ()
        alike.setdefault((kind, *sheet.headings, *apart), []).append((sheet, kind, each))
    kept = []
    for same in alike.values():
        first, kind, each = same[0]
        if len({id(file) for *_, file in same}) == len(same) > 1:
            first = _stack([sheet for sheet, *_ in same])
            kept.append((first, kind, each))
        else:
            kept += same
    return kept


def _stack(sheets: list[Sheet]) -> Sheet:
    """The rows of all. A line is told without its file, so a message names the first and how many there are."""
    review = Review(f"{sheets[0].review.file} and {counted(len(sheets) - 1, 'file')} more")
    for sheet in sheets:
        review.notes += sheet.review.notes
        review.log += sheet.review.log
    lines = [line for sheet in sheets for line in sheet.lines]
    rows = [row for sheet in sheets for row in sheet.rows]
    review.note(f"{len(sheets)} tables with the same headings read as one of {counted(len(rows), 'row')}")
    commas = any(sheet.decimal_commas for sheet in sheets)
    return Sheet(sheets[0].name, sheets[0].headings, rows, lines, review, decimal_commas=commas)
