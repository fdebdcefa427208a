"""Answers about partners in a row for each leader, with a column for each partner."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from commonweal.roster.choices import NO_PARTNER, are_marks, as_marks
from commonweal.roster.columns import TIES
from commonweal.roster.describe import counted, listed, quote, text
from commonweal.roster.found import DIRECTED, Sheet, sheet_of
from commonweal.roster.mapping import Mapping
from commonweal.roster.people import folded
from commonweal.roster.roles import NAMED, Role, candidates, is_turned, items_of_trust
from commonweal.roster.unsaid import is_missing
from commonweal.roster.values import as_number, mean_of, numbers_of, scale_of

PARTNER = tuple(
    map(
        re.compile,
        (
            r"^(.*)\(choice ?= ?(.+)\)\s*$", r"^(.*)\[([^\[\]]+)\]\s*$", r"^(.*)\s[-–]\s(.+)$", r"^(.*):\s*(.+)$",
            r"^()(.+)$", r"^(\w+?)(?:___(?!-?\d+$)|[ _](?!_))(.+)$",
        ),
    )
)  # fmt: skip
"""a question and the leader it is about: Who? (choice=Clinic), How often? [Clinic], How often - Clinic, Clinic"""
CHOSEN = "chosen"
"""an answer that names a partner and says no more"""
SURE = 4
"""patterns by which a heading is about somebody, whoever it is"""

Questions = dict[str, dict[str, str]]
"""by question, or column of ties, the headings that ask it, each with the leader it is about"""


def partners_of(sheet: Sheet) -> tuple[str, Questions]:
    """The heading under which leaders answer, and the questions with a column for each partner; ('', {}) for none."""
    roles = candidates(sheet.headings, "leaders")
    ours = {heading for found in roles.values() for heading, rule in found if rule == NAMED}
    best: tuple[str, Questions] = ("", {})
    for first in who_answers(roles):
        named = {text(cell).casefold(): cell for cell in sheet.column(first) if cell}
        questions: Questions = {}
        for heading in sheet.headings:
            question, leader = ("", "") if heading in {first, *ours} else _about(heading, named)
            if leader:
                questions.setdefault(question or "tie", {})[heading] = leader
        questions = {question: about for question, about in questions.items() if len(about) > 1}
        questions = {question: _with_others(question, about, sheet) for question, about in questions.items()}
        if sum(map(len, questions.values())) > sum(map(len, best[1].values())):
            best = first, questions
    return best


def _with_others(question: str, about: dict[str, str], sheet: Sheet) -> dict[str, str]:
    """The headings of a question with those about partners who do not answer, if most of it is about who does."""
    others = {}
    for heading in sheet.headings:
        for pattern in PARTNER[:SURE] if heading not in about else ():
            found = pattern.match(heading)
            if found and found[1].strip() == question and not NO_PARTNER.fullmatch(found[2].strip()):
                others[heading] = text(found[2].strip())
                break
    both = about | (others if len(others) <= len(about) else {})
    return {heading: both[heading] for heading in sheet.headings if heading in both}


def who_answers(roles: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    """The headings that may say who answers."""
    return (heading for column in ("id", "name") for heading, _ in roles.get(column, []))


def _about(heading: str, named: dict[str, str]) -> tuple[str, str]:
    """The question in a heading, and the leader whom it is about, '' where there is none."""
    for pattern in PARTNER:
        if (found := pattern.match(heading)) and (leader := _called(found[2].strip(), named)):
            return found[1].strip(), leader
    return "", ""


def _called(word: str, named: dict[str, str]) -> str:
    """The leader of this name, in which survey tools put _ for blanks; '' for nobody."""
    word = word.casefold()
    return named.get(word) or named.get(word.replace("_", " "), "")


def columns_of(questions: Questions, sheet: Sheet) -> Questions:
    """By column of ties the headings of the questions that are about it; the rest is named in a note."""
    found: Questions = {}
    items = items_of_trust([*questions])
    if items:
        found["trust"] = {heading: leader for item in items for heading, leader in questions[item].items()}
        sheet.review.note(f"trust is the mean of {listed([quote(each) for each in items])}")
    for question, column in _said(questions, sheet).items():
        if column in TIES.numbers and column not in found:
            found[column] = questions[question]
        elif question not in items:
            why = f"others are read as {column}" if column in TIES.numbers else "they are no measure of ties known here"
            sheet.review.note(f"the columns {quote(question)} were ignored: {why}")
    return found


def _said(questions: Questions, sheet: Sheet) -> dict[str, str]:
    """The column of ties that each question is about, '' for none."""
    # to Clinic, with Clinic: such a question asks nothing but whether there is a tie
    said = {question: next(iter(candidates([question], "ties").keys() - {*TIES.texts}), "") for question in questions}
    said |= dict.fromkeys([each for each, about in questions.items() if _is_choice(sheet, about)], "")
    # a question of its own, which is none of trust, is about how much there is of a tie
    if "strength" not in said.values():
        free = [each for each, column in said.items() if not column and not _is_item(each)]
        said |= dict.fromkeys(free[:1], "strength")
    return said


def _is_choice(sheet: Sheet, about: dict[str, str]) -> bool:
    """Whether a question was answered by choosing partners, not by how much there is of anything."""
    return are_marks({heading: sheet.column(heading) for heading in about}, about)


def _is_item(question: str) -> bool:
    """Whether a question is one of several about trust, or about its opposite, or of what sets people apart."""
    words = ("open", "reliab", "mission")
    return any(word in question.casefold() for word in words) or is_turned(question)


def split_partners(sheet: Sheet, mapping: Mapping, respondent: str) -> tuple[Sheet, Sheet]:
    """Leaders with their other answers, and a tie for every answer about a partner that the mapping names."""
    who, partners = sheet.column(respondent), mapping.partners
    answers = _answers(sheet, mapping)
    bonds = [
        {"source": who[row], "target": leader, "type": DIRECTED}
        | {name: "" if cells == [CHOSEN] else _one(cells) for name, cells in said.items()}
        for (row, leader), said in answers.items()
    ]
    asked = {heading for about in partners.values() for heading in about}
    lines = [sheet.lines[row] for row, _ in answers]
    ties = sheet_of(sheet.name, bonds, lines, sheet.review, "ties", ("source", "target", "type"))
    ties.answers = not any([CHOSEN] in said.values() for said in answers.values())
    asked_about = ", ".join(f"{column} ({len(about)} columns)" for column, about in partners.items())
    if asked_about:
        what = "columns about partners were read as ties, each from who answers to who is named"
        sheet.review.note(f"{what}: {asked_about}")
    everybody = dict.fromkeys(leader for about in partners.values() for leader in about.values())
    return with_added(without(sheet, asked), respondent, everybody), ties


def _answers(sheet: Sheet, mapping: Mapping) -> dict[tuple[int, str], dict[str, list[str]]]:
    """By row and partner what was answered about them, by column of ties."""
    answers: dict[tuple[int, str], dict[str, list[str]]] = {}
    for column, about in mapping.partners.items():
        cells = _cells_about(sheet, column, about, mapping)
        for heading, leader in about.items():
            for row, cell in enumerate(cells[heading]):
                if cell and not is_missing(cell):
                    answers.setdefault((row, leader), {}).setdefault(column, []).append(cell)
    return answers


def with_added(people: Sheet, first: str, named: Iterable[str]) -> Sheet:
    """Leaders with those who are named but have no row of their own."""
    known = {folded(cell) for cell in people.column(first)}
    added = [name for name in named if folded(name) not in known]
    if added:
        people.review.note(f"{counted(len(added), 'partner')} in no row of their own added: {listed(added, 10)}")
        at = people.headings.index(first)
        rows = [["" if place != at else name for place in range(len(people.headings))] for name in added]
        return replace(people, rows=[*people.rows, *rows], lines=[*people.lines, *[0] * len(added)])
    return people


def _cells_about(sheet: Sheet, column: str, about: dict[str, str], mapping: Mapping) -> dict[str, list[str]]:
    """The answers under each heading; where several are about one leader, and so a mean, their numbers."""
    cells = {heading: sheet.column(heading) for heading in about}
    if column == "strength" and _is_choice(sheet, about):
        sheet.review.note("who was chosen among partners is tied to who chose them, and nothing says how strongly")
        return {heading: [CHOSEN if mark == "1" else "" for mark in as_marks(cells[heading], leader)]
                for heading, leader in about.items()}  # fmt: skip
    if len({*about.values()}) == len(about):
        return cells
    rule, commas = TIES.numbers[column], sheet.decimal_commas
    read = {heading: numbers_of(found, column, rule, commas, sheet.review) for heading, found in cells.items()}
    scale = scale_of("", [cell for found in read.values() for cell in found], rule)
    if column == "trust" and scale and column not in mapping.roles["ties"]:
        sheet.review.note(f"trust: answers read on a scale from {scale[0]:g} (as 0) to {scale[1]:g} (as 1)")
        mapping.roles["ties"][column], mapping.guessed = Role((), scale), True
    return read


def _one(cells: list[str]) -> str:
    """The mean of answers about one partner; where some are no numbers all of them, for others to refuse."""
    if len(cells) == 1 or any(as_number(cell) is None for cell in cells):
        return " / ".join(cells)
    return mean_of([[cell] for cell in cells])[0]


def without(sheet: Sheet, headings: set[str]) -> Sheet:
    kept = sheet.without({place for place, heading in enumerate(sheet.headings) if heading in headings})
    kept.kind = "leaders"
    return kept


def respondent_of(sheet: Sheet, mapping: Mapping) -> str:
    """The heading under which leaders answer, as the mapping says or the table shows: id or name, as partners are."""
    roles = [mapping.roles["leaders"].get(column) for column in ("id", "name")]
    if given := [role.headings[0] for role in roles if role and role.headings[0] in sheet.headings]:
        named = {folded(leader) for about in mapping.partners.values() for leader in about.values()}
        return max(given, key=lambda heading: len(named & {*map(folded, sheet.column(heading))}))
    return partners_of(sheet)[0] or next(who_answers(candidates(sheet.headings, "leaders")), sheet.headings[0])
