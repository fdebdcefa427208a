"""Build relationships and trust across sectors: forums and time together.

Shared forums make ties far more than agreement does (Leifeld & Schneider 2012).
"""

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Factor, Share
from commonweal.model.strategies.strategy import Strategy


class BuildRelationships(Strategy):
    """Leaders are brought together, most of them with leaders of other sectors."""

    meetings: Factor
    """convened encounters per leader and round"""
    bridging: Share
    """share of them that are across sectors"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(meetings=self.meetings, bridging=self.bridging)
