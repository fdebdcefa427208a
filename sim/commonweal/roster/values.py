"""Values as people write them: local numbers, answers in words, scales, sums of money for a week or a year."""

import re
from math import isfinite

from commonweal.roster.columns import MOST, Number
from commonweal.roster.describe import counted, quote
from commonweal.roster.errors import Review
from commonweal.roster.money import CURRENCY
from commonweal.roster.roles import Role

MISSING = frozenset({"na", "n/a", "nan", "#n/a", "null", "none", "-", "–", "—", "?", ".", "missing", "unknown",
                     "don't know", "dont know", "do not know", "not known"})  # fmt: skip
"""what people write in a cell of a number that they do not have"""
SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
THOUSANDS = {sign: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{3}})+") for sign in ",."}
ANSWERS = {
    "yes": "yes", "y": "yes", "true": "yes", "1": "yes", "x": "yes", "✓": "yes", "✔": "yes",
    "no": "no", "n": "no", "false": "no", "0": "no",
    "ja": "yes", "oui": "yes", "sí": "yes", "si": "yes", "sim": "yes", "tak": "yes",
    "nein": "no", "non": "no", "não": "no", "nej": "no", "nee": "no", "nie": "no",
}  # fmt: skip
"""what people write for yes and no"""
ONE_WAY = ("directed", "one way", "one-way", "oneway", "->")
BOTH_WAYS = ("undirected", "mutual", "both", "both ways", "two way", "two-way", "bidirectional", "reciprocal", "<->")
TOPS = (3, 4, 5, 7, 10, 100)
"""where scales of answers end"""
WORDS = {
    "never": 0.0, "not at all": 0.0, "no contact": 0.0, "none": 0.0,
    "yearly": 0.2, "annually": 0.2, "once a year": 0.2, "every year": 0.2, "rarely": 0.2, "a few times a year": 0.3,
    "quarterly": 0.4, "every quarter": 0.4, "sometimes": 0.4, "occasionally": 0.4, "monthly": 0.6, "every month": 0.6,
    "once a month": 0.6, "regularly": 0.6, "often": 0.8, "weekly": 0.8, "every week": 0.8, "once a week": 0.8,
    "every two weeks": 0.7, "fortnightly": 0.7, "daily": 1.0, "every day": 1.0, "very often": 1.0, "always": 1.0,
}  # fmt: skip
"""answers to `how often`, evenly spaced: an assumption, which a mapping can change"""


def as_number(cell: str) -> float | None:
    """The finite number that Python sees in a cell (it would take 1_0 and inf, people would not)."""
    try:
        value = None if "_" in cell else float(cell)
    except ValueError:
        return None
    return value if value is not None and isfinite(value) else None


def whole(cell: str) -> str:
    """A whole number without zeros around it, so that 007, 7 and 7.0 are the same; '' for anything else."""
    value = as_number(cell) if cell[:1].isdigit() else None
    return str(int(value)) if value is not None and value.is_integer() and value < 2**53 else ""


def numbers_of(cells: list[str], column: str, rule: Number, commas: bool, review: Review) -> list[str]:
    """The cells of a column with its local numbers written as Python reads them; what is no number stays.

    commas: whether a lone comma, or a lone point before three figures, follows the use of the continent. Notes say
    how many cells were read how.
    """
    read, signs, missing, percent = list(cells), 0, 0, 0
    odd = [at for at, cell in enumerate(cells) if (cell and as_number(cell) is None) or "." in cell]
    decimal = _decimal([_bare(cells[at]) for at in odd], rule, commas)
    for at in odd:
        cell = cells[at]
        if cell.lower() in MISSING:
            read[at] = ""
            missing += 1
            continue
        number = _bare(cell)
        shares = number.endswith("%")
        number = _with_point(number.rstrip("% "), decimal)
        value = as_number(number)
        if value is None or number == cell:
            continue
        read[at] = repr(value / 100) if shares and rule.high <= 2 else number
        percent += shares
        signs += 1
    if missing:
        review.note(f"{counted(missing, 'cell')} of {column} without a number (such as NA) read as not given")
    if signs:
        how = {",": "with a decimal comma", ".": "with a decimal point"}[decimal]
        review.note(f"{counted(signs, 'number')} of {column} read {how}, other signs left out: {_example(cells, read)}")
    return read


def _example(cells: list[str], read: list[str]) -> str:
    at = next(at for at, cell in enumerate(cells) if read[at] and read[at] != cell)
    return f"{quote(cells[at])} is {read[at]}"


