"""Luck for all in a batch of communities at once, and what is made of it before the first round."""

import math

import numpy as np

from commonweal.model import luck
from commonweal.model.kernel import kernel


class Draw:
    """Luck for the leaders of a batch: one number for each, from its run and its identity."""

    def __init__(self, run: np.ndarray, key: np.ndarray) -> None:
        self.run = run
        self.island = np.repeat(np.arange(len(run), dtype=np.int32), len(key))
        self.key = np.tile(key, len(run))

    def uniform(self, stream: int, index: int = 0) -> np.ndarray:
        """(L,) numbers in [0, 1)."""
        return uniform(self.run, self.island, self.key, stream, index)

    def normal(self, stream: int, index: int = 0) -> np.ndarray:
        """(L,) standard normal numbers."""
        return normal(self.run, self.island, self.key, stream, index)

    def composition(self, stream: int, issues: int, spread: float) -> np.ndarray:
        """(L, issues) on the simplex, logistic-normal: log ratios with standard deviation `spread` (Aitchison 1986)."""
        weights = exp(spread * np.column_stack([self.normal(stream, issue) for issue in range(issues)]))
        return weights / weights.sum(axis=1, keepdims=True)


def uniform(run, island, key, stream, index):
    """A number in [0, 1) for each key, of the run of its island."""
    out = np.empty(len(key))
    luck.uniform_each(out, run[island], stream, 0, key, index)
    return out


def normal(run, island, key, stream, index):
    """A standard normal number for each key, of the run of its island."""
    out = np.empty(len(key))
    luck.normal_each(out, run[island], stream, 0, key, index)
    return out


def exp(x):
    """exp of each element by the one scalar routine, so that its last bit depends on no vector width."""
    out = np.empty(x.shape)
    exp_each(out.reshape(-1), np.ravel(x))
    return out


@kernel
def exp_each(out, x):
    """The loop of `exp`."""
    for i in range(x.shape[0]):
        out[i] = math.exp(x[i])
