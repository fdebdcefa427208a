"""Two modes: leaders by what they take part in, with marks, roles or counts in the cells; who shares it is tied."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from commonweal.roster.dates import is_day
from commonweal.roster.describe import counted, listed, quote, text
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.found import UNDIRECTED, Sheet, sheet_of
from commonweal.roster.matrix import MOST, NO, YES, without_sums
from commonweal.roster.presence import (
    ABSENT,
    KINDS_OF_THING,
    NO_THING,
    amount_of,
    is_cross,
    is_thing,
    letters_of,
)  # fmt: skip
from commonweal.roster.roles import NAMED, TABLES, candidates, known, plain
from commonweal.roster.values import as_number

ROLE_LONGEST = 30
"""characters of a role"""
HELD = "words in the heading"
YEARS = (1900, 2100)
"""numbers that are years since when someone takes part"""
NAMED_SO = re.compile(r"attend|committee|meeting|participat|membership|affiliation|two.?mode|teilnahme", re.IGNORECASE)
"""names of tables of who takes part in what"""
SEAT = re.compile(r"(on|has|is|at)\b", re.IGNORECASE)
"""how a heading begins that asks for a seat"""
Members = dict[str, dict[str, float]]
"""by thing who takes part in it, and how often"""


@dataclass(slots=True)
class Cells:
    """What the cells of two modes say: how often each of a row takes part, and by which words."""

    amounts: list[list[float]]
    roles: list[str]
    absent: list[str]
    counts: bool
    years: bool


def things_of(sheet: Sheet) -> tuple[int, list[int]]:
    """The place of the column that names leaders, and of those that say in what they take part; none where none do."""
    alone = without_sums(sheet)
    who = _who(alone)
    if len(alone.headings) < 3 or not alone.rows or not all(row[who] for row in alone.rows):
        return 0, []
    cells = {at: [row[at] for row in alone.rows] for at in range(len(alone.headings)) if at != who}
    places = _places(alone, cells)
    taking = any(cell and amount_of(cell, {}) != 0 for at in places for cell in cells[at])
    if len(places) < 2 or not taking:
        return 0, []
    return sheet.headings.index(alone.headings[who]), [sheet.headings.index(alone.headings[at]) for at in places]


def _who(sheet: Sheet) -> int:
    """The place of the column that names leaders: by its heading, else the first."""
    roles = candidates(sheet.headings, "leaders")
    named = [each for column in ("id", "name") for each, rule in roles.get(column, []) if rule != HELD]
    return sheet.headings.index(named[0]) if named else 0


def _places(sheet: Sheet, cells: dict[int, list[str]]) -> list[int]:
    """The columns that say who takes part: all but names, or beside what tells of leaders those that are sure."""
    free = [at for at in cells if _may_be_thing(sheet.headings[at])]
    evident = [at for at in free if is_thing(sheet.headings[at])]
    if len(free) == len(cells) and _say_who(sheet, free, cells):
        told = evident or NAMED_SO.search(sheet.name) or is_turned(sheet)
        return free if told or _are_marks(cells) or not _has_counts(cells) else []
    return _sure(sheet, free, evident, cells)


def _sure(sheet: Sheet, free: list[int], evident: list[int], cells: dict[int, list[str]]) -> list[int]:
    """Those whose headings and cells both say that people take part, and beside them those of mere crosses."""
    sure = {at for at in evident if _say_who(sheet, [at], cells)}
    return [at for at in free if at in sure or (evident and all(map(is_cross, cells[at])))]


def _may_be_thing(heading: str) -> bool:
    return bool(heading) and not _is_ours(heading) and not NO_THING.search(heading)


def _are_marks(cells: dict[int, list[str]]) -> bool:
    return all(cell.lower() in YES or cell.lower() in NO for found in cells.values() for cell in found)


def _is_ours(heading: str) -> bool:
    """Whether a heading is one of a table of ours, and none of a group that people sit in."""
    if known(heading):
        return not is_thing(heading) or bool(SEAT.match(heading))
    return any(rule == NAMED for kind in TABLES for found in candidates([heading], kind).values() for _, rule in found)


def is_turned(sheet: Sheet) -> bool:
    """Whether rows are what people take part in, and columns people."""
    first = sheet.headings[0]
    days = bool(sheet.rows) and not known(first) and all(is_day(row[0]) for row in sheet.rows)
    return days or bool(KINDS_OF_THING.fullmatch(plain(first)))


def days_of(sheet: Sheet) -> bool:
    """Whether what leaders take part in are days."""
    who, places = things_of(sheet)
    if places and is_turned(sheet) and who == 0:
        return all(is_day(row[0]) for row in sheet.rows)
    return bool(places) and all(is_day(sheet.headings[at]) for at in places)


def _say_who(sheet: Sheet, places: list[int], cells: dict[int, list[str]]) -> bool:
    """Whether all cells of columns say who takes part, or how often; any few words do below what is surely such."""
    given = [cell for at in places for cell in cells[at] if cell]
    letters = letters_of(given)
    if not all(is_thing(sheet.headings[at]) for at in places):
        return all(amount_of(cell, letters) is not None for cell in {*given})
    words = {cell for cell in {*given} if amount_of(cell, letters) is None}
    few = all(len(word) <= ROLE_LONGEST and as_number(word) is None for word in words)
    return few and 2 * len(words) <= len(given)


def _has_counts(cells: dict[int, list[str]]) -> bool:
    return any(as_number(cell.replace(",", ".")) not in (None, 0, 1) for found in cells.values() for cell in found)


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes part in what, and how often: leaders with their lines, things with their members, the other columns."""

    people: dict[str, int]
    members: Members
    about: dict[str, dict[str, str]]
    counts: bool


