"""Who is meant by what a table calls a leader: an id, a name, either written otherwise, or the same number."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

from commonweal.roster.describe import quote
from commonweal.roster.errors import Review
from commonweal.roster.values import whole

ID, NAME, NUMBER = "id", "name", "number"
"""the ways in which a leader may be found"""
MARKS = re.compile("[\u0300-\u036f]")
ARTICLE = re.compile(r"^(the|der|die|das|le|la|les|el|los|las|il|het)\s+(?=\S)")
LEGAL = re.compile(r"(?<=\S)\s+(ltd|limited|inc|llc|plc|gmbh|e v|ev|ag|sa|srl|bv|co|corp|corporation)$")
"""what may be left out of a name"""
SAME = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u2033", '"')
)
"""signs that keyboards and programs put for one another"""


def folded(word: str) -> str:
    """A word as all who write it otherwise have it: without capitals, accents, doubled blanks and what is not seen."""
    if word.isascii():
        return " ".join(word.casefold().replace("`", "'").split())
    plain = MARKS.sub("", unicodedata.normalize("NFKD", word)).casefold().translate(SAME)
    seen = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFC", seen).split())


def bare(word: str) -> str:
    """A word without its article, signs and what companies put behind their names; '' for one without letters."""
    plain = re.sub(r"\.|(?<=\w)'s\b", "", folded(word).replace("&", " and "))
    letters = " ".join(re.sub(r"[^\w\s]", " ", plain).split())
    return LEGAL.sub("", ARTICLE.sub("", letters)) if re.search(r"[^\W\d_]", letters) else ""


class People:
    """The leaders of a roster by all that they may be called."""

    def __init__(self, ids: Sequence[str], names: Sequence[str]):
        self.by_id = {key: place for place, key in enumerate(ids)}
        self.by_name = _unique((name, place) for place, name in enumerate(names))
        self.all = [*zip(names, range(len(ids)), strict=True), *zip(ids, range(len(ids)), strict=True)]
        self.by_number = _unique((whole(key), place) for place, key in enumerate(ids))
        self.found: dict[str, tuple[int, str]] = {}

    @cached_property
    def by_spelling(self) -> dict[str, int]:
        """The leaders by names and ids as all write them; asked for only where one is written otherwise."""
        return _unique((folded(word), place) for word, place in self.all)

    def find(self, cell: str) -> tuple[int, str]:
        """The place of a leader and how it was found; (-1, '') for nobody, (-1, 'name') where several are called so."""
        if cell not in self.found:
            self.found[cell] = self._find(cell)
        return self.found[cell]

    def _find(self, cell: str) -> tuple[int, str]:
        if cell in self.by_id:
            return self.by_id[cell], ID
        if (place := self.by_name.get(cell, -1)) >= 0:
            return place, NAME
        spelling = folded(cell)
        if spelling and (place := self.by_spelling.get(spelling, -1)) >= 0:
            return place, NAME
        number = whole(cell)
        if number and (place := self.by_number.get(number, -1)) >= 0:
            return place, NUMBER
        return -1, NAME if cell in self.by_name or spelling in self.by_spelling else ""


def _unique(words: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The place of each word that means one place only, else -1."""
    found: dict[str, int] = {}
    for word, place in words:
        if word:
            found[word] = place if found.get(word, place) == place else -1
    return found


def tell_alike(words: Iterable[str], noun: str, review: Review) -> None:
    """Note words that differ only in what is easily written otherwise, though they are read as several."""
    alike: dict[str, dict[str, None]] = {}
    for word in words:
        alike.setdefault(folded(word), {})[word] = None
    if several := [same for same in alike.values() if len(same) > 1]:
        shown = " and ".join(map(quote, several[0]))
        more = f" (and {len(several) - 1:,} more such)" if len(several) > 1 else ""
        how = "differ only in capitals, blanks, accents or signs"
        remedy = "write them alike if they are one"
        review.note(f"the {noun}s {shown} {how}, and were read as {len(several[0])}{more}; {remedy}")
    nearly: dict[str, dict[str, None]] = {}
    for word, *_ in alike.values():
        nearly.setdefault(bare(word), {})[word] = None
    if several := [same for key, same in nearly.items() if key and len(same) > 1]:
        shown = " and ".join(map(quote, several[0]))
        more = f" (and {len(several) - 1:,} more such)" if len(several) > 1 else ""
        review.note(f"the {noun}s {shown} may be one, and were read as {len(several[0])}{more}; write them alike if so")
