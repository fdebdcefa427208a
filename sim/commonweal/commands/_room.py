"""The room that a terminal has for a table: which form of it fits, and where long names go."""

from collections.abc import Callable, Sequence
from typing import Final

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from commonweal.commands._terminal import text

NARROW: Final = 13
"""letters of a name on a line of a narrow table, as of `relationships`"""


def print_fitting(console: Console, *draws: Callable[[], Table]) -> None:
    """Print the first of some tables that fits the terminal, else the last: they grow narrower."""
    tables = (draw() for draw in draws)
    table = next(tables)
    while not fits(table, console):
        if (narrower := next(tables, None)) is None:
            break
        table = narrower
    console.print(table)


def fits(table: Table, console: Console) -> bool:
    """Whether a table stands in a terminal without breaking a cell."""
    return Measurement.get(console, console.options.update(max_width=10_000), table).maximum <= console.width


def print_keyed(draw: Callable[[list[str]], Table], names: Sequence[str], console: Console) -> None:
    """Print a table whose rows have long names: where they do not fit, as numbers, with the names below it.

    draw: makes the table of what its first column has, row by row.
    """
    whole = draw(list(names))
    if fits(whole, console):
        console.print(whole)
        return
    keys = {name: str(at) for at, name in enumerate(dict.fromkeys(names), 1)}
    console.print(draw([keys[name] for name in names]))
    for name, key in keys.items():
        console.print(text(f"{key}: {name}"))


def broken(name: str, narrow: bool) -> str:
    """A name, of which a narrow table breaks lines between words."""
    if not narrow:
        return name
    lines = [""]
    for word in name.replace("_", "_ ").split(" "):
        lines += [word] if lines[-1] and len(lines[-1] + word) > NARROW else [lines.pop() + word]
    return "\n".join(lines)
