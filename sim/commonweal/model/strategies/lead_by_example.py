"""Lead by example: some leaders give first, visibly. Followers give about 79 % of it (Eichenseer 2023)."""

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Share
from commonweal.model.strategies.strategy import Strategy, percent, some


class LeadByExample(Strategy):
    """Exemplars are asked to give a stated share before the others choose."""

    exemplars: Share
    """share of leaders asked"""
    example: Share
    """share of the endowment they are asked to give"""
    visibility: Share
    """how visible their giving is"""
    prominence: Share
    """whether they are asked by standing (1) or by lot (0)"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(
            exemplars=self.exemplars,
            example=self.example,
            visibility=self.visibility,
            prominence=self.prominence,
        )

    def in_practice(self, leaders: int) -> str:
        known = ", the best known," if self.prominence > 0.5 else ""
        return (
            f"Each month you ask {some(self.exemplars, leaders)}{known} to give {percent(self.example)} of what they "
            "dispose of before the others choose, and make it known. The others are asked for nothing."
        )
