"""Focus on common goals: an agenda of what nobody opposes, with a stated target.

Group goals raise group performance, specific and hard ones more (Kleingeld, van Mierlo & Arends 2011).
"""

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Share
from commonweal.model.strategies.strategy import Strategy, percent


class CommonGoals(Strategy):
    """The agenda leans on common ground; the table states how much everyone should give."""

    common_ground: Share
    """weight of common ground in the agenda"""
    specificity: Share
    """how specific the goal is"""
    goal: Share
    """the share of the endowment it names"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(common_ground=self.common_ground, specificity=self.specificity, goal=self.goal)

    def in_practice(self, leaders: int) -> str:
        return (
            "At the monthly table you put first what nobody opposes"
            + (f", have it said in public that everybody is to give {percent(self.goal)} of what they dispose of, and "
               "follow up whether they do" if self.specificity > 0 else "")
            + f". All {leaders:,} leaders are asked; a facilitator prepares each meeting."
        )  # fmt: skip
