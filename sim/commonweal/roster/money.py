"""Sums of money and hours as headings give them: for which period, in which multiples."""

import re
from dataclasses import dataclass

from commonweal.units import HOUR, WORKING_MONTH

PERIODS = {
    "year": (
        re.compile(
            r"\b(year|yearly|annual|annually|p\.? ?a\.?|per annum|(19|20)\d\d)\b|/ ?(y|yr|year)\b", re.IGNORECASE
        ),
        1 / 12,
    ),
    "quarter": (re.compile(r"\bquarter(ly)?\b", re.IGNORECASE), 1 / 3),
    "week": (re.compile(r"\b(week|weekly)\b|/ ?(w|wk|week)\b", re.IGNORECASE), 52 / 12),
    "day": (re.compile(r"\b(day|daily)\b|/ ?(d|day)\b", re.IGNORECASE), 365 / 12),
}
"""words in a heading of money, and what a month, a round, has of such a sum"""
MONTH = re.compile(r"\bmonth(ly)?\b", re.IGNORECASE)
SPANS = {
    "year": "year|yr|y|annum|jahr|an|année|año|ano|jaar|anno|年", "quarter": "quarter|quartal|trimestre",
    "month": "month|mo|monat|mois|mes|maand|mese|月", "week": "week|wk|w|woche|semaine|semana|settimana|週|周",
    "day": "day|tag|jour|día|dag|giorno|日",
}  # fmt: skip
ADVERBS = {"year": "annually|yearly|annual|jährlich", "month": "monthly|monatlich", "week": "weekly|wöchentlich"}
FOR = "per|an?|pro|par|por|im|in der|je|al|a la|alla|each|every"
IN_CELL = {
    span: re.compile(
        rf"\s*(?:/|\b(?:{FOR})\s)\s*(?:{words})\b\.?|\s*\b(?:{ADVERBS.get(span, words)})$"
        + (r"|\s*\bp\.?\s?a\.?$" if span == "year" else ""),
        re.IGNORECASE,
    )
    for span, words in SPANS.items()
}
"""how a cell says for which period its amount is: 1,200/yr, 12k pro Jahr, 100 monthly"""
MULTIPLES = {
    "thousands": (
        re.compile(r"\b(thousands?|000s?|[kt] ?(eur|usd|gbp|chf))\b|\bk[€$£]|[€$£] ?k\b", re.IGNORECASE),
        1e3,
    ),
    "millions": (re.compile(r"\b(millions?|m(io|ln)? ?(eur|usd|gbp|chf))\b|\bm[€$£]|[€$£] ?m\b", re.IGNORECASE), 1e6),
}
"""words in a heading of money by which its numbers are multiplied"""
HOURS = re.compile(r"\b(hours?|hrs?|fte|staff time|days)\b", re.IGNORECASE)
TIMES = {
    "post": (re.compile(r"\bfte\b", re.IGNORECASE), WORKING_MONTH),
    "day": (re.compile(r"\bdays\b", re.IGNORECASE), 8),
    "hour": (HOURS, 1),
}
"""units of time in a heading, and the hours of work in each"""


def period_of(heading: str) -> str | None:
    """The period for which a heading gives its money, where that is not the month."""
    return next((name for name, (pattern, _) in PERIODS.items() if pattern.search(heading)), None)


def without_period(cell: str) -> tuple[str, str]:
    """An amount without the period that a cell gives, and that period; '' where it gives none."""
    for span, pattern in IN_CELL.items():
        if cell[:1] and pattern.search(cell):
            return pattern.sub("", cell).strip(), span
    return cell, ""


def months_in(period: str | None) -> float:
    """What a month has of a sum for a period; 1 of one that is not said."""
    return PERIODS[period][1] if period in PERIODS else 1.0


def multiple_of(heading: str) -> str | None:
    """The multiples in which a heading gives its money, where it is not one by one."""
    return next((name for name, (pattern, _) in MULTIPLES.items() if pattern.search(heading)), None)


def time_in(heading: str) -> tuple[str, float] | None:
    """The unit of time that a heading counts, and hours in a month for one of it; None where it counts none."""
    for unit, (pattern, hours) in TIMES.items():
        if pattern.search(heading):
            times = PERIODS["week"][1] if unit == "hour" and PERIODS["week"][0].search(heading) else 1.0
            return unit, hours * times
    return None


@dataclass(frozen=True, slots=True)
class Worth:
    """What an MU and an hour are worth in the currency of a roster, as a mapping says."""

    money: str
    mu: float | None = None
    hour: float | None = None

    @property
    def per_mu(self) -> float:
        """Money for an MU."""
        return self.mu if self.mu is not None else (self.hour or 0) / HOUR

    @property
    def per_hour(self) -> float:
        """MU for an hour."""
        return HOUR if self.hour is None or self.mu is None else self.hour / self.mu

    @property
    def said(self) -> dict[str, str | float]:
        """As a mapping has it."""
        both = {"mu": self.mu, "hour": self.hour}
        return {"money": self.money, **{name: value for name, value in both.items() if value is not None}}
