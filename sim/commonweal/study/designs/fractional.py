"""Fractional factorial of two levels, 2^(k-p): a fraction of the full factorial in which main effects stand apart.

Of all fractions of the size asked for, the one of highest resolution and, among these, of least aberration is
taken (Fries & Hunter 1980, Technometrics 22:601-608), found by going through all sets of generators.
"""

from itertools import combinations, product
from math import comb

from pydantic import Field

from commonweal.study.designs.design import Columns, DesignOfTwoLevels, columns

MOST_SETS = 300_000
"""sets of generators that are gone through; a second or so"""


class Fractional(DesignOfTwoLevels):
    """k parameters in 2^(k - halvings) conditions."""

    halvings: int = Field(ge=1, le=16)
    """p: how often the full factorial is halved"""

    def points(self) -> Columns:
        """Raises ValueError where there is no such fraction, or too many to go through."""
        assert self.over is not None
        names = list(self.over)
        generators = best_generators(len(names), self.halvings)
        rows = []
        for basis in product((0, 1), repeat=len(names) - self.halvings):
            signs = [*basis, *(_product(basis, each) for each in generators)]
            rows.append([self.over[name][level] for name, level in zip(names, signs, strict=True)])
        return columns(names, rows)


def best_generators(k: int, p: int) -> list[frozenset[int]]:
    """For each of the last p of k parameters, the first ones whose product of signs it is."""
    base = k - p
    words = [frozenset(each) for size in range(base, 1, -1) for each in combinations(range(base), size)]
    if base < 2 or len(words) < p:
        raise ValueError(f"{k} parameters cannot be halved {p} times and be told apart; take fewer halvings")
    if comb(len(words), p) > MOST_SETS:
        raise ValueError(f"the best of {comb(len(words), p):,} fractions is too long to look for; take fewer halvings")
    return list(min(combinations(words, p), key=lambda each: word_lengths(each, base)))


def word_lengths(generators: tuple[frozenset[int], ...] | list[frozenset[int]], base: int) -> list[int]:
    """How many words of the defining relation have 1, 2, 3... letters; the first that is not 0 is the resolution."""
    words = [generator ^ {base + at} for at, generator in enumerate(generators)]
    lengths = [0] * (base + len(words))
    for size in range(1, len(words) + 1):
        for some_ in combinations(words, size):
            whole: frozenset[int] = frozenset()
            for word in some_:
                whole ^= word
            lengths[len(whole) - 1] += 1
    return lengths


def _product(basis: tuple[int, ...], generator: frozenset[int]) -> int:
    """The level, 0 or 1, whose sign is the product of the signs of the levels named."""
    minus = sum(1 - basis[each] for each in generator)
    return 1 - minus % 2
