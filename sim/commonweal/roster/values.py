"""Values as people write them: local numbers, answers in words, scales, sums of money for a week or a year."""

import re
from collections.abc import Iterator, Sequence
from math import isfinite

from commonweal.amounts import ENDINGS, GROUPS, SPACES
from commonweal.roster.answers import numbers_for
from commonweal.roster.columns import MOST, Number
from commonweal.roster.describe import counted, quote
from commonweal.roster.errors import Review
from commonweal.roster.roles import Role, plain
from commonweal.roster.unsaid import codes_among, is_missing, says_nothing
from commonweal.units import CURRENCY

AMOUNT = re.compile(rf"([+-]?[\d.,]+)\s*({'|'.join(ENDINGS)})\.?", re.IGNORECASE)
COINS = re.compile(
    r"(?:^|(?<=[\s\d]))(?:r|kr|zł|kč|ft|fr|sfr|rs|lei|zl)\.?(?=$|[\s\d])|(?<=\d)[.,][-–—]+$", re.IGNORECASE
)
"""signs of currencies that are words, and what stands for no cents"""
ANSWERS = {
    "yes": "yes", "y": "yes", "true": "yes", "1": "yes", "x": "yes", "✓": "yes", "✔": "yes",
    "no": "no", "n": "no", "false": "no", "0": "no",
    "ja": "yes", "oui": "yes", "sí": "yes", "si": "yes", "sim": "yes", "tak": "yes",
    "nein": "no", "non": "no", "não": "no", "nej": "no", "nee": "no", "nie": "no",
}  # fmt: skip
"""what people write for yes and no"""
ONE_WAY = frozenset({
    "directed", "one way", "one-way", "oneway", "->", "-->", "→", "=>", "gerichtet", "dirigé", "orienté", "dirigido",
    "dirigida", "diretto", "gericht", "arc",
})  # fmt: skip
BOTH_WAYS = frozenset({
    "undirected", "mutual", "both", "both ways", "two way", "two-way", "bidirectional", "reciprocal", "reciprocated",
    "symmetric", "<->", "<-->", "↔", "<=>", "--", "ungerichtet", "beidseitig", "gegenseitig", "non dirigé",
    "non orienté", "réciproque", "mutuel", "no dirigido", "mutuo", "recíproco", "não dirigido", "edge",
})  # fmt: skip
SAYS_ONE_WAY = ("directed", "is directed", "one way")
SAYS_BOTH_WAYS = ("undirected", "mutual", "is mutual", "reciprocal", "reciprocated", "bidirectional", "both ways")
"""headings under which yes or no says which way a tie counts"""
CODED = re.compile(r"\(?(\d{1,3})(?:\)?\s*[-–—=:.]|\))\s*(?=\D)(.*[^\W\d_].*)")
"""an answer with its number before it, as survey tools export it: 3 - often, (3) often"""
LEGEND = re.compile(r"(-?\d{1,3})\s*[=:]\s*([^,;/()\[\]\d]+)")
"""what a heading says of a number of its scale: 1 = never"""
LEAST = re.compile(
    r"\b(no|not|none|nothing|never|low\w*|little|least|poor|weak\w*|rarely|seldom|bad|dis\w+|nicht|kein\w*|nie|niedrig\w*|"
    r"gering\w*|selten|faible|jamais|aucun\w*|bajo|nunca|ningun\w*)\b", re.IGNORECASE,
)  # fmt: skip
"""words for the end of a scale that is nothing or little"""
PERCENT = re.compile(r"%|\bper ?cent\b|\bprozent\b|\bpour ?cent\b|\bpor ?ciento\b", re.IGNORECASE)
TOPS = (3, 4, 5, 7, 10, 100)
"""where scales of answers end"""


def as_number(cell: str) -> float | None:
    """The finite number that Python sees in a cell (it would take 1_0 and inf, people would not)."""
    try:
        value = None if "_" in cell else float(cell)
    except ValueError:
        return None
    return value if value is not None and isfinite(value) else None


