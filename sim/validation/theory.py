"""Theory: exact results that each mechanism must reproduce by itself, everything else off."""

from collections.abc import Iterator
from fractions import Fraction

import networkx
import numpy as np

from sim import luck
from sim.community.populate import populate
from sim.mechanisms.game.linear import Linear
from sim.mechanisms.game.threshold import Threshold
from sim.mechanisms.talk.bounded_confidence import BoundedConfidence
from sim.mechanisms.talk.deffuant import Deffuant
from sim.mechanisms.talk.friedkin_johnsen import FriedkinJohnsen
from sim.mechanisms.trust.asymmetric import Asymmetric
from sim.mechanisms.trust.beta_reputation import BetaReputation
from sim.validation.gathered import complete, gathered, neutral, opinions
from sim.validation.laboratory import experiment
from sim.validation.rows import Row, exact

MACHINE = 1e-12


def theory(seeds: int) -> Iterator[Row]:
    """Every row; `seeds` random starts where starts are random."""
    yield medici(0)
    yield medici(1)
    yield anchored()
    for n, bound, clusters, still in (
        (50, Fraction(1, 5), 2, 7),
        (100, Fraction(1, 20), 9, 19),
        (100, Fraction(1, 4), 1, 9),
    ):
        yield from regular_start(n, bound, clusters, still)
    yield from random_starts(seeds)
    yield from pairs(seeds)
    yield remembered()
    yield from stationary_trust()
    yield from linear_game()
    yield from threshold_game()


def medici(self_weight: int) -> Row:
    """DeGroot on the Florentine families: each family's weight in the consensus is its degree over twice the ties."""
    families = networkx.florentine_families_graph()
    issues = ",".join(f"issue_{number}" for number in range(15))
    of = experiment(
        "community=florentine_families", f"people.issues=[{issues}]", "talk=degroot", "talk.noise=0",
        f"talk.self_weight={self_weight}", "people.tie_strength=1", "people.trust=1", "people.trust_spread=0",
        "people.own_sector_trust=0",
    )  # fmt: skip
    state = populate(of.community, of.people, of.scenario.conditions, luck.run_keys(1, range(1)))
    state.leaders.priorities[:] = np.eye(15)
    for round_ in range(1, 1001):
        of.talk.talk(state, neutral(state, equality=1.0), round_)
    roster = of.community.roster()
    assert roster is not None
    weight = float(state.leaders.priorities[0, roster.ids.index("Medici")])
    degree = families.degree("Medici") + self_weight
    expected = degree / (2 * families.number_of_edges() + 15 * self_weight)
    loops = " with self-loops" if self_weight else ""
    return exact(f"Medici's weight in the consensus{loops}", "degroot_1974", expected, weight, "share", MACHINE)


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


def anchored() -> Row:
    """Friedkin & Johnsen end at (I - a W)^-1 (1 - a) x0."""
    rng = np.random.default_rng(7)
    n, ties, a = 15, random_ties(rng, 15), 0.6
    state = gathered(rng.dirichlet(np.ones(3), (1, n)), ties)
    before = state.leaders.priorities.copy()
    talk = FriedkinJohnsen(noise=0.0, self_weight=2.0, forum_weight=0.0, susceptibility=a)
    for round_ in range(1, 801):
        talk.talk(state, neutral(state), round_)
    fixed = np.linalg.solve(np.eye(n) - a * averaging(ties, 2.0), (1 - a) * before)
    off = float(abs(state.leaders.priorities - fixed).max())
    return exact("largest distance from the anchored fixed point", "friedkin_johnsen_1990", 0.0, off, "share", MACHINE)


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
    state = gathered(opinions(np.linspace(0, 1, n)[None]), complete(n))
    talk, last = hegselmann_krause(float(bound)), 0
    for step in range(1, still + 10):
        before = state.leaders.priorities.copy()
        talk.talk(state, neutral(state), step)
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
    """Mean surviving clusters of uniform opinions against the formula's; consensus from a bound of about .25 on."""
    state = gathered(opinions(np.zeros((1, n))), complete(n))
    for bound in (0.1, 0.2, 0.25, 0.3):
        talk, ours, theirs = hegselmann_krause(bound), [], []
        for seed in range(seeds):
            line = np.sort(np.random.default_rng(seed).random(n))
            end, steps = settled(line, bound)
            state.leaders.priorities[:] = opinions(line)
            for step in range(1, steps + 1):
                talk.talk(state, neutral(state), step)
            ours.append(len(clusters(state.leaders.priorities[:, 0])))
            theirs.append(len(clusters(end)))
        what = f"{n} random opinions, bound {bound:g}, {seeds} starts: mean clusters"
        yield exact(what, "hegselmann_krause_2002", float(np.mean(theirs)), float(np.mean(ours)), "clusters")
        if bound >= 0.25:
            all_one = f"{n} random opinions, bound {bound:g}: share of starts that end in consensus"
            yield exact(all_one, "hegselmann_krause_2002", 1.0, float(np.mean(np.array(ours) == 1)), "share")


