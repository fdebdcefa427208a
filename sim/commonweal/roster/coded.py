"""Codes for no answer: which numbers of a column are none, as its mapping says, its heading, or the others."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from commonweal.roster.describe import counted, listed, quote
from commonweal.roster.found import Sheet
from commonweal.roster.headings import Choice
from commonweal.roster.mapping import line_of
from commonweal.roster.roles import KINDS, Role, plain
from commonweal.roster.unsaid import codes_among, says_nothing
from commonweal.roster.values import as_number, legend_of, named_scale, unanswered

COUNTS = re.compile(r"\b(weight|value|count|number|n|times|meetings|strength|wert|gewicht|poids|peso)\b")
"""what a column is called that may be of counts, in which a 9 is a 9"""
AMOUNTS = ("endowment", "size")
"""columns in which any number above 0 may be"""


def without_codes(choice: Choice, column: str, role: Role, found: list[list[str]]) -> tuple[Role, list[list[str]]]:
    """The role with the codes for no answer, and the columns without them; they are noted."""
    numbers = [value for cell in chain.from_iterable(found) if (value := as_number(cell)) is not None]
    guess = role.missing is None and choice.kind != "log"
    if guess and (codes := _guessed(choice, column, role, numbers)):
        role = replace(role, missing=codes)
        choice.roles[column], choice.guessed = role, True
    said = {*(role.missing or ())}
    if not said:
        return role, found
    kept = [["" if as_number(cell) in said or cell.lower() in said else cell for cell in cells] for cells in found]
    return role, kept


def _guessed(choice: Choice, column: str, role: Role, numbers: list[float]) -> tuple[float, ...]:
    """The codes of a column that nobody has told; those that are doubtful are noted and are none."""
    heading = role.headings[0] if role.headings else column
    told = sorted({number for number, words in legend_of(heading).items() if says_nothing(words)} & {*numbers})
    rest = [value for value in numbers if value not in told]
    scale = role.scale or named_scale(heading)
    asked = scale or column in choice.mapping.partners or not COUNTS.search(plain(heading))
    digits = column in KINDS[choice.kind].numbers and bool(asked)
    codes = codes_among(rest, digits, below_zero=column != "strength")
    codes = tuple(sorted({*told, *(each for each in codes if _may_be(each, column, heading, scale))}))
    if codes:
        _tell(choice, column, heading, codes, rest, numbers)
    elif not digits and column in KINDS[choice.kind].numbers:
        _tell_doubtful(choice, column, heading, codes_among(rest, digits=True, below_zero=False))
    return codes


def _may_be(code: float, column: str, heading: str, scale: tuple[float, float] | None) -> bool:
    """Whether a number cannot be one that the column may hold: off its scale, no amount."""
    ours = column == "standing" == heading.lower()  # of any size, as we write it
    return not (scale and min(scale) <= code <= max(scale)) and (code < 0 or not (ours or column in AMOUNTS))


def _tell_doubtful(choice: Choice, column: str, heading: str, codes: tuple[float, ...]) -> None:
    """Note numbers of counts that may be codes, and what makes them such."""
    if codes:
        line = line_of(choice.kind, column, {"column": heading, "missing": [int(each) for each in codes]})
        choice.sheet.review.note(
            f"{column}: {_listed(codes)} may be a code for no answer, and was read as a number; {line} in a mapping "
            "file makes it one (commonweal roster import)"
        )


def _tell(
    choice: Choice, column: str, heading: str, codes: tuple[float, ...], rest: list[float], numbers: list[float]
) -> None:
    """Note how many cells were read as no answer, and what makes them numbers."""
    usual = [value for value in rest if value not in codes]
    beside = f", beside numbers up to {max(usual):g}" if usual else ""
    many = counted(sum(value in codes for value in numbers), "cell")
    line = line_of(choice.kind, column, {"column": heading, "missing": []})
    choice.sheet.review.note(
        f"{column}: {many} of {_listed(codes)} read as no answer{beside}; if it is a number, {line} in a "
        "mapping file says so (commonweal roster import)"
    )


def _listed(codes: Sequence[float]) -> str:
    return listed([f"{each:g}" for each in codes], 5)


def answers_given(sheet: Sheet, column: str, cells: list[str]) -> list[str]:
    """Answers of yes or no, without words, and numbers, by which people say that they have none; these are noted."""
    if not (unsaid := unanswered(cells)):
        return cells
    several = counted(sum(cell in unsaid for cell in cells), "cell")
    example = quote(next(cell for cell in cells if cell in unsaid))
    sheet.review.note(f"{several} of {column} without an answer (such as {example}) read as not given")
    return ["" if cell in unsaid else cell for cell in cells]
