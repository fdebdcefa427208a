"""Harmless: texts of anybody's making, where a terminal or a spreadsheet would take them for orders."""

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any, Final

CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""characters that a terminal obeys, and marks that turn text round"""
FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""how a cell begins that a spreadsheet may carry out, with an apostrophe before it or without"""


def shown(text: object) -> str:
    """A text to show, line by line, its other control characters written out: \\x1b."""
    return CONTROLS.sub(lambda each: each[0] if each[0] in "\n\t" else ascii(each[0])[1:-1], str(text))


def fault(value: Any, where: str) -> str:
    """What is wrong with the first text that holds a control character, in a value or within it; '' where none does."""
    inner: Iterable[str] = ()
    match value:
        case str() if CONTROLS.search(value):
            return f"{where} is {value!a}, which holds a control character; delete it"
        case dict():
            names = (fault(name, f"{where}, a name,".lstrip(", ")) for name in value)
            inner = chain(names, (fault(each, f"{where}.{name}".lstrip(".")) for name, each in value.items()))
        case list() | tuple():
            inner = (fault(each, where) for each in value)
    return next(filter(None, inner), "")


def cell(value: Any) -> Any:
    """A value as a cell of a CSV file, where no spreadsheet takes it for a formula (OWASP): numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) and not _is_number(value) else value


def uncelled(text: str) -> str:
    """The text of which `cell` made this."""
    return text[1:] if text[:1] == "'" and cell(text[1:]) == text else text


def cells(frame: Any) -> Any:
    """A table of pandas, ready to be written as CSV."""
    return frame.map(cell).rename(columns=cell)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return not re.search(r"[\s_]", text)
