"""The ties of one community as a graph of networkx's. It knows nothing of Mesa, whose import takes half a second."""

import networkx

from commonweal.model.community.labels import Labels
from commonweal.model.state import State

NODE = (
    "id", "name", "sector", "group", "present", "seated", "exemplar", "standing", "endowment", "slope", "belief",
    "contribution", "payoff", "overlap", "voice",
)  # fmt: skip
"""attributes of a leader that a node of the graph carries"""


def tie_graph(state: State, names: Labels, island: int = 0) -> networkx.DiGraph:
    """The ties as they are now: an edge i -> j where i attends to j, with `strength` and `trust`, each 0..1.

    Nodes are rows of the state; each carries the attributes in NODE, as plain numbers and text.
    """
    leaders, ties, islands = state.leaders, state.ties, state.islands
    rows = range(int(islands.leader_start[island]), int(islands.leader_start[island + 1]))
    first = int(islands.group_start[island])
    columns = {name: getattr(leaders, name)[rows.start : rows.stop].tolist() for name in NODE[4:]}
    columns |= {"id": names.ids, "name": names.names}
    columns["sector"] = [names.sectors[each] for each in leaders.sector[rows.start : rows.stop]]
    columns["group"] = [names.groups[each - first] for each in leaders.group[rows.start : rows.stop]]
    graph = networkx.DiGraph()
    graph.add_nodes_from((row, {name: columns[name][at] for name in NODE}) for at, row in enumerate(rows))
    for row in rows:
        slots = slice(ties.start[row], ties.start[row + 1])
        each = (column[slots].tolist() for column in (ties.to, ties.strength, ties.trust))
        graph.add_edges_from(
            (row, other, {"strength": strength, "trust": trust})
            for other, strength, trust in zip(*each, strict=True) if other >= 0
        )  # fmt: skip
    return graph