def members_of(sheet: Sheet, surely: bool = False) -> Taking | None:
    """What a table says of two modes; None where it has not two, unless it has them `surely`."""
    alone = without_sums(sheet)
    who, places = things_of(alone)
    if not places and not surely:
        return None
    if alone is not sheet:
        sheet.review.note("its rows and columns of sums were left out")
    if not places:
        places = [*range(1, len(alone.headings))]
    elif who == 0 and is_turned(alone):
        alone = _turned(alone)
        places = [*range(1, len(alone.headings))]
    said = _read(alone, places)
    _tell_cells(alone.review, said)
    rest = [at for at in range(len(alone.headings)) if at != who and at not in places]
    people: dict[str, int] = {}
    about: dict[str, dict[str, str]] = {}
    members: Members = {alone.headings[at]: {} for at in places}
    for row, amounts, line in zip(alone.rows, said.amounts, alone.lines, strict=True):
        name = text(row[who])
        people.setdefault(name, line)
        about.setdefault(name, {alone.headings[at]: row[at] for at in rest})
        for there, amount in zip(members.values(), amounts, strict=True):
            if amount:
                there[name] = max(amount, there.get(name, 0.0))
    return Taking(people, members, about, said.counts)


def project(sheet: Sheet) -> tuple[Sheet, Sheet]:
    """Leaders, and a tie for every two of them that take part in the same things, as strong as these are many."""
    found = members_of(sheet, surely=True)
    assert found
    ties = shared(sheet.name, found.people, found.members, sheet.review, found.counts)
    nodes = [{"id": name} | found.about[name] for name in found.people]
    return sheet_of(sheet.name, nodes, [*found.people.values()], sheet.review, "leaders", ("id",)), ties


def _read(sheet: Sheet, places: list[int]) -> Cells:
    """What the cells say."""
    given = [*dict.fromkeys(row[at] for row in sheet.rows for at in places)]
    letters = letters_of([*filter(None, given)])
    said = {cell: amount_of(cell, letters) for cell in given}
    amounts = {cell: 1.0 if amount is None else amount for cell, amount in said.items()}
    numbers = {*amounts.values()} - {0.0, 1.0}
    years = bool(numbers) and all(YEARS[0] <= each <= YEARS[1] for each in numbers)
    if years:
        amounts = {cell: float(amount > 0) for cell, amount in amounts.items()}
    rows = [[amounts[row[at]] for at in places] for row in sheet.rows]
    return Cells(rows, *_words(amounts, letters), counts=bool(numbers) and not years, years=years)


def _words(amounts: dict[str, float], letters: Mapping[str, float]) -> tuple[list[str], list[str]]:
    """The words that were read as taking part, and those that were not, besides yes and no."""
    words = [cell for cell in amounts if as_number(cell.replace(",", ".")) is None and cell.lower() not in YES]
    absent = [cell for cell in words if cell.lower() in ABSENT or cell.lower() in letters]
    return [cell for cell in words if amounts[cell]], [cell for cell in absent if not amounts[cell]]


def _tell_cells(review: Review, said: Cells) -> None:
    if said.roles:
        review.note(f"cells such as {listed([quote(each) for each in said.roles], 5)} were read as taking part")
    if said.absent:
        review.note(f"cells such as {listed([quote(each) for each in said.absent], 5)} were read as not taking part")
    if said.years:
        review.note("its cells hold years, which were read as taking part")


def shared(
    name: str, people: Mapping[str, object], members: Members, review: Review, counts: bool = False, met: bool = False
) -> Sheet:
    """A tie for every two that share something, with a note of how.

    counts: who takes part more often counts more. met: what they share is a meeting.
    """
    if len(people) > MOST:
        raise RosterError(f"{review.file}: {len(people):,} people by committees, over {MOST:,}; give ties instead")
    weight: dict[tuple[str, str], float] = {}
    for there in members.values():
        for i, j in combinations(sorted(there), 2):
            weight[i, j] = weight.get((i, j), 0.0) + min(there[i], there[j])
    bonds = [
        {"source": i, "target": j, "type": UNDIRECTED, "weight": f"{amount:g}"}
        for (i, j), amount in sorted(weight.items())
    ]
    how = "tied where they share one, the more they share the stronger"
    if counts:
        how += "; numbers are how often each took part, and of each two the smaller counts"
    shown = f"({listed([quote(each) for each in members])})"
    if met:
        what = (
            f"a list of who was there: {counted(len(people), 'leader')} at {counted(len(members), 'meeting')} {shown}"
        )
        how = "tied where they met, the more often the stronger"
    else:
        what = f"{counted(len(people), 'leader')} by {counted(len(members), 'thing')} they take part in {shown}"
    review.note(f"it was read as {what}: {how}")
    return sheet_of(name, bonds, [0] * len(bonds), review, "ties", ("source", "target", "type"))


def _turned(sheet: Sheet) -> Sheet:
    """A table of committees by people as one of people by committees."""
    places = zip(sheet.headings, *sheet.rows, strict=True)
    headings, *rows = ([text(cell) for cell in place] for place in places)
    return replace(sheet, headings=headings, rows=rows, lines=[0] * len(rows))
