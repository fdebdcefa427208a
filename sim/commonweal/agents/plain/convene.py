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
    twin.money = sum([bill(twin, dose, getattr(levers, dose)) for dose in DOSES])
    twin.busy = sum([getattr(levers, dose) * twin.world.convener.prices[dose].time for dose in DOSES])
    if twin.money > twin.purse:
        levers, twin.money, twin.busy = Levers(), 0.0, 0.0
    twin.purse -= twin.money
    twin.levers = levers
    twin.time_spent = sum([twin.busy * leader.income for leader in twin.present])


def bill(twin: Any, name: str, dose: float) -> float:
    """What a dose costs the convener: a part per leader it reaches, and a fixed part."""
    convener, price = twin.world.convener, twin.world.convener.prices[name]
    reached = [leader for leader in twin.present if name != "seats" or not leader.invited]
    fixed = price.fixed_money + convener.hour * price.fixed_hours
    return dose * len(reached) * (price.money + convener.hour * price.hours) + (fixed if dose > 0 else 0.0)
