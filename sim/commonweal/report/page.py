"""Page: what a report says, in the order in which it is read."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """A cell of a table."""

    text: str
    kind: str = ""
    """n for a number; helps or harms for a verdict; short for words that stay on one line"""
    below: str = ""
    """the interval of a number"""


class Table(NamedTuple):
    """A table; the first cell of each row names it."""

    caption: str
    label: str
    """what it is called for those who do not see where it stands"""
    head: list[Cell]
    rows: list[list[Cell]]


class Part(NamedTuple):
    """Tables that stand side by side; or what there is to say of each of several, in sentences."""

    title: str
    note: str
    tables: list[Table]
    told: Sequence[tuple[str, str]] = ()
    """names, and the sentences on each"""


class Picture(NamedTuple):
    """A figure in the page."""

    title: str
    source: str
    """a data URI"""
    alt: str
    inches: float
    """its width, at which letters have the size they are drawn in"""
    narrow: str = ""
    """the same drawn for a phone, where it is"""


class Section(NamedTuple):
    """A chapter of tables."""

    title: str
    note: str
    parts: list[Part]
    wide: bool = False
    """whether tables are too wide to stand side by side"""
    pictures: Sequence[Picture] = ()


class Page(NamedTuple):
    """A report, before it is set as HTML."""

    manifest: dict[str, Any]
    """of the results"""
    played: str
    """how many replicates, leaders and rounds, and in which scenarios"""
    question: str
    answer: list[str]
    warnings: list[str]
    rule: str
    """by what rule the answer was found, and what an effect is"""
    sections: list[Section]
    pictures: list[Picture]
    strategies: list[str]
    """whose mechanisms the answer rests on"""
    annex: Sequence[Section] = ()
    further: Sequence[Picture] = ()
    """tables and figures for those who want all of it: folded, and not printed"""


def blank(manifest: dict[str, Any], question: str, *answer: str) -> Page:
    """A page of a question and its answer, to be filled."""
    return Page(manifest, "", question, list(answer), [], "", [], [], [])
