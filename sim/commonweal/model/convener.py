"""The convener: what each lever costs, and what the convener can spend."""

import logging
from functools import cache

import numpy as np
from pydantic import field_validator

from commonweal.model.kernel import kernel
from commonweal.model.levers import DOSES, Levers, PublicRecord
from commonweal.model.params import Money, Params, Share, nearest
from commonweal.model.state import State


class Price(Params):
    """The price of one unit of a dose for one round."""

    money: Money
    """MU of the convener's money, per leader present"""
    time: Share
    """share of every present leader's endowment that it takes (money and time are both MU)"""


@cache
def say_free(doses: tuple[str, ...]) -> None:
    """Log, once per process, that these doses cost nothing."""
    one = len(doses) == 1
    logging.getLogger(__name__).warning(
        "convener.prices has no price for %s; %s nothing here", ", ".join(doses), "it costs" if one else "they cost"
    )


class Convener(Params):
    """Prices of the doses and the budget. Matches, grants, fines and esteem are paid besides, as they fall due."""

    budget: Money | None
    """MU the convener can spend in the whole run, per leader; null for no limit"""
    prices: dict[str, Price]
    """a price for each dose; one that is missing is 0, and that is said once"""

    @field_validator("prices")
    @classmethod
    def _of_each_dose(cls, prices: dict[str, Price]) -> dict[str, Price]:
        if unknown := next((name for name in prices if name not in DOSES), None):
            raise ValueError(f"there is no dose {unknown!r} to have a price; {nearest(unknown, list(DOSES))}")
        missing = tuple(name for name in DOSES if name not in prices)
        if missing:
            say_free(missing)
        return prices | {name: Price(money=0, time=0) for name in missing}

    def open(self, state: State) -> None:
        """Before the first round: fill the purse."""
        if self.budget is not None:
            state.islands.purse[:] = self.budget * state.islands.present

    def convene(self, state: State, levers: Levers) -> Levers:
        """The levers as they can be afforded, paid for. Writes islands.money, time, purse and leaders.busy.

        Where a round's fixed costs exceed what is left in the purse, the convener does nothing that round.
        """
        cost, time = np.zeros(len(state.islands.run)), np.zeros(len(state.islands.run))
        for name in DOSES:  # one by one: numpy's sums over an axis depend on how many communities there are
            dose = getattr(levers, name)
            if dose.any():
                cost += dose * self.prices[name].money
                time += dose * self.prices[name].time
        cost *= state.islands.present
        afforded = cost <= state.islands.purse
        if not afforded.all():
            levers = Levers(*(lever * afforded for lever in levers))
            cost, time = cost * afforded, time * afforded
        charge(state, cost, time)
        return levers


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
