"""Which heading of a sheet stands for which column of ours."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from commonweal.roster.describe import listed, or_known, quote
from commonweal.roster.errors import Review
from commonweal.roster.found import Sheet
from commonweal.roster.hours import ABOUT, ELAPSED, are_times, hours_in
from commonweal.roster.mapping import Mapping
from commonweal.roster.money import HOURS, without_period
from commonweal.roster.roles import KINDS, NAMED, Role, candidates, items_of_trust
from commonweal.roster.values import ANSWERS, as_number, direction, in_words, numbers_of, unanswered

RULES = (NAMED, "another word for it", "words in the heading")
UNSURE = ("sector", "group", "endowment", "standing", "seated", "promise_keeping", "size", "marginalised")
"""columns that another word need not mean"""

Ask = Callable[[str], bool]
"""a question to the one at the terminal"""


@dataclass(slots=True)
class Choice:
    """A sheet read as leaders, ties or groups: what the mapping says of it, whom to ask, whether one guessed."""

    sheet: Sheet
    kind: str
    mapping: Mapping
    ask: Ask
    guessed: bool = False
    taken: set[str] = field(default_factory=set)

    @property
    def roles(self) -> dict[str, Role | None]:
        """By column of ours."""
        return self.mapping.roles[self.kind]


def choose(choice: Choice) -> None:
    """Give each column that the mapping does not mention its heading."""
    sheet, roles = choice.sheet, choice.roles
    _check_given(choice)
    choice.taken = {heading for role in roles.values() if role for heading in role.headings}
    found = candidates(sheet.headings, choice.kind)
    _refuse_repeated(found, sheet.review)
    for rule in RULES:
        for column in sorted(found, key=lambda column: column not in (*KINDS[choice.kind].required, "target")):
            if column not in (*roles, "sign"):  # signs are told by their answers
                _take(choice, column, [heading for heading, why in found[column] if why == rule], rule)
    if choice.kind == "ties" and "trust" not in roles:
        _mean_of_items(choice)
    if choice.kind == "leaders" and "id" not in roles:
        _name_for_id(choice)
    _tell(choice)


def _mean_of_items(choice: Choice) -> None:
    """Trust is the mean of the three items of it, if they are asked."""
    if items := items_of_trust(choice.sheet.headings):
        choice.roles["trust"] = Role(items)
        choice.sheet.review.note(f"trust is the mean of {listed([quote(each) for each in items])}")
        choice.guessed = True


def _take(choice: Choice, column: str, headings: list[str], rule: str) -> None:
    """Take the first heading that is free and whose cells are such as the column may hold, if it is that one."""
    by_name = rule == RULES[0]
    fitting = [
        each
        for each in headings
        if each not in choice.taken and ((by_name and column != "type") or _fits(choice, column, each))
    ]
    if not fitting:
        return
    heading, review = fitting[0], choice.sheet.review
    sure = by_name or (rule == RULES[1] and column not in UNSURE)
    if not sure and not choice.ask(f"{review.file}: is {quote(heading)} the {column} of {choice.kind}?"):
        choice.roles[column] = None
        return
    choice.taken.add(heading)
    choice.roles[column] = Role((heading,))
    choice.guessed |= not by_name
    review.decision(f"{column} from {quote(heading)}", rule)


def _name_for_id(choice: Choice) -> None:
    """Names are ids where there are no others, and so is a first column without heading."""
    if choice.roles.get("name"):
        choice.roles["id"] = choice.roles.pop("name")
    elif choice.sheet.headings and not choice.sheet.headings[0]:
        choice.roles["id"] = Role(("",))
        choice.sheet.review.note("its first column has no heading and was read as id")


def _tell(choice: Choice) -> None:
    """Note the headings that are no names of columns."""
    words = []
    for column, role in choice.roles.items():
        heading = role.headings[0] if role and len(role.headings) == 1 else ""
        if heading and heading.lower() != column and column in KINDS[choice.kind].known:
            words.append(f"{quote(heading)} as {column}")
    if words:
        choice.sheet.review.note(f"headings read: {listed(words, 20)}")


def _check_given(choice: Choice) -> None:
    """Turn `1 - Heading` into what it means; refuse headings of the mapping that there are not."""
    for column, role in choice.roles.items():
        for heading in role.headings if role else ():
            if heading in choice.sheet.headings or not role:
                continue
            rest = heading.removeprefix("1 - ").removeprefix("1-").strip()
            if rest != heading and rest in choice.sheet.headings:
                choice.roles[column] = replace(role, headings=(rest,), scale=(1.0, 0.0))
            else:
                guess = or_known(heading, choice.sheet.headings)
                what = f"mapping, {choice.kind}: {column}: there is no heading {quote(heading)}{guess}"
                choice.sheet.review.problem(what)


def _refuse_repeated(found: dict[str, list[tuple[str, str]]], review: Review) -> None:
    for names in found.values():
        same = [heading for heading, rule in names if rule == RULES[0]]
        for other in same[1:]:
            review.problem(f"the columns {quote(same[0])} and {quote(other)} are the same; keep one")


def _fits(choice: Choice, column: str, heading: str) -> bool:
    """Whether the cells under a heading are such as the column may hold."""
    columns, given = KINDS[choice.kind], [cell for cell in choice.sheet.column(heading) if cell]
    if column == "type":
        return all(direction(heading, cell) for cell in given)
    if column == "endowment" and (are_times(given) or ABOUT.search(heading)):
        return are_times(given) and not ELAPSED.search(heading)
    if column in columns.numbers:
        return not HOURS.search(heading) and _are_numbers(choice, column, given)
    return column not in columns.answers or _are_answers(given)


def _are_answers(given: list[str]) -> bool:
    """Whether cells are yes and no, and perhaps none of both."""
    unsaid = unanswered(given)
    answered = [cell for cell in given if cell not in unsaid]
    return bool(answered or not given) and all(cell.lower() in ANSWERS for cell in answered)


def _are_numbers(choice: Choice, column: str, given: list[str]) -> bool:
    """Whether most of what is given are numbers, or answers in words that stand for some."""
    if column == "endowment":
        given = [without_period(cell)[0] for cell in given if hours_in(cell) is None]
    rule, commas = KINDS[choice.kind].numbers[column], choice.sheet.decimal_commas
    read = numbers_of(given, column, rule, commas, Review(""))
    good = sum(as_number(cell) is not None for cell in read)
    return not given or 2 * good >= len(given) or bool(in_words(given, column))
