"""Order: the same mix of strategies, begun one after the other in every order there is."""

from itertools import permutations

from pydantic import Field, field_validator

from commonweal.model.params import Share
from commonweal.study.designs.design import NAME, Columns, Design

MOST = 7
"""strategies: 5,040 orders"""


class Order(Design):
    """A condition per order; it wants strategy=portfolio, whose parts begin `gap` rounds apart."""

    strategies: list[str]
    """members of the portfolio; the others stay as they are"""
    gap: int = Field(ge=1, le=10_000)
    """rounds from the beginning of one to the beginning of the next"""
    intensity: Share
    """factor on the doses of each"""

    @field_validator("strategies")
    @classmethod
    def _a_few(cls, strategies: list[str]) -> list[str]:
        if not 2 <= len(set(strategies)) == len(strategies) <= MOST:
            raise ValueError(f"{strategies} must name from 2 to {MOST} strategies, each once")
        return strategies

    def points(self) -> Columns:
        orders = list(permutations(self.strategies))
        found: Columns = {NAME: [" > ".join(order) for order in orders]}
        for name in self.strategies:
            found[f"strategy.parts.{name}.intensity"] = [self.intensity] * len(orders)
            found[f"strategy.parts.{name}.start"] = [1 + self.gap * order.index(name) for order in orders]
        return found
