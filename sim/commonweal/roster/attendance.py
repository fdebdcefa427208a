"""Lists of who was there: a row for each who came, or for each meeting with those who came; who met is tied."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from commonweal.roster.describe import counted, listed, quote, text
from commonweal.roster.found import Sheet, sheet_of
from commonweal.roster.matrix import NO, SUMS, YES
from commonweal.roster.people import folded
from commonweal.roster.presence import KINDS_OF_THING, amount_of
from commonweal.roster.roles import KINDS, candidates, plain
from commonweal.roster.two_modes import HELD, Members, days_of, members_of, shared
from commonweal.roster.values import as_number

WHEN = re.compile(
    r"(meeting )?(date|day|month|datum|tag|monat|mois|mes|fecha|día|data|jour|日付|日期|日時|開催日|dato|дата)( of .*)?"
)
"""headings of dates"""
TOPIC = re.compile(r"topics?|subject|agenda( item)?|thema|tagesordnung|sujet|ordre du jour|tema|asunto|議題|议题")
ATTENDEES = re.compile(
    r"(attendees?|participants?|present|those present|(people|members) (present|attending)|attended( by)?|"
    r"in attendance|who (was there|came|attended)|teilnehme(r|nde)(innen| innen)?|anwesende?|participante?s?|"
    r"personnes présentes|présents?|asistentes?|presentes|deelnemers?|aanwezigen?|presenti|partecipanti|"
    r"出席者?|参加者|与会者|参会人员|出席人员)( \d{1,3})?"
)
"""headings of those who were there"""
STATUS = re.compile(
    r"status|attendance|attended|present|was there|anwesen(heit|d)|présence|présent|asistencia|presente|出欠"
)
"""headings of whether who is named was there"""
SEVERAL = re.compile(r"[\n;；|、，]")
AND = re.compile(r"\s+(?:and|und|et|y|e|en|&|\+)\s+|\s*&\s*")
OF_LOGS = {*KINDS["log"].known, "what", "value"} - {"month", "who", "attended"}
"""headings of a log, which says more than who was there"""
Occasions = dict[tuple[str, ...], dict[str, float]]
"""by day and meeting who was there"""


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the columns that say who, at what, and whether they were there (-1 where none does)."""

    who: tuple[int, ...]
    days: tuple[int, ...]
    things: tuple[int, ...]
    status: int = -1
    listed: bool = False
    """whether a cell may hold several"""

    @property
    def occasion(self) -> tuple[int, ...]:
        """What tells one meeting from another."""
        return self.days + self.things


def columns_of(sheet: Sheet) -> Columns | None:
    """The columns of a list of who was there; None where it is no such list."""
    heads = [*map(plain, sheet.headings)]
    if not sheet.rows or {*heads} & OF_LOGS:
        return None
    days = _called(heads, WHEN)
    things = _called(heads, KINDS_OF_THING) or _called(heads, TOPIC)
    status = next((at for at in _called(heads, STATUS) if _is_status(sheet, at)), -1)
    there = tuple(at for at in _called(heads, ATTENDEES) if at != status and not _is_counted(sheet, at))
    if there and (days or things or _are_several(sheet, there)):
        return Columns(there, days, things, status, listed=True)
    found = Columns(_named(sheet, days + things), days, things, status)
    return found if found.who and _is_list(sheet, found) else None


def _are_several(sheet: Sheet, there: tuple[int, ...]) -> bool:
    """Whether there are several columns of names, or several names in a cell."""
    return len(there) > 1 or any(SEVERAL.search(row[at]) for row in sheet.rows for at in there)


def _called(heads: list[str], pattern: re.Pattern[str]) -> tuple[int, ...]:
    return tuple(at for at, head in enumerate(heads) if pattern.fullmatch(head))


def _is_counted(sheet: Sheet, at: int) -> bool:
    """Whether a column has more numbers than words."""
    return 2 * sum(as_number(row[at]) is not None for row in sheet.rows) > sum(bool(row[at]) for row in sheet.rows)


def _named(sheet: Sheet, taken: tuple[int, ...]) -> tuple[int, ...]:
    """The place of the column with names of leaders, if there is one."""
    roles = candidates(sheet.headings, "leaders")
    found = [each for column in ("name", "id") for each, rule in roles.get(column, []) if rule != HELD]
    places = [at for at in map(sheet.headings.index, found) if at not in taken]
    left = [at for at in range(len(sheet.headings)) if at not in taken]
    return tuple(places[:1]) or tuple(left if len(sheet.headings) == 2 and len(left) == 1 else ())


def _is_status(sheet: Sheet, at: int) -> bool:
    given = [row[at] for row in sheet.rows if row[at]]
    return bool(given) and all(amount_of(cell, {"p": 1.0, "a": 0.0}) in (0.0, 1.0) for cell in given)


def _is_list(sheet: Sheet, found: Columns) -> bool:
    """Whether rows are names at occasions: some name stands in several, some occasion too, and nothing is counted."""
    if not found.occasion:
        return False
    names = [row[found.who[0]] for row in sheet.rows]
    at = [tuple(row[place] for place in found.occasion) for row in _filled(sheet, found).rows]
    if all(cell.lower() in YES or cell.lower() in NO for each in at for cell in each):
        return False
    rest = {*range(len(sheet.headings))} - {*found.who, *found.occasion, found.status}
    alone = len(sheet.headings) == 2 and bool(found.things)
    counts = any(_is_counted(sheet, place) for place in rest)
    return alone or (len({*names}) < len(names) and len({*at}) < len(at) and not counts)


