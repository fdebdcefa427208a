"""Hierarchy: every leader but the first reports to another; peers under one superior may know each other."""

import numpy as np

from commonweal.model import luck
from commonweal.model.community.community import Drawn, Edges, Site, mutual
from commonweal.model.kernel import allocating_kernel
from commonweal.model.params import Positive, Share


class Hierarchy(Drawn):
    """A tree in which every superior has the same span of control, with ties among peers."""

    span: Positive
    """subordinates per superior"""
    peers: Share
    """chance that two neighbouring peers under one superior are tied"""

    def wire(self, site: Site) -> Edges:
        return mutual(*_tree(site.run, site.key, site.leaders, self.span, self.peers))


@allocating_kernel
def _tree(run, key, leaders, span, peers):
    first = np.empty(run.shape[0] * leaders * 2, np.int32)
    second = np.empty_like(first)
    row = 0
    for island in range(run.shape[0]):
        base = island * leaders
        for i in range(1, leaders):
            first[row], second[row] = base + i, base + (i - 1) // span
            row += 1
            same = i > 1 and (i - 2) // span == (i - 1) // span
            if same and luck.uniform(run[island], luck.WIRING, 0, key[base + i], 0) < peers:
                first[row], second[row] = base + i, base + i - 1
                row += 1
    return first[:row], second[:row]
