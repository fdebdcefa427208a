"""Games by themselves, beyond what `commonweal validate` says: limits, what is lost, complementary sectors."""

import numpy as np
import pytest

from commonweal.model.mechanisms.game.ces import Ces
from commonweal.model.mechanisms.game.threshold import Threshold
from commonweal.validation.gathering import gathering, neutral
from commonweal.validation.rows import MACHINE
from commonweal.validation.theory_games import everyone, linear, payoffs, settled_game


def test_threshold_without_provision_is_linear():
    profiles = np.random.default_rng(1).random((40, 5))
    with_point = Threshold(multiplier=2.0, team=0, strangers=False, provision=0.0)
    np.testing.assert_array_equal(payoffs(with_point, profiles), payoffs(linear(0.4, 5), profiles))


def test_threshold_books_what_it_loses():
    profiles = everyone([0.0, 0.5, 1.0], 3)
    state = settled_game(Threshold(multiplier=1.6, team=0, strangers=False, provision=0.5), profiles, 20.0)
    pooled, payoff = profiles.sum(axis=1) * 20, state.leaders.payoff.reshape(profiles.shape).sum(axis=1)
    short = pooled < 30
    np.testing.assert_array_equal(state.islands.wasted, np.where(short, pooled, 0.0))
    np.testing.assert_allclose(payoff, 60 - pooled + np.where(short, 0.0, 1.6 * pooled), rtol=MACHINE)


def outputs(game, gifts: np.ndarray) -> np.ndarray:
    """(B,) joint output of (B, S) gifts, each by the one leader of a sector."""
    communities, sectors = gifts.shape
    state = gathering(np.ones((communities, sectors, 1)))
    start = np.arange(communities)[:, None] * sectors + np.arange(sectors + 1)
    state = state._replace(islands=state.islands._replace(sector_start=start))
    state.leaders.sector[:] = np.tile(np.arange(sectors), communities)
    state.leaders.contribution[:] = gifts.ravel()
    game.form(state, 1)
    game.produce(state, neutral(state))
    return state.teams.output.copy()


def ces(rho: float) -> Ces:
    return Ces(multiplier=3.0, team=0, strangers=False, substitution=rho)


GIFTS = np.random.default_rng(2).uniform(0.05, 1, (60, 4))


def test_ces_of_substitutes_is_linear():
    np.testing.assert_allclose(outputs(ces(1.0), GIFTS), 3 * GIFTS.sum(axis=1), rtol=MACHINE)


@pytest.mark.parametrize("rho", [-2.0, -0.5, 0.3, 0.9])
def test_ces_is_a_power_mean(rho):
    """multiplier * S * (mean of gift^rho)^(1/rho): homogeneous of degree one, and linear where sectors give alike."""
    sectors = GIFTS.shape[1]
    mean = (GIFTS**rho).mean(axis=1) ** (1 / rho)
    np.testing.assert_allclose(outputs(ces(rho), GIFTS), 3 * sectors * mean, rtol=1e-11)
    np.testing.assert_allclose(outputs(ces(rho), GIFTS / 7), outputs(ces(rho), GIFTS) / 7, rtol=1e-11)
    alike = np.repeat(GIFTS[:, :1], sectors, axis=1)
    np.testing.assert_allclose(outputs(ces(rho), alike), 3 * alike.sum(axis=1), rtol=1e-11)


def test_ces_near_zero_is_cobb_douglas():
    """The geometric mean, to the first order in rho: rho / 2 times the variance of log gifts."""
    geometric = 3 * GIFTS.shape[1] * np.exp(np.log(GIFTS).mean(axis=1))
    for rho in (1e-4, -1e-4):
        slope = (outputs(ces(rho), GIFTS) / geometric - 1) / rho
        np.testing.assert_allclose(slope, np.log(GIFTS).var(axis=1) / 2, rtol=0, atol=2e-3)


def test_ces_falls_with_complementarity_and_never_below_the_least():
    """Power means grow with rho, from the least gift (the limit of perfect complements) to the mean."""
    by_rho = [outputs(ces(rho), GIFTS) for rho in (-2.0, -1.0, -0.1, 0.1, 0.5, 1.0)]
    assert (np.diff(by_rho, axis=0) > 0).all()
    assert (by_rho[0] > 3 * GIFTS.shape[1] * GIFTS.min(axis=1)).all()


def test_ces_without_a_sector():
    """Complements yield nothing where a sector gives nothing; substitutes do."""
    gifts = GIFTS.copy()
    gifts[:, 0] = 0.0
    assert (outputs(ces(-0.5), gifts) == 0).all()
    sectors = gifts.shape[1]
    np.testing.assert_allclose(outputs(ces(0.5), gifts), 3 * (np.sqrt(gifts).sum(axis=1) ** 2) / sectors, rtol=1e-11)
    assert (outputs(ces(0.5), np.zeros((2, 4))) == 0).all()
