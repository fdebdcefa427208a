"""Amounts as people write them: '5000 EUR', '€20k in total', '1.200,50 EUR a month', '40 hours per leader'.

Every option that is in MU takes such a text in the place of a number, and all of them by `amount_of` and `Terms.mu`.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, cast

from commonweal.errors import InputError
from commonweal.units import CURRENCY, MONTHS, Units, currencies

ENDINGS: Final = {"k": 1e3, "tsd": 1e3, "thousand": 1e3, "m": 1e6, "mio": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9}
"""letters after a number, and what they multiply it by"""
SPACES: Final = re.compile(r"[\s\u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
"""between thousands"""
Whose = Literal["leader", "all"]
Span = Literal["month", "year", "run"]
LEADER: Final = re.compile(r"(\b(per|a|each|for each|for every)|/)\s*(leader|organi[sz]ation|member)\b", re.IGNORECASE)
MONTH: Final = re.compile(r"(\b(per|a|each|every|and)|/)\s*month\b|\bmonthly\b", re.IGNORECASE)
YEAR: Final = re.compile(
    r"(\b(per|a|each|every|and)|/)\s*year\b|\b(yearly|annually)\b|\bp\.? ?a\.?(?!\w)", re.IGNORECASE
)
RUN: Final = re.compile(r"\bfor the whole run\b", re.IGNORECASE)
TOTAL: Final = re.compile(r"\b(in total|in all|altogether|for all( [\d,]+ leaders)?)\b", re.IGNORECASE)
HOURS: Final = re.compile(r"(h|hrs?|hours?)", re.IGNORECASE)
NUMBER: Final = re.compile(r"(?P<before>[^\d+\-]*)(?P<number>[+-]?\d[\d.,]*(?:e[+-]?\d+)?)(?P<after>.*)", re.DOTALL)
ENDING: Final = re.compile(rf"({'|'.join(sorted(ENDINGS, key=len, reverse=True))})\.?", re.IGNORECASE)
GROUPS: Final = {
    ",": re.compile(r"[+-]?[1-9](?:\d{0,2}(?:,\d{3})+|\d?(?:,\d{2})+,\d{3})"),  # in India after the first in twos
    ".": re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+"),
}
"""numbers with signs between their thousands"""
LONGEST: Final = 200
"""characters of an amount"""
DIGITS: Final = 12
"""significant digits of an amount of MU, so that it is the same however it was typed"""
FOR: Final[dict[str, tuple[Whose, Span] | None]] = {
    "equal_spend": ("leader", "month"),
    "run.sums": ("leader", "month"),
    "convener.budget": ("leader", "run"),
    "people.endowment": ("leader", "month"),
    "convener.hour": None,
    r"convener.prices.\w+.money": None,
    r"convener.prices.\w+.fixed_money": None,
}
"""options in MU, as patterns, and for whom and how long their number is; None of a price"""
KNOWN: Final = "per leader, a month, a year, in total"
"""what may be said of an amount besides its unit"""


class Amount(NamedTuple):
    """What was written: a number of a unit, for whom and for how long; '' where that was not said."""

    number: float
    unit: str
    whose: Whose | Literal[""] = ""
    span: Span | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an option's number of MU is for, and what turns what is written into it."""

    units: Units
    """NONE where nobody said what an MU is worth"""
    hour: float
    """MU that an hour of staff costs"""
    leaders: int | None = None
    """of a community; None where it is not one number"""
    rounds: int = 0
    whose: Whose | None = None
    """None of what is neither for leaders nor for a time, such as a price"""
    span: Span | None = None

    def mu(self, text: str, where: str) -> float:
        """The MU that a text comes to, for whom and how long the option is. Raises InputError."""
        found = amount_of(text, where, self.units.money)
        value = found.number * self._worth(found.unit, text, where)
        if found.whose or found.span:
            value *= self._share(found, text, where)
        return float(f"{value:.{DIGITS}g}")

    def _worth(self, unit: str, text: str, where: str) -> float:
        """MU that one of a unit is."""
        if unit == "MU":
            return 1.0
        if unit == "hours":
            if self.hour > 0:
                return self.hour
            raise InputError(f"{where} is {text!r}, but an hour costs nothing here (convener.hour); write it in MU")
        if not self.units.money:
            raise InputError(
                f"{where} is {text!r}, and it is not said what {unit} are worth; give the run "
                f"units.money={_code(unit)} and units.hour=40, if an hour of staff costs 40 of them, or write it in MU"
            )
        if not same(unit, self.units.money):
            raise InputError(f"{where} is {text!r}, but amounts are in {self.units.money} here; write it in them")
        return 1.0 / self.units.mu

    def _share(self, found: Amount, text: str, where: str) -> float:
        """What an amount is multiplied by to be for whom and for how long the option is."""
        if self.whose is None or self.span is None:
            raise InputError(f"{where} is {text!r}, but it is a price, of neither leaders nor months; leave that out")
        share = 1.0
        if (found.whose or self.whose) == "all" != self.whose:
            if self.leaders is None:
                raise InputError(f"{where} is {text!r}, but communities differ in how many leaders they have; "
                                 "say it per leader")  # fmt: skip
            share /= self.leaders
        months = {"month": 1, "year": MONTHS, "run": self.rounds}
        return share * months[self.span] / months[found.span or self.span]


