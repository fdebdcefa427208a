"""Lists of ties as people write them: headings that say nothing that is known, several partners in a cell."""

import re
from dataclasses import replace
from itertools import permutations

from commonweal.roster.columns import TIES
from commonweal.roster.describe import counted, quote
from commonweal.roster.found import Sheet
from commonweal.roster.mapping import Mapping
from commonweal.roster.people import folded
from commonweal.roster.roles import Role, candidates
from commonweal.roster.stacked import Kinds

TRIED = 12
"""columns among which the ends of ties are looked for"""
SEVERAL = re.compile(r"[;|\n]")
"""signs between several partners"""


def with_ends(kinds: Kinds, mapping: Mapping) -> Kinds:
    """The same, with a list of pairs of leaders as ties where there are none; its ends are put into the mapping."""
    roles = mapping.roles["ties"]
    if "source" in roles or "target" in roles:
        return kinds
    leaders = [sheet for sheet, kind, _ in kinds if kind == "leaders"]
    found = []
    for sheet, kind, file in kinds:
        ends = None if sheet.kind else _ends(sheet, kind, [each for each in leaders if each is not sheet])
        if ends and "source" not in roles:
            roles["source"], roles["target"] = Role(ends[:1]), Role(ends[1:])
            mapping.guessed, kind = True, "ties"
            both = f"{quote(ends[0])} and {quote(ends[1])}"
            sheet.review.note(f"{both} hold the names of leaders, so it was read as ties, from the one to the other")
        found.append((sheet, kind, file))
    return found


def _ends(sheet: Sheet, kind: str, leaders: list[Sheet]) -> tuple[str, str] | None:
    """The headings of two columns that name leaders of another table, or in a table of people one another."""
    if {*map(TIES.canonical, sheet.headings)} & {"source", "target"}:  # one is named, so the other is missing
        return None
    columns = {heading: [*map(folded, sheet.column(heading))] for heading in sheet.headings[:TRIED] if heading}
    if leaders:
        return _of_leaders(columns, _named(leaders)) if kind in ("", "ties") else None
    sources = {heading for heading, _ in candidates(sheet.headings, "ties").get("source", [])} & columns.keys()
    pairs = permutations([heading for heading in columns if heading in sources], 2) if kind == "leaders" else ()
    return next((pair for pair in pairs if _name_one_another(columns[pair[0]], columns[pair[1]])), None)


def _of_leaders(columns: dict[str, list[str]], known: set[str]) -> tuple[str, str] | None:
    """The two columns, if it is two, that hold nothing but names of leaders."""
    ends = [heading for heading, cells in columns.items() if any(cells) and {*cells} <= known | {""}]
    return (ends[0], ends[1]) if len(ends) == 2 else None


def _named(sheets: list[Sheet]) -> set[str]:
    return {folded(cell) for sheet in sheets for row in sheet.rows for cell in row[:TRIED]} - {""}


def _name_one_another(one: list[str], other: list[str]) -> bool:
    """Whether two columns name the same people, but seldom the same one in a row."""
    both = {*one} & {*other} - {""}
    apart = sum(a != b for a, b in zip(one, other, strict=True))
    return len(both) > 1 and 2 * len(both) >= min(len({*one}), len({*other})) and 2 * apart > len(one)


def one_each(sheet: Sheet, leaders: Sheet | None, mapping: Mapping) -> Sheet:
    """Ties whose target is several leaders, between semicolons, bars or line breaks, as one to each of them."""
    heading = _target_of(sheet, mapping)
    if sheet.kind or not any(SEVERAL.search(cell) for cell in (sheet.column(heading) if heading else ())):
        return sheet
    at = sheet.headings.index(heading)
    whole = _named([leaders]) if leaders else set()
    known = whole | _named([sheet])
    rows, lines, several = [], [], 0
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        parts = [part for part in map(str.strip, SEVERAL.split(row[at])) if part]
        apart = folded(row[at]) not in whole and {*map(folded, parts)} & known
        several += bool(apart and len(parts) > 1)
        for part in parts if apart else [row[at]]:
            rows.append([*row[:at], part, *row[at + 1 :]])
            lines.append(line)
    if several:
        sheet.review.note(f"{counted(several, 'row')} with several partners read as a tie to each of them")
    return replace(sheet, rows=rows, lines=lines)


def _target_of(sheet: Sheet, mapping: Mapping) -> str:
    """The heading under which a table of ties has its targets, '' where it has none."""
    role = mapping.roles["ties"].get("target")
    found = [heading for heading, _ in candidates(sheet.headings, "ties").get("target", [])]
    heading = role.headings[0] if role and role.headings else next(iter(found), "")
    return heading if heading in sheet.headings else ""
