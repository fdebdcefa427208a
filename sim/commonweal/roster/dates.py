"""Dates as people write them, of which a log needs the month: 2024-03, 14.03.2024, 03/2024, March 2024, Mar-24."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月]\d{1,2}日?|月)?(?:[T ].*)?")
MONTH_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{4})")
OF_A_DAY: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ].*)?")
QUARTER: Final = re.compile(r"(?i).*\bq[1-4]\b.*|.*\bquarter\b.*")
OF_NO_YEAR: Final = re.compile(r"\d{1,2}\.\d{1,2}\.|\d{1,2}月(?:\d{1,2}日)?")
WORD: Final = re.compile(r"[^\W\d_]+")
MONTHS: Final = {
    "jan": 1, "january": 1, "januar": 1, "janvier": 1, "enero": 1, "ene": 1, "gennaio": 1, "januari": 1, "janeiro": 1,
    "feb": 2, "february": 2, "februar": 2, "février": 2, "febrero": 2, "febbraio": 2, "februari": 2, "fevereiro": 2,
    "mar": 3, "march": 3, "märz": 3, "mär": 3, "mars": 3, "marzo": 3, "maart": 3, "março": 3,
    "apr": 4, "april": 4, "avril": 4, "abril": 4, "abr": 4, "aprile": 4,
    "may": 5, "mai": 5, "mayo": 5, "maggio": 5, "mei": 5, "maio": 5,
    "jun": 6, "june": 6, "juni": 6, "juin": 6, "junio": 6, "giugno": 6, "junho": 6,
    "jul": 7, "july": 7, "juli": 7, "juillet": 7, "julio": 7, "luglio": 7, "julho": 7,
    "aug": 8, "august": 8, "août": 8, "agosto": 8, "ago": 8, "augustus": 8, "augusti": 8,
    "sep": 9, "sept": 9, "september": 9, "septembre": 9, "septiembre": 9, "settembre": 9, "setembro": 9,
    "oct": 10, "october": 10, "okt": 10, "oktober": 10, "octobre": 10, "octubre": 10, "ottobre": 10, "outubro": 10,
    "nov": 11, "november": 11, "novembre": 11, "noviembre": 11, "novembro": 11,
    "dec": 12, "december": 12, "dez": 12, "dezember": 12, "décembre": 12, "diciembre": 12, "dic": 12, "dicembre": 12,
    "dezembro": 12,
}  # fmt: skip
"""months by name, and their numbers"""
LIKE: Final = "write year and month, such as 2026-03"


class Dates(NamedTuple):
    """The months of a column of dates, and what is wrong with cells that have none."""

    months: list[int]
    """counted from the year 0; -1 where a cell has none"""
    problems: list[tuple[str, str, list[int]]]
    """what is wrong, what would be right, and in which cells"""
    example: str
    """how a date was read that might be read otherwise: '03/14/2024 is 2024-03'; '' where there is none"""


def is_date(cell: str) -> bool:
    """Whether a cell seems to be a date, of a month that there is or is not."""
    forms = (YEAR_FIRST, MONTH_FIRST, OF_A_DAY, QUARTER)
    return any(form.fullmatch(cell) for form in forms) or _by_name(cell) is not None


def is_day(cell: str) -> bool:
    """Whether a cell or a heading is a date, of which the year may be left out: 14 March, Mar, 14.3."""
    words = {word.casefold() for word in WORD.findall(cell)} - {"th", "st", "nd", "rd", "de", "of"}
    return is_date(cell) or bool(OF_NO_YEAR.fullmatch(cell)) or (len(words) == 1 and words <= MONTHS.keys())


def dates_of(cells: Sequence[str]) -> Dates:
    """The months of cells that are dates."""
    order = _order(cells)
    months, why, example = [], {}, ""
    for at, cell in enumerate(cells):
        found, said = _month(cell, order)
        months.append(found)
        if said:
            why.setdefault(said, []).append(at)
        elif not example and not YEAR_FIRST.fullmatch(cell):
            example = f"'{cell}' is {found // 12:04d}-{found % 12 + 1:02d}"
    return Dates(months, [(*said, places) for said, places in why.items()], example)


def _month(cell: str, order: str) -> tuple[int, tuple[str, str] | None]:
    """The month of a cell, or what is wrong with it. order: whether day or month comes first in it; '' if unknown."""
    if found := YEAR_FIRST.fullmatch(cell):
        year, month = int(found[1]), int(found[2])
    elif found := MONTH_FIRST.fullmatch(cell):
        year, month = int(found[2]), int(found[1])
    elif found := OF_A_DAY.fullmatch(cell):
        one, other = int(found[1]), int(found[3])
        if found[2] != "." and one != other and not order:
            return -1, ("a date of which nobody can tell whether the day or the month comes first", LIKE)
        year, month = int(found[4]), one if order == "month" and found[2] != "." else other
    elif named := _by_name(cell):
        year, month = named
    elif QUARTER.fullmatch(cell):
        return -1, ("a quarter", f"{LIKE}, for the month in which it was seen")
    else:
        return -1, ("no date", f"{LIKE}, in every row, or in every row the number of the month")
    return (year * 12 + month - 1, None) if 1 <= month <= 12 else (-1, ("no date", LIKE))


def _order(cells: Sequence[str]) -> str:
    """What comes first in dates such as 03/14/2024, as those tell of which only one reading is a date."""
    there = [found for cell in cells if (found := OF_A_DAY.fullmatch(cell)) and found[2] != "."]
    day, month = (any(int(found[at]) > 12 for found in there) for at in (1, 3))
    return "" if day == month else "day" if day else "month"


def _by_name(cell: str) -> tuple[int, int] | None:
    """Year and month of a cell that names the month: March 2024, 14 March 2024, Mar-24."""
    names = [MONTHS[word.casefold()] for word in WORD.findall(cell) if word.casefold() in MONTHS]
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", cell) or re.findall(r"[^\W\d_]['’ -]{0,2}(\d{2})$", cell)
    if len(names) != 1 or len(years) != 1:
        return None
    return int(years[0]) + (2000 if len(years[0]) == 2 else 0), names[0]
