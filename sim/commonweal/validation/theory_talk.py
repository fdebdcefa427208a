"""Theory of talk: DeGroot, Friedkin & Johnsen, Hegselmann & Krause, Deffuant, each by itself."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import networkx
import numpy as np

from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.mechanisms.talk.bounded_confidence import BoundedConfidence
from commonweal.model.mechanisms.talk.deffuant import Deffuant
from commonweal.model.mechanisms.talk.friedkin_johnsen import FriedkinJohnsen
from commonweal.validation.gathering import complete, gathering, neutral, opinions
from commonweal.validation.laboratory import experiment
from commonweal.validation.rows import MACHINE, Row, exact

REGULAR: Final = ((50, Fraction(1, 5), 2, 7), (100, Fraction(1, 20), 9, 19), (100, Fraction(1, 4), 1, 9))
"""regular starts of Hegselmann & Krause: opinions, bound, clusters left, steps until all is still"""


def talk(seeds: int) -> Iterator[Row]:
    """Every row; `seeds` random starts where starts are random."""
    yield from families(0)
    yield from families(1)
    yield from anchored()
    for start in REGULAR:
        yield from regular_start(*start)
    yield from random_starts(seeds)
    yield from pairs(seeds)


def families(self_weight: int) -> Iterator[Row]:
    """DeGroot on the Florentine families: each family's weight in the consensus is its degree over twice the ties.

    Every family begins with an issue of its own, so that the consensus shows all weights at once. With self-loops the
    weight is (degree + 1) / (2 ties + families).
    """
    graph = networkx.florentine_families_graph()
    issues = ",".join(f"issue_{number}" for number in range(15))
    of = experiment(
        "community=florentine_families", f"people.issues=[{issues}]", "talk=degroot", "talk.noise=0",
        f"talk.self_weight={self_weight}", "people.tie_strength=1", "people.trust=1", "people.trust_spread=0",
        "people.trusting_spread=0", "people.own_sector_trust=0",
    )  # fmt: skip
    state = populate(of.community, of.people, of.scenario.conditions, luck.run_keys(1, range(1)))
    state.leaders.priorities[:] = np.eye(15)
    for round_ in range(1, 1001):
        of.talk.talk(state, neutral(state, equality=1.0), round_)
    roster = of.community.roster()
    assert roster is not None
    ties = np.array([graph.degree(name) for name in roster.ids]) + self_weight
    expected, medici = ties / ties.sum(), roster.ids.index("Medici")
    loops = " with self-loops" if self_weight else ""
    weight = float(state.leaders.priorities[0, medici])
    target = f"Medici's weight in the consensus{loops}"
    yield exact(target, "degroot_1974", float(expected[medici]), weight, "share", MACHINE)
    off = float(abs(state.leaders.priorities - expected).max())
    target = f"every family's weight{loops}: largest distance"
    yield exact(target, "degroot_1974", 0.0, off, "share", MACHINE)


def random_ties(rng: np.random.Generator, n: int) -> np.ndarray:
    """A strongly connected web of ties of differing strength: a ring and half of all other ties."""
    ties = rng.random((n, n)) * (rng.random((n, n)) < 0.5)
    ties[np.arange(n), (np.arange(n) + 1) % n] = rng.random(n) + 0.1
    np.fill_diagonal(ties, 0.0)
    return np.minimum(ties, 1.0)


def averaging(ties: np.ndarray, self_weight: float) -> np.ndarray:
    """W: row i is what i's mean is made of."""
    weights = ties + self_weight * np.eye(len(ties))
    return weights / weights.sum(axis=1, keepdims=True)


def anchored() -> Iterator[Row]:
    """Friedkin & Johnsen end at (I - a W)^-1 (1 - a) x0, and come closer by the factor a at least in every round."""
    rng = np.random.default_rng(7)
    n, ties = 15, random_ties(rng, 15)
    first = rng.dirichlet(np.ones(3), n)
    off, late = 0.0, 0.0
    for a in (0.0, 0.3, 0.6, 0.95):
        state = gathering(first[None], ties)
        mechanism = FriedkinJohnsen(noise=0.0, self_weight=2.0, forum_weight=0.0, susceptibility=a)
        fixed = np.linalg.solve(np.eye(n) - a * averaging(ties, 2.0), (1 - a) * first)
        far = abs(first - fixed).max()
        for round_ in range(1, 801):
            mechanism.talk(state, neutral(state), round_)
            late = max(late, float(abs(state.leaders.priorities - fixed).max() - a**round_ * far))
        off = max(off, float(abs(state.leaders.priorities - fixed).max()))
    what, source = "anchored opinions, susceptibility 0 to .95", "friedkin_johnsen_1990"
    yield exact(f"{what}: largest distance from the fixed point", source, 0.0, off, "share", MACHINE)
    yield exact(f"{what}: behind the geometric rate by at most", source, 0.0, late, "share", MACHINE)


def hegselmann_krause(bound: float) -> BoundedConfidence:
    """Bounded confidence as in the paper: equal weights, all the way, no anchor, no noise."""
    return BoundedConfidence(
        noise=0.0, self_weight=1.0, forum_weight=0.0, bound=bound, widening=0.0, speed=1.0, anchoring=0.0
    )