def unanswered(cells: list[str]) -> set[str]:
    """The cells among yes and no, 1 and 0, that say that there is no answer: refused, 9, -99."""
    numbers = {cell: value for cell in cells if (value := as_number(cell)) is not None}
    codes = codes_among([*numbers.values(), 1.0], digits=True)
    return {cell for cell in cells if is_missing(cell) or numbers.get(cell) in codes}


def whole(cell: str) -> str:
    """A whole number without zeros around it, so that 007, 7 and 7.0 are the same; '' for anything else."""
    value = as_number(cell) if cell[:1].isdigit() else None
    return str(int(value)) if value is not None and value.is_integer() and value < 2**53 else ""


def numbers_of(
    cells: list[str], column: str, rule: Number, commas: bool, review: Review, lines: Sequence[int] = ()
) -> list[str]:
    """The cells of a column with its local numbers written as Python reads them; what is no number stays.

    commas: whether a lone comma, or a lone point before three figures, follows the use of the continent. lines: where
    each cell stands. Notes say how many cells were read how; cells that may mean one number or a thousandth of it,
    where others of the column are written in both ways, are a problem of the review.
    """
    cells, signs = _decoded(cells, column, rule, review), []
    read = list(cells)
    odd = [at for at, cell in enumerate(cells) if _is_local(cell)]
    bare = {at: _bare(cells[at], rule) for at in odd}
    decimals = _decimals({at: number for at, (number, _) in bare.items()}, rule, commas)
    _refuse_undecided(cells, column, decimals, review, lines)
    missing = {at for at in odd if is_missing(cells[at])}
    for at in missing:
        read[at] = ""
    for at in [at for at in odd if at not in missing]:
        if (number := _plain(*bare[at], decimals[at], rule)) not in ("", cells[at]):
            read[at] = number
            signs.append(at)
    if missing:
        review.note(f"{counted(len(missing), 'cell')} of {column} without a number (such as NA) read as not given")
    _tell_open(bare, decimals, rule, review)
    for many, how in _ways(cells, read, {at: decimals[at] for at in signs}):
        review.note(f"{many} of {column} read {how}")
    return read


def _tell_open(bare: dict[int, tuple[str, float]], decimals: dict[int, str], rule: Number, review: Review) -> None:
    """Note amounts such as 1.500 whose point was read as a decimal one, though nothing in the column says so."""
    numbers = [bare[at][0] for at, decimal in decimals.items() if decimal == "." and "." in bare[at][0]]
    if rule.high == MOST and numbers and all(_groups(number, ".") == "one" for number in numbers):
        remedy = "write them without signs if these stand between thousands"
        review.note(f"{counted(len(numbers), 'amount')} such as {numbers[0]} read with a decimal point; {remedy}")


def _decoded(cells: list[str], column: str, rule: Number, review: Review) -> list[str]:
    """The numbers before answers on a scale, where all that is no number has one."""
    words = [cell for cell in cells if cell and as_number(cell) is None and not is_missing(cell)]
    if rule.high > 2 or not words or not all(map(CODED.fullmatch, words)):
        return cells
    read = [found[1] if (found := CODED.fullmatch(cell)) else cell for cell in cells]
    example = f"{quote(words[0])} is {read[cells.index(words[0])]}"
    review.note(f"{counted(len(words), 'answer')} of {column} read by the number before the words: {example}")
    return read


def _ways(cells: list[str], read: list[str], decimals: dict[int, str]) -> Iterator[tuple[str, str]]:
    """How many cells were read with which decimal sign, and how."""
    alone = ", each cell by itself" if len({*decimals.values()}) > 1 else ""
    for decimal in sorted({*decimals.values()}):
        its = [at for at, each in decimals.items() if each == decimal]
        how = {",": "with a decimal comma", ".": "with a decimal point"}[decimal]
        example = f"{quote(cells[its[0]])} is {read[its[0]]}"
        yield counted(len(its), "number"), f"{how}{alone}, other signs left out: {example}"


