"""Orders: in which mechanisms are switched on one after the other, to see what each adds."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Orders(NamedTuple):
    """Orders in which mechanisms are switched on, one after the other, and the sets of those on that come of them."""

    orders: tuple[tuple[str, ...], ...]
    sets: tuple[frozenset[str], ...]
    """each once; the first is none, the second all"""


def orders_of(names: Sequence[str], pairs: int, seed: int) -> Orders:
    """`pairs` orders by lot, each followed by its reverse; more pairs begin with the same."""
    rng = np.random.default_rng(seed)
    found: list[tuple[str, ...]] = []
    for _ in range(pairs):
        order = tuple(names[int(at)] for at in rng.permutation(len(names)))
        found += [order, order[::-1]]
    sets = [frozenset(), frozenset(names)]
    sets += [frozenset(order[:last]) for order in found for last in range(1, len(order))]
    return Orders(tuple(found), tuple(dict.fromkeys(sets)))
