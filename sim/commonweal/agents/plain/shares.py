"""Arithmetic of shares, which modules of the plain twin have in common: a division of a whole is a list of them."""

from collections.abc import Iterable, Sequence
from math import nan


def overlap(one: Sequence[float], other: Sequence[float]) -> float:
    """How far two divisions of a whole coincide, 0..1."""
    return sum([a if a < b else b for a, b in zip(one, other, strict=True)])


def blend(one: Sequence[float], other: Sequence[float], weight: float) -> list[float]:
    """One division moved towards another by a share of the way."""
    return [a + weight * (b - a) for a, b in zip(one, other, strict=True)]


def middle(divisions: Sequence[Sequence[float]]) -> list[float]:
    """The mean of several divisions."""
    return [sum(each) / len(divisions) for each in zip(*divisions, strict=True)]


def clip(share: float) -> float:
    """A share, brought back between 0 and 1."""
    return min(max(share, 0.0), 1.0)


def mean(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """The mean, weighted if need be; nan of nothing."""
    total = len(values) if weights is None else sum(weights)
    if weights is not None:
        values = [value * weight for value, weight in zip(values, weights, strict=True)]
    return sum(values) / total if total else nan


def spread(values: Iterable[float]) -> float:
    """Sum of the differences between all pairs of values: they are sorted, so each counts by its rank."""
    ordered = sorted(values)
    return sum([(2 * rank - len(ordered) + 1) * value for rank, value in enumerate(ordered)])
