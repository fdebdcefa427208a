"""Tables that pandas reads: Stata (.dta) and Parquet."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from commonweal.roster.describe import text
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.found import Found, Sheet, number

CELLS = 5_000_000
"""of a table, whatever it was packed to"""
PARQUET, STATA = b"PAR1", b"<stata_dta>"
VERSIONS = range(0x69, 0x74)
"""first bytes of Stata's files before its version 13"""


def reader_of(data: bytes) -> Callable[[bytes, Review], Found] | None:
    """What reads a table that begins so; None for others."""
    if data.startswith(PARQUET):
        return read_parquet
    old = len(data) > 4 and data[0] in VERSIONS and data[1] in (1, 2) and data[2:4] == b"\1\0"
    return read_stata if old or data.startswith(STATA) else None


def read_parquet(data: bytes, review: Review) -> Found:
    """The table. Raises RosterError: damaged, too many cells."""

    def frame() -> Any:
        from pyarrow.parquet import ParquetFile
        from pyarrow.types import is_large_string, is_string

        file = ParquetFile(BytesIO(data))
        _refuse_many(file.metadata.num_rows * file.metadata.num_columns, review)
        texts = [each.name for each in file.schema_arrow if is_string(each.type) or is_large_string(each.type)]
        # a text that stands in many rows is kept once, however long it is
        return ParquetFile(BytesIO(data), read_dictionary=texts).read().to_pandas()

    return _found(frame, "a Parquet table", review)


def read_stata(data: bytes, review: Review) -> Found:
    """The table, with words for values that have them. Raises RosterError as `read_parquet`."""

    def frame() -> Any:
        import pandas

        try:
            return pandas.read_stata(BytesIO(data))
        except ValueError:  # the same word for two values
            return pandas.read_stata(BytesIO(data), convert_categoricals=False)

    return _found(frame, "a data set of Stata", review)


def _refuse_many(cells: int, review: Review) -> None:
    if cells > CELLS:
        raise RosterError(f"{review.file}: it has over {CELLS:,} cells; leave out what the roster does not need")


def _found(frame: Callable[[], Any], what: str, review: Review) -> Found:
    """The one sheet of a data frame."""
    try:
        table = frame()
    except RosterError:
        raise
    except Exception as error:  # whatever a damaged file makes it raise
        raise RosterError(f"{review.file}: {what} that is damaged ({type(error).__name__}); save it as CSV") from None
    _refuse_many(table.size, review)
    if not len(table):
        raise RosterError(f"{review.file}: {what} without a row; add the rows, or leave the file out")
    headings = [text(str(each).strip()) for each in table.columns]
    gaps = table.isna().to_numpy()
    values = table.astype(object).to_numpy()
    rows = [[_cell(value, gap) for value, gap in zip(*row, strict=True)] for row in zip(values, gaps, strict=True)]
    review.note(f"it was read as {what}")
    name = review.file.rpartition(".")[0] or review.file
    return Found([Sheet(name, headings, rows, [*range(1, len(rows) + 1)], review)], review)


def _cell(value: Any, gap: bool) -> str:
    plain = value.item() if hasattr(value, "item") else value
    return "" if gap else number(plain).strip()
