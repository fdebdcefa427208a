"""Dealing through the best-connected leader of a community."""

import numpy as np

from commonweal.model import luck
from commonweal.model.community.community import Edges
from commonweal.model.community.draw import Draw, uniform


def through_hub(edges: Edges, draw: Draw, share: float) -> Edges:
    """Each tie that does not involve the best-connected leader gives way, with chance `share`, to ties with them."""
    if share == 0:
        return edges
    islands, total = len(draw.run), len(draw.key)
    n = total // islands
    hub = hubs(edges, islands, n)
    low, high = np.minimum(edges.source, edges.target), np.maximum(edges.source, edges.target)
    pair = draw.key[low] * np.uint64(0x9E3779B97F4A7C15) + draw.key[high]
    island = draw.island[edges.source]
    chance = uniform(draw.run, island, pair, luck.HUB, 0)
    at_hub = (edges.source == hub[island]) | (edges.target == hub[island])
    keep = at_hub | (chance >= share)
    rows = np.arange(total, dtype=np.int32)
    tied = np.zeros(total, bool)
    tied[edges.target[edges.source == hub[island]]] = True
    new = rows[~tied & (rows != hub[draw.island])]
    boss = hub[draw.island[new]]
    unknown = np.full(2 * len(new), np.nan)
    source = np.concatenate((edges.source[keep], new, boss))
    target = np.concatenate((edges.target[keep], boss, new))
    order = np.lexsort((target, source))
    return Edges(
        source[order],
        target[order],
        np.concatenate((edges.strength[keep], unknown))[order],
        np.concatenate((edges.trust[keep], unknown))[order],
    )


def hubs(edges: Edges, islands: int, n: int) -> np.ndarray:
    """(B,) row of the best-connected leader of each community."""
    degree = np.bincount(edges.source, minlength=islands * n).reshape(islands, n)
    return (degree.argmax(axis=1) + np.arange(islands) * n).astype(np.int32)
