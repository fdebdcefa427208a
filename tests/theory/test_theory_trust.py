"""Trust by itself, beyond what `commonweal validate` says: ratings without forgetting, limits, surprises by turns."""

import numpy as np
import pytest
from commonweal.model.mechanisms.trust.asymmetric import Asymmetric
from commonweal.model.mechanisms.trust.beta_reputation import BetaReputation

from commonweal.validation.gathering import complete, gathering
from commonweal.validation.rows import MACHINE


def pair(communities, strength=1.0):
    """Two leaders who watch each other, in each of several communities."""
    return gathering(np.ones((communities, 2, 1)), strength * complete(2))


def test_beta_reputation_without_forgetting_is_the_posterior_mean():
    """With memory 1 and the uniform prior: (successes + 1) / (observations + 2), Josang & Ismail's rating."""
    rng = np.random.default_rng(4)
    communities, rounds = 50, 40
    state = pair(communities)
    state.ties.trust[:] = 0.5
    state.leaders.belief[:] = 1.0
    trust, kept = BetaReputation(memory=1.0, prior=2.0), np.zeros(2 * communities)
    for _ in range(rounds):
        state.leaders.contribution[:] = rng.random(2 * communities) < 0.7
        kept += state.leaders.contribution
        trust.update(state)
    np.testing.assert_allclose(
        state.ties.trust, (kept[np.arange(len(kept)) ^ 1] + 1) / (rounds + 2), rtol=0, atol=MACHINE
    )


def test_beta_reputation_forgets_down_to_a_limit():
    """Evidence settles at strength / (1 - memory); a constant outcome becomes the trust."""
    state = pair(3, 0.5)
    state.leaders.belief[:] = 0.8
    state.leaders.contribution[:] = 0.2
    state.ties.trust[:] = 0.9
    trust = BetaReputation(memory=0.8, prior=2.0)
    for _ in range(200):
        trust.update(state)
    np.testing.assert_allclose(state.ties.evidence, 0.5 / 0.2, rtol=MACHINE)
    np.testing.assert_allclose(state.ties.trust, 0.25, rtol=0, atol=MACHINE)


def surprised(state, by):
    """Everyone gives `by` more than was expected of them."""
    state.leaders.belief[:] = 0.5
    state.leaders.contribution[:] = 0.5 + by


@pytest.mark.parametrize("asymmetry", [1.0, 1.5, 3.0])
@pytest.mark.parametrize("rate", [0.1, 0.001])
def test_asymmetric_trust_by_turns(rate, asymmetry):
    """A pleasant surprise and as large a disappointment by turns end in a cycle of two around 1 / (1 + asymmetry).

    With up = rate * surprise and down = asymmetry * up, trust before the pleasant surprise is
    up (1 - down) / (up + down - up down), and one step later that plus up times what is missing.
    """
    up, down = 0.4 * rate, 0.4 * rate * asymmetry
    state = pair(4)
    state.ties.trust[:] = np.linspace(0, 1, 8)
    trust = Asymmetric(rate=rate, asymmetry=asymmetry)
    for _ in range(int(16 / (up + down))):
        surprised(state, 0.4)
        trust.update(state)
        high = state.ties.trust.copy()
        surprised(state, -0.4)
        trust.update(state)
    both = up + down - up * down
    np.testing.assert_allclose(state.ties.trust, up * (1 - down) / both, rtol=0, atol=1e-6)
    np.testing.assert_allclose(high, up / both, rtol=0, atol=1e-6)
    middle, point = (state.ties.trust + high) / 2, 1 / (1 + asymmetry)
    np.testing.assert_allclose(middle, (up - up * down / 2) / both, rtol=0, atol=1e-6)
    assert abs(middle - point).max() <= down


@pytest.mark.parametrize("asymmetry", [1.5, 3.0])
def test_a_disappointment_weighs_as_many_times_more(asymmetry):
    """At trust one half, a surprise of the same size moves trust `asymmetry` times as far down as up."""
    moved = {}
    for by in (0.3, -0.3):
        state = pair(1)
        state.ties.trust[:] = 0.5
        surprised(state, by)
        Asymmetric(rate=0.2, asymmetry=asymmetry).update(state)
        moved[by] = state.ties.trust[0] - 0.5
    assert moved[-0.3] == pytest.approx(-asymmetry * moved[0.3], rel=MACHINE)
