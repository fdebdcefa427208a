"""Units: what an MU and an hour are worth in the money of those who read, and amounts told in it.

Whatever is kept on disk is in MU. What is shown to people within `told_in` is in their own money: welfare per person
and year, what is spent per leader and month, a round being a month. Where no units are known it is in MU, as it stands.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, NamedTuple

from commonweal.harmless import fault

MONTHS: Final = 12
"""rounds of a year"""
WORKING_MONTH: Final = 160.0
"""hours of work in a month of one person, a leader's whole endowment of time"""
LEADERS_MONTH: Final = 1000.0
"""MU that the month of a leader is worth for whom prices are made (conf/people/field.yaml)"""
HOUR: Final = LEADERS_MONTH / WORKING_MONTH
"""MU that an hour is worth where nobody says otherwise (convener.hour)"""
SIGNS: Final = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY"}
CURRENCY: Final = re.compile(
    r"[$€£¥₹₽₩₺]|\b(?:EUR|USD|GBP|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|INR|JPY|CNY|BRL|ZAR|MXN)\b", re.IGNORECASE
)
PHRASES: Final = re.compile(
    r"(?P<key>MU(?: is|:) the unit of money and of leaders' time)|(?P<year>per person and (?:round|month))|"
    r"(?P<month>per leader and round)|(?P<money>(?<!per )\bMU\b(?! per MU))"
)
"""how texts of the program name units"""


class Units(NamedTuple):
    """What an MU is in a user's own money."""

    money: str = ""
    """the currency, as they write it; empty where amounts stay in MU"""
    mu: float = 1.0
    """what an MU is worth in it"""
    hour: float = 0.0
    """what an hour of the convener's staff costs in it"""

    def times(self, unit: str) -> float:
        """What an amount in this unit of a measure is multiplied by to be told; 1 of what is no MU."""
        if not self.money or not unit.startswith("MU ") or unit.startswith("MU per MU"):
            return 1.0
        return self.mu * (MONTHS if "per person" in unit else 1)

    def said(self, text: str) -> str:
        """A text of the program's own, a unit or sentences, with their money in the place of MU."""
        if not self.money:
            return text
        put = {
            "key": f"{self.mu:,.6g} {self.money} are 1 MU, the model's unit of money and of leaders' time",
            "year": "per person and year", "month": "per leader and month", "money": self.money,
        }  # fmt: skip
        return PHRASES.sub(lambda found: put[str(found.lastgroup)], text)

    def sum(self, mu: float, digits: int = 0) -> str:
        """A sum of MU in writing: '193 MU', or '1,235 EUR (193 MU)'."""
        plain = f"{mu:,.{digits}f} MU"
        return f"{mu * self.mu:,.{digits}f} {self.money} ({plain})" if self.money else plain

    def places(self, value: float, digits: int) -> int:
        """Decimal places of a number that has `digits` of them in MU: fewer where money has made it large."""
        if not self.money or abs(value) < 1:
            return digits
        return min(digits, 2 if abs(value) < 10 else 1 if abs(value) < 1000 else 0)

    def written(self, value: float, digits: int = 3, sign: str = "") -> str:
        """A number told in them, without its unit; with commas where money has made it large. sign: '+' for both."""
        return f"{value:{sign}{',' if self.money else ''}.{self.places(value, digits)}f}"

    def short(self, value: float) -> str:
        """A number that was round in MU, such as a sum that may be spent."""
        return f"{value:g}" if not self.money else f"{value:,.2f}".removesuffix("0").removesuffix(".0")

    def amount(self, mu: float) -> str:
        """An amount that was asked for, whole: '20 MU', '128 EUR'."""
        value = f"{float(f'{mu * self.mu:.6g}'):,}".removesuffix(".0")
        return f"{value} {self.money or 'MU'}"

    @property
    def key(self) -> str:
        """What all amounts rest on, in a sentence."""
        of = f"; an hour of staff is {self.hour:,.6g} {self.money}" if self.hour else ""
        return f"1 MU is {self.mu:,.6g} {self.money}{of}; a round is a month"


NONE: Final = Units()


def currencies(*texts: str) -> tuple[str, ...]:
    """The currencies that texts name by sign or code, each once."""
    found: list[str] = [each for text in texts for each in CURRENCY.findall(text)]
    return tuple(dict.fromkeys(SIGNS[each] if each in SIGNS else each.upper() for each in found))


def fault_of(money: str | None, mu: float | None, hour: float | None, where: str = "units") -> str:
    """What is wrong with what was said of units, in a sentence; '' where nothing is."""
    if money is None:
        amounts = {"mu": mu, "hour": hour}
        odd = next((name for name, amount in amounts.items() if amount is not None), None)
        remedy = f"give {where}.money too, such as {where}.money=EUR"
        return f"{where}.{odd} is {amounts[odd]:g} of no currency; {remedy}" if odd else ""
    if named := fault(money, f"{where}.money"):
        return named
    if len(several := currencies(money)) > 1:
        return f"{where}.money is {money!r}, of {len(several)} currencies; give one, and all amounts in it"
    if mu is None and hour is None:
        return (
            f"{where}.money is {money}, and it is not said what that is worth; give {where}.mu, the {money} of an MU, "
            f"or {where}.hour, those of an hour of staff"
        )
    return ""


_told: ContextVar[Units] = ContextVar("units", default=NONE)


def told() -> Units:
    """The units that amounts are told in here."""
    return _told.get()


def tell_in(units: Units) -> None:
    """Tell amounts in these units from here on, as a notebook does from the cell that reads its results."""
    _told.set(units)


@contextmanager
def told_in(units: Units) -> Iterator[Units]:
    """Tell amounts in these units, as a locale does."""
    before = _told.set(units)
    try:
        yield units
    finally:
        _told.reset(before)


def units_of(manifest: Mapping[str, Any]) -> Units:
    """The units that a study or a fit was asked to be told in; NONE of one that was not, as those of before."""
    held = manifest.get("units")
    if not isinstance(held, Mapping) or not set(held) <= set(Units._fields):
        return NONE
    return Units(**held)
