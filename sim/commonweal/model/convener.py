"""The convener: what each lever costs, and what the convener can spend."""

import logging
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import numpy as np
from pydantic import field_validator, model_validator

from commonweal.model.kernel import kernel
from commonweal.model.levers import DOSES, Levers, PublicRecord
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
        cost, time = np.zeros(len(state.islands.run)), np.zeros(len(state.islands.run))
        unseated = _unseated(state)
        for name in DOSES:  # one by one: numpy's sums over an axis depend on how many communities there are
            dose = getattr(levers, name)
            if dose.any():
                price, reached = self.prices[name], unseated if name == "seats" else state.islands.present
                cost += dose * reached * (price.money + self.hour * price.hours)
                cost += (dose > 0) * (price.fixed_money + self.hour * price.fixed_hours)
                time += dose * price.time
        afforded = cost <= state.islands.purse
        if not afforded.all():
            levers = Levers(*(lever * afforded for lever in levers))
            cost, time = cost * afforded, time * afforded
        charge(state, cost, time)
        return levers


def _unseated(state: State) -> np.ndarray:
    """(B,) leaders present who have no seat by custom."""
    leaders, starts = state.leaders, state.islands.leader_start[:-1]
    return np.add.reduceat((leaders.present & ~leaders.invited).astype(float), starts)


@kernel
def charge(state, cost, time):
    """A new round's bill: `cost` MU per community, `time` as a share of every present leader's endowment."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        islands.money[b] = cost[b]
        islands.purse[b] -= cost[b]
        islands.time[b] = 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            leaders.busy[i] = time[b]
            if leaders.present[i]:
                islands.time[b] += time[b] * leaders.endowment[i] * islands.capital[b]


def public_record(state: State, round_: int, rounds: int) -> PublicRecord:
    """What anyone can know before the round `round_`."""
    islands, leaders = state.islands, state.leaders
    starts = islands.leader_start[:-1]
    return PublicRecord(
        round=round_,
        rounds=rounds,
        leaders=islands.present.copy(),
        seated=np.add.reduceat((leaders.seated & leaders.present).astype(float), starts) / islands.present,
        cooperation=islands.cooperation.copy(),
        agreed=islands.agreed.astype(float),
        spent=islands.spent / islands.present,
    )
