"""Rivals: what would change the answer. The nearest worlds in which another strategy wins, in words."""

from typing import Final, NamedTuple

import numpy as np

from commonweal.fitting.future import Future
from commonweal.fitting.prior import Prior

NAMED: Final = 3
"""parameters by which worlds in which a rival wins are told"""
HELD: Final = 0.5
"""how firmly slopes are held to 0, in worlds for each parameter: there are more parameters than can be told apart"""


class Difference(NamedTuple):
    """A number in which worlds where a rival wins are not as the ensemble is."""

    name: str
    words: str
    here: float
    """its median over the ensemble"""
    there: float
    """in the nearest world where the rival wins"""


class Rival(NamedTuple):
    """Another strategy, and where it would be the better choice."""

    strategy: str
    share: float
    """of the worlds in which it is better than the one that is best on the mean"""
    by: float
    """by how much in the nearest of them, MU per person and month"""
    differences: tuple[Difference, ...]


def rivals(ahead: Future, strategies: tuple[str, ...], prior: Prior) -> list[Rival]:
    """Every strategy that wins somewhere against the one that is best on the mean, the nearest to it first."""
    worlds = ahead.net.mean(axis=1)
    best = int(worlds.mean(axis=0).argmax())
    places = prior.places(ahead.normal)
    values = prior.values(ahead.normal)
    found = []
    for other, name in enumerate(strategies):
        gain = worlds[:, other] - worlds[:, best]
        if other == best or not (gain > 0).any():
            continue
        slopes = _slopes(places, gain)
        leading = np.argsort(-np.abs(slopes), kind="stable")[:NAMED]
        winners = np.flatnonzero(gain > 0)
        nearest = winners[int(np.abs((places[winners] - np.median(places, axis=0))[:, leading]).max(axis=1).argmin())]
        differences = tuple(
            Difference(prior.names[at], prior.unknown[at].meaning, float(np.median(values[:, at])),
                       float(values[nearest, at]))
            for at in leading
        )  # fmt: skip
        found.append(Rival(name, len(winners) / len(gain), float(gain[nearest]), differences))
    return sorted(found, key=lambda each: -each.share)


def _slopes(places: np.ndarray, gain: np.ndarray) -> np.ndarray:
    """(parameters,) how the gain of a rival moves with each, by ridge regression."""
    centred, moved = places - places.mean(axis=0), gain - gain.mean()
    held = HELD * len(gain) * np.eye(places.shape[1])
    return np.linalg.solve(centred.T @ centred + held, centred.T @ moved)
