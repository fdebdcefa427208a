"""Scale-free: newcomers tie themselves to those who have many ties already (Barabasi & Albert 1999)."""

import numpy as np
from pydantic import model_validator

from commonweal.model import luck
from commonweal.model.community.community import Drawn, Edges, Site, mutual
from commonweal.model.kernel import allocating_kernel
from commonweal.model.params import Positive


class ScaleFree(Drawn):
    """Leaders join one by one; each is tied to earlier ones in proportion to their ties."""

    joins: Positive
    """ties each newcomer brings (half the mean degree; less than the leaders)"""

    @model_validator(mode="after")
    def _possible(self) -> "ScaleFree":
        if self.joins >= self.leaders:
            raise ValueError(
                f"joins is {self.joins}; among {self.leaders} leaders it can be at most {self.leaders - 1}"
            )
        return self

    def wire(self, site: Site) -> Edges:
        return mutual(*_attach(site.run, site.key, site.leaders, self.joins))


@allocating_kernel
def _attach(run, key, leaders, joins):
    """Pairs of leaders; a tie drawn twice is one tie."""
    first = np.empty(run.shape[0] * (leaders - 1) * joins, np.int32)
    second = np.empty_like(first)
    row = 0
    for island in range(run.shape[0]):
        begin, base = row, island * leaders
        for i in range(1, leaders):
            ends = 2 * (row - begin)
            for join in range(joins):
                pick, _, _, _ = luck.uniforms(run[island], luck.WIRING, 0, key[base + i], join)
                end = int(pick * ends)
                first[row] = base + i
                if ends == 0:
                    second[row] = base
                elif end % 2 == 0:
                    second[row] = first[begin + end // 2]
                else:
                    second[row] = second[begin + end // 2]
                row += 1
    return first, second
