"""Eighteen women of a southern town, tied by the social events both attended (Davis, Gardner & Gardner 1941)."""

from functools import cache

import networkx

from commonweal.model.community.community_of_roster import CommunityOfRoster
from commonweal.roster import Roster, from_graph


class DavisClubs(CommunityOfRoster):
    """Ties are as strong as the share of the events of the less busy woman that both attended."""

    def read(self) -> Roster:
        return _women()


@cache
def _women() -> Roster:
    clubs = networkx.davis_southern_women_graph()
    women = sorted(clubs.graph["top"])
    graph = networkx.Graph()
    graph.add_nodes_from(women)
    for place, woman in enumerate(women):
        for other in women[place + 1 :]:
            shared = len(set(clubs[woman]) & set(clubs[other]))
            if shared:
                graph.add_edge(woman, other, strength=shared / min(clubs.degree(woman), clubs.degree(other)))
    return from_graph(graph)
