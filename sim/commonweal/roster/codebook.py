"""Codebooks, as REDCap's data dictionary: what the names of columns and the codes of answers in another table mean."""

import re
from dataclasses import dataclass, field, replace

from commonweal.roster.describe import counted, listed, quote
from commonweal.roster.found import Found, Sheet
from commonweal.roster.mapping import Mapping
from commonweal.roster.roles import known, plain

VARIABLE = ("variable field name", "field name", "variable", "variable name", "question", "item")
CHOICES = ("choices calculations or slider labels", "select choices or calculations", "choices", "values", "codes",
           "value labels", "answer options")  # fmt: skip
LABEL = ("field label", "question text", "variable label")
CODE = ("code", "value", "choice", "number", "option")
MEANING = ("label", "meaning", "value label", "choice label", "answer", "text", "name")
"""headings of dictionaries: what a column is called, its choices in one cell, its question; or a row for each code"""
PART = re.compile(r"\s*(-?\w+)\s*[,=:]\s*(\S.*?)\s*")
CODED = re.compile(r"(\w+?)___(-?\w+)")
"""how REDCap calls the column of a choice"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a codebook: its text, and what each code of an answer means."""

    text: str = ""
    codes: dict[str, str] = field(default_factory=dict)


def explained(found: list[tuple[Found, str]], mapping: Mapping) -> list[tuple[Found, str]]:
    """The same without codebooks, codes in other tables being what these say."""
    sheets = [sheet for each, _ in found for sheet in each.sheets if not sheet.kind]
    books = [(sheet, asked) for sheet in sheets if (asked := _asked_in(sheet))]
    kept_as, used = _named_in(mapping), set[int]()
    told = {id(sheet): sheet for sheet in sheets}
    for sheet in (sheet for sheet in sheets if all(sheet is not book for book, _ in books)):
        for book, asked in books:
            again = _explain(told[id(sheet)], asked, book, kept_as)
            used |= set() if again is told[id(sheet)] else {id(book)}
            told[id(sheet)] = again
        _tell_codes(told[id(sheet)], kept_as)
    return [(replace(each, sheets=_left(each.sheets, told, used)), hint) for each, hint in found]


def _left(sheets: list[Sheet], told: dict[int, Sheet], used: set[int]) -> list[Sheet]:
    return [told.get(id(sheet), sheet) for sheet in sheets if id(sheet) not in used]


def _named_in(mapping: Mapping) -> set[str]:
    """The headings that a mapping names, which stay as they are."""
    roles = [role for roles in mapping.roles.values() for role in roles.values() if role]
    return {heading for role in roles for heading in role.headings} | {
        heading for about in mapping.partners.values() for heading in about
    }


def _asked_in(sheet: Sheet) -> dict[str, Asked]:
    """The questions that a codebook explains, by the names of their columns ('' for any); none if it is none."""
    at = {plain(heading): heading for heading in reversed(sheet.headings)}
    columns = [
        next((at[word] for word in words if word in at), "") for words in (VARIABLE, CHOICES, LABEL, CODE, MEANING)
    ]
    variable, choices, label, code, meaning = columns
    nothing = [""] * len(sheet.rows)
    names = sheet.column(variable) if variable else nothing
    if variable and choices:
        rows = zip(names, sheet.column(label) if label else nothing, sheet.column(choices), strict=True)
        return {name: Asked(text, _codes(said)) for name, text, said in rows if name}
    found: dict[str, Asked] = {}
    if code and meaning and len(sheet.headings) == 2 + bool(variable):
        for name, key, said in zip(names, sheet.column(code), sheet.column(meaning), strict=True):
            found.setdefault(name, Asked()).codes[key] = said
    return found


def _codes(said: str) -> dict[str, str]:
    """1, City Hall | 2, Clinic as the code and the words of each."""
    parts = re.split(r"[|\n]" if re.search(r"[|\n]", said) else ";", said)
    found = [PART.fullmatch(part) for part in parts if part.strip()]
    return {} if None in found else {each[1]: each[2] for each in found if each}


def _explain(sheet: Sheet, asked: dict[str, Asked], book: Sheet, kept_as: set[str]) -> Sheet:
    """A table with the questions and answers of a codebook for names and codes; itself if there are none."""
    new = [each if each in kept_as else _heading(each, asked) or each for each in sheet.headings]
    codes = [_codes_of(sheet, at, asked) for at in range(len(new))]
    chosen = sum(one != other and one not in asked for one, other in zip(sheet.headings, new, strict=True))
    coded = sum(bool(CODED.fullmatch(heading)) for heading in sheet.headings)
    if not (chosen or any(codes)) or ("" in asked and chosen < coded):
        return sheet
    _tell(sheet, new, codes, book)
    rows = [[each.get(cell, cell) for each, cell in zip(codes, row, strict=True)] for row in sheet.rows]
    return replace(sheet, headings=new, rows=rows)


def _tell(sheet: Sheet, new: list[str], codes: list[dict[str, str]], book: Sheet) -> None:
    """Note what a codebook explains of a table."""
    columns = [*zip(sheet.headings, new, codes, strict=True)]
    shown = [f"{quote(one)} is {quote(other)}" for one, other, _ in columns if one != other]
    shown += [f"the codes of {quote(one)}" for one, _, each in columns if each]
    many = sum(one != other or bool(each) for one, other, each in columns)
    where = book.review.file if book.review is not sheet.review else quote(book.name)
    sheet.review.note(f"{where} explains {counted(many, 'column')}: {listed(shown)}")


def _heading(heading: str, asked: dict[str, Asked]) -> str:
    """What a codebook says of a column: the choice that it is, or its question; '' where it says nothing."""
    for name, each in asked.items():
        if name and heading == name:
            return each.text if not known(heading) else ""
        pattern = rf"({re.escape(name)})(?:___|_|\[)(-?\w+)\]?" if name else CODED
        if (found := re.fullmatch(pattern, heading)) and found[2] in each.codes:
            return f"{each.text or found[1]} (choice={each.codes[found[2]]})"
    return ""


def _codes_of(sheet: Sheet, at: int, asked: dict[str, Asked]) -> dict[str, str]:
    """What the codes of a column mean, if it has but codes."""
    heading, given = sheet.headings[at], {row[at] for row in sheet.rows} - {""}
    codes = asked[heading].codes if heading and heading in asked else {}
    return codes if given and given <= codes.keys() else {}


def _tell_codes(sheet: Sheet, kept_as: set[str]) -> None:
    """Note choices of which nothing says what they are."""
    found = [CODED.fullmatch(each) for each in sheet.headings if each not in kept_as]
    coded = [each[0] for each in found if each and each[2].isdigit()]
    if len(coded) > 1:
        named = ", ".join(f"{each}: NAME" for each in coded[:2])
        remedy = f"`ties: {{partners: {{strength: {{{named}}}}}}}` in a mapping file (commonweal roster import)"
        shown = listed([quote(each) for each in coded], 10)
        sheet.review.note(f"{shown} are choices by their codes, and nothing says what these mean; give the survey's "
                          f"codebook beside it, or say whom each means: {remedy}")  # fmt: skip
