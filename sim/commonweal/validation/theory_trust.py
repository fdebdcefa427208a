"""Theory of trust: beta reputation with forgetting, asymmetric trust at its stationary point."""

from collections.abc import Iterator

import numpy as np

from commonweal.model.mechanisms.trust.asymmetric import Asymmetric
from commonweal.model.mechanisms.trust.beta_reputation import BetaReputation
from commonweal.validation.gathering import complete, gathering
from commonweal.validation.rows import MACHINE, Row, exact


def trust() -> Iterator[Row]:
    """Every row."""
    yield from remembered()
    yield from stationary_trust()


def remembered() -> Iterator[Row]:
    """Beta reputation with forgetting, against its closed form: sums of outcomes with geometric weights.

    trust_t = (m^t p T_0 + s sum of m^(t-k) o_k) / (m^t p + s sum of m^(t-k)), with o_k the outcome of round k.
    """
    off, evidence = 0.0, 0.0
    for memory, prior, strength in ((0.9, 2.0, 1.0), (0.5, 2.0, 0.4), (1.0, 3.0, 0.7)):
        rng, rounds = np.random.default_rng(3), 60
        state = gathering(np.ones((20, 2, 1)), strength * complete(2))
        state.ties.trust[:] = first = rng.random(40)
        other, good, weight = np.arange(40) ^ 1, np.zeros(40), np.zeros(40)
        reputation = BetaReputation(memory=memory, prior=prior)
        for round_ in range(1, rounds + 1):
            state.leaders.belief[:], state.leaders.contribution[:] = rng.random(40), rng.random(40)
            outcome = np.minimum(state.leaders.contribution[other] / state.leaders.belief, 1.0)
            good, weight = memory * good + strength * outcome, memory * weight + strength
            reputation.update(state)
            faded = memory**round_ * prior
            off = max(off, float(abs(state.ties.trust - (faded * first + good) / (faded + weight)).max()))
            evidence = max(evidence, float(abs(state.ties.evidence / (faded + weight) - 1).max()))
    what, source = "beta reputation with forgetting, three memories", "josang_ismail_2002"
    yield exact(f"{what}: distance from the posterior mean", source, 0.0, off, "share", MACHINE)
    yield exact(f"{what}: relative distance of evidence", source, 0.0, evidence, "share", MACHINE)


def stationary_trust(communities: int = 5000) -> Iterator[Row]:
    """Surprises of either sign with the same chance: mean trust settles at 1 / (1 + asymmetry), whatever its start.

    To four standard errors of the ties, of which there are two in each community.
    """
    for asymmetry in (1.0, 1.5, 3.0):
        rng = np.random.default_rng(11)
        state = gathering(np.ones((communities, 2, 1)), complete(2))
        state.ties.trust[:] = rng.choice([0.0, 1.0], 2 * communities)
        asymmetric = Asymmetric(rate=0.3, asymmetry=asymmetry)
        for _ in range(150):
            state.leaders.belief[:] = 0.5
            state.leaders.contribution[:] = np.where(rng.random(2 * communities) < 0.5, 0.9, 0.1)
            asymmetric.update(state)
        error = float(state.ties.trust.std(ddof=1) / (2 * communities) ** 0.5)
        what = f"mean trust, good and bad surprises equally likely, asymmetry {asymmetry:g}"
        yield exact(what, "by definition", 1 / (1 + asymmetry), float(state.ties.trust.mean()), "share", 4 * error)
