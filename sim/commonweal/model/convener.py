"""The convener: what each lever costs, and what the convener can spend."""

import logging
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import numpy as np
from pydantic import field_validator, model_validator

from commonweal.model.kernel import kernel
from commonweal.model.levers import DOSES, LEVERS, Levers, PublicRecord
from commonweal.model.params import Hours, Money, Params, Share, nearest
from commonweal.model.state import State
from commonweal.units import HOUR


class Price(Params):
    """The price of a dose for one round: a fixed part wherever any of it is done, and a part per leader reached."""

    money: Money
    """MU of the convener's money, per unit of the dose and leader it reaches"""
    hours: Hours
    """hours of the convener's staff, likewise"""
    time: Share
    """share of every present leader's endowment that a unit of it takes (money and time are both MU)"""
    fixed_money: Money
    """MU of the convener's money, however little is done"""
    fixed_hours: Hours
    """hours of the convener's staff, likewise"""


PARTS: Final = ("hours", "fixed_money", "fixed_hours")
"""of a price, that files of before did not have"""


@cache
def say_old(doses: tuple[str, ...]) -> None:
    """Log, once per process, that these prices have no fixed part."""
    logging.getLogger(__name__).warning(
        "convener.prices of %s are of the old form: no staff hours and no fixed part are counted for them",
        ", ".join(doses),
    )


@cache
def say_free(doses: tuple[str, ...]) -> None:
    """Log, once per process, that these doses cost nothing."""
    one = len(doses) == 1
    logging.getLogger(__name__).warning(
        "convener.prices has no price for %s; %s nothing here", ", ".join(doses), "it costs" if one else "they cost"
    )


SEATS: Final = list(LEVERS).index("seats")
"""the lever that reaches those who have no seat by custom; all others reach everybody"""
PRICE_LISTS: Final = 64
"""price lists that are kept"""
SETS: Final = 16
"""sets of levers that are kept"""
FREE: Final = Price(money=0, hours=0, time=0, fixed_money=0, fixed_hours=0)


class Convener(Params):
    """Prices of the doses and the budget. Matches, grants, fines and esteem are paid besides, as they fall due."""

    budget: Money | None
    """MU the convener can spend in the whole run, per leader; null for no limit"""
    hour: Money
    """MU that an hour of the convener's staff costs"""
    prices: dict[str, Price]
    """a price for each dose; one that is missing is 0, and that is said once"""

    @model_validator(mode="before")
    @classmethod
    def _of_before(cls, values: Any) -> Any:
        """Prices of money and time alone are read; what they lack is 0, and that is said once."""
        prices = values.get("prices") if isinstance(values, Mapping) else None
        if not isinstance(prices, Mapping):
            return values
        old = tuple(
            name for name, price in prices.items()
            if isinstance(price, Mapping) and "money" in price and not any(part in price for part in PARTS)
        )  # fmt: skip
        if not old:
            return values
        say_old(old)
        filled = {name: {**price, **dict.fromkeys(PARTS, 0)} for name, price in prices.items() if name in old}
        return {"hour": HOUR, **values, "prices": {**prices, **filled}}

    @field_validator("prices")
    @classmethod
    def _of_each_dose(cls, prices: dict[str, Price]) -> dict[str, Price]:
        if unknown := next((name for name in prices if name not in DOSES), None):
            raise ValueError(f"there is no dose {unknown!r} to have a price; {nearest(unknown, list(DOSES))}")
        missing = tuple(name for name in DOSES if name not in prices)
        if missing:
            say_free(missing)
        return prices | {name: FREE for name in missing}

    def open(self, state: State) -> None:
        """Before the first round: fill the purse."""
        if self.budget is not None:
            state.islands.purse[:] = self.budget * state.islands.present

    def convene(self, state: State, levers: Levers) -> Levers:
        """The levers as they can be afforded, paid for. Writes islands.money, time, purse and leaders.busy.

        Where a round's fixed costs exceed what is left in the purse, the convener does nothing that round.
        """
        afforded = np.empty(len(state.islands.run))
        if charge(state, _asked(levers), _price_list(self.prices, self.hour), afforded):
            return levers
        return Levers(*(lever * afforded for lever in levers))


_ASKED: Final[dict[int, tuple[Levers, np.ndarray]]] = {}
"""by the identity of levers, these, so that no others come to have it, and what is made of them"""


def _asked(levers: Levers) -> np.ndarray:
    """(levers, B)."""
    found = _ASKED.get(id(levers))
    if found is None:
        if len(_ASKED) >= SETS:
            _ASKED.pop(next(iter(_ASKED)), None)
        found = _ASKED[id(levers)] = levers, np.concatenate(levers).reshape(len(levers), -1)
    return found[1]


_PRICE_LISTS: Final[dict[int, tuple[dict[str, Price], float, np.ndarray]]] = {}
"""by the identity of prices, these, so that no others come to have it, the hour, and what is made of them"""


def _price_list(prices: dict[str, Price], hour: float) -> np.ndarray:
    """(levers, 3) of each lever MU per unit and leader reached, MU however little is done, and the share of time."""
    found = _PRICE_LISTS.get(id(prices))
    if found is None or found[1] != hour:
        if len(_PRICE_LISTS) == PRICE_LISTS:
            _PRICE_LISTS.pop(next(iter(_PRICE_LISTS)), None)
        each = (prices.get(name, FREE) for name in LEVERS)
        rows = [(of.money + hour * of.hours, of.fixed_money + hour * of.fixed_hours, of.time) for of in each]
        found = _PRICE_LISTS[id(prices)] = prices, hour, np.array(rows, float)
    return found[2]


@kernel
def charge(state, asked, prices, afforded):
    """A new round's bill for `asked`, (levers, B); whether there is money for it everywhere.

    Where there is none, `afforded`, (B,), is 0 and nothing is done; else it is 1. prices: see _price_list.
    """
    leaders, islands = state.leaders, state.islands
    everywhere = True
    for b in range(islands.run.shape[0]):
        unseated, cost, time = 0.0, 0.0, 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.present[i] and not leaders.invited[i]:
                unseated += 1.0
        for lever in range(asked.shape[0]):
            if asked[lever, b] > 0.0:
                reached = unseated if lever == SEATS else islands.present[b]
                cost += asked[lever, b] * reached * prices[lever, 0]
                cost += prices[lever, 1]
                time += asked[lever, b] * prices[lever, 2]
        afforded[b] = 1.0
        if not cost <= islands.purse[b]:
            afforded[b], cost, time = 0.0, 0.0, 0.0
            everywhere = False
        islands.money[b] = cost
        islands.purse[b] -= cost
        islands.time[b] = 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            leaders.busy[i] = time
            if leaders.present[i]:
                islands.time[b] += time * leaders.endowment[i] * islands.capital[b]
    return everywhere


def public_record(state: State, round_: int, rounds: int) -> PublicRecord:
    """What anyone can know before the round `round_`."""
    found = np.empty((len(PublicRecord._fields) - 2, len(state.islands.run)))
    record(state, found)
    return PublicRecord(round_, rounds, *found)


@kernel
def record(state, found):
    """Fill `found`, a row for each array of a PublicRecord."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        seated = 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.seated[i] and leaders.present[i]:
                seated += 1.0
        found[0, b] = islands.present[b]
        found[1, b] = seated / islands.present[b]
        found[2, b] = islands.cooperation[b]
        found[3, b] = 1.0 if islands.agreed[b] else 0.0
        found[4, b] = islands.spent[b] / islands.present[b]
