"""What every community has in common: it names its leaders, and it ties them."""

from abc import abstractmethod
from typing import NamedTuple

import numpy as np

from commonweal.model.kernel import allocating_kernel
from commonweal.model.params import Leaders, Params
from commonweal.roster import Roster


class Site(NamedTuple):
    """Where a batch of communities is to be wired: B communities of n leaders each, L = B * n."""

    run: np.ndarray
    """(B,) uint64, the key of each community's luck"""
    key: np.ndarray
    """(L,) uint64, the identity of each leader"""
    sector: np.ndarray
    """(L,) int32"""
    sectors: int
    leaders: int
    """n, leaders per community"""


class Edges(NamedTuple):
    """Directed ties source -> target (rows of the batch). NaN where strength or trust is not known."""

    source: np.ndarray
    target: np.ndarray
    strength: np.ndarray
    trust: np.ndarray


class Community(Params):
    """A kind of community. Subclasses say how many leaders it has, what is known of them, and who is tied."""

    @property
    @abstractmethod
    def size(self) -> int:
        """Leaders in one community."""

    def roster(self) -> Roster | None:
        """What is known of the leaders; None where all is drawn."""
        return None

    @abstractmethod
    def wire(self, site: Site) -> Edges:
        """The ties of every community of the batch."""


class Drawn(Community):
    """A kind of community of which nothing is known but how many leaders it has: who is tied is drawn."""

    leaders: Leaders
    """leaders in the community"""

    @property
    def size(self) -> int:
        return self.leaders


def refuse_degree(degree: int, leaders: int) -> None:
    """Raise ValueError where leaders cannot have so many ties each, half of them to (or begun by) each side."""
    most = leaders - 1 - (leaders - 1) % 2
    if degree > most:
        raise ValueError(f"degree is {degree}; among {leaders} leaders it can be at most {most}")
    if degree % 2:
        raise ValueError(f"degree is {degree}; it must be even: write {degree - 1}")


def mutual(first: np.ndarray, second: np.ndarray) -> Edges:
    """Edges in both directions for each pair, self-ties and doubles left out, sorted by source and target."""
    rows = max(first.max(initial=-1), second.max(initial=-1)) + 1
    source, target = both_ways(first, second, int(rows))
    unknown = np.broadcast_to(np.nan, source.shape)  # one number: nothing is known of any of them
    return Edges(source, target, unknown, unknown)


@allocating_kernel
def both_ways(first, second, rows):
    """Source and target, below `rows`, of those edges: counted, laid out leader by leader, then laid out once more.

    The second time each leader gives themselves to those they are tied to, one after the other, which sorts them.
    """
    start, end = np.zeros(rows + 1, np.int64), np.zeros(rows, np.int64)
    for row in range(first.shape[0]):
        if first[row] != second[row]:
            start[first[row] + 1] += 1
            start[second[row] + 1] += 1
    for i in range(rows):
        start[i + 1] += start[i]
        end[i] = start[i]
    source, target = np.empty(start[rows], np.int32), np.empty(start[rows], np.int32)
    for row in range(first.shape[0]):
        i, j = first[row], second[row]
        if i != j:
            source[end[i]], source[end[j]] = j, i
            end[i] += 1
            end[j] += 1
    for i in range(rows):
        end[i] = start[i]
    for i in range(rows):
        for row in range(start[i], start[i + 1]):
            target[end[source[row]]] = i
            end[source[row]] += 1
    edges = 0
    for i in range(rows):
        for row in range(start[i], start[i + 1]):
            if row == start[i] or target[row] != target[edges - 1]:
                source[edges], target[edges] = i, target[row]
                edges += 1
    return source[:edges], target[:edges]


@allocating_kernel
def ring(leaders, communities, degree):
    """Pairs (L * degree // 2,) of a ring on which each leader is tied to the `degree` (even) nearest."""
    half = degree // 2
    first = np.empty(leaders * communities * half, np.int32)
    second = np.empty_like(first)
    row = 0
    for island in range(communities):
        for i in range(leaders):
            for step in range(1, half + 1):
                first[row] = island * leaders + i
                second[row] = island * leaders + (i + step) % leaders
                row += 1
    return first, second
