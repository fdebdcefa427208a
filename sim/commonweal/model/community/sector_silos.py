"""Sector silos: leaders know their own sector far better than the others (homophily)."""

import numpy as np
from pydantic import model_validator

from commonweal.model import luck
from commonweal.model.community.community import Drawn, Edges, Site, mutual, refuse_degree
from commonweal.model.kernel import allocating_kernel
from commonweal.model.params import Count, Multiple


class SectorSilos(Drawn):
    """Ties drawn at random, those within a sector more likely than those across."""

    degree: Count
    """mean ties per leader (even: each begins half of them; less than the leaders)"""
    homophily: Multiple
    """how many times likelier a tie to a given leader of one's own sector is than to one of another"""

    @model_validator(mode="after")
    def _possible(self) -> "SectorSilos":
        refuse_degree(self.degree, self.leaders)
        return self

    def wire(self, site: Site) -> Edges:
        return mutual(*_mix(site.run, site.key, site.sector, site.leaders, self.degree // 2, self.homophily))


@allocating_kernel
def _mix(run, key, sector, leaders, begins, homophily):
    """Each leader begins `begins` ties; a stranger of another sector is turned down with chance 1 - 1/homophily."""
    rows = sector.shape[0] * begins
    first, second = np.empty(rows, np.int32), np.empty(rows, np.int32)
    across = 1.0 / homophily
    row = 0
    for i in range(sector.shape[0]):
        island = i // leaders
        for begin in range(begins):
            j = i
            for attempt in range(64):
                place, chance, _, _ = luck.uniforms(run[island], luck.WIRING, 0, key[i], begin * 64 + attempt)
                j = island * leaders + int(place * leaders)
                if j != i and (sector[j] == sector[i] or chance < across):
                    break
            first[row], second[row] = i, j
            row += 1
    return first, second
