"""Scale-free: newcomers tie themselves to those who have many ties already (Barabasi & Albert 1999)."""

import numpy as np

from sim import luck
from sim.community.community import Community, Edges, Site, mutual
from sim.kernel import kernel
from sim.params import Count, Leaders


class ScaleFree(Community):
    """Leaders join one by one; each ties himself to earlier ones in proportion to their ties."""

    leaders: Leaders
    """leaders in the community"""
    joins: Count
    """ties each newcomer brings (half the mean degree)"""

    @property
    def size(self) -> int:
        return self.leaders

    def wire(self, site: Site) -> Edges:
        return mutual(*_attach(site.run, site.key, site.leaders, max(1, min(self.joins, site.leaders - 1))))


@kernel
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
