"""Calls: from Python to a compiled kernel, which takes columns where a caller has tables.

numba asks on each call what each array is, which takes as long as a round of a small community. Here the compiled code
is chosen by the classes of arguments and the layout of one column of each table, for all of a table have one layout.
Where the first argument is a table met before, its columns are at hand already: a table is a tuple, so that it keeps
the arrays it was made of.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from commonweal.model.flat import Fields

SMALL: Final = 2_000
"""rows of a table beyond which nothing is gained by having its columns at hand"""
TABLES: Final = 16
"""tables whose columns are at hand, for each kernel"""


Places = tuple[tuple[int, Fields], ...]
"""for each column the argument of the kernel, and in it the fields, that it stands for"""


class Calls:
    """Calls of a kernel with arguments of some classes. They are written for these, since a loop over columns would
    take longer than many a kernel."""

    def __init__(self, arguments: tuple[Any, ...], compiled: Any, places: Places, other: Callable[..., Any]) -> None:
        """compiled, places: the kernel's; other: what calls it with arguments of any classes."""
        self.compiled, self.places = compiled, places
        entries: dict[tuple[Any, ...], Callable[..., Any]] = {}

        def first(layout: tuple[Any, ...], *columns: Any) -> Any:
            result = compiled(*columns)
            signature = tuple(map(compiled.typeof_pyval, columns))
            if signature in compiled.overloads:
                entries[layout] = compiled.overloads[signature].entry_point
            return result

        scope: dict[str, Any] = {"entries": entries, "first": first, "other": other}
        exec(_source(arguments, places), scope)
        self.any: Callable[..., Any] = scope["any_"]
        """calls with any arguments of these classes"""
        self.at_hand: Callable[..., Callable[..., Any] | None] = scope["at_hand"]
        """what calls with the first of these arguments again, and with any like the rest of them"""


def _source(arguments: tuple[Any, ...], places: Places) -> str:
    """What Calls is made of."""
    columns = [".".join((f"a{number}", *path)) for number, path in places]
    given = ", ".join(f"a{number}" for number in range(len(arguments)))
    looks = _all_looks(arguments, columns, places)
    layout = "".join(f"{look}, " for some in looks for look in some)
    held = {column: f"c{at}" for at, column in enumerate(columns) if places[at][0] == 0}
    kinds = [f"a{number}.__class__" for number in range(1, len(arguments))]
    same = {what: f"s{at}" for at, what in enumerate([*kinds, *(each for some in looks[1:] for each in some)])}
    lines = (
        f"def any_({given}):",
        f"    layout = ({layout})",
        "    if layout in entries:",
        f"        return entries[layout]({', '.join(columns)})",
        f"    return first(layout, {', '.join(columns)})",
        "",
        f"def at_hand({given}):",
        f"    layout = ({layout})",
        "    if layout not in entries:",
        "        return None",
        "    entry = entries[layout]",
        *(f"    {name} = {what}" for what, name in (held | same).items()),
        f"    def call({given}):",
        f"        if {' and '.join(_is(what, name) for what, name in same.items()) or 'True'}:",
        f"            return entry({', '.join(held.get(column, column) for column in columns)})",
        f"        return other({given})",
        "    return call",
    )
    return "\n".join(lines)


def _all_looks(arguments: tuple[Any, ...], columns: list[str], places: Places) -> list[list[str]]:
    """Per argument what to look at in a column of it; nothing where the kernel reads none."""
    one = {number: column for column, (number, _) in reversed([*zip(columns, places, strict=True)])}
    return [_looks(argument, one[at]) if at in one else [] for at, argument in enumerate(arguments)]


def is_small(argument: Any) -> bool:
    """Whether it is a table of few rows."""
    table = False
    while hasattr(argument, "_fields"):
        argument, table = argument[0], True
    return table and len(argument) <= SMALL


def _looks(argument: Any, column: str) -> list[str]:
    """What to look at, besides the class of an argument, to know how it is compiled: at a column of a table."""
    if hasattr(argument, "_fields"):
        return [f"{column}.dtype", f"{column}.flags.num"]
    if isinstance(argument, np.ndarray):
        return [f"{column}.dtype", f"{column}.ndim", f"{column}.flags.num"]
    return [f"(*map(type, {column}),)"] if isinstance(argument, tuple) else []


def _is(what: str, kept: str) -> str:
    """That what is looked at is as it was."""
    return f"{what} {'is' if what.endswith(('__class__', 'dtype')) else '=='} {kept}"
