"""A table from the attributes of nodes or edges, as graph programs keep them."""

from collections.abc import Collection

from commonweal.roster.columns import Columns
from commonweal.roster.describe import fault, listed, nearest, quote, text
from commonweal.roster.errors import Review
from commonweal.roster.table import Table

USUAL = {"weight": "strength", "label": "name"}  # what graph programs call our columns


def attribute_table(
    rows: list[dict[str, str]],
    keys: tuple[str, ...],
    lines: list[int],
    kind: str,
    columns: Columns,
    review: Review,
) -> Table:
    """The table of nodes or edges (`kind`); `keys` are the columns that are no attributes, such as id.

    Unlike a table's columns, unknown attributes are ignored and noted (graph programs add their own: colours,
    places), except those that look like a known column misspelt. A weight is a strength and a label a name
    where there is no strength or name.
    """
    cells = {key: [row.get(key, "") for row in rows] for key in keys}
    names = dict.fromkeys(name for row in rows for name in row if name not in keys)
    meant = [*columns.known[len(keys) :], columns.issue]
    ignored = []
    for name in names:
        heading = _heading(name, names)
        column = columns.canonical(heading)
        if column in cells:
            review.problem(f"the {kind} attribute {quote(name)} repeats {column}; keep one")
        elif column and (wrong := fault(column)):
            review.problem(f"the {kind} attribute {wrong}")
        elif column:
            cells[column] = [row.get(name, "").strip() for row in rows]
        elif name not in USUAL and (near := nearest(heading, meant, 0.75)):
            review.problem(f"the {kind} attribute {quote(name)} is unknown; rename it {quote(near)}, or delete it")
        else:
            ignored.append(quote(name))
    if ignored:
        review.note(f"these {kind} attributes were ignored: {listed(ignored, 10)}")
    return Table(cells, lines, review)


def _heading(name: str, names: Collection[str]) -> str:
    """What an attribute would be called as a column of a table, where the attributes have these names."""
    usual = USUAL.get(name, name)
    return text(name.strip()) if usual in names else usual
