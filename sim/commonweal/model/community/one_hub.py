"""One hub: a convening organisation that everybody deals with, and little else (a star on a thin ring)."""

import numpy as np
from pydantic import model_validator

from commonweal.model.community.community import Drawn, Edges, Site, mutual, refuse_degree, ring
from commonweal.model.params import Count


class OneHub(Drawn):
    """The first leader is tied to all; the others to their nearest neighbours only."""

    degree: Count
    """ties of a leader to neighbours, besides the hub (even; less than the leaders)"""

    @model_validator(mode="after")
    def _possible(self) -> "OneHub":
        refuse_degree(self.degree, self.leaders)
        return self

    def wire(self, site: Site) -> Edges:
        first, second = ring(site.leaders, len(site.run), self.degree)
        rows = np.arange(len(site.key), dtype=np.int32)
        hubs = rows // site.leaders * site.leaders
        return mutual(np.concatenate((first, rows)), np.concatenate((second, hubs.astype(np.int32))))
