"""Answers about partners in a row for each leader: a column for each partner, or partners listed in a cell."""

import re
from collections.abc import Iterator

from commonweal.roster.columns import TIES
from commonweal.roster.describe import counted, listed, quote, text
from commonweal.roster.found import DIRECTED, Sheet, sheet_of
from commonweal.roster.mapping import Mapping
from commonweal.roster.roles import NAMED, candidates, is_turned, items_of_trust, sets_apart
from commonweal.roster.unsaid import is_missing
from commonweal.roster.values import as_number, mean_of, numbers_of

PARTNER = tuple(
    map(
        re.compile,
        (r"^(.*)\[([^\[\]]+)\]\s*$", r"^(.*?)\s[-–]\s(.+)$", r"^(.*):\s*(.+)$", r"^()(.+)$", r"^(\w+?)[ _](.+)$"),
    )
)
"""a question and the leader it is about: How often? [Clinic], How often - Clinic, How often: Clinic, Clinic"""

Questions = dict[str, dict[str, str]]
"""by question, or column of ties, the headings that ask it, each with the leader it is about"""


def partners_of(sheet: Sheet) -> tuple[str, Questions]:
    """The heading under which leaders answer, and the questions with a column for each partner; ('', {}) for none."""
    roles = candidates(sheet.headings, "leaders")
    ours = {heading for found in roles.values() for heading, rule in found if rule == NAMED}
    best: tuple[str, Questions] = ("", {})
    for first in _who(roles):
        named = {text(cell).casefold(): cell for cell in sheet.column(first) if cell}
        questions: Questions = {}
        for heading in sheet.headings:
            question, leader = ("", "") if heading in {first, *ours} else _about(heading, named)
            if leader:
                questions.setdefault(question or "tie", {})[heading] = leader
        questions = {question: about for question, about in questions.items() if len(about) > 1}
        if sum(map(len, questions.values())) > sum(map(len, best[1].values())):
            best = first, questions
    return best


