"""Alphabets: how well a text that was read in one encoding or another is made of words of a language."""

import re
import unicodedata
from itertools import pairwise

LATIN = {
    "cp1252": (
        "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúüºª", "áàâãçéêíóôõúü", "àèéìíîòóùú", "æøåéèóòâôêäö", "åäöéàüè", "áðéíóúýæöþ",
        "éëïöüèóáíúêçñ", "àçéèíïóòúü·", "áéíóú", "âêîôûïàèáëö", "äöüõšž",
    ),
    "cp1250": (
        "ąćęłńóśźżäöüé", "áčďéěíňóřšťúůýžöüä", "áäčďéíĺľňóôŕšťúýžöüě", "áéíóöőúüűä", "čćđšžéöüä", "ăâîşţéöü",
        "äöüßáéóçëô",
    ),
    "cp1254": ("çğıöşüâîûİ",),
    "cp1257": ("āčēģīķļņšūžõö", "ąčęėįšųūžäöü", "äöõüšžåéø", "ąćęłńóśźż"),
}  # fmt: skip
"""the letters with marks that languages write together, by the encoding of Windows that has them"""
SAME = {"mac_roman": "cp1252", "cp850": "cp1252", "iso8859_2": "cp1250", "cp852": "cp1250"}
"""encodings with the letters of another"""
FREQUENT = {
    **dict.fromkeys(("cp1251", "koi8_u", "cp866", "mac_cyrillic", "iso8859_5"), "оеаинтсрвлкмдпуя"),
    "cp1253": "αοιετσνηυρπκμλςίό", "cp1255": "יולהאמרתבנשדעפ", "cp1256": "اليمنرتبودسةكعحم",
    "cp874": "านรกอเงมลวยสตทดบ",
}  # fmt: skip
"""the letters that fill four fifths of a text, of encodings whose words have no letters of ours"""
SCRIPTS = {"cp1253": "GREEK", "cp1255": "HEBREW", "cp1256": "ARABIC", "cp874": "THAI"}
"""what the names of their letters begin with; CYRILLIC for the others"""
WORD = re.compile("[A-Za-z\u0080-\uffff]+")
BESIDE = "'\u2018\u2019\u201a\u201c\u201d\u201e«»\u2039\u203a\u2026€£§°™®©\u00a0·ªº\u2013\u2014"
"""signs that may stand beside words"""
BETWEEN = re.compile("['\u2019\u00a0]+|[\u2013\u2014\u2026](?![a-z])")
"""signs that may stand between words without a blank"""
ASKED = re.compile(r"¿([^?]*\?)|¡([^!]*!)")
"""a question or a call in Spanish"""


def words_of(text: str) -> list[str]:
    """The words of a text that have letters other than a to z, without signs that may stand beside words."""
    plain = ASKED.sub(lambda found: found[1] or found[2], text)
    whole = [word.strip(BESIDE) for word in WORD.findall(plain) if any(map(str.isalpha, word))]
    return [
        word for word in dict.fromkeys(part for word in whole for part in BETWEEN.split(word)) if not word.isascii()
    ]


def fit(text: str, encoding: str) -> float:
    """The share of the words with other letters than a to z, from 0 to 1, that are such as its languages have."""
    words = words_of(text)
    if not words:
        return 1.0
    if encoding in FREQUENT:
        return sum(len(word) for word in words if _is_of_script(word, encoding)) / sum(map(len, words))
    alphabets = [{*letters} for letters in LATIN[SAME.get(encoding, encoding)]]
    return sum(_is_latin(word, alphabets) for word in words) / len(words)


def frequent(text: str, encoding: str) -> float:
    """The share of a text's letters other than a to z that are among the frequent ones of its languages."""
    letters = [letter for letter in text.lower() if not letter.isascii() and letter.isalpha()]
    return sum(letter in FREQUENT[encoding] for letter in letters) / max(1, len(letters))


def _is_latin(word: str, alphabets: list[set[str]]) -> bool:
    """Whether the letters with marks are of one language, not most of the word, and capitals where these stand."""
    marked = {letter for letter in word.lower() if not letter.isascii() and letter != "\u0307"}
    capital_inside = not word.isupper() and any(each.isupper() and not each.isascii() for each in word[1:])
    thorn_inside = "þ" in word[1:]  # in Iceland it begins words
    few = len(word) < 3 or 3 * sum(not letter.isascii() for letter in word) <= 2 * len(word)
    return few and not capital_inside and not thorn_inside and any(marked <= letters for letters in alphabets)


def _is_of_script(word: str, encoding: str) -> bool:
    """Whether a word has letters, and marks, of one script only, with capitals where these stand."""
    script = SCRIPTS.get(encoding, "CYRILLIC")
    capital_inside = any(one.islower() and other.isupper() for one, other in pairwise(word))
    return not capital_inside and all(unicodedata.name(each, "").startswith(script) for each in word)