def _bare(cell: str) -> str:
    """A number without the sign of a currency and without blanks between thousands."""
    return SPACES.sub("", CURRENCY.sub("", cell).strip())


def _decimal(numbers: list[str], rule: Number, commas: bool) -> str:
    """The decimal sign of a column: told by cells with both signs, by groups that are not of three, by the rule."""
    if both := next((number for number in numbers if "," in number and "." in number), None):
        return "," if both.rindex(",") > both.rindex(".") else "."
    for sign, other in ((",", "."), (".", ",")):
        grouped = [_groups(number, sign) for number in numbers if sign in number]
        if "several" in grouped:
            return other
        if "none" in grouped:
            return sign
    # What is left, 1,500 or 1.500, is thousands where such a number would be, and where a sheet uses that sign so.
    signs = "".join(numbers)
    thousands, decimal = (".", ",") if commas else (",", ".")
    return decimal if rule.high > 2 and thousands in signs else "," if "," in signs else "."


def _groups(number: str, sign: str) -> str:
    """Whether a sign parts several groups of three figures, one, or none."""
    if number.count(sign) > 1:
        return "several"
    return "one" if THOUSANDS[sign].fullmatch(number.rstrip("% ")) else "none"


def _with_point(number: str, decimal: str) -> str:
    """A number with a point for its decimal sign, if its other signs stand between thousands."""
    other = "," if decimal == "." else "."
    whole, sign, rest = number.partition(decimal)
    if other in whole and not THOUSANDS[other].fullmatch(whole):
        return number
    return whole.replace(other, "") + ("." + rest if sign else "")


def direction(heading: str, cell: str) -> str:
    """'directed', 'undirected', or '' where a cell says neither."""
    word = cell.lower()
    if heading.lower() == "directed" and word in ANSWERS:
        return "directed" if ANSWERS[word] == "yes" else "undirected"
    return "directed" if word in ONE_WAY else "undirected" if word in BOTH_WAYS else ""


def scaled(cells: list[str], role: Role) -> list[str]:
    """The cells on our scale, as text; those that are no numbers stay as they are."""
    return [_scaled(cell, role) for cell in cells]


def _scaled(cell: str, role: Role) -> str:
    value = role.words.get(cell.lower(), as_number(cell)) if role.words else as_number(cell)
    if value is None or (not role.scale and not role.words and role.divide_by == role.times == 1.0):
        return cell
    if role.scale and cell.lower() not in role.words:
        low, high = role.scale
        value = (value - low) / (high - low)
    return repr(value / role.divide_by * role.times)


def mean_of(columns: list[list[str]]) -> list[str]:
    """The mean of each row's numbers, of those that are given; a text where one is no number."""
    if len(columns) == 1:
        return columns[0]
    means = []
    for row in zip(*columns, strict=True):
        given = [cell for cell in row if cell]
        values = [as_number(cell) for cell in given]
        odd = next((cell for cell, value in zip(given, values, strict=True) if value is None), None)
        means.append(odd if odd is not None else repr(sum(map(float, given)) / len(given)) if given else "")
    return means


def named_scale(heading: str) -> tuple[float, float] | None:
    """The scale that a heading names, as in `Trust (1 to 5)`."""
    found = re.search(r"\b([01])\s*(?:to|\.\.|[-–])\s*(\d{1,3})\b", heading)
    return (float(found[1]), float(found[2])) if found and 1 < int(found[2]) <= TOPS[-1] else None


def guessed_scale(cells: list[str], rule: Number) -> tuple[float, float] | None:
    """The scale of answers from 0 or 1 upwards, where they are off ours; None where they are not such."""
    values = [value for cell in cells if cell and (value := as_number(cell)) is not None]
    if not values or max(values) <= rule.high or min(values) < 0:
        return None
    if min(values) < 1 and any(value % 1 for value in values):  # a mean of answers from 1 upwards may have a fraction
        return None
    top = next((top for top in TOPS if top >= max(values)), None)
    return None if top is None else (0.0 if min(values) == 0 else 1.0, float(top))


def largest(cells: list[str]) -> float:
    """The largest number of a column, 0 where there is none."""
    return max((value for cell in cells if (value := as_number(cell)) is not None and value < MOST), default=0.0)


def in_words(cells: list[str]) -> dict[str, float]:
    """The numbers for answers to `how often`, where all that is no number is such an answer."""
    answers = {cell.lower() for cell in cells if cell and as_number(cell) is None and cell.lower() not in MISSING}
    return {answer: WORDS[answer] for answer in sorted(answers)} if answers and answers <= {*WORDS} else {}