def _filled(sheet: Sheet, found: Columns) -> Sheet:
    """A list in which a date or meeting that is not said is that of the row above."""
    rows, last = [], [""] * len(found.occasion)
    for row in sheet.rows:
        said = [row[at] for at in found.occasion]
        last = said if any(said) or found.listed else last
        filled = dict(zip(found.occasion, last, strict=True))
        rows.append([filled.get(at, cell) for at, cell in enumerate(row)])
    return replace(sheet, rows=rows)


def split_attendance(sheet: Sheet) -> tuple[Sheet, Sheet]:
    """Leaders, and a tie for every two of them who met, as strong as they met often."""
    people, occasions = _who_met(sheet)
    found = columns_of(sheet)
    assert found
    used = {*found.who, *found.occasion, found.status}
    if ignored := [quote(each) for at, each in enumerate(sheet.headings) if at not in used and each]:
        sheet.review.note(f"these columns were ignored: {listed(ignored, 10)}")
    members: Members = {" ".join(filter(None, at)): there for at, there in occasions.items()}
    ties = shared(sheet.name, people, members, sheet.review, met=bool(found.days) or found.listed)
    nodes = [{"id": name} for name in people]
    return sheet_of(sheet.name, nodes, [*people.values()], sheet.review, "leaders", ("id",)), ties


def as_log(sheet: Sheet) -> Sheet | None:
    """A log of who met when, a row for each two; None of what is no list of who was there, or has no dates."""
    found = columns_of(sheet)
    if found and found.days:
        people, occasions = _who_met(sheet)
        members = [(at[0], there) for at, there in occasions.items()]
    elif days_of(sheet) and (table := members_of(sheet)):
        people, members = table.people, [*table.members.items()]
    else:
        return None
    pairs = dict.fromkeys((day, i, j) for day, there in members for i, j in combinations(sorted(there), 2))
    what = f"a list of who was there: {counted(len(people), 'leader')} at {counted(len(members), 'meeting')}"
    sheet.review.note(f"it was read as {what}, every two of whom met in that month")
    rows = [[day, i, j, "yes"] for day, i, j in pairs]
    return replace(sheet, headings=["month", "who", "with", "met"], rows=rows, lines=[people[i] for _, i, _ in pairs])


def _who_met(sheet: Sheet) -> tuple[dict[str, int], Occasions]:
    """Everybody with the first line that names them, and who was at each occasion."""
    found = columns_of(sheet)
    assert found
    _tell_filled(sheet, found)
    sheet = _filled(_without_sums(sheet), found)
    people: dict[str, int] = {}
    occasions: Occasions = {}
    alone = _alone(part for row in sheet.rows for at in found.who for part in _parts(row[at], found.listed))
    away = [not _was_there(row, found) for row in sheet.rows]
    for row, line, absent in zip(sheet.rows, sheet.lines, away, strict=True):
        key = tuple(text(row[at]) for at in found.occasion)
        there = occasions.setdefault(key if any(key) else (f"line {line}",), {})
        names = [name for at in found.who for name in _names(row[at], found.listed, alone)]
        for name in names:
            people.setdefault(name, line)
        there |= dict.fromkeys(() if absent else names, 1.0)
    _tell_joined(sheet, [*people] if found.listed else [])
    if any(away):
        sheet.review.note(f"{counted(sum(away), 'row')} of who was not there tie nobody")
    return people, occasions


def _was_there(row: list[str], found: Columns) -> bool:
    return found.status < 0 or amount_of(row[found.status], {"p": 1.0, "a": 0.0}) != 0


def _without_sums(sheet: Sheet) -> Sheet:
    """A list without rows of sums."""
    sums = [at for at, row in enumerate(sheet.rows) if folded(row[0]).rstrip(":") in SUMS]
    if not sums:
        return sheet
    sheet.review.note(f"a row of sums was left out: {quote(sheet.rows[sums[0]][0])}")
    kept = [at for at in range(len(sheet.rows)) if at not in sums]
    return replace(sheet, rows=[sheet.rows[at] for at in kept], lines=[sheet.lines[at] for at in kept])


def _tell_joined(sheet: Sheet, names: list[str]) -> None:
    if joined := [quote(name) for name in names if AND.search(name)]:
        what = "names with an 'and' were read as one leader"
        sheet.review.note(f"{what}: {listed(joined)}; part them as the others are if they are several")


def _tell_filled(sheet: Sheet, found: Columns) -> None:
    if not found.listed:
        empty = sum(not any(row[at] for at in found.occasion) for row in sheet.rows)
        if empty:
            sheet.review.note(f"{counted(empty, 'row')} without a date or meeting read as of the row above")


def _parts(cell: str, several: bool) -> list[str]:
    """The names of a cell, between line breaks, semicolons or bars, or where there may be several between commas."""
    sign = SEVERAL if SEVERAL.search(cell) else re.compile(",") if several else None
    return [text(part) for part in map(str.strip, sign.split(cell) if sign else [cell]) if part]


def _alone(parts: Iterable[str]) -> set[str]:
    """Names that stand by themselves, and with them those that are joined to one of them: `Bob and Cleo`."""
    alone, pairs = set[str](), []
    for part in parts:
        pair = {*map(folded, _pair(part))}
        pairs += [pair] * (len(pair) > 1)
        alone |= pair if len(pair) == 1 else set()
    for _ in pairs:
        more = set[str]().union(*(pair for pair in pairs if pair & alone)) - alone
        if not more:
            break
        alone |= more
    return alone


def _pair(part: str) -> list[str]:
    return [each for each in map(str.strip, AND.split(part)) if each]


def _names(cell: str, several: bool, alone: set[str]) -> Iterator[str]:
    """The names of a cell, two that are joined being one only where neither stands by itself elsewhere."""
    for part in _parts(cell, several):
        yield from _pair(part) if several and {*map(folded, _pair(part))} & alone else [part]
