"""Build relationships and trust across sectors: forums and time together.

Shared forums make ties far more than agreement does (Leifeld & Schneider 2012).
"""

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Factor, Share
from commonweal.model.strategies.strategy import Strategy, percent


class BuildRelationships(Strategy):
    """Leaders are brought together, most of them with leaders of other sectors."""

    meetings: Factor
    """convened encounters per leader and round"""
    bridging: Share
    """share of them that are across sectors"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(meetings=self.meetings, bridging=self.bridging)

    def in_practice(self, leaders: int) -> str:
        return (
            f"Each month you bring every leader together with {self.meetings:g} others, {percent(self.bridging)} of "
            "them from another sector: a breakfast, a visit, a working group. "
            f"All {leaders:,} leaders take part; nothing is decided there."
        )