def _plain(number: str, times: float, decimal: str, rule: Number) -> str:
    """A number without its sign of a currency as Python reads it; '' where it is none."""
    shares = number.endswith("%")
    number = _with_point(number.rstrip("% "), decimal)
    value = as_number(number)
    if value is None:
        return ""
    if shares:  # a share of what, of an amount?
        return repr(value / 100) if rule.high <= 2 else ""
    return number if times == 1 else repr(value * times)


def _is_local(cell: str) -> bool:
    """Whether a cell is no number to Python, or may mean another one."""
    return "." in cell or bool(cell and as_number(cell) is None)


def _refuse_undecided(
    cells: list[str], column: str, decimals: dict[int, str], review: Review, lines: Sequence[int]
) -> None:
    """Keep as a problem the cells of which cannot be told what their sign means, and read them as they stand."""
    undecided = [at for at, decimal in decimals.items() if not decimal]
    places = [(lines[at] if at < len(lines) else at + 1, cells[at]) for at in undecided]
    others = "a number or a thousand times it, as other cells of the column use both signs between thousands"
    review.cells(others, "write them without signs between thousands", places, column)
    decimals.update(dict.fromkeys(undecided, "."))


def _bare(cell: str, rule: Number) -> tuple[str, float]:
    """A number without the sign of a currency and without blanks between thousands; by what an ending multiplies it.

    10k and 1.5m are amounts, so that they are none of what goes from 0 to 1.
    """
    number = SPACES.sub("", COINS.sub("", CURRENCY.sub("", cell).strip()).strip()).replace("\u2212", "-")
    found = AMOUNT.fullmatch(number) if rule.high > 2 else None
    return (found[1], ENDINGS[found[2].lower()]) if found else (number, 1)


def _decimals(numbers: dict[int, str], rule: Number, commas: bool) -> dict[int, str]:
    """The decimal sign of each cell: the column's, or where its cells disagree its own; '' where neither tells."""
    alone = {at: _told_by(number) for at, number in numbers.items()}
    if len({*alone.values()} - {""}) > 1:
        plain = {at for at, number in numbers.items() if not {*number} & {*",."}}
        return {at: sign or ("." if at in plain else "") for at, sign in alone.items()}
    decimal = _decimal([*numbers.values()], rule, commas)
    return dict.fromkeys(numbers, decimal) | dict.fromkeys(_doubtful(numbers, decimal, rule), "")


def _doubtful(numbers: dict[int, str], decimal: str, rule: Number) -> Iterator[int]:
    """Amounts such as 24.000 where the other sign certainly stands between thousands."""
    other = "," if decimal == "." else "."
    if rule.high > 2 and any(_groups(number, other) == "several" for number in numbers.values() if other in number):
        for at, number in numbers.items():
            if decimal in number and other not in number and _groups(number, decimal) == "one":
                yield at


def _told_by(number: str) -> str:
    """The decimal sign that a number by itself tells; '' where it has none, or may be thousands."""
    if "," in number and "." in number:
        return max(",.", key=number.rindex)
    for sign, other in ((",", "."), (".", ",")):
        if sign in number:
            return {"several": other, "none": sign, "one": ""}[_groups(number, sign)]
    return ""


def _decimal(numbers: list[str], rule: Number, commas: bool) -> str:
    """The decimal sign of a column: told by one of its cells, or by the rule."""
    if sign := next(filter(None, map(_told_by, numbers)), ""):
        return sign
    # What is left, 1,500 or 1.500, is thousands where such a number would be, and where a sheet uses that sign so.
    signs = "".join(numbers)
    thousands, decimal = (".", ",") if commas else (",", ".")
    return decimal if rule.high > 2 and thousands in signs else "," if "," in signs else "."


def _groups(number: str, sign: str) -> str:
    """Whether a sign parts several groups of three figures, one, or none."""
    if number.count(sign) > 1:
        return "several"
    return "one" if GROUPS[sign].fullmatch(number.rstrip("% ")) else "none"


