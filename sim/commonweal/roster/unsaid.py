"""What people and programs write where there is no answer: words, signs, and numbers such as 99."""

import re
from collections.abc import Iterable
from functools import lru_cache

WORDS = (
    "na, n/a, nan, #n/a, <na>, null, nil, none, -, –, —, --, ---, ?, ??, ., .., ..., …, missing, unknown, don't "
    "know, dont know, do not know, doesn't know, dk, d/k, dk/na, dk/nr, not known, not sure, unsure, can't say, "
    "cannot say, no idea, no opinion, no response, no reply, not answered, not asked, unanswered, skipped, nr, "
    "n.r., tbc, tbd, to be confirmed, n.a., n. a., not available, not applicable, does not apply, no answer, "
    "prefer not to say, prefer not to answer, rather not say, refused, refuses, refusal, refused to answer, "
    "declined, declined to answer, k.a., k. a., k.a, k/a, keine angabe, ohne angabe, o.a., weiß nicht, weiss "
    "nicht, w.n., unbekannt, verweigert, #nv, n.d., n/d, nd, s/d, s.d., ns/nc, no sabe, no contesta, no sé, no "
    "se, sin datos, sin respuesta, ne sait pas, nsp, je ne sais pas, sans réponse, refus, inconnu, non so, non "
    "risponde, non disponibile, sconosciuto, não sabe, não sei, não respondeu, desconhecido, desconocido, n.v.t., "
    "weet niet, geen antwoord, onbekend, vet ej, vet inte, ved ikke, vet ikke, okänd, nie wiem, brak danych, "
    "brak, nevím, neznámé, не знаю, нет данных, нет ответа, отказ, неизвестно, 不明, 無回答, わからない, "
    "分からない, 不知道, 未知, "
    "不清楚, 拒答, 모름, 무응답, bilmiyorum, لا أعرف"
)
MISSING = frozenset(WORDS.split(", "))
"""what people write in a cell that they have no answer for"""
LABELS = ("dk", "nd", "nr", "brak")
"""those of them that may be the name of a place or a group"""
BESIDE = re.compile(
    r"\(?-?\d{1,5}\)?\s*[-–—=:.]?\s*(\D*[^\W\d_]\D*)|(\D+?)\s*[(\[]\s*-?\d{1,5}\s*[)\]]|"
    r"[(\[<*]+(\D+?)[)\]>*]+"
)
"""words with a number before them or behind them, as survey tools export answers, or in brackets"""
REPEATED = [float(str(digit) * count) for digit in (7, 8, 9) for count in (2, 3, 4, 5)]
CODES = frozenset({*REPEATED, *(top - step for top in (1e2, 1e3, 1e4) for step in (2, 3, 4))})
CODES |= {-code for code in CODES} | {-7.0, -8.0, -9.0, -66.0}
"""numbers by which surveys say that there is no answer, wherever all others are far smaller"""
DIGITS = (9.0, 8.0, 7.0)
"""the same on scales of a few steps, of which the last is seldom alone"""
APART = 3
"""steps between such a digit and the largest answer"""
FAR = 6
"""times that a code of more figures is larger than answers above 10"""


@lru_cache(10_000)
def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no answer."""
    word = cell.lower().replace("’", "'")
    if word in MISSING or not cell:
        return bool(cell)
    found = BESIDE.fullmatch(word)
    return bool(found) and says_nothing(next(filter(None, found.groups()), ""))


def says_nothing(words: str) -> bool:
    """Whether the words for a number say that there is no answer; none is the least of a scale."""
    word = words.strip().lower().replace("’", "'")
    return word in MISSING and word not in ("none", "nil", "-", "–", "—")


def codes_among(values: Iterable[float], digits: bool, below_zero: bool = True) -> tuple[float, ...]:
    """The numbers among answers that are codes for no answer, in order; none where there are no answers beside them.

    digits: whether a 9, an 8 or, beside these, a 7 may be one; below_zero: whether -1 may.
    """
    distinct = {*values}
    usual = sorted(distinct - CODES)
    found = {each for each in distinct & CODES if each < 0 or (usual and _is_far(each, max(usual)))}
    usual = sorted(distinct - found)
    if below_zero and -1 in usual and len(usual) > 2 and usual[0] == -1 and usual[-1] > 2 and _are_whole(usual):
        found |= {-1.0}
    found |= _digits(usual) if digits else set()
    usual = distinct - found
    return tuple(sorted(found)) if usual and min(usual) >= 0 else ()


def _digits(usual: list[float]) -> set[float]:
    """The last of a scale's few steps that are apart from all others: 9 beside answers up to 5."""
    answers = [each for each in usual if each not in DIGITS and each >= 0]
    most = max(answers, default=DIGITS[0])
    single = {*usual} & {*DIGITS}
    if not single or single == {DIGITS[-1]} or min(single) - most < APART:
        return set()
    # of means of answers one may be 9
    return single if _are_whole(answers) or most <= 2 else set()


def _is_far(code: float, most: float) -> bool:
    return most <= 10 or code >= FAR * most


def _are_whole(values: Iterable[float]) -> bool:
    return all(value == int(value) for value in values)
