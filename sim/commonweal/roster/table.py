"""A table as text: named columns of cells, and the line of the file each row comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

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

    def those(self, rows: Sequence[int]) -> "Table":
        """The same, of these rows only."""
        columns = {column: [cells[row] for row in rows] for column, cells in self.columns.items()}
        return Table(columns, [self.lines[row] for row in rows], self.review)

    def issues(self, prefix: str) -> tuple[str, ...]:
        """The issues this table has a column of weights for, in its order."""
        return tuple(name.removeprefix(prefix) for name in self.columns if prefix and name.startswith(prefix))
