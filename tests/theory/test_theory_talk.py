"""Talk by itself: DeGroot, Friedkin & Johnsen, Hegselmann & Krause, against what is known of them."""

from fractions import Fraction

import networkx
import numpy as np
import pytest
from worlds import keys, start, world

from sim.mechanisms.talk.bounded_confidence import BoundedConfidence
from sim.mechanisms.talk.degroot import Degroot
from sim.mechanisms.talk.friedkin_johnsen import FriedkinJohnsen
from sim.validation.gathered import complete, gathered, neutral, opinions

EXACT = 1e-12


def random_ties(rng, n):
    """A strongly connected web of ties of differing strength: a ring and half of all other ties."""
    ties = rng.random((n, n)) * (rng.random((n, n)) < 0.5)
    ties[np.arange(n), (np.arange(n) + 1) % n] = rng.random(n) + 0.1
    np.fill_diagonal(ties, 0.0)
    return np.minimum(ties, 1.0)


def averaging(ties, self_weight):
    """W: row i is what i's mean is made of."""
    weights = ties + self_weight * np.eye(len(ties))
    return weights / weights.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("self_weight", [0, 1])
def test_degroot_consensus_on_the_florentine_families(self_weight):
    """Each family's weight in the consensus is degree / 2m; with self-loops (degree + 1) / (2m + n).

    Every family begins with an issue of its own, so that the consensus shows all weights at once.
    """
    families = networkx.florentine_families_graph()
    issues = ",".join(f"issue_{number}" for number in range(15))
    of = world(
        "community=florentine_families", f"people.issues=[{issues}]", "talk=degroot", "talk.noise=0",
        f"talk.self_weight={self_weight}", "people.tie_strength=1", "people.trust=1", "people.trust_spread=0",
        "people.own_sector_trust=0",
    )  # fmt: skip
    state = start(of, keys(1))
    state.leaders.priorities[:] = np.eye(15)
    for round_ in range(1, 1001):
        of.talk.talk(state, neutral(state, equality=1.0), round_)
    roster = of.community.roster()
    assert roster is not None
    degree = np.array([families.degree(name) for name in roster.ids])
    expected = (degree + self_weight) / (degree + self_weight).sum()
    np.testing.assert_allclose(state.leaders.priorities, np.tile(expected, (15, 1)), rtol=0, atol=EXACT)
    medici = state.leaders.priorities[0, roster.ids.index("Medici")]
    assert medici == pytest.approx(7 / 55 if self_weight else 6 / 40, abs=EXACT)


@pytest.mark.parametrize("lot", range(5))
def test_degroot_consensus_is_the_left_eigenvector(lot):
    rng = np.random.default_rng(lot)
    n, ties = 12, random_ties(rng, 12)
    state = gathered(rng.dirichlet(np.ones(4), (1, n)), ties)
    before = state.leaders.priorities.copy()
    talk = Degroot(noise=0.0, self_weight=0.5, forum_weight=0.0)
    talk.talk(state, neutral(state), 1)
    matrix = averaging(ties, 0.5)
    np.testing.assert_allclose(state.leaders.priorities, matrix @ before, rtol=0, atol=EXACT)
    for round_ in range(2, 1001):
        talk.talk(state, neutral(state), round_)
    values, vectors = np.linalg.eig(matrix.T)
    weight = np.real(vectors[:, np.argmin(abs(values - 1))])
    consensus = (weight / weight.sum()) @ before
    np.testing.assert_allclose(state.leaders.priorities, np.tile(consensus, (n, 1)), rtol=0, atol=EXACT)


@pytest.mark.parametrize("susceptibility", [0.0, 0.3, 0.6, 0.95])
def test_friedkin_johnsen_fixed_point(susceptibility):
    """(I - a W)^-1 (1 - a) x0, reached at the rate a at least."""
    rng = np.random.default_rng(7)
    n, ties = 15, random_ties(rng, 15)
    state = gathered(rng.dirichlet(np.ones(3), (1, n)), ties)
    before = state.leaders.priorities.copy()
    talk = FriedkinJohnsen(noise=0.0, self_weight=2.0, forum_weight=0.0, susceptibility=susceptibility)
    matrix = averaging(ties, 2.0)
    fixed = np.linalg.solve(np.eye(n) - susceptibility * matrix, (1 - susceptibility) * before)
    far = abs(before - fixed).max()
    for round_ in range(1, 801):
        talk.talk(state, neutral(state), round_)
        assert abs(state.leaders.priorities - fixed).max() <= susceptibility**round_ * far + EXACT
    np.testing.assert_allclose(state.leaders.priorities, fixed, rtol=0, atol=EXACT)


