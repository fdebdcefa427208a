"""Small world: neighbours know each other, and a few ties reach far (Watts & Strogatz 1998)."""

from pydantic import model_validator

from commonweal.model import luck
from commonweal.model.community.community import Drawn, Edges, Site, mutual, refuse_degree, ring
from commonweal.model.kernel import kernel
from commonweal.model.params import Count, Share


class SmallWorld(Drawn):
    """A ring on which each leader is tied to their nearest neighbours, some ties rewired to anyone."""

    degree: Count
    """mean ties per leader (even; less than the leaders)"""
    rewire: Share
    """share of ties rewired to a leader drawn at random"""

    @model_validator(mode="after")
    def _possible(self) -> "SmallWorld":
        refuse_degree(self.degree, self.leaders)
        return self

    def wire(self, site: Site) -> Edges:
        first, second = ring(site.leaders, len(site.run), self.degree)
        _rewire(first, second, site.run, site.key, site.leaders, self.rewire)
        return mutual(first, second)


@kernel
def _rewire(first, second, run, key, leaders, share):
    half = first.shape[0] // key.shape[0]
    for row in range(first.shape[0]):
        i = first[row]
        island = i // leaders
        chance, place, _, _ = luck.uniforms(run[island], luck.WIRING, 0, key[i], row % half)
        if chance < share:
            second[row] = island * leaders + int(place * leaders)
