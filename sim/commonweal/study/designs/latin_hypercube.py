"""Latin hypercube: each parameter's range is cut into as many slices as there are points, one point in each.

McKay, Beckman & Conover (1979), Technometrics 21:239-245; scipy.stats.qmc.
"""

from pydantic import Field

from commonweal.study.designs.design import Columns, DesignOfRanges, columns


class LatinHypercube(DesignOfRanges):
    """Points spread evenly over each parameter's range."""

    points_asked: int = Field(alias="points", ge=2, le=1_000_000)
    """how many conditions"""
    seed: int = Field(ge=0, lt=2**63)
    """root of the lot by which points are placed; not of the luck in the runs"""

    def points(self) -> Columns:
        from scipy.stats import qmc  # here, because it takes half a second to import

        assert self.over is not None
        sample = qmc.LatinHypercube(len(self.over), rng=self.seed).random(self.points_asked)
        low, high = zip(*self.over.values(), strict=True)
        return columns(list(self.over), qmc.scale(sample, low, high).tolist())