def hegselmann_krause(bound: float) -> BoundedConfidence:
    """Bounded confidence as in the paper: equal weights, all the way, no anchor, no noise."""
    return BoundedConfidence(
        noise=0.0, self_weight=1.0, forum_weight=0.0, bound=bound, widening=0.0, speed=1.0, anchoring=0.0
    )


def exact_step(line: list[Fraction], bound: Fraction) -> tuple[list[Fraction], Fraction]:
    """One step of sorted opinions in exact arithmetic, and the least that any distance differs from the bound by."""
    after, least = [], Fraction(1)
    for here in line:
        heard = [there for there in line if abs(there - here) <= bound]
        least = min(least, *(abs(abs(there - here) - bound) for there in line))
        after.append(sum(heard, Fraction(0)) / len(heard))
    return after, least


@pytest.mark.parametrize(
    ("n", "bound", "clusters", "final"),
    [(50, Fraction(1, 5), 2, 7), (100, Fraction(1, 20), 9, 19), (100, Fraction(1, 4), 1, 9)],
)
def test_hegselmann_krause_regular_starts(n, bound, clusters, final):
    """Opinions 0, 1/(n-1), ..., 1: the final clusters and the steps to them, each step as in exact arithmetic.

    With n = 50 and bound .2 nothing moves after 7 steps, so that all is still from period 8 on if the start is
    period 1. No distance comes near enough to the bound for rounding to decide who is heard.
    """
    line = [Fraction(i, n - 1) for i in range(n)]
    state = gathered(opinions(np.array([line], float)), complete(n))
    talk = hegselmann_krause(float(bound))
    for step in range(1, final + 3):
        before, (line, least) = line, exact_step(line, bound)
        assert least > 1e-5
        talk.talk(state, neutral(state), step)
        np.testing.assert_allclose(state.leaders.priorities, opinions(np.array(line, float)), rtol=0, atol=EXACT)
        assert (line == before) == (step > final)
    assert len(set(line)) == clusters
    assert groups(state.leaders.priorities[:, 0]) == clusters


def groups(line: np.ndarray) -> int:
    """Clusters of opinions, those within 1e-6 being the same."""
    return 1 + int((np.diff(np.sort(line)) > 1e-6).sum())


def settled(line: np.ndarray, bound: float) -> tuple[np.ndarray, int]:
    """Where opinions end, by the paper's formula on the sorted line, and after how many steps."""
    for step in range(1000):
        low, high = np.searchsorted(line, line - bound, "left"), np.searchsorted(line, line + bound, "right")
        sums = np.concatenate(([0.0], np.cumsum(line)))
        after = (sums[high] - sums[low]) / (high - low)
        if abs(after - line).max() < EXACT:
            return line, step
        line = np.sort(after)
    raise AssertionError("opinions have not settled")


@pytest.mark.slow
def test_hegselmann_krause_random_starts():
    """Surviving clusters of 625 uniform opinions, mean over 50 seeds, by bound: consensus from about .25 on.

    Each seed ends where the paper's formula on the sorted line ends it.
    """
    n, seeds, means = 625, 50, {}
    state = gathered(opinions(np.zeros((1, n))), complete(n))
    for bound in (0.1, 0.2, 0.25, 0.3):
        talk, survive = hegselmann_krause(bound), []
        for seed in range(seeds):
            line = np.sort(np.random.default_rng(seed).random(n))
            end, steps = settled(line, bound)
            state.leaders.priorities[:] = opinions(line)
            for step in range(1, steps + 1):
                talk.talk(state, neutral(state), step)
            np.testing.assert_allclose(np.sort(state.leaders.priorities[:, 0]), end, rtol=0, atol=1e-9)
            survive.append(groups(state.leaders.priorities[:, 0]))
        means[bound] = np.mean(survive), np.std(survive, ddof=1) / seeds**0.5
    for wide, narrow in ((0.2, 0.1), (0.25, 0.2)):
        gap = means[narrow][0] - means[wide][0]
        assert gap > 4 * np.hypot(means[narrow][1], means[wide][1])
    assert means[0.25] == means[0.3] == (1.0, 0.0)
