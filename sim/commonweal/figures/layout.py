"""Where leaders stand in a drawing of their community: the same for the same ties, whoever draws it."""

from itertools import chain

import networkx as nx
import numpy as np

Places = dict[object, tuple[float, float]]

MOST_BY_DISTANCE = 150
"""leaders up to which places are by lengths of paths (Kamada & Kawai 1989), beyond by springs"""


def places(*graphs: nx.DiGraph) -> Places:
    """A place in the unit square for every leader of any of the graphs, by all of their ties together.

    Leaders who give each other much attention, in all graphs and both directions, stand close.
    """
    union = nx.Graph()
    union.add_nodes_from(chain.from_iterable(graphs))
    for graph in graphs:
        for i, j, data in graph.edges(data=True):
            if i != j:
                before = union.get_edge_data(i, j, {}).get("strength", 0.0)
                union.add_edge(i, j, strength=before + _strength(data) / (2 * len(graphs)))
    for *_, data in union.edges(data=True):
        data["distance"] = 1 / (0.1 + data["strength"])
    if len(union) < 2:
        return dict.fromkeys(union, (0.5, 0.5))
    if len(union) <= MOST_BY_DISTANCE:
        found = nx.kamada_kawai_layout(union, dist=_distances(union))
    else:
        found = nx.spring_layout(union, weight="strength", seed=1)
    xy = np.array([found[node] for node in union])
    low, span = xy.min(axis=0), np.ptp(xy, axis=0)
    xy = np.where(span > 1e-9, (xy - low) / np.where(span > 1e-9, span, 1.0), 0.5)
    return {node: (float(x), float(y)) for node, (x, y) in zip(union, xy, strict=True)}


def _strength(tie: dict) -> float:
    """The attention of a tie, half where it is not known."""
    found = tie.get("strength")
    return 0.5 if found is None or found != found else max(float(found), 0.0)


def _distances(graph: nx.Graph) -> dict[object, dict[object, float]]:
    """Lengths of the shortest paths; where there is no path, a little more than the longest there is."""
    known = dict(nx.all_pairs_dijkstra_path_length(graph, weight="distance"))
    longest = max(max(row.values()) for row in known.values()) or 1.0
    return {i: {j: known[i].get(j, 1.2 * longest) for j in graph} for i in graph}
