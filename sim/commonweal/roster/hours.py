"""Time in cells, as people say what they can give: 10 h a week, 2 days a month, 1.5h, half a day per week, 0.2 FTE."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from commonweal.roster.describe import counted, quote
from commonweal.roster.errors import Review
from commonweal.roster.money import MONTH, PERIODS, Worth, period_of, time_in, without_period
from commonweal.roster.unsaid import is_missing
from commonweal.roster.values import as_number
from commonweal.units import HOUR, WORKING_MONTH, currencies

DAY = 8.0
"""hours of work in a day, of which a week has five"""
NAMES = {
    "minute": (r"min(?:ute)?s?|minuten", 1 / 60),
    "hour": (
        r"h|hrs?|hours?|std|stunden?|heures?|horas?|uur|uren|or[ae]|timer|timmar|godzin[ay]?|час\w*|時間|小时",
        1.0,
    ),
    "day": (r"d|days?|tage?n?|jours?|días?|dias?|dag(?:en)?|giorn[io]|dni|日|天", DAY),
    "week": (r"weeks?|wochen?|semaines?|semanas?|weken|settiman[ae]", 5 * DAY),
    "post": (r"(?:of (?:an? )?)?(?:fte|full[- ]time(?: posts?)?|posts?|vzä|etp)", WORKING_MONTH),
}
"""units of time by their names, and the hours of work in each"""
HALF = r"half an? |ein halber |einen halben |une demi-|medio "
NUMBER = rf"(?P<number>\d+(?:[.,]\d+)?|(?:{HALF})|an? |one |ein(?:en?)? |une? |un[ao]? )"
UNIT = "|".join(f"(?P<{name}>{words})" for name, (words, _) in NAMES.items())
TIME = re.compile(rf"(?:about|around|approx\.?|approximately|ca\.?|etwa|environ|unos|~|≈)? ?{NUMBER} ?(?:{UNIT})\.?")
CLOCK = re.compile(r"(?P<hours>\d{1,3}) ?h(?:ours?|rs?)? ?(?P<minutes>[0-5]?\d) ?(?:m(?:in(?:utes?)?)?\.?)?")
SPOKEN = re.compile(rf"\d\s*(?:{UNIT})\b")
"""what is about time, whatever else it says"""
ABOUT = re.compile(
    r"\b(time|hours?|hrs?|days?|fte|capacity|availability|zeit|stunden|temps|heures|tiempo|horas|tijd|uren|tempo|ore)\b|"
    r"時間|时间",
    re.IGNORECASE,
)
"""headings of time"""
ELAPSED = re.compile(r"\b(since|last|ago|until|response|waiting|travel|duration|age|seit|depuis)\b", re.IGNORECASE)
"""headings of time that passes, which is none to give"""


def hours_in(cell: str, heading: str = "") -> float | None:
    """The hours of work a month that a cell says; None where it says no time.

    Where a cell does not say for which period, its heading does, else it is a month.
    """
    if as_number(cell) is not None:
        return None
    said = " ".join(unicodedata.normalize("NFKC", cell).casefold().split())
    body, span = (said, "") if _amount(said) else without_period(said)
    if not (found := _amount(body)):
        return None
    hours, is_post = found
    return hours if is_post else hours * _in_a_month(span or period_of(heading) or "month")


def _amount(said: str) -> tuple[float, bool] | None:
    """Hours of work, and whether they are told as a share of a post, which is for a month."""
    if found := CLOCK.fullmatch(said):
        return int(found["hours"]) + int(found["minutes"]) / 60, False
    if not (found := TIME.fullmatch(said)):
        return None
    number, unit = found["number"], next(name for name in NAMES if found[name])
    value = float(number.replace(",", ".")) if number[0].isdigit() else 0.5 if re.match(HALF, number) else 1.0
    return value * NAMES[unit][1], unit == "post"


def _in_a_month(span: str) -> float:
    return {"month": 1.0, "day": WORKING_MONTH / DAY}.get(span) or PERIODS[span][1]


def are_times(cells: Sequence[str]) -> bool:
    """Whether half of the cells that say anything say a time."""
    given = [cell for cell in cells if cell and not is_missing(cell)]
    return bool(given) and 2 * sum(hours_in(cell) is not None for cell in given) >= len(given)


def of_time(
    cells: list[str], heading: str, lines: Sequence[int], worth: Worth | None, review: Review, bare: bool
) -> tuple[list[str], dict[int, float]]:
    """The cells without those that say a time, and by row what these are worth, in MU.

    bare: whether a number without a unit is of the heading's. Problems: times that are none, numbers without a unit.
    """
    found = {row: hours for row, cell in enumerate(cells) if (hours := hours_in(cell, heading)) is not None}
    _refuse_odd(review, [(lines[row], cell) for row, cell in enumerate(cells) if row not in found])
    if found and bare:
        found |= dict(_bare(cells, heading, lines, review))
    if not found:
        return cells, {}
    per_hour = worth.per_hour if worth else HOUR
    untold = sum(not _says_when(cells[row]) for row in found)
    _tell(review, cells, found, per_hour, 0 if period_of(heading) or MONTH.search(heading) else untold)
    rest = ["" if row in found else cell for row, cell in enumerate(cells)]
    return rest, {row: hours * per_hour for row, hours in found.items()}


def _tell(review: Review, cells: list[str], found: dict[int, float], per_hour: float, untold: int) -> None:
    first = min(found)
    told = f"{quote(cells[first])} is {found[first]:.4g} hours a month"
    note = f"endowment: {counted(len(found), 'amount')} of time read, an hour being worth {per_hour:.6g} MU: {told}"
    review.note(note + (f"; {untold} of them without a period as for a month" if untold else ""))


def _says_when(cell: str) -> bool:
    """Whether a cell says for which period its time is, as a share of a post does."""
    said = cell.strip().casefold()
    return (_amount(said) or (0, False))[1] or (not _amount(said) and bool(without_period(said)[1]))


def _refuse_odd(review: Review, rest: list[tuple[int, str]]) -> None:
    """Cells that speak of time but say no single amount of it."""
    odd = [(line, cell) for line, cell in rest if SPOKEN.search(unicodedata.normalize("NFKC", cell).casefold())]
    review.cells("no amount of time", "write one number with its unit, such as 8 h a week", odd, "endowment")


def _bare(cells: list[str], heading: str, lines: Sequence[int], review: Review) -> Iterator[tuple[int, float]]:
    """Numbers without a unit beside times, which their heading has to name."""
    unit = time_in(heading)
    plain = [(row, value) for row, cell in enumerate(cells) if (value := as_number(cell.replace(",", "."))) is not None]
    if currencies(heading):  # they are money
        return
    if not unit:
        places = [(lines[row], cells[row]) for row, _ in plain]
        remedy = "write its unit too, such as 10 h a month or 100 EUR a month"
        review.cells("a number of nothing, beside times with their units", remedy, places, "endowment")
        return
    hours = {"post": WORKING_MONTH, "day": DAY}.get(unit[0], 1.0)
    span = 1.0 if unit[0] == "post" else _in_a_month(period_of(heading) or "month")
    for row, value in plain:
        yield row, value * hours * span
