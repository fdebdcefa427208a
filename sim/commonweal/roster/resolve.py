"""From a sheet as it was found to a table of ours, with a word on every column that is left over."""

from collections.abc import Collection
from dataclasses import replace
from itertools import chain

from commonweal.roster.describe import counted, fault, listed, nearest, quote
from commonweal.roster.found import Sheet, without_label
from commonweal.roster.headings import Choice, choose
from commonweal.roster.mapping import line_of
from commonweal.roster.matrix import SUMS
from commonweal.roster.money import HOURS, time_in
from commonweal.roster.roles import KINDS, Role, known, opposite_of
from commonweal.roster.scales import cells_of
from commonweal.roster.signs import apply_signs, find_signs
from commonweal.roster.table import Table
from commonweal.roster.values import as_number, scale_of
from commonweal.units import HOUR

NOUNS = {"nodes": "node attributes", "edges": "edge attributes"}
ALIKE = 0.8
"""how like a column's name a heading must be to be that name misspelt"""


def resolve(choice: Choice) -> Table:
    """The table that a sheet holds; what was decided is added to the mapping."""
    choice.sheet = _without_sums(choice.sheet)
    sheet, partners = choice.sheet, choice.mapping.partners if choice.kind == "ties" else {}
    _choose(choice, partners)
    roles = {column: role for column, role in choice.roles.items() if role}
    used = {*partners, *chain.from_iterable(role.headings for role in roles.values())}
    cells = {column: cells_of(choice, column) for column in roles if column != "sign"}
    asked = [found for column, found in cells.items() if column in KINDS[choice.kind].numbers and found]
    apply_signs(choice, cells)
    _leftover(choice, [heading for heading in sheet.headings if heading not in used])
    _missing(choice, cells)
    table = Table({column: found for column, found in cells.items() if found}, sheet.lines, sheet.review)
    return _whole(choice, _answered(choice, table, asked))


def _choose(choice: Choice, partners: Collection[str]) -> None:
    """Put what each heading stands for into the mapping, and which columns are about partners."""
    for wrong in filter(None, map(fault, choice.sheet.headings)):
        choice.sheet.review.problem(f"the column {wrong}")
    choose(choice)
    find_signs(choice)
    choice.roles.update({column: choice.roles.get(column) or Role(()) for column in partners})
    choice.sheet.review.close()


def _answered(choice: Choice, table: Table, asked: list[list[str]]) -> Table:
    """The table without rows that are answers about a leader, but were not given: all that was asked is empty."""
    rows = range(len(table.lines))
    kept = [row for row in rows if any(cells[row] for cells in asked)] if asked and choice.sheet.answers else rows
    if unanswered := len(rows) - len(kept):
        table.review.note(f"{counted(unanswered, 'cell')} without an answer read as no tie")
        return table.those(kept)
    return table


def _whole(choice: Choice, table: Table) -> Table:
    """The table with shares of all issues or of none, where some were no answers; empty cells are left to others."""
    prefix = KINDS[choice.kind].issue
    issues = {prefix + issue: choice.roles[prefix + issue] for issue in table.issues(prefix)}
    raw = {each: choice.sheet.column(role.headings[0]) for each, role in issues.items() if role and role.headings}
    partly = {row for each in raw for row, cell in enumerate(raw[each]) if cell and not table.columns[each][row]}
    if not partly:
        return table
    table.review.note(f"{prefix}...: {counted(len(partly), 'row')} without an answer for each issue read as not given")
    blank = {each: ["" if row in partly else cell for row, cell in enumerate(table.columns[each])] for each in issues}
    return Table(table.columns | blank, table.lines, table.review)


def _without_sums(sheet: Sheet) -> Sheet:
    """A table without last rows that are called sums, or means, and have nothing but numbers."""
    last = len(sheet.rows)
    while last > 1 and (given := [cell for cell in sheet.rows[last - 1] if cell]):
        numbers = [as_number(cell.replace(",", "")) for cell in given[1:]]
        if given[0].casefold().rstrip(": ") not in SUMS or not numbers or None in numbers:
            break
        last -= 1
    if last == len(sheet.rows):
        return sheet
    names = listed([quote(next(filter(None, row))) for row in sheet.rows[last:]])
    sheet.review.note(f"{counted(len(sheet.rows) - last, 'row')} of sums below the table left out: {names}")
    return replace(sheet, rows=sheet.rows[:last], lines=sheet.lines[:last])


def _leftover(choice: Choice, unused: list[str]) -> None:
    """Name every column that is not used; refuse one that seems misspelt."""
    review, ignored = choice.sheet.review, []
    for heading in unused:
        if opposite := opposite_of(heading, choice.kind):
            _tell_opposite(choice, heading, opposite)
        elif near := _misspelt(choice, heading):
            review.problem(f"the column {quote(heading)} is unknown; rename it {quote(near)}, or delete it")
        else:
            ignored.append(without_label(heading))
            if choice.kind == "leaders" and HOURS.search(heading) and any(map(as_number, choice.sheet.column(heading))):
                unit, hours = time_in(heading) or ("hour", 1.0)
                hour = choice.mapping.units.per_hour if choice.mapping.units else HOUR
                of, times = "" if unit == "hour" else f", a {unit} having {hours:g} hours", hours * hour
                worth = line_of("leaders", "endowment", {"column": heading, "times": _short(times)})
                what = f"{worth} in a mapping file makes an hour worth {hour:.6g} MU{of}"
                review.note(f"{quote(heading)} is no money; {what}")
    if ignored:
        noun = NOUNS.get(choice.sheet.name, "columns")
        review.note(f"these {noun} were ignored: {listed(ignored, 10)}")


def _short(number: float) -> float:
    return round(number, 4) if number % 1 else int(number)


def _tell_opposite(choice: Choice, heading: str, opposite: str) -> None:
    """Note a column that means the opposite of ours, and what would turn its numbers round."""
    rule, how = KINDS[choice.kind].numbers.get(opposite), ""
    if rule:
        scale = scale_of(heading, choice.sheet.column(heading), rule)
        turned = {"column": heading, "scale": [scale[1], scale[0]]} if scale else f"1 - {heading}"
        line = line_of(choice.kind, opposite, turned)
        how = f"; {line} in a mapping file reads it (commonweal roster import)"
    choice.sheet.review.note(f"{quote(heading)} is the opposite of {opposite} and was ignored{how}")


def _misspelt(choice: Choice, heading: str) -> str | None:
    """The column of ours that a heading seems to mean, though it has other letters; None where there is none."""
    if not heading or known(heading) or not any(choice.sheet.column(heading)):
        return None
    columns = KINDS[choice.kind]
    free = [each for each in (*columns.known, columns.issue) if each and each not in choice.roles]
    # what begins otherwise may be another word, or the opposite: entrust, untrust
    return nearest(heading, [each for each in free if each[0] == heading[0].lower()], ALIKE)


def _missing(choice: Choice, cells: dict[str, list[str]]) -> None:
    """Refuse a table without the columns that it must have."""
    sheet = choice.sheet
    for column in KINDS[choice.kind].required:
        if column not in cells:
            names = listed([quote(heading) for heading in sheet.headings if heading], 5)
            what = f"there is no column {quote(column)}; the first line must name the columns"
            sheet.review.problem(what + (f", and it names {names}" if names else ""))
    sheet.review.close()
