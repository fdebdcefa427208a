"""Every combination of the listed values of parameters: the grid, or full factorial with any number of levels."""

from itertools import product
from typing import Any

from pydantic import field_validator

from sim.designs.design import Columns, Design, columns, levels, some


class Grid(Design):
    """The last parameter named varies fastest."""

    over: dict[str, Any] | None
    """per parameter or group its values"""

    @field_validator("over")
    @classmethod
    def _levels(cls, over: dict[str, Any] | None) -> dict[str, list[Any]]:
        return levels(some(over))

    def points(self) -> Columns:
        assert self.over is not None
        return columns(list(self.over), list(product(*self.over.values())))
