"""Partners listed in cells, several in one or one in each of several, in a row for each leader."""

from commonweal.roster.choices import NO_PARTNER
from commonweal.roster.describe import counted, listed, quote, text
from commonweal.roster.found import DIRECTED, Sheet, sheet_of
from commonweal.roster.partners import PARTNER, SURE, who_answers, with_added, without
from commonweal.roster.people import folded
from commonweal.roster.roles import NAMED, candidates, sets_apart
from commonweal.roster.unsaid import is_missing

LONGEST_NAME = 4
"""parts between commas that a name may have"""


def lists_of(sheet: Sheet) -> tuple[str, tuple[str, ...]]:
    """The heading under which leaders answer, and those of cells with partners, several in one or one in several."""
    roles = candidates(sheet.headings, "leaders")
    ours = {heading for found in roles.values() for heading, rule in found if rule == NAMED}
    for first in who_answers(roles):
        names = [text(cell).casefold() for cell in sheet.column(first)]
        others = [heading for heading in sheet.headings if heading not in {first, *ours} and _may_list(heading, sheet)]
        if found := _lists_in(sheet, others, names):
            return first, found
    return "", ()


def _lists_in(sheet: Sheet, headings: list[str], names: list[str]) -> tuple[str, ...]:
    """Those of some columns that list leaders of these names; none where these are not told apart, or one is listed."""
    named = {*names} - {""}
    if len(named) < len(names):
        return ()
    cells = {heading: [_parts(cell, named) for cell in sheet.column(heading)] for heading in headings}
    found = tuple(heading for heading in headings if _are_partners(cells[heading], names))
    several = len(found) > 1 or any(len(each) > 1 for heading in found for each in cells[heading])
    return found if several else ()


def _may_list(heading: str, sheet: Sheet) -> bool:
    """Whether a column is of no conflict, and says more than the choice that its heading names."""
    found = next((match for pattern in PARTNER[:SURE] if (match := pattern.match(heading))), None)
    own = found and {*map(folded, sheet.column(heading))} - {""} <= {folded(found[2])}
    return not own and not sets_apart(heading)


def _are_partners(cells: list[list[str]], names: list[str]) -> bool:
    """Whether most of what a column has are other leaders of the table."""
    rows = zip(cells, names, strict=False)
    parts = [(part.casefold(), name) for each, name in rows for part in each if not _is_nobody(part)]
    known = {*names}
    return 2 * sum(part in known and part != name for part, name in parts) > len(parts)


def _parts(cell: str, named: set[str]) -> list[str]:
    """The partners in a cell, between line breaks, semicolons, bars or else commas."""
    if text(cell).casefold() in named:
        return [text(cell)]
    sign = next((sign for sign in "\n;；|、，" if sign in cell), ",")
    parts = [text(part) for part in map(str.strip, cell.split(sign)) if part]
    return _joined(parts, named)


def _is_nobody(part: str) -> bool:
    return bool(NO_PARTNER.fullmatch(part)) or is_missing(part)


def _joined(parts: list[str], named: set[str]) -> list[str]:
    """The parts, those together that are one name with commas in it."""
    out, at = [], 0
    while at < len(parts):
        ends = range(min(len(parts), at + LONGEST_NAME), at, -1)
        end = next((end for end in ends if ", ".join(parts[at:end]).casefold() in named), at + 1)
        out.append(", ".join(parts[at:end]))
        at = end
    return out


def split_lists(sheet: Sheet) -> tuple[Sheet, Sheet]:
    """Leaders with their other answers, and a tie to each of the partners that they list."""
    first, headings = lists_of(sheet)
    who = sheet.column(first)
    named = {text(cell).casefold(): cell for cell in who}
    bonds, lines, others, nobody = [], [], dict[str, None](), dict[str, None]()
    for heading in headings:
        for source, cell, line in zip(who, sheet.column(heading), sheet.lines, strict=True):
            for part in _parts(cell, {*named}):
                target = named.get(part.casefold(), part)
                if target == part and _is_nobody(part):
                    nobody[quote(part)] = None
                    continue
                others |= {} if part.casefold() in named else {part: None}
                bonds.append({"source": source, "target": target, "type": DIRECTED})
                lines.append(line)
    ties = f"{counted(len(bonds), 'tie')}, each from who answers to who is named"
    shown = listed([quote(heading) for heading in headings], 10)
    sheet.review.note(f"{shown} was read as lists of partners: {ties}")
    if nobody:
        sheet.review.note(f"answers that name nobody were left out: {listed(nobody, 10)}")
    people = with_added(without(sheet, {*headings}), first, others)
    return people, sheet_of(sheet.name, bonds, lines, sheet.review, "ties", ("source", "target", "type"))
