"""Be inclusive: seats and speaking time for groups that have neither.

Bringing everyone in at once can slow agreement (Johnston, Hicks, Nan & Auer 2011): the pace is a choice.
"""

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Rate, Share
from commonweal.model.strategies.strategy import Strategy, percent


class Inclusion(Strategy):
    """The table grows by a pace, and voices at it are made more equal."""

    seats: Share
    """share of the leaders without a seat who are given one in the end"""
    pace: Rate
    """share added per round until then"""
    equality: Share
    """equality of voice at the table"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(seats=min(self.seats, self.pace * seen.round), equality=self.equality)

    def in_practice(self, leaders: int) -> str:
        until = "all" if self.seats == 1.0 else percent(self.seats)
        return (
            f"You invite leaders who have no seat at the table, {percent(self.pace)} more of them each month until "
            f"{until} have one (outreach, travel, an interpreter), and see to it that all at the table speak "
            f"for about as long. It concerns those without a seat, and whoever of the {leaders:,} leaders sits there."
        )
