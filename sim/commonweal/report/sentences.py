"""Sentences: effects and names in words, for answers and for the conclusions of notebooks."""

from collections.abc import Iterable
from typing import Any

from commonweal.units import told


def number(value: float, digits: int = 3) -> str:
    """A signed number, or a dash where it is not known."""
    return "–" if value != value else told().written(value, digits, "+").replace("-", "−")


def welfare(value: float) -> str:
    """What people have, with its unit: '0.812 MU', '62.4 EUR per person and year'."""
    unit = told().said("MU per person and round") if told().money else "MU"
    return f"{told().written(value)} {unit}".replace("-", "−")


def effect_text(row: Any, digits: int = 3) -> str:
    """An effect and its 95 % interval, of anything with `effect`, `low` and `high`: '+0.245 (+0.239 to +0.251)'."""
    known = row["low"] == row["low"] and row["high"] == row["high"]
    ends = f"{number(row['low'], digits)} to {number(row['high'], digits)}" if known else "interval not known"
    return f"{number(row['effect'], digits)} ({ends})"


def interval(low: float, high: float, digits: int = 3) -> str:
    """', 95 % interval a to b', or nothing where it is not known."""
    return "" if low != low or high != high else f", 95 % interval {number(low, digits)} to {number(high, digits)}"


def listed(parts: Iterable[str], none: str = "none") -> str:
    """'a, b and c'."""
    *rest, last = list(parts) or [none]
    return f"{', '.join(rest)} and {last}" if rest else last


def percent(share: float) -> str:
    """A share in whole per cent, a dash where it is not known."""
    return "–" if share != share else f"{100 * share:.0f} %"


def many(count: int, noun: str) -> str:
    """'1 replicate', '2,000 replicates'."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def capital(text: str) -> str:
    """The text with a capital to begin a sentence with."""
    return text[:1].upper() + text[1:]