def clusters(line: np.ndarray, apart: float = 1e-6) -> list[int]:
    """Sizes of the clusters of opinions: neighbours on the line within `apart` are in one."""
    cuts = np.flatnonzero(np.diff(np.sort(line)) > apart) + 1
    return np.diff(np.concatenate(([0], cuts, [len(line)]))).tolist()


def regular_start(n: int, bound: Fraction, expected: int, still: int) -> Iterator[Row]:
    """Hegselmann & Krause from opinions 0, 1/(n-1), ..., 1: clusters left, and the step after which all is still."""
    state = gathering(opinions(np.linspace(0, 1, n)[None]), complete(n))
    mechanism, last = hegselmann_krause(float(bound)), 0
    for step in range(1, still + 10):
        before = state.leaders.priorities.copy()
        mechanism.talk(state, neutral(state), step)
        if abs(state.leaders.priorities - before).max() > MACHINE:
            last = step
    what = f"{n} regular opinions, bound {float(bound):g}"
    yield exact(
        f"{what}: clusters",
        "hegselmann_krause_2002",
        expected,
        len(clusters(state.leaders.priorities[:, 0])),
        "clusters",
    )
    yield exact(f"{what}: steps until all is still", "hegselmann_krause_2002", still, last, "steps")


def settled(line: np.ndarray, bound: float) -> tuple[np.ndarray, int]:
    """Where opinions end, by the paper's formula on the sorted line, and after how many steps."""
    for step in range(1000):
        low, high = np.searchsorted(line, line - bound, "left"), np.searchsorted(line, line + bound, "right")
        sums = np.concatenate(([0.0], np.cumsum(line)))
        after = (sums[high] - sums[low]) / (high - low)
        if abs(after - line).max() < MACHINE:
            return line, step
        line = np.sort(after)
    raise AssertionError("opinions have not settled")


def random_starts(seeds: int, n: int = 625) -> Iterator[Row]:
    """Mean surviving clusters of uniform opinions by bound: each start ends where the formula ends it.

    The narrower the bound the more clusters, beyond four standard errors of the starts, and consensus from a bound of
    about .25 on.
    """
    state = gathering(opinions(np.zeros((1, n))), complete(n))
    survive: dict[float, np.ndarray] = {}
    source = "hegselmann_krause_2002"
    for bound in (0.1, 0.2, 0.25, 0.3):
        mechanism, ours, theirs, off = hegselmann_krause(bound), [], [], 0.0
        for seed in range(seeds):
            line = np.sort(np.random.default_rng(seed).random(n))
            end, steps = settled(line, bound)
            state.leaders.priorities[:] = opinions(line)
            for step in range(1, steps + 1):
                mechanism.talk(state, neutral(state), step)
            off = max(off, float(abs(np.sort(state.leaders.priorities[:, 0]) - end).max()))
            ours.append(len(clusters(state.leaders.priorities[:, 0])))
            theirs.append(len(clusters(end)))
        what = f"{n} random opinions, bound {bound:g}, {seeds} starts"
        mean = float(np.mean(ours))
        yield exact(f"{what}: mean clusters", "hegselmann_krause_2002", float(np.mean(theirs)), mean, "clusters")
        yield exact(
            f"{what}: largest distance from where the formula ends", "hegselmann_krause_2002", 0.0, off, "share"
        )
        if bound >= 0.25:
            one = float(np.mean(np.array(ours) == 1))
            yield exact(f"{what}: share in consensus", source, 1.0, one, "share")
        survive[bound] = np.array(ours)
    if seeds > 1:
        for narrow, wide in ((0.1, 0.2), (0.2, 0.25)):
            fewer = survive[narrow] - survive[wide]
            beyond = fewer.mean() > 4 * fewer.std(ddof=1) / seeds**0.5
            what = f"{n} random opinions: bound {narrow:g} leaves surely more than {wide:g} (4 SE)"
            yield exact(what, source, 1.0, float(beyond), "yes or no")


def pairs(seeds: int, n: int = 500) -> Iterator[Row]:
    """Pairwise talk conserves the sum of opinions, and leaves floor(1 / (2 bound)) large clusters."""
    for bound in (0.5, 0.3, 0.2):
        mechanism = Deffuant(noise=0.0, bound=bound, widening=0.0, speed=0.5)
        starts = np.stack([np.random.default_rng(seed).random(n) for seed in range(seeds)])
        state = gathering(opinions(starts))
        state.islands.run[:] = luck.run_keys(1, range(seeds))
        for round_ in range(1, 301):
            mechanism.talk(state, neutral(state), round_)
        ends = state.leaders.priorities[:, 0].reshape(seeds, n)
        drift = float(abs(ends.sum(axis=1) - starts.sum(axis=1)).max())
        large = np.array([sum(size > n / 10 for size in clusters(end, 0.02)) for end in ends])
        yield exact(
            f"pairs, bound {bound:g}: change of the sum of opinions", "deffuant_2000", 0.0, drift, "share", 1e-9
        )
        usual = float(np.median(large))
        yield exact(
            f"pairs, bound {bound:g}: large clusters, median of {seeds}",
            "deffuant_2000",
            int(1 / (2 * bound) + 1e-9),
            usual,
            "clusters",
            0.0,
        )
