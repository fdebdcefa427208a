"""Every combination of the listed values of parameters: the grid, or full factorial with any number of levels."""

from itertools import product

from commonweal.study.designs.design import Columns, DesignOfLevels, columns


class Grid(DesignOfLevels):
    """The last parameter named varies fastest."""

    def points(self) -> Columns:
        assert self.over is not None
        return columns(list(self.over), list(product(*self.over.values())))
