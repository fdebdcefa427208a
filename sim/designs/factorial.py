"""Full factorial of two levels: every parameter at its lower and at its upper value, in every combination.

By default the parameters are the seven strategies' intensities in a portfolio, off and on: 128 portfolios.
"""

from itertools import product
from typing import Any

from pydantic import field_validator

from sim.designs.design import Columns, Design, columns, levels, some

MOST = 20
"""parameters: a million conditions"""


class Factorial(Design):
    """The first condition has every parameter at its first value; the last parameter named varies fastest."""

    over: dict[str, Any] | None
    """per parameter its two values, first the one that counts as low or off"""

    @field_validator("over")
    @classmethod
    def _levels(cls, over: dict[str, Any] | None) -> dict[str, list[Any]]:
        found = levels(some(over), exactly=2)
        if len(found) > MOST:
            raise ValueError(f"{len(found)} parameters are more than {MOST}; use design=fractional")
        return found

    def points(self) -> Columns:
        assert self.over is not None
        return columns(list(self.over), list(product(*self.over.values())))
