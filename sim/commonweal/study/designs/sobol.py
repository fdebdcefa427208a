"""Sobol sequence, arranged for sensitivity indices: for every point one more per parameter, with that one exchanged.

Saltelli et al. (2010), Computer Physics Communications 181:259-270; SALib. `commonweal analyse` gives the indices.
"""

from pydantic import Field, field_validator

from commonweal.extras import need
from commonweal.study.designs.design import Columns, DesignOfRanges, columns


class Sobol(DesignOfRanges):
    """points x (parameters + 2) conditions."""

    points_asked: int = Field(alias="points", ge=2, le=1_048_576)
    """points of the sequence, a power of 2"""
    seed: int = Field(ge=0, lt=2**32)
    """root of the lot by which the sequence is scrambled; not of the luck in the runs"""

    @field_validator("points_asked")
    @classmethod
    def _power_of_two(cls, points: int) -> int:
        if points & (points - 1):
            raise ValueError(f"{points} is no power of 2; take {1 << points.bit_length()}")
        return points

    def points(self) -> Columns:
        need("sensitivity", "design=sobol")
        from SALib.sample import sobol  # here, because it takes a second to import

        sample = sobol.sample(self.problem(), self.points_asked, calc_second_order=False, seed=self.seed)
        return columns(self.problem()["names"], sample.tolist())