def pairs(seeds: int, n: int = 500) -> Iterator[Row]:
    """Pairwise talk conserves the sum of opinions, and leaves floor(1 / (2 bound)) large clusters."""
    for bound in (0.5, 0.3, 0.2):
        talk = Deffuant(noise=0.0, self_weight=1.0, forum_weight=0.0, bound=bound, widening=0.0, speed=0.5)
        starts = np.stack([np.random.default_rng(seed).random(n) for seed in range(seeds)])
        state = gathered(opinions(starts))
        state.islands.run[:] = luck.run_keys(1, range(seeds))
        for round_ in range(1, 301):
            talk.talk(state, neutral(state), round_)
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


def remembered() -> Row:
    """Beta reputation with forgetting, against its closed form: sums of outcomes with geometric weights."""
    rng, memory, prior, rounds = np.random.default_rng(3), 0.9, 2.0, 60
    state = gathered(np.ones((20, 2, 1)), complete(2))
    state.ties.trust[:] = first = rng.random(40)
    other, good, weight = np.arange(40) ^ 1, np.zeros(40), np.zeros(40)
    trust = BetaReputation(memory=memory, prior=prior)
    for _ in range(rounds):
        state.leaders.belief[:], state.leaders.contribution[:] = rng.random(40), rng.random(40)
        outcome = np.minimum(state.leaders.contribution[other] / state.leaders.belief, 1.0)
        good, weight = memory * good + outcome, memory * weight + 1.0
        trust.update(state)
    faded = memory**rounds * prior
    off = float(abs(state.ties.trust - (faded * first + good) / (faded + weight)).max())
    return exact(
        "largest distance from the posterior mean with forgetting", "josang_ismail_2002", 0.0, off, "share", MACHINE
    )


def stationary_trust() -> Iterator[Row]:
    """Surprises of either sign with the same chance: mean trust settles at 1 / (1 + asymmetry); 4 standard errors."""
    for asymmetry in (1.0, 1.5, 3.0):
        rng = np.random.default_rng(11)
        state = gathered(np.ones((5000, 2, 1)), complete(2))
        state.ties.trust[:] = 0.5
        trust = Asymmetric(rate=0.3, asymmetry=asymmetry)
        state.leaders.belief[:] = 0.5
        for _ in range(150):
            state.leaders.contribution[:] = np.where(rng.random(10_000) < 0.5, 0.9, 0.1)
            trust.update(state)
            state.leaders.belief[:] = 0.5
        error = float(state.ties.trust.std(ddof=1) / 100)
        what = f"mean trust where good and bad surprises are equally likely, asymmetry {asymmetry:g}"
        yield exact(what, "by definition", 1 / (1 + asymmetry), float(state.ties.trust.mean()), "share", 4 * error)


def payoffs(game: Linear | Threshold, gifts: np.ndarray) -> np.ndarray:
    """(B, n) what everyone has in the end who is endowed with 1 MU, for (B, n) gifts."""
    state = gathered(np.ones((*gifts.shape, 1)))
    state.leaders.contribution[:] = gifts.ravel()
    game.produce(state, neutral(state))
    return (state.leaders.kept + state.leaders.returned).reshape(gifts.shape)


def linear_game() -> Iterator[Row]:
    """payoff = e - c + MPCR * sum(c); between 1/n and 1 the MPCR makes nothing dominant and everything efficient."""
    n, mpcr = 4, 0.4
    game = Linear(multiplier=n * mpcr, team=0, strangers=False)
    gifts = np.random.default_rng(5).random((200, n))
    off = float(abs(payoffs(game, gifts) - (1 - gifts + mpcr * gifts.sum(axis=1, keepdims=True))).max())
    yield exact("payoff of the linear game", "isaac_walker_1988", 0.0, off, "MU", MACHINE)
    nothing = gifts.copy()
    nothing[:, 0] = 0.0
    gain = (payoffs(game, nothing) - payoffs(game, gifts))[:, 0] / gifts[:, 0]
    yield exact(
        "what a MU not given gains its owner, least and most", "ledyard_1995", 1 - mpcr, float(gain.min()), "MU"
    )
    yield exact("what a MU not given gains its owner, most", "ledyard_1995", 1 - mpcr, float(gain.max()), "MU")
    best = float(payoffs(game, np.ones((1, n))).sum())
    yield exact("most a group can earn: all give everything", "ledyard_1995", n * n * mpcr, best, "MU")


def threshold_game() -> Iterator[Row]:
    """Where all together just reach the point, or nobody gives, nobody gains by giving another amount."""
    n, mpcr, point = 4, 0.4, 0.5
    game = Threshold(multiplier=n * mpcr, team=0, strangers=False, provision=point)
    for what, share in (("at the provision point", point), ("where nobody gives", 0.0)):
        start = np.full((1, n), share)
        here = payoffs(game, start)[0, 0]
        deviations = np.repeat(start, 101, axis=0)
        deviations[:, 0] = np.linspace(0, 1, 101)
        gain = float((payoffs(game, deviations)[:, 0] - here).max())
        yield exact(
            f"threshold game, {what}: most that one gains by himself", "isaac_schmidtz_walker_1989", 0.0, gain, "MU"
        )
