"""The cells of a column on our scale: as the mapping says, or as the numbers themselves suggest."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from commonweal.advice import setting
from commonweal.roster.coded import answers_given, without_codes
from commonweal.roster.columns import MOST, Number
from commonweal.roster.describe import counted, listed, quote
from commonweal.roster.found import Sheet
from commonweal.roster.headings import Choice
from commonweal.roster.hours import of_time
from commonweal.roster.mapping import line_of
from commonweal.roster.money import (
    HOURS,
    MONTH,
    MULTIPLES,
    PERIODS,
    months_in,
    multiple_of,
    period_of,
    without_period,
)  # fmt: skip
from commonweal.roster.roles import KINDS, Role
from commonweal.roster.unsaid import LABELS, is_missing
from commonweal.roster.values import (
    ANSWERS,
    PERCENT,
    as_number,
    direction,
    in_words,
    largest,
    mean_of,
    named_scale,
    numbers_of,
    scale_of,
    scaled,
)
from commonweal.units import currencies

ENDS = (10.0, 100.0)
"""where scales of more than seven answers end"""
SHARES = Number("", "", 0, MOST)
"""weights of issues: shares or scores, which `cells.shares` tells apart"""


def cells_of(choice: Choice, column: str) -> list[str]:
    """The cells of a column of ours; none where they say nothing. A scale that is guessed is put into the mapping."""
    role, sheet, columns = choice.roles[column], choice.sheet, KINDS[choice.kind]
    assert role
    headings = role.headings or (column,)
    found = [sheet.column(heading) for heading in headings]
    if column == "type":
        return [direction(headings[0], cell) for cell in found[0]]
    if column in columns.answers:
        return [ANSWERS.get(cell.lower(), cell) for cell in answers_given(sheet, column, found[0])]
    if column in columns.texts:
        labels = choice.kind == "leaders" and column in ("sector", "group", "name")
        return _given(sheet, column, found[0]) if labels else found[0]
    return _numbers_of(choice, column, role, found)


def _given(sheet: Sheet, column: str, cells: list[str]) -> list[str]:
    """The labels of leaders, without words by which people say that they have none."""
    missing = [cell for cell in cells if is_missing(cell) and cell.lower() not in LABELS]
    if missing:
        several = f"{counted(len(missing), 'cell')} of {column} without one (such as {quote(missing[0])})"
        sheet.review.note(f"{several} read as not given")
    unsaid = {*missing}
    return ["" if cell in unsaid else cell for cell in cells]


def _numbers_of(choice: Choice, column: str, role: Role, found: list[list[str]]) -> list[str]:
    """Numbers on our scale, the mean of several columns."""
    rule, sheet = KINDS[choice.kind].numbers.get(column, SHARES), choice.sheet
    _refuse_mixed(choice, column, [*role.headings, *chain.from_iterable(found)])
    times: dict[int, float] = {}
    if column == "endowment" and len(found) == 1:
        heading, bare = "".join(role.headings), not _has_scale(role)
        found[0], times = of_time(found[0], heading, sheet.lines, choice.mapping.units, sheet.review, bare)
    numbers = _scaled(choice, column, role, found, rule)
    return [repr(times[row]) if row in times else cell for row, cell in enumerate(numbers)]


def _scaled(choice: Choice, column: str, role: Role, found: list[list[str]], rule: Number) -> list[str]:
    """Numbers on our scale, on which they may be guessed to be by another."""
    answers = [*chain.from_iterable(found)]
    role, found = without_codes(choice, column, role, _as_numbers(choice, column, role, found, rule))
    if column == "strength" and choice.roles.get("sign"):  # how much of what sets apart is no less than none
        found = [[cell.removeprefix("-") for cell in cells] for cells in found]
    if (scale := _scale(choice, column, role, [*chain.from_iterable(found)], rule, answers)) is None:
        return []
    for cells in found:
        _refuse_off(choice, column, scale, cells, rule)
    return _in_mu(choice, column, scale, mean_of([scaled(cells, scale) for cells in found]))


def _scale(choice: Choice, column: str, role: Role, cells: list[str], rule: Number, answers: list[str]) -> Role | None:
    """The role with the scale that it has, or that numbers suggest; None where they say nothing.

    A log has too few answers to tell a scale from.
    """
    if _has_scale(role) or choice.kind == "log":
        return role
    guess = _guess(choice, column, replace(role, headings=role.headings or (column,)), cells, rule, answers)
    choice.roles[column] = guess and replace(guess, headings=role.headings)
    choice.guessed |= guess is None or _has_scale(guess)
    return guess


def _as_numbers(choice: Choice, column: str, role: Role, found: list[list[str]], rule: Number) -> list[list[str]]:
    """Local numbers as Python reads them, sums for the period that the heading names."""
    sheet = choice.sheet
    many = column == "strength" and largest([*chain.from_iterable(found)]) > 1  # counts of thousands
    reading = replace(rule, high=MOST) if many else rule
    apart = [_without_periods(column, cells) for cells in found]
    read = [numbers_of(cells, column, reading, sheet.decimal_commas, sheet.review, sheet.lines) for cells, _ in apart]
    return [_for_months(choice, role, cells, spans) for cells, (_, spans) in zip(read, apart, strict=True)]


def _without_periods(column: str, cells: list[str]) -> tuple[list[str], list[str]]:
    """Amounts without the periods that cells give, and these."""
    pairs = [without_period(cell) if column == "endowment" else (cell, "") for cell in cells]
    return [cell for cell, _ in pairs], [span for _, span in pairs]


def _for_months(choice: Choice, role: Role, cells: list[str], spans: list[str]) -> list[str]:
    """Amounts whose cells say for which period they are as if for the one that the heading names, else a month."""
    if not any(spans):
        return cells
    usual = months_in(period_of(role.headings[0]) if role.headings else None)
    said = {span for span in spans if span}
    choice.sheet.review.note(
        f"endowment: {counted(sum(map(bool, spans)), 'amount')} for a {' or '.join(sorted(said))}, as its cell says, "
        "turned into one for a month"
    )
    return [
        cell if not span or (value := as_number(cell)) is None else repr(value * months_in(span) / usual)
        for cell, span in zip(cells, spans, strict=True)
    ]


def _refuse_mixed(choice: Choice, column: str, texts: list[str]) -> None:
    """Sums in several currencies cannot be compared."""
    if column != "endowment":
        return
    units, review = choice.mapping.units, choice.sheet.review
    named = currencies(*texts)
    wanted = currencies(units.money) if units else ()
    if len(several := {*named, *wanted}) > 1:
        of = f"; units.money in the mapping is {units.money}" if units and wanted else ""
        review.problem(f"endowment is in {' and '.join(sorted(several))}{of}; give all sums in one currency")
        review.close()
    if named and units is None and not HOURS.search(texts[0]):
        _note_foreign(choice, named[0])


def _in_mu(choice: Choice, column: str, role: Role, numbers: list[str]) -> list[str]:
    """Sums of money in MU, where the mapping says what an MU is worth; hours are worth what their role says."""
    units, heading = choice.mapping.units, role.headings[0] if role.headings else ""
    if units is None or column != "endowment" or HOURS.search(heading) or not any(numbers):
        return numbers
    told = f"{setting('units.money', units.money)} units.mu={units.per_mu:.6g}"
    worth = f"{units.per_mu:,.6g} of which are an MU; with {told} a run tells its results in them"
    choice.sheet.review.note(f"endowment: read in {units.money}, {worth}")
    values = [as_number(cell) for cell in numbers]
    return [cell if value is None else repr(value / units.per_mu) for cell, value in zip(numbers, values, strict=True)]


def _note_foreign(choice: Choice, currency: str) -> None:
    """Say that sums in a currency were taken for MU."""
    choice.sheet.review.note(
        f"endowment: it is in {currency}, and each of them was taken for an MU; say what an hour of staff costs, and "
        f"sums become MU: `units: {{money: {currency}, hour: 40}}` in a mapping file, or units.money={currency} "
        "units.hour=40 for commonweal roster import"
    )


def _refuse_off(choice: Choice, column: str, role: Role, cells: list[str], rule: Number) -> None:
    """Numbers that are off the scale by which they are read, each as it stands in the file."""
    review, places = choice.sheet.review, [*_off(choice, role, cells, rule)]
    if not places or not (_has_scale(role) or column in ("strength", "trust")):
        return
    write = f"write {rule.meaning}, for example {rule.example}"
    if role.scale:
        low, high = role.scale
        review.cells(f"off the scale from {low:g} to {high:g}", "write a number on it", places, column)
    elif column == "strength":
        remedy = f"delete such rows (in a matrix empty such cells), or {write}"
        review.cells("not a number of 0 or more", remedy, places, column)
    elif rule.high == 1:
        numbers = [value for cell in cells if (value := as_number(cell)) is not None]
        highest = max(map(abs, numbers))
        most = next((each for each in ENDS if 7 < highest <= each), highest)
        ends = [-most if min(numbers) < 0 else 0, most]
        scale = line_of(choice.kind, column, {"column": (role.headings or (column,))[0], "scale": ends})
        where = "mapping=FILE" if choice.kind == "log" else "commonweal roster import"
        other = f"if answers go from {ends[0]:g} to {most:g}, that scale: {scale} in a mapping file ({where})"
        remedy = f"{write}, or, {other}"
        review.cells(f"not {rule.words}", remedy, places, column)
    review.close()


def _off(choice: Choice, role: Role, cells: list[str], rule: Number) -> Iterator[tuple[int, str]]:
    """The line and the text of each number that is off."""
    for cell, read, line in zip(cells, scaled(cells, role), choice.sheet.lines, strict=True):
        value = as_number(read)
        if value is not None and value < MOST and not rule.low <= value <= rule.high:
            yield line, cell


def _has_scale(role: Role) -> bool:
    return bool(role.scale or role.words) or role.divide_by != 1 or role.times != 1


def _guess(choice: Choice, column: str, role: Role, cells: list[str], rule: Number, answers: list[str]) -> Role | None:
    """On which scale numbers are that are not on ours; None where they say nothing."""
    headings, review = role.headings, choice.sheet.review
    by_name = headings[0].lower() == column
    if (rule.high == 1 or column == "strength") and (words := in_words(cells, column)):
        shown = listed([f"{word} = {words[word]:.3g}" for word in words], 10)
        review.note(f"{column}: answers in words read as {shown}")
        return replace(role, words=words)
    scale = scale_of(headings[0], cells, rule, answers)
    if column == "strength":
        return _divided(choice, role, cells, by_name, scale)
    if rule.high == 1 and (column == "trust" or not by_name) and scale:
        low, high = scale
        review.note(f"{column}: answers read on a scale from {low:g} (as 0) to {high:g} (as 1)")
        return replace(role, scale=scale)
    if column == "trust" and not scale:
        _tell_ones(choice, headings[0], cells)
    return _money(choice, role, answers) if column == "endowment" else role


def _tell_ones(choice: Choice, heading: str, cells: list[str]) -> None:
    """Say how trust that is all 1 was read: on ours that is the most, on a scale of answers the least."""
    if {*cells} - {""} == {"1"}:
        wider = line_of(choice.kind, "trust", {"column": heading, "scale": [1, 5]})
        what = f"every trust is 1, which was read as full trust; if it is the least of a scale, {wider} says so"
        choice.sheet.review.note(what)


def _money(choice: Choice, role: Role, answers: list[str]) -> Role:
    """Sums in thousands, and for another period than a month, as their heading says, if not each cell."""
    heading, review = role.headings[0], choice.sheet.review
    if not any(answers):
        return role
    if multiple := multiple_of(heading):
        review.note(f"endowment: {quote(heading)} read in {multiple}")
        role = replace(role, times=MULTIPLES[multiple][1])
    period = period_of(heading)
    if period and choice.ask(f"{review.file}: is {quote(heading)} a sum for a {period}?"):
        review.note(f"endowment: {quote(heading)} read as a sum for a {period}, and turned into one for a month")
        return replace(role, times=role.times * PERIODS[period][1])
    untold = not all(without_period(cell)[1] for cell in answers if cell and not is_missing(cell))
    if untold and not period and heading.lower() != "endowment" and not MONTH.search(heading):
        review.note(f"endowment: {quote(heading)} names no period, and was read as a sum for a month")
    return role


def _divided(
    choice: Choice, role: Role, cells: list[str], by_name: bool, scale: tuple[float, float] | None
) -> Role | None:
    """Strengths divided by the largest where that is above 1; none where all are a 1 that programs write by default.

    On a scale that is turned round the largest number is one step above nothing.
    """
    review = choice.sheet.review
    given = [value for cell in cells if cell and (value := as_number(cell)) is not None]
    if given and {*given} == {1.0} and not by_name:
        review.note("every tie has the weight 1, which says nothing of strengths, so they are not given")
        return None
    heading = quote(role.headings[0])
    if scale and scale[0] > scale[1]:
        review.note(f"strength: {heading} read on a scale from {scale[0]:g} (the least) to {scale[1]:g} (as 1)")
        return replace(role, scale=(scale[0] + 1, scale[1]))
    told = bool(named_scale(role.headings[0]) or PERCENT.search(role.headings[0]))
    most = max(largest(cells), scale[1] if scale and told else 0)
    if most <= 1:
        return role
    review.note(f"strength: {heading} runs from {min(given):g} to {most:g}, and was divided by {most:g}")
    return replace(role, divide_by=most)
