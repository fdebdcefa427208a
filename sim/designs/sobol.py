"""Sobol sequence, arranged for sensitivity indices: for every point one more per parameter, with that one exchanged.

Saltelli et al. (2010), Computer Physics Communications 181:259-270; SALib. `commonweal analyse` gives the indices.
"""

from typing import Any

from pydantic import Field, field_validator

from sim.designs.design import Columns, Design, columns, ranges, some


class Sobol(Design):
    """points x (parameters + 2) conditions."""

    over: dict[str, Any] | None
    """per parameter its lower and upper end"""
    points_asked: int = Field(alias="points", ge=2, le=1_048_576)
    """points of the sequence, a power of 2"""
    seed: int = Field(ge=0, lt=2**32)
    """root of the lot by which the sequence is scrambled; not of the luck in the runs"""

    @field_validator("over")
    @classmethod
    def _ranges(cls, over: dict[str, Any] | None) -> dict[str, tuple[float, float]]:
        return ranges(some(over))

    @field_validator("points_asked")
    @classmethod
    def _power_of_two(cls, points: int) -> int:
        if points & (points - 1):
            raise ValueError(f"{points} is no power of 2; take {1 << points.bit_length()}")
        return points

    def problem(self) -> dict[str, Any]:
        """The parameters as SALib takes them."""
        assert self.over is not None
        return {"num_vars": len(self.over), "names": list(self.over), "bounds": [list(b) for b in self.over.values()]}

    def points(self) -> Columns:
        from SALib.sample import sobol  # here, because it takes a second to import

        sample = sobol.sample(self.problem(), self.points_asked, calc_second_order=False, seed=self.seed)
        return columns(self.problem()["names"], sample.tolist())
