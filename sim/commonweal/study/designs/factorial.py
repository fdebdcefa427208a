"""Full factorial of two levels: every parameter at its lower and at its upper value, in every combination.

By default the parameters are the strategies' intensities in a portfolio, off and on: of seven 128 portfolios.
"""

from itertools import product
from typing import Any

from pydantic import field_validator

from commonweal.study.designs.design import Columns, DesignOfTwoLevels, columns

MOST = 20
"""parameters: a million conditions"""


class Factorial(DesignOfTwoLevels):
    """The first condition has every parameter at its first value; the last parameter named varies fastest."""

    @field_validator("over")
    @classmethod
    def _a_few(cls, over: dict[str, list[Any]]) -> dict[str, list[Any]]:
        if len(over) > MOST:
            raise ValueError(f"{len(over)} parameters are more than {MOST}; use design=fractional")
        return over

    def points(self) -> Columns:
        assert self.over is not None
        return columns(list(self.over), list(product(*self.over.values())))
