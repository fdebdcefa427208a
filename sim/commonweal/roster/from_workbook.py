"""Workbooks (.xlsx, .xlsm): the values of their sheets. Macros, links and formulas are never carried out."""

import re
import warnings
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from commonweal.roster.blocks import apart
from commonweal.roster.describe import counted, listed, quote
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.found import Found, Sheet, number
from commonweal.roster.grid import headed
from commonweal.roster.not_read import refuse_parts

UNPACKED_LIMIT = 128 * 2**20
"""bytes that all parts of a workbook may have when unpacked"""
CELLS = 2_000_000
FORMULA = re.compile(rb"<f[ >/](?:(?!</c>).)*</c>", re.DOTALL)
PAGES = "xl/worksheets/"


def read_workbook(data: bytes, review: Review) -> Found:
    """Its sheets with anything in them. Raises RosterError: no workbook, too large when unpacked, entities in XML."""
    parts = _inspected(data, review.file)
    _tell_formulas(parts, review)
    _refuse_many(review.file, sum(text.count(b"<c ") for text in parts.values()))
    book = _opened(data, review.file)
    if review.file.lower().endswith(".xlsm"):
        review.note("its macros were ignored")
    if charts := [sheet.title for sheet in book.chartsheets]:
        review.note(f"sheets of charts were ignored: {listed(charts)}")
    _refuse_many(review.file, sum(page.max_row * page.max_column for page in book.worksheets))
    pages = _seen(book.worksheets, review)
    sheets = [sheet for page in pages for sheet in _sheets(page, review, alone=len(pages) == 1)]
    if not sheets:
        review.problem("its sheets are empty; the first line of a sheet must name the columns")
        review.close()
    sheets[0].review.notes[:0] = review.notes
    return Found(sheets, review)


def _seen(pages: list[Any], review: Review) -> list[Any]:
    """The sheets that are not hidden, if there are any: who hides one means it not to be read."""
    seen = [page for page in pages if page.sheet_state == "visible"]
    if seen and len(seen) < len(pages):
        hidden = listed([quote(page.title) for page in pages if page.sheet_state != "visible"])
        review.note(f"hidden sheets were ignored: {hidden}; show those that should be read")
    return seen or pages


def _refuse_many(file: str, cells: int) -> None:
    if cells > CELLS:
        remedy = "leave out what the roster does not need, and copy the rest to a new sheet"
        raise RosterError(f"{file}: it has over {CELLS:,} cells, empty ones between others included; {remedy}")


def _sheets(page: Any, review: Review, alone: bool) -> list[Sheet]:
    """The tables of a sheet with their headings, mostly one; none of one that holds none."""
    own = Review(f"{review.file}, sheet {page.title}")
    rows, errors = _rows(page)
    full = sum(map(any, rows))
    if full < 2 and not alone:
        if full:
            review.note(f"the sheet {quote(page.title)} has a single row and was ignored")
        return []
    if errors:
        own.note(f"{counted(errors, 'cell')} with an error such as #REF! read as empty")
    hidden = [
        sum(each.hidden for each in dimensions.values()) for dimensions in (page.row_dimensions, page.column_dimensions)
    ]
    if any(hidden):
        own.note(f"{counted(hidden[0], 'hidden row')} and {counted(hidden[1], 'hidden column')} were read as well")
    if page.merged_cells.ranges:
        own.note(f"{counted(len(page.merged_cells.ranges), 'merged range')} read with its value in every row")
    sheets = apart(Sheet(page.title, [], rows, [*range(1, len(rows) + 1)], own))
    for sheet in sheets:
        headed(sheet, "complete the row")
    own.close()
    return sheets


def _tell_formulas(parts: dict[str, bytes], review: Review) -> None:
    """Note how many formulas there are, and how many have no value; none is carried out."""
    pages = [text for name, text in parts.items() if name.startswith(PAGES) and b"<f" in text]
    found = [formula for text in pages for formula in FORMULA.findall(text)]
    without = sum(1 for formula in found if b"<v>" not in formula)
    if len(found) > without:
        review.note(f"{counted(len(found) - without, 'formula')} read by the value that was saved with it")
    if without:
        remedy = "open the workbook and save it"
        review.note(f"{counted(without, 'formula')} without a saved value read as empty; {remedy}")


def _inspected(data: bytes, file: str) -> dict[str, bytes]:
    """The parts of a workbook by name. Raises RosterError for what must not be opened."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                refuse_parts(file, packed.namelist())
            parts = _unpacked(packed, file)
    except RosterError:
        raise
    except Exception as error:  # whatever a damaged file makes it raise
        raise RosterError(f"{file}: the workbook is damaged ({type(error).__name__}); save it anew as .xlsx") from None
    for text in parts.values():
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise RosterError(f"{file}: it holds a document type or entities; save it anew as .xlsx")
    _refuse_two_of_a_name(parts.get("xl/workbook.xml", b""), file)
    return parts


def _unpacked(packed: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    """Every part, as long as all together stay small, whatever sizes they say they have."""
    parts, room = {}, UNPACKED_LIMIT
    for part in packed.infolist():
        with packed.open(part) as stream:
            text = stream.read(room + 1)
        room -= len(text)
        if room < 0:
            limit = f"{UNPACKED_LIMIT // 2**20} MiB"
            raise RosterError(f"{file}: unpacked it is over {limit}; leave out what is not needed")
        parts[part.filename] = text
    return parts


def _refuse_two_of_a_name(text: bytes, file: str) -> None:
    names = [name.lower() for name in re.findall(rb'<(?:\w+:)?sheet [^>]*?\bname="([^"]*)"', text)]
    if twice := next((name for name in names if names.count(name) > 1), None):
        shown = quote(twice.decode(errors="replace"))
        raise RosterError(f"{file}: two sheets are called {shown}; give each a name of its own")


def _opened(data: bytes, file: str) -> Any:
    """The workbook as openpyxl reads it. What it warns of (extensions, styles) says nothing of values."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(data), data_only=True, keep_vba=False, keep_links=False)
    except Exception as error:  # whatever a damaged file makes it raise
        raise RosterError(f"{file}: the workbook is damaged ({type(error).__name__}); save it anew as .xlsx") from None


def _rows(page: Any) -> tuple[list[list[str]], int]:
    """The cells as text, the value of merged ones in each of their rows; how many hold an error."""
    errors, rows = 0, []
    for cells in page.iter_rows():
        row = []
        for cell in cells:
            wrong = cell.data_type == "e"
            errors += wrong
            row.append("" if wrong else _text(cell.value))
        rows.append(row)
    for merged in page.merged_cells.ranges:
        value = rows[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, min(merged.max_row, len(rows))):
            rows[row][merged.min_col - 1] = value
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    return [row[:width] for row in rows], errors


def _text(value: Any) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return number(value).strip()
