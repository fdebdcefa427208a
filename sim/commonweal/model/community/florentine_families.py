"""The marriage ties of fifteen Florentine families around 1430 (Padgett & Ansell 1993), as networkx ships them."""

from functools import cache

import networkx

from commonweal.model.community.community_of_roster import CommunityOfRoster
from commonweal.roster import Roster, from_graph


class FlorentineFamilies(CommunityOfRoster):
    """Fifteen families, twenty marriages; the Medici stand between the others."""

    def read(self) -> Roster:
        return _families()


@cache
def _families() -> Roster:
    return from_graph(networkx.florentine_families_graph())
