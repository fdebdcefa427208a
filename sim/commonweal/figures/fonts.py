"""Fonts: names in any script, drawn with what is installed here."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import matplotlib
from matplotlib.font_manager import FontEntry, fontManager, get_font

OURS: Final = "DejaVu Sans"
"""travels with matplotlib; it has Latin, Greek, Cyrillic, Arabic, Hebrew, not the scripts of East and South Asia"""
NOBODYS: Final = ("Last Resort", "LastResort", "Adobe Blank")
"""how the names of fonts begin that draw a box for every letter"""


def use_for(texts: Iterable[str]) -> None:
    """Let matplotlib fall back to installed fonts for the letters of these texts; within `styled`."""
    families, _ = _found(frozenset("".join(texts)) - _letters(OURS))
    matplotlib.rcParams["font.family"] = [OURS, *families]


def drawable(text: str) -> bool:
    """Whether the fonts that are installed have every letter of a text."""
    return not _found(frozenset(text) - _letters(OURS))[1]


@lru_cache(maxsize=256)
def _found(letters: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Families that have as many of these letters as any, and the letters that none has."""
    families: list[str] = []
    for family in sorted({entry.name for entry in fontManager.ttflist if _may_be_used(entry)} if letters else ()):
        if there := letters & _letters(family):
            families.append(family)
            letters -= there
        if not letters:
            break
    return tuple(families), letters


def _may_be_used(entry: FontEntry) -> bool:
    return entry.name != OURS and not entry.name.startswith(NOBODYS)


@cache
def _letters(family: str) -> frozenset[str]:
    """The letters of a family; none of one that is made of pictures of a fixed size, as of some emoji."""
    try:
        font = get_font(next(entry.fname for entry in fontManager.ttflist if entry.name == family))
        return frozenset(map(chr, font.get_charmap())) | {"\n"} if font.scalable else frozenset()
    except (OSError, RuntimeError, StopIteration):
        return frozenset()