def _who(roles: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    """The headings that may say who answers."""
    return (heading for column in ("id", "name") for heading, _ in roles.get(column, []))


def _about(heading: str, named: dict[str, str]) -> tuple[str, str]:
    """The question in a heading, and the leader whom it is about, '' where there is none."""
    for pattern in PARTNER:
        if (found := pattern.match(heading)) and (leader := named.get(found[2].strip().casefold())):
            return found[1].strip(), leader
    return "", ""


def columns_of(questions: Questions, sheet: Sheet) -> Questions:
    """By column of ties the headings of the questions that are about it; the rest is named in a note."""
    found: Questions = {}
    items = items_of_trust([*questions])
    if items:
        found["trust"] = {heading: leader for item in items for heading, leader in questions[item].items()}
        sheet.review.note(f"trust is the mean of {listed([quote(each) for each in items])}")
    # to Clinic, with Clinic: such a question asks nothing but whether there is a tie
    said = {question: next(iter(candidates([question], "ties").keys() - {*TIES.texts}), "") for question in questions}
    # a question of its own, which is none of trust, is about how much there is of a tie
    if "strength" not in said.values():
        free = [each for each, column in said.items() if not column and not _is_item(each)]
        said |= dict.fromkeys(free[:1], "strength")
    for question, column in said.items():
        if column in TIES.numbers and column not in found:
            found[column] = questions[question]
        elif question not in items:
            why = f"others are read as {column}" if column in TIES.numbers else "they are no measure of ties known here"
            sheet.review.note(f"the columns {quote(question)} were ignored: {why}")
    return found


def _is_item(question: str) -> bool:
    """Whether a question is one of several about trust, or about its opposite, or of what sets people apart."""
    words = ("open", "reliab", "mission")
    return any(word in question.casefold() for word in words) or is_turned(question)


def split_partners(sheet: Sheet, partners: Questions, respondent: str) -> tuple[Sheet, Sheet]:
    """Leaders with their other answers, and a tie for every answer about a partner. `partners`: by column of ties."""
    who = sheet.column(respondent)
    answers: dict[tuple[int, str], dict[str, list[str]]] = {}
    for column, about in partners.items():
        cells = _cells_about(sheet, column, about)
        for heading, leader in about.items():
            for row, cell in enumerate(cells[heading]):
                if cell and not is_missing(cell):
                    answers.setdefault((row, leader), {}).setdefault(column, []).append(cell)
    bonds = [
        {"source": who[row], "target": leader, "type": DIRECTED} | {name: _one(cells) for name, cells in said.items()}
        for (row, leader), said in answers.items()
    ]
    asked = {heading for about in partners.values() for heading in about}
    lines = [sheet.lines[row] for row, _ in answers]
    ties = sheet_of(sheet.name, bonds, lines, sheet.review, "ties", ("source", "target", "type"))
    ties.answers = True
    asked_about = ", ".join(f"{column} ({len(about)} columns)" for column, about in partners.items())
    if asked_about:
        what = "columns about partners were read as ties, each from who answers to who is named"
        sheet.review.note(f"{what}: {asked_about}")
    return _without(sheet, asked), ties


def _cells_about(sheet: Sheet, column: str, about: dict[str, str]) -> dict[str, list[str]]:
    """The answers under each heading; where several are about one leader, and so a mean, their numbers."""
    cells = {heading: sheet.column(heading) for heading in about}
    if len({*about.values()}) == len(about):
        return cells
    rule, commas = TIES.numbers[column], sheet.decimal_commas
    return {heading: numbers_of(found, column, rule, commas, sheet.review) for heading, found in cells.items()}


def _one(cells: list[str]) -> str:
    """The mean of answers about one partner; where some are no numbers all of them, for others to refuse."""
    if len(cells) == 1 or any(as_number(cell) is None for cell in cells):
        return " / ".join(cells)
    return mean_of([[cell] for cell in cells])[0]


def _without(sheet: Sheet, headings: set[str]) -> Sheet:
    kept = sheet.without({place for place, heading in enumerate(sheet.headings) if heading in headings})
    kept.kind = "leaders"
    return kept


def respondent_of(sheet: Sheet, mapping: Mapping) -> str:
    """The heading under which leaders answer, as the mapping says or the table shows."""
    for column in ("id", "name"):
        role = mapping.roles["leaders"].get(column)
        if role and role.headings[0] in sheet.headings:
            return role.headings[0]
    return partners_of(sheet)[0] or next(_who(candidates(sheet.headings, "leaders")), sheet.headings[0])


def lists_of(sheet: Sheet) -> tuple[str, tuple[str, ...]]:
    """The heading under which leaders answer, and those of cells with partners, several in one or one in several."""
    roles = candidates(sheet.headings, "leaders")
    ours = {heading for found in roles.values() for heading, rule in found if rule == NAMED}
    for first in _who(roles):
        names = [text(cell).casefold() for cell in sheet.column(first)]
        named = {*names} - {""}
        found, several = [], False
        for heading in sheet.headings if len(named) == len(names) else ():
            cells = (
                [_parts(cell, named) for cell in sheet.column(heading)]
                if heading not in {first, *ours} and not sets_apart(heading)
                else []
            )
            if _are_partners(cells, names):
                found.append(heading)
                several |= any(len(each) > 1 for each in cells)
        if several or len(found) > 1:
            return first, tuple(found)
    return "", ()


def _are_partners(cells: list[list[str]], names: list[str]) -> bool:
    """Whether most of what a column has are other leaders of the table."""
    parts = [(part.casefold(), name) for each, name in zip(cells, names, strict=False) for part in each]
    known = {*names}
    return 2 * sum(part in known and part != name for part, name in parts) > len(parts)


def _parts(cell: str, named: set[str]) -> list[str]:
    """The partners in a cell, between line breaks, semicolons, bars or else commas."""
    if text(cell).casefold() in named:
        return [text(cell)]
    sign = next((sign for sign in "\n;|" if sign in cell), ",")
    return [text(part) for part in map(str.strip, cell.split(sign)) if part]


def split_lists(sheet: Sheet) -> tuple[Sheet, Sheet]:
    """Leaders with their other answers, and a tie to each of the partners that they list."""
    first, headings = lists_of(sheet)
    who = sheet.column(first)
    named = {text(cell).casefold(): cell for cell in who}
    bonds, lines, others = [], [], dict[str, None]()
    for heading in headings:
        for source, cell, line in zip(who, sheet.column(heading), sheet.lines, strict=True):
            for part in _parts(cell, {*named}):
                target = named.get(part.casefold(), part)
                others |= {} if part.casefold() in named else {part: None}
                bonds.append({"source": source, "target": target, "type": DIRECTED})
                lines.append(line)
    ties = f"{counted(len(bonds), 'tie')}, each from who answers to who is named"
    shown = listed([quote(heading) for heading in headings], 10)
    sheet.review.note(f"{shown} was read as lists of partners: {ties}")
    people = _without(sheet, {*headings})
    if others:
        sheet.review.note(f"{counted(len(others), 'partner')} in no row of their own added: {listed([*others], 10)}")
        at = people.headings.index(first)
        people.rows += [["" if place != at else name for place in range(len(people.headings))] for name in others]
        people.lines = [*people.lines, *[0] * len(others)]
    return people, sheet_of(sheet.name, bonds, lines, sheet.review, "ties", ("source", "target", "type"))
