"""Laissez-faire: the convener does nothing. The baseline that every strategy is compared with."""

from sim.levers import Levers, Seen
from sim.strategies.strategy import Strategy


class LaissezFaire(Strategy):
    """All levers stay neutral."""

    def act(self, seen: Seen) -> Levers:
        return Levers()
