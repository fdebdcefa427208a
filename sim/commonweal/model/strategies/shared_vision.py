"""Create a shared vision: a plan drafted together, kept, and revisited. No incentivised estimate exists (assumed)."""

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Rounds, Share
from commonweal.model.strategies.strategy import Strategy, some


class SharedVision(Strategy):
    """The agenda follows a plan in which every drafter counted the same."""

    plan: Share
    """weight of the plan in the agenda"""
    participation: Share
    """share of leaders who draft it"""
    revision: Rounds
    """rounds after which it is drafted anew; 0 never"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(plan=self.plan, participation=self.participation, revision=float(self.revision))

    def in_practice(self, leaders: int) -> str:
        again = f", and is drafted anew every {self.revision:g} months" if self.revision else ""
        return (
            f"You have {some(self.participation, leaders)} draft a plan together in which each of them counts the "
            f"same; the monthly agenda then leans on it{again}."
        )
