"""Morris screening: paths through the parameters' ranges on which one parameter at a time takes a step.

Morris (1991), Technometrics 33:161-174; SALib. `commonweal analyse` gives the mean and spread of the steps' effects.
"""

from pydantic import Field, field_validator

from commonweal.extras import need
from commonweal.study.designs.design import Columns, DesignOfRanges, columns


class Morris(DesignOfRanges):
    """paths x (parameters + 1) conditions."""

    paths: int = Field(ge=2, le=100_000)
    """how many paths"""
    levels: int = Field(ge=2, le=100)
    """values of each parameter on the paths, an even number"""
    seed: int = Field(ge=0, lt=2**32)
    """root of the lot by which paths are drawn; not of the luck in the runs"""

    @field_validator("levels")
    @classmethod
    def _even(cls, levels: int) -> int:
        if levels % 2:
            raise ValueError(f"{levels} is odd; take {levels + 1}")
        return levels

    def points(self) -> Columns:
        need("sensitivity", "design=morris")
        from SALib.sample import morris  # here, because it takes a second to import

        sample = morris.sample(self.problem(), self.paths, num_levels=self.levels, seed=self.seed)
        return columns(self.problem()["names"], sample.tolist())
