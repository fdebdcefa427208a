"""Waves: sequential Monte Carlo, where to look next for worlds that look like the community.

The first wave is drawn from the prior. A linear regression of the summaries on the parameters then tells in which few
directions the community says anything at all (those in which summaries move by more than luck); the next wave is drawn
anew along these, about where the community seems to lie, and along all others from the prior, as before. Every world
has a weight, the density of the prior over that of all waves together (`cornuet_2012`), so that whatever the
regression gets wrong costs time and not truth. Directions that were not observed never leave the prior: there is
nothing that could drift.
"""

from typing import Final, NamedTuple

import numpy as np
from scipy.special import logsumexp

LEAST: Final = 0.3
"""of a direction: by how many standard deviations of luck a standard deviation of it moves some summary"""
MOST: Final = 6
"""directions along which is looked"""
WIDER: Final = 2.0
"""times the variance that the regression says is left, so that the tails are looked at too"""
FROM_THE_PRIOR: Final = 0.25
"""share of each later wave that is drawn from the prior all the same: no weight is ever large"""
FARTHEST: Final = 2.5
"""standard deviations from the middle of the prior at which is looked at most"""
LEAST_LUCK: Final = 0.1
"""of a summary's spread over all worlds, the least that its luck is taken for: near, it may always be the same"""
SHRINK: Final = 0.1
"""weight of no correlation in the correlations of luck"""


class Metric(NamedTuple):
    """How far summaries are apart, in luck: the inverse root of their covariance given the parameters."""

    root: np.ndarray
    """(summaries, summaries)"""
    slopes: np.ndarray
    """(summaries, parameters): by how many standard deviations of luck they move"""
    level: np.ndarray
    """(summaries,) at the middle of the prior, in the same unit"""

    def distance(self, summaries: np.ndarray, target: np.ndarray) -> np.ndarray:
        """(...,) of summaries (..., summaries) from those of the community."""
        return np.sqrt((((summaries - target) @ self.root) ** 2).sum(axis=-1))


class Aim(NamedTuple):
    """Where a wave is drawn: along some directions about a place, along all others from the prior."""

    basis: np.ndarray
    """(parameters, q) directions, of length one and at right angles"""
    middle: np.ndarray
    """(q,) the place along them"""
    variance: np.ndarray
    """(q,)"""

    def draw(self, normal: np.ndarray) -> np.ndarray:
        """Worlds of the wave, from as many of the prior, (worlds, parameters); the first of them stay as they are."""
        along = normal @ self.basis
        moved = self.middle + along * np.sqrt(self.variance)
        moved[: round(FROM_THE_PRIOR * len(normal))] = along[: round(FROM_THE_PRIOR * len(normal))]
        return normal + (moved - along) @ self.basis.T

    def log_density(self, normal: np.ndarray) -> np.ndarray:
        """(worlds,) the log of how much likelier the wave is to draw each world than the prior is."""
        if not len(self.middle):
            return np.zeros(len(normal))
        along = normal @ self.basis
        here = -((along - self.middle) ** 2 / self.variance + np.log(self.variance)).sum(axis=1) / 2
        there = -(along**2).sum(axis=1) / 2
        return np.logaddexp(np.log(FROM_THE_PRIOR), np.log1p(-FROM_THE_PRIOR) + here - there)


def metric_of(normal: np.ndarray, summaries: np.ndarray, weights: np.ndarray) -> Metric:
    """From worlds (worlds, parameters), what they came to, (worlds, replicates, summaries), and their weights."""
    mean = summaries.mean(axis=1)
    design = np.column_stack([np.ones(len(normal)), normal])
    weighed = design * weights[:, None] * len(weights)
    held = np.eye(design.shape[1]) * design.shape[1] ** 0.5
    held[0, 0] = 0.0
    fitted = np.linalg.solve(weighed.T @ design + held, weighed.T @ mean)
    off = summaries - (design @ fitted)[:, None]
    covariance = np.einsum("w,wrs,wrt->st", weights, off, off) / off.shape[1]
    own = np.sqrt(np.diag(covariance))
    spread = np.maximum(own, LEAST_LUCK * summaries.reshape(-1, summaries.shape[-1]).std(axis=0))
    correlation = (1 - SHRINK) * covariance / np.outer(spread, spread)
    np.fill_diagonal(correlation, 1.0)
    size, axes = np.linalg.eigh(correlation)
    root = (axes / np.sqrt(size)) @ axes.T / spread[:, None]
    return Metric(root, root.T @ fitted[1:].T, fitted[0] @ root)


def aim_of(metric: Metric, target: np.ndarray) -> Aim:
    """Where to look for worlds with these summaries, as the regression has it."""
    left, size, right = np.linalg.svd(metric.slopes, full_matrices=False)
    kept = np.flatnonzero(size > LEAST)[:MOST]
    rest = 1 / (1 + size[kept] ** 2)
    place = rest * size[kept] * (left[:, kept].T @ (target @ metric.root - metric.level))
    length = float(np.sqrt((place**2).sum()))
    place = place * min(1.0, FARTHEST / max(length, 1e-12))
    return Aim(right[kept].T, place, np.minimum(WIDER * rest, 1.0))


def weights_of(normal: np.ndarray, aims: list[Aim], sizes: list[int]) -> np.ndarray:
    """(worlds,) the density of the prior over that of all waves together, which sum to one. The first is the prior."""
    shares = np.log(np.array(sizes) / sum(sizes))
    ratios = np.stack([np.zeros(len(normal)), *(aim.log_density(normal) for aim in aims)])
    log = -np.asarray(logsumexp(ratios + shares[:, None], axis=0))
    weights = np.exp(log - log.max())
    return weights / weights.sum()
