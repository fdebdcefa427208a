"""Words in and about a roster: cleaned, quoted safely, compared with what was probably meant."""

import re
import unicodedata
from collections.abc import Collection
from difflib import get_close_matches

from commonweal.harmless import CONTROLS

LONGEST = 200  # characters of a name
SHOWN = 60  # characters of a cell shown in a message
CANDIDATES = 2_000  # names compared letter by letter when looking for the nearest

BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+")
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""blanks of all widths, and signs of no width that no script needs"""
BREAKS = re.compile(r"\s*[\t\r\n\v\f\x85\u2028\u2029]\s*")


def text(cell: str) -> str:
    """A text cell on one line, with single blanks, letters composed (NFC); formulas and markup stay as they are."""
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell
    return unicodedata.normalize("NFC", BLANKS.sub(" ", UNSEEN.sub("", BREAKS.sub(" ", cell))).strip())


def fault(cell: str) -> str:
    """What is wrong with a text cell, and the remedy, or ''."""
    if len(cell) > LONGEST:
        return f"{quote(cell)} has {len(cell)} characters; shorten it to {LONGEST}"
    if not cell.isprintable() and CONTROLS.search(cell):
        return f"{quote(cell)} holds a control character; delete it"
    return ""


def quote(value: str) -> str:
    """The value in quotes, shortened, its control characters escaped."""
    return repr(value if len(value) <= SHOWN else value[: SHOWN - 3] + "...")


def nearest(word: str, known: Collection[str], likeness: float = 0.6) -> str | None:
    """The known word that was probably meant, or None; `likeness` 1 accepts the same letters only."""
    folded = word.casefold()
    same = [other for other in known if other.casefold() == folded]
    if same:
        return same[0]
    if len(known) > CANDIDATES:
        alike = [other for other in known if other[:1] == word[:1] and abs(len(other) - len(word)) < 3]
        known = alike[:CANDIDATES]
    close = get_close_matches(word[:LONGEST], known, n=1, cutoff=likeness)
    return close[0] if close else None


def did_you_mean(word: str, known: Collection[str]) -> str:
    """'; did you mean X?' or ''."""
    found = nearest(word, known)
    return f"; did you mean {quote(found)}?" if found is not None else ""


def or_known(word: str, known: Collection[str]) -> str:
    """The same, or what there is where nothing is like it."""
    there = listed([quote(each) for each in known if each], 10)
    return did_you_mean(word, known) or (f"; there are {there}" if there else "; there is none")


def listed(words: Collection[str], most: int = 3) -> str:
    """The first words, comma separated, and how many more there are."""
    shown = [*words][:most]
    return ", ".join(shown) + (f" and {len(words) - most} more" if len(words) > most else "")


def counted(count: int, noun: str) -> str:
    """'1 row', '2 rows', '100,000 rows'."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
