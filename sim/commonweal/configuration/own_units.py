"""Own units: what an MU and an hour are worth in the user's money, as conf and the command line say it."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import Field

from commonweal.errors import InputError
from commonweal.model.params import Params, parse
from commonweal.units import NONE, Units, fault_of

LONGEST: Final = 24
"""letters of a currency's name"""


class Worth(Params):
    """What an MU is worth (conf/units)."""

    money: str | None = Field(min_length=1, max_length=LONGEST)
    """your currency, as you write it; null to be told in MU"""
    mu: float | None = Field(gt=0, le=1e12)
    """what an MU is worth in it; null for what follows from units.hour and convener.hour"""
    hour: float | None = Field(gt=0, le=1e12)
    """what an hour of the convener's staff costs in it; null for what follows from units.mu and convener.hour"""


def worth_of(values: Mapping[str, Any], where: str = "units") -> Worth:
    """What was given, found to be whole. Raises InputError."""
    given = dict(values)
    if isinstance(given.get("money"), int | float):
        given["money"] = str(given["money"])
    worth = parse(Worth, dict.fromkeys(Worth.model_fields) | given, where)
    if said := fault_of(worth.money, worth.mu, worth.hour, where):
        raise InputError(said)
    return worth


def staff_hour(worth: Worth) -> float | None:
    """MU that an hour of staff costs (convener.hour), where units say both what it and what an MU is worth."""
    return worth.hour / worth.mu if worth.hour is not None and worth.mu is not None else None


def units_in(worth: Worth, hour: float) -> Units:
    """The units that amounts are told in. hour: MU that an hour of staff costs. Raises InputError."""
    if worth.money is None:
        return NONE
    if worth.mu is not None:
        return Units(worth.money, worth.mu, worth.mu * hour)
    assert worth.hour is not None
    if hour <= 0:
        raise InputError(
            f"units.hour is {worth.hour:g}, but an hour costs nothing here (convener.hour is {hour:g}), so that it "
            "does not say what an MU is worth; give units.mu"
        )
    return Units(worth.money, worth.hour / hour, worth.hour)