def _with_point(number: str, decimal: str) -> str:
    """A number with a point for its decimal sign, if its other signs stand between thousands."""
    other = "," if decimal == "." else "."
    whole, sign, rest = number.partition(decimal)
    if other in whole and not GROUPS[other].fullmatch(whole):
        return number
    return whole.replace(other, "") + ("." + rest if sign else "")


def direction(heading: str, cell: str) -> str:
    """'directed', 'undirected', or '' where a cell says neither."""
    word = cell.lower()
    says = (plain(heading) in SAYS_ONE_WAY) - (plain(heading) in SAYS_BOTH_WAYS)
    if says and word in ANSWERS:
        return "directed" if (ANSWERS[word] == "yes") == (says > 0) else "undirected"
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


def scale_of(heading: str, cells: list[str], rule: Number, answers: Sequence[str] = ()) -> tuple[float, float] | None:
    """What of a column becomes 0 and what 1, as its heading says or its numbers suggest; None where they do not.

    answers: the cells as they stand, whose words may say that the largest number is the least.
    """
    found = named_scale(heading)
    if not found and PERCENT.search(heading) and largest(cells) > 1:
        found = (0.0, 100.0)
    found = found or guessed_scale(cells, rule)
    legend = {
        float(coded[1]): coded[2] for cell in answers if (coded := CODED.fullmatch(cell)) and not is_missing(cell)
    }
    return _with_ends(*found, legend) if found and found[0] < found[1] and len(legend) > 1 else found


def named_scale(heading: str) -> tuple[float, float] | None:
    """The scale that a heading names, from least to most: `Trust (1 to 5)`, `(1 = all, 4 = none)` from 4 to 1."""
    legend = {number: words for number, words in legend_of(heading).items() if not says_nothing(words)}
    if len(legend) > 1:
        return _with_ends(min(legend), max(legend), legend)
    found = re.search(r"\b([01])\s*(?:to|\.\.|[-–])\s*(\d{1,3})\b", heading)
    return (float(found[1]), float(found[2])) if found and 1 < int(found[2]) <= TOPS[-1] else None


def legend_of(heading: str) -> dict[float, str]:
    """What a heading says of numbers: 1 = never, 9 = not known."""
    return {float(number): words.strip() for number, words in LEGEND.findall(heading.replace("/", " "))}


def _with_ends(low: float, high: float, legend: dict[float, str]) -> tuple[float, float]:
    """A scale from its least to its most, turned round where words say that its highest number is the least."""
    first, last = legend[min(legend)], legend[max(legend)]
    return (high, low) if LEAST.search(last) and not LEAST.search(first) else (low, high)


def guessed_scale(cells: list[str], rule: Number) -> tuple[float, float] | None:
    """The scale of answers from 0 or 1 upwards, where they are off ours; None where they are not such."""
    values = [value for cell in cells if cell and (value := as_number(cell)) is not None]
    if not values or max(values) <= rule.high or min(values) < 0:
        return None
    if min(values) < 1 and any(value % 1 for value in values):  # a mean of answers from 1 upwards may have a fraction
        return None
    top = next((top for top in TOPS if top >= max(values)), None)
    return None if top is None else (0.0 if min(values) == 0 or top == TOPS[-1] else 1.0, float(top))


def largest(cells: list[str]) -> float:
    """The largest number of a column, 0 where there is none."""
    return max((value for cell in cells if (value := as_number(cell)) is not None and value < MOST), default=0.0)


def in_words(cells: list[str], column: str) -> dict[str, float]:
    """The numbers for answers in words, where all that is no number is of one scale that is known.

    Answers to `how often` may stand beside numbers; high, or agree, beside numbers says nothing of what those mean.
    """
    given = {cell.lower() for cell in cells if cell and not is_missing(cell)}
    answers = {cell for cell in given if as_number(cell) is None}
    return numbers_for(answers, column, alone=answers == given)
