"""Laissez-faire: the convener does nothing. The baseline that every strategy is compared with."""

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.strategies.strategy import Strategy


class LaissezFaire(Strategy):
    """All levers stay neutral."""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers()

    def in_practice(self, leaders: int) -> str:
        return f"Nobody convenes; the {leaders:,} leaders deal with each other as they did."