def amount_of(text: str, where: str, money: str = "") -> Amount:
    """What a text says. money: the currency that amounts are told in, which may be any word. Raises InputError."""
    plain, said = _said(unicodedata.normalize("NFKC", text[:LONGEST]).strip())
    found = NUMBER.fullmatch(SPACES.sub("", plain))
    like = f"write it as {money or 'EUR'} 5000, 20k {money or 'EUR'} or 300 MU"
    if found is None:
        raise InputError(f"{where} is {text!r}, which is no amount; {like}")
    times, after = _ending(found["after"].strip(), money)
    number = number_of(found["number"], text, where) * times
    named = [each for each in (found["before"].strip(), after) if each]
    units = [_unit(each, money) for each in named]
    if not units:
        raise InputError(f"{where} is {text!r}, which names no unit; {like}")
    if "" in units or len({*units}) > 1:
        odd = named[units.index("")] if "" in units else " and ".join(named)
        raise InputError(f"{where} is {text!r}, and {odd!r} is no unit; {like}, followed by {KNOWN} or nothing")
    if number < 0:
        raise InputError(f"{where} is {text!r}, which is below 0; {like}")
    return Amount(number, units[0], *_for(said, text, where))


def number_of(number: str, text: str, where: str) -> float:
    """A number with or without signs between its thousands. Raises InputError for one that may mean two.

    1,500 is as this program writes it; 1.500 may be either.
    """
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}", number):
        thousand = number.replace(".", "")
        raise InputError(f"{where} is {text!r}, which may be {number}0 or {thousand}; write one of them")
    plain = ""
    if re.fullmatch(r"[+-]?(0|[1-9]\d*)([.,]\d+)?(e[+-]?\d+)?", number):
        plain = number.replace(",", "" if GROUPS[","].fullmatch(number) else ".")
    for sign, decimal in ((",", "."), (".", ",")):
        whole, _, rest = number.partition(decimal)
        if GROUPS[sign].fullmatch(whole) and re.fullmatch(r"\d*", rest):
            plain = f"{whole.replace(sign, '')}.{rest or 0}"
    if not plain:
        raise InputError(f"{where} is {text!r}, which is no number; write it as 1500 or 1500.50")
    return float(plain)


def same(one: str, other: str) -> bool:
    """Whether a word is a currency, as € is EUR."""
    named = CURRENCY.fullmatch(one.rstrip("."))
    return one.casefold() == other.casefold() or (named is not None and currencies(one) == currencies(other))


def _said(text: str) -> tuple[str, set[str]]:
    """A text without what it says of whom and how long it is for, and that."""
    said = set()
    for name, pattern in (("leader", LEADER), ("month", MONTH), ("year", YEAR), ("run", RUN), ("total", TOTAL)):
        text, many = pattern.subn(" ", text)
        said |= {name} if many else set()
    return " ".join(text.split()).strip(" ,;"), said


def _for(said: set[str], text: str, where: str) -> tuple[Whose | Literal[""], Span | Literal[""]]:
    """For whom and how long an amount is: `in total` stands for all leaders, the whole run or both, as is left open."""
    spans = said & {"month", "year", "run"}
    if len(spans) > 1 or ("total" in said and "leader" in said and spans - {"run"}):
        raise InputError(f"{where} is {text!r}, which says twice what it is for; leave one out")
    span = cast(Span | Literal[""], next(iter(spans), ""))
    if "total" in said:
        return "leader" if "leader" in said else "all", span or "run"
    return "leader" if "leader" in said else "", span


def _ending(after: str, money: str) -> tuple[float, str]:
    """What the letters after a number multiply it by, and what is left: `k EUR` and `kEUR`, but not `kr`."""
    found = ENDING.match(after)
    if found is None or (money and after.casefold() == money.casefold()):
        return 1.0, after
    rest = after[found.end() :]
    parted = not rest[:1].isalpha() or rest.upper() == "MU" or (money and same(rest, money)) or CURRENCY.fullmatch(rest)
    return (ENDINGS[found[1].lower()], rest.strip()) if parted else (1.0, after)


def _unit(word: str, money: str) -> str:
    """A unit: MU, hours or a currency; '' where a word is none."""
    if word.upper() == "MU":
        return "MU"
    if money and same(word, money):
        return money
    if HOURS.fullmatch(word):
        return "hours"
    return word if re.fullmatch(r"[^\W\d_]{1,12}\.?|[^\W\d_]{0,4}[$€£¥₹₽₩₺]", word) else ""


def _code(unit: str) -> str:
    return next(iter(currencies(unit)), unit)
