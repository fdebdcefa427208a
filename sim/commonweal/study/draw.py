"""Draw: what a world of an ensemble has in the place of conf's numbers, and what numbers may be drawn."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

OF_A_STRATEGY: Final = "strategy/"
"""how a name begins that is of one strategy only: `strategy/inclusion.seats`"""


class Assumption(NamedTuple):
    """A number of conf that no evidence gives, and the range in which it is moved."""

    name: str
    """as conf has it, with the strategy's name before what is a strategy's own: `strategy/inclusion.seats`"""
    value: float
    low: float
    high: float

    @property
    def contested(self) -> bool:
        """Whether it may be 0, though it is not: evidence disagrees on whether its channel exists at all."""
        return bool(self.value) and self.low == 0.0


class Draw(NamedTuple):
    """A world of an ensemble."""

    values: Mapping[str, float]
    """by the names of assumptions"""
    weight: float = 1.0
    """how likely it is beside the others; in proportion"""

    def changes(self, strategy: str, values: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
        """What it changes where a strategy acts: paths of parameters, and values.

        strategy: the name of the one that acts; values: of its file, with its `members` if it is a portfolio. What
        belongs to another strategy changes nothing.
        """
        for name, value in self.values.items():
            owner, _, rest = name.removeprefix(OF_A_STRATEGY).partition(".")
            if not name.startswith(OF_A_STRATEGY):
                yield name, value
            elif owner == strategy:
                yield f"strategy.{rest}", value
            elif owner in (values.get("members") or {}):
                yield f"strategy.members.{owner}.{rest}", value
