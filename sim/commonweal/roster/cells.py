"""What the cells of a table mean: texts, labels, numbers, yes or no, and shares over issues."""

from math import inf, isinf, isnan, nan

import numpy as np

from commonweal.roster.columns import MOST, WEIGHT, Number
from commonweal.roster.describe import counted, fault, text
from commonweal.roster.table import Table

YES_NO = {"": nan, "yes": 1.0, "true": 1.0, "1": 1.0, "no": 0.0, "false": 0.0, "0": 0.0}
TOLERANCE = 1e-6  # how far shares may be from summing to 1


def texts(table: Table, column: str) -> list[str]:
    """The text cells of a column; too long ones and control characters are problems."""
    given = table.cells(column)
    found = [text(cell) for cell in given]
    for cell, line in zip(found, table.lines, strict=True):
        wrong = fault(cell)
        if wrong:
            table.review.problem(wrong, line, column)
    if any("\n" in cell or "\r" in cell for cell in given):
        table.review.note(f"line breaks inside column {column} were read as spaces")
    return found


def labels(found: list[str], also: tuple[str, ...] = ()) -> tuple[tuple[str, ...], np.ndarray]:
    """The distinct labels, sorted, and each row's index into them, (n,), -1 where empty."""
    names = tuple(sorted({*found, *also} - {""}))
    index = {name: i for i, name in enumerate(names)}
    return names, np.array([index.get(label, -1) for label in found], dtype=np.int64)


def numbers(table: Table, column: str, rule: Number) -> np.ndarray:
    """The numbers of a column, (n,), NaN where empty; whatever breaks the rule is a problem."""
    cells = table.cells(column)
    values = np.array([_number(cell) if cell else nan for cell in cells], dtype=float)
    fits = (values > rule.low if rule.above else values >= rule.low) & (values <= rule.high)
    wrong: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for row in np.flatnonzero(~fits):
        if cells[row]:
            wrong.setdefault(_complaint(cells[row], rule), []).append((table.lines[row], cells[row]))
    for (what, remedy), places in wrong.items():
        table.review.cells(what, remedy, places, column)
    return values


def _number(cell: str) -> float:
    """The number in a cell, NaN if there is none (Python would take '1_0', people would not)."""
    try:
        return nan if "_" in cell else float(cell)
    except ValueError:
        return nan


def _complaint(cell: str, rule: Number) -> tuple[str, str]:
    """What a cell is not that breaks a rule, and the remedy."""
    value = _number(cell)
    unknown = ""
    if isinf(value):
        wanted, unknown = "a finite number", ", or leave the cell empty if it is not known"
    elif isnan(value):
        wanted, unknown = "a number", ", or leave the cell empty if it is not known"
    elif value > rule.high == MOST:
        wanted = f"a number up to {MOST:g}"
    else:
        wanted = rule.words
    return f"not {wanted}", f"write {rule.meaning}, for example {rule.example}{unknown}"


def answers(table: Table, column: str) -> np.ndarray:
    """Yes (1), no (0) or empty (NaN) for each row, (n,); anything else is a problem."""
    cells = table.cells(column)
    found = [YES_NO.get(cell.lower(), inf) for cell in cells]
    wrong = [(line, cell) for line, cell, each in zip(table.lines, cells, found, strict=True) if each == inf]
    remedy = "write yes, no, true, false, 1 or 0, or leave the cell empty if it is not known"
    table.review.cells("neither yes nor no", remedy, wrong, column)
    return np.array(found, dtype=float)


def _rounding(values: np.ndarray) -> np.ndarray:
    """How far from 1 rows of rounded shares may sum, (rows,): half a unit of the last of 2 to 4 decimals each, or 0."""
    most = np.zeros(len(values))
    for decimals in (4, 3, 2):
        written = (np.abs(values - np.round(values, decimals)) < 1e-9).all(axis=1)
        most[written] = values.shape[1] * 0.5 * 10.0**-decimals + TOLERANCE
    tenths = (np.abs(values - np.round(values, 1)) < 1e-9).all(axis=1)
    return np.where(tenths, 0.0, most)


def shares(table: Table, prefix: str) -> np.ndarray:
    """Shares over the issues, (rows, K), each row summing to 1 or unknown (NaN).

    A table of scores (some value above 1, and most rows not summing to 1) is divided by its row sums, noted; and so are
    rows of shares that miss 1 by no more than rounding to two decimals or more makes them.
    """
    columns = [prefix + issue for issue in table.issues(prefix)]
    if len(columns) == 1:
        table.review.problem("there is only one issue; add a second, or delete the column", 0, columns[0])
    if not columns:
        return np.empty((len(table.lines), 0))
    values = np.column_stack([numbers(table, column, WEIGHT) for column in columns])
    given = np.column_stack([[bool(cell) for cell in table.cells(column)] for column in columns])
    whole = given.all(axis=1)
    for row in np.flatnonzero(given.any(axis=1) & ~whole):
        empty = columns[int(np.flatnonzero(~given[row])[0])]
        remedy = "fill in the whole row of issues, or none of it"
        table.review.problem(f"is empty; {remedy}", table.lines[row], empty)
    readable = whole & np.isfinite(values).all(axis=1)
    total = values.sum(axis=1)
    off = readable & ~(np.abs(total - 1) <= TOLERANCE)
    scores = bool((values[readable] > 1 + TOLERANCE).any()) and 2 * off.sum() > readable.sum()
    rounded = off & (total < 2)
    rounded[rounded] = np.abs(total[rounded] - 1) <= _rounding(values[rounded])
    for row in np.flatnonzero(readable & (total <= 0) if scores else off & ~rounded):
        remedy = "write shares that sum to 1, or scores such as 0 to 10 in every row"
        table.review.problem(f"the columns {prefix}... sum to {total[row]:g}, not 1; {remedy}", table.lines[row])
    if scores:
        divided = f"{counted(int(off.sum()), 'row')} divided by the sum"
        table.review.note(f"the columns {prefix}... hold scores, not shares; {divided}")
    elif rounded.any():
        divided = f"{counted(int(rounded.sum()), 'row')} divided by the sum"
        first = f"the first in line {table.lines[int(rounded.argmax())]}"
        table.review.note(f"the columns {prefix}... hold rounded shares; {divided}, {first}")
    exact = np.where(np.abs(total - 1) > 1e-12, total, 1.0)  # so that what was read once reads the same again
    with np.errstate(invalid="ignore", divide="ignore"):
        return values / exact[:, None]
