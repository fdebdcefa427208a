"""Convene: the strategy sees the public record and sets the levers; the convener pays, or does nothing."""

from typing import Any

import numpy as np

from commonweal.model.levers import DOSES, Levers, PublicRecord


def look(twin: Any) -> None:
    """The levers of this round, what they cost in money, and the share of everyone's time that they take."""
    n = len(twin.present)
    seated = sum([leader.seated for leader in twin.present]) / n
    record = (n, seated, twin.cooperation, float(twin.agreed), twin.spent / n)
    seen = PublicRecord(twin.round, twin.rounds, *(np.array([number]) for number in record))
    levers = Levers(*(float(row[0]) for row in twin.world.strategy.act(seen).rows(1)))
    prices = twin.world.convener.prices
    twin.money = n * sum([getattr(levers, dose) * prices[dose].money for dose in DOSES])
    twin.busy = sum([getattr(levers, dose) * prices[dose].time for dose in DOSES])
    if twin.money > twin.purse:
        levers, twin.money, twin.busy = Levers(), 0.0, 0.0
    twin.purse -= twin.money
    twin.levers = levers
    twin.time_spent = sum([twin.busy * leader.income for leader in twin.present])
