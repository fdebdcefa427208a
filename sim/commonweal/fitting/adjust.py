"""Accepted worlds: the nearest of all that were played, moved to where they would look the same as the community.

Regression adjustment (`beaumont_zhang_balding_2002`): local linear, with weights that fall with the distance
(Epanechnikov), in the standard normal numbers of the prior, so that no world leaves its bounds.
"""

from typing import Final, NamedTuple

import numpy as np

from commonweal.fitting.waves import Metric

STEPS: Final = 120
"""distances that are tried"""


class Accepted(NamedTuple):
    """Worlds that look like the community."""

    normal: np.ndarray
    """(worlds, parameters) standard normal numbers of the prior"""
    weight: np.ndarray
    """(worlds,) which sum to one"""
    radius: float
    """the largest distance that was accepted, in standard deviations of luck over all summaries together"""
    effective: float
    """how many worlds of equal weight tell as much"""


def effective(weights: np.ndarray) -> float:
    """How many draws of equal weight tell as much (Kish)."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def accept(
    normal: np.ndarray, summaries: np.ndarray, weights: np.ndarray, metric: Metric, target: np.ndarray, worlds: int
) -> Accepted:
    """The nearest worlds, as many as tell as much as `worlds` of equal weight, adjusted.

    normal: (N, parameters). summaries: (N, replicates, summaries). weights: (N,). target: (summaries,).
    """
    distance = metric.distance(summaries, target)
    radius = _radius(distance, weights, worlds)
    near = np.maximum(1 - (distance / radius) ** 2, 0.0) * weights[:, None]
    of, replicate = np.nonzero(near)
    kept = near[of, replicate] / near.sum()
    off = (summaries[of, replicate] - target) @ metric.root
    moved = _adjusted(normal[of], off, kept, min(effective(near.sum(axis=1)), len(of)))
    return Accepted(moved, kept, float(radius), effective(near.sum(axis=1)))


def drawn(accepted: Accepted, count: int) -> np.ndarray:
    """(count,) accepted worlds by number, each as often as its weight has it (systematic, so that no lot is needed)."""
    places = (np.arange(count) + 0.5) / count
    return np.minimum(np.searchsorted(np.cumsum(accepted.weight), places), len(accepted.weight) - 1)


def quantiles(values: np.ndarray, weights: np.ndarray, shares: tuple[float, ...]) -> np.ndarray:
    """(shares, ...) weighted quantiles along the first axis."""
    order = np.argsort(values, axis=0)
    sorted_ = np.take_along_axis(values, order, axis=0)
    below = np.cumsum(weights[order], axis=0) - weights[order] / 2
    columns = [np.interp(shares, below[:, at], sorted_[:, at]) for at in range(values.shape[1])]
    return np.column_stack(columns) if columns else np.empty((len(shares), 0))


def _radius(distance: np.ndarray, weights: np.ndarray, worlds: int) -> float:
    """The least distance within which there are enough worlds; the largest there is, where there never are.

    Farther out there may be fewer again, by weight: where few worlds of the prior count as much as all that are near.
    """
    shares = np.geomspace(min(worlds / distance.size, 1.0), 1.0, STEPS)
    for radius in np.quantile(distance, shares) * (1 + 1e-9):
        near = np.maximum(1 - (distance / radius) ** 2, 0.0).sum(axis=1) * weights
        if near.any() and effective(near) >= worlds:
            return float(radius)
    return float(distance.max()) * (1 + 1e-9)


def _adjusted(normal: np.ndarray, off: np.ndarray, weights: np.ndarray, count: float) -> np.ndarray:
    """Worlds less what the regression on how far off they are says, and with the spread that it takes by luck alone.

    The spread of a parameter of which nothing was seen would else be too small by a part in as many as are accepted.
    """
    design = np.column_stack([np.ones(len(off)), off])
    weighed = design * weights[:, None]
    fitted = np.linalg.lstsq(weighed.T @ design, weighed.T @ normal, rcond=1e-10)[0]
    middle = fitted[0]
    rest = normal - design @ fitted
    free = max(count - design.shape[1], 1.0)
    return middle + rest * np.sqrt(count / free)
