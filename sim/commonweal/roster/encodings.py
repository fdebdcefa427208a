"""In which encoding a text was saved that is no UTF-8: the one in which its letters make words of a language."""

import re
from collections.abc import Callable

from commonweal.roster.alphabets import FREQUENT, LATIN, SAME, fit, frequent, words_of

USUAL = "cp1252"
"""of Western Europe and America; what nothing tells otherwise is read by it"""
CALLED = {
    "cp1252": "Western European (Windows)", "cp1250": "Central European (Windows)", "cp1254": "Turkish",
    "cp1257": "Baltic", "mac_roman": "Western European (Macintosh)", "cp850": "Western European (DOS)",
    "cp852": "Central European (DOS)", "iso8859_2": "Central European (ISO)", "cp1251": "Cyrillic (Windows)",
    "koi8_u": "Cyrillic (KOI8)", "cp866": "Cyrillic (DOS)", "mac_cyrillic": "Cyrillic (Macintosh)",
    "iso8859_5": "Cyrillic (ISO)", "cp1253": "Greek", "cp1255": "Hebrew", "cp1256": "Arabic", "cp874": "Thai",
    "cp932": "Japanese (Shift_JIS)", "euc_jp": "Japanese (EUC)", "iso2022_jp": "Japanese (ISO 2022)",
    "gb18030": "Chinese (GB 18030)", "cp950": "Chinese (Big5)", "cp949": "Korean (EUC-KR)",
}  # fmt: skip
KANA = range(0x3040, 0x3100)
SIGNS = (*range(0x3000, 0x3040), *range(0xFF01, 0xFF5F))
"""of several bytes, and of no language"""
SEVERAL: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    "cp949": ("", lambda code: 0xB0 <= code[0] <= 0xC8 and code[-1] >= 0xA1),
    "euc_jp": ("kana", lambda code: 0xB0 <= code[0] <= 0xCF),
    "gb18030": ("", lambda code: len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1),
    "cp950": ("", lambda code: 0xA4 <= code[0] <= 0xC6),
    "cp932": ("either", lambda code: 0x88 <= code[0] <= 0x97),
}
"""encodings of several bytes a letter: whether kana must, or may, be in a text; whether a code is of a usual letter"""
SURE = 0.9
ENOUGH = 50_000
"""bytes by which an encoding is chosen, all of them of lines that have others than a to z"""


def unmarked(data: bytes) -> str:
    """UTF-16 or UTF-32 without its mark, or Japanese that shifts with escapes; '' for none of these."""
    if b"\x1b$B" in data or b"\x1b$@" in data:
        return "iso2022_jp"
    if b"\0" not in data.rstrip(b"\0\x1a"):
        return ""
    read = {name: text for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be") if (text := _read(data, name))}
    plain = {
        name: sum(letter in ",;\t\n 0123456789" for letter in text) for name, text in read.items() if "\0" not in text
    }
    best = max(plain, key=lambda name: plain[name], default="")
    return best if best and plain[best] and all(each.isprintable() or each.isspace() for each in read[best]) else ""


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8."""
    return data.isascii() or bool(_read(data, "utf-8"))


def mostly_utf8(data: bytes) -> bool:
    """Whether most letters other than a to z are UTF-8, as where lines of several files were put together."""
    text = data.decode("utf-8", "replace")
    odd = text.count("\ufffd")
    return sum(not letter.isascii() for letter in text) > 3 * odd


def guessed(data: bytes) -> str:
    """The encoding whose reading is made of words; the usual one where none is better.

    No text becomes one of other letters than ours where nearly all its words are such as a language with our letters
    has, nor unless nearly all are of these others.
    """
    odd = b"".join(line for line in data.splitlines(keepends=True) if not line.isascii())
    some = odd[: max(ENOUGH, odd.find(b"\n", ENOUGH))]
    best = _likeliest(some)
    return best if len(some) == len(odd) or _read(data, best) else _likeliest(data)


def _likeliest(data: bytes) -> str:
    """The encoding in which bytes have most words."""
    best, most = "mac_roman", -1.0  # which has all bytes
    for name in (*LATIN, *SAME):
        text = _read(data, name)
        if text and (score := fit(text, name)) > most:
            best, most = name, score
    if most >= SURE:
        return best
    return _of_several_bytes(data) or _of_another_script(data) or best


def sample(text: str) -> str:
    """The first word with a letter that encodings differ in, with the cell around it."""
    found = re.search(r"[^,;\t|\n\"]*[^\x00-\x7f][^,;\t|\n\"]*", text)
    return found[0].strip() if found else ""


def named(encoding: str) -> str:
    """An encoding as notes have it."""
    return f"{CALLED[encoding.lower()]}, {encoding.lower()}" if encoding.lower() in CALLED else encoding


def is_known(encoding: str) -> bool:
    """Whether there is such an encoding of texts."""
    try:
        b"a".decode(encoding)
    except (LookupError, ValueError):
        return False
    return True


def _read(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _of_several_bytes(data: bytes) -> str:
    """The first encoding of several bytes a letter in which nearly all other letters are usual ones; '' for none."""
    for name, (kana, usual) in SEVERAL.items():
        text = _read(data, name)
        letters = [letter for letter in text if not letter.isascii() and ord(letter) not in SIGNS]
        its = sum(ord(letter) in KANA for letter in letters)
        good = sum(usual(letter.encode(name)) for letter in letters if ord(letter) not in KANA) + (its if kana else 0)
        inside = len(re.findall(r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]", text))
        if len(letters) > 1 and 4 * inside < len(letters) and good >= SURE * len(letters) and (its or kana != "kana"):
            return name
    return ""


def _of_another_script(data: bytes) -> str:
    """The encoding of another script in which nearly all words are its own and most letters frequent; '' for none."""
    found = {}
    for name in FREQUENT:
        text = _read(data, name)
        if fit(text, name) >= SURE and sum(map(len, words_of(text))) >= 6:
            found[name] = frequent(text, name)
    best = max(found, key=lambda name: found[name], default="")
    return best if best and found[best] >= 0.6 else ""
