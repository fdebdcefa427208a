"""Games by themselves: payoffs, dominance, efficiency, equilibria and limits, through the engine's own accounting."""

import itertools

import numpy as np
import pytest

from sim.mechanisms.game.ces import Ces
from sim.mechanisms.game.linear import Linear
from sim.mechanisms.game.threshold import Threshold
from sim.mechanisms.settle import Incentives
from sim.state import State
from sim.validation.gathered import gathered, neutral

EXACT = 1e-12
SETTLE = Incentives(
    recognition_cost=0.0, fine_cost=0.0, fines_returned=0.0, crowding_out=0.0, crowding_in=0.0, adaptation=0.0
)


def payoffs(game, profiles: np.ndarray, endowment: np.ndarray | float = 20.0) -> np.ndarray:
    """(B, n) payoffs of (B, n) profiles of shares given, each profile in a community of its own."""
    return played(game, profiles, endowment).leaders.payoff.reshape(profiles.shape)


def played(game, profiles: np.ndarray, endowment: np.ndarray | float = 20.0) -> State:
    """The state after these gifts were pooled, turned into output and paid out."""
    state = gathered(np.ones((*profiles.shape, 1)))
    state.leaders.endowment[:] = np.broadcast_to(endowment, profiles.shape).ravel()
    state.leaders.contribution[:] = profiles.ravel()
    game.form(state, 1)
    game.produce(state, neutral(state))
    SETTLE.settle(state, neutral(state))
    return state


def everyone(levels, n) -> np.ndarray:
    """Every profile of n leaders who each choose one of the levels."""
    return np.array(list(itertools.product(levels, repeat=n)))


def equilibria(payoff: np.ndarray, profiles: np.ndarray, strict: bool = False) -> set[tuple[float, ...]]:
    """Profiles from which nobody gains by going to another level alone (`strict`: everybody loses)."""
    place = {tuple(profile): row for row, profile in enumerate(profiles)}
    levels = np.unique(profiles)
    found = set()
    for profile, row in place.items():
        stays = True
        for i, level in itertools.product(range(len(profile)), levels):
            if level != profile[i]:
                other = payoff[place[(*profile[:i], level, *profile[i + 1 :])], i]
                stays &= other < payoff[row, i] - EXACT if strict else other <= payoff[row, i] + EXACT
        if stays:
            found.add(profile)
    return found


def linear(mpcr: float, n: int) -> Linear:
    """The linear game in which each of n gets `mpcr` of each unit pooled."""
    return Linear(multiplier=mpcr * n, team=0, strangers=False)


@pytest.mark.parametrize("n", [2, 4, 10])
@pytest.mark.parametrize("mpcr", [0.05, 0.4, 0.75, 1.0, 1.3])
def test_linear_payoff(mpcr, n):
    """payoff_i = e_i - c_i + MPCR * sum(c), whatever everyone has and gives."""
    rng = np.random.default_rng(n)
    shares, endowment = rng.random((50, n)), rng.uniform(1, 40, (50, n))
    given = shares * endowment
    expected = endowment - given + mpcr * given.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(payoffs(linear(mpcr, n), shares, endowment), expected, rtol=EXACT)


@pytest.mark.parametrize("mpcr", [0.3, 0.4, 0.75, 0.99])
def test_linear_dilemma(mpcr):
    """MPCR between 1/n and 1: to give nothing is strictly dominant, and all giving everything is efficient."""
    n, levels = 4, np.linspace(0, 1, 5)
    profiles = everyone(levels, n)
    payoff = payoffs(linear(mpcr, n), profiles)
    given = profiles * 20
    alone = 20 + mpcr * (given.sum(axis=1, keepdims=True) - given)  # had he given nothing
    np.testing.assert_allclose(alone - payoff, (1 - mpcr) * given, rtol=0, atol=1e-11)
    assert equilibria(payoff, profiles) == {(0.0,) * n}
    assert equilibria(payoff, profiles, strict=True) == {(0.0,) * n}
    total = payoff.sum(axis=1)
    assert tuple(profiles[total.argmax()]) == (1.0,) * n
    assert total.max() == pytest.approx(mpcr * n * n * 20, rel=EXACT)
    assert total.min() == pytest.approx(n * 20, rel=EXACT)
    assert (total == total.max()).sum() == 1


@pytest.mark.parametrize(("mpcr", "chosen", "best"), [(0.2, 0.0, 0.0), (1.2, 1.0, 1.0)])
def test_no_dilemma_outside(mpcr, chosen, best):
    """MPCR below 1/n: to keep all is efficient too. Above 1: to give all is dominant too."""
    n, profiles = 4, everyone(np.linspace(0, 1, 5), 4)
    payoff = payoffs(linear(mpcr, n), profiles)
    assert equilibria(payoff, profiles) == {(chosen,) * n}
    assert tuple(profiles[payoff.sum(axis=1).argmax()]) == (best,) * n


@pytest.mark.parametrize(("mpcr", "provision"), [(0.4, 0.25), (0.4, 0.5), (0.75, 0.5), (0.5, 1.0), (0.4, 0.75)])
def test_threshold_equilibria(mpcr, provision):
    """Nobody gives; or all together give just the provision point P, and nobody more than MPCR * P.

    Any more would be kept, any less is lost; who gives more than MPCR * P would rather let the project fail. Found
    among all profiles of four leaders with five levels each. No equilibrium is more efficient than giving everything.
    """
    n, e = 4, 20.0
    profiles = everyone(np.linspace(0, 1, 5), n)
    payoff = payoffs(Threshold(multiplier=mpcr * n, team=0, strangers=False, provision=provision), profiles, e)
    given = profiles * e
    point = provision * n * e
    there = given.sum(axis=1) >= point
    expected = e - given + mpcr * given.sum(axis=1, keepdims=True) * there[:, None]
    np.testing.assert_allclose(payoff, expected, rtol=EXACT)
    just = (given.sum(axis=1) == point) & (given <= mpcr * point).all(axis=1)
    nothing = (given == 0).all(axis=1)
    assert equilibria(payoff, profiles) == {tuple(profile) for profile in profiles[just | nothing]}
    assert just.any()
    total = payoff.sum(axis=1)
    assert tuple(profiles[total.argmax()]) == (1.0,) * n
    assert total[just].min() > total[nothing].item()


def test_threshold_without_provision_is_linear():
    profiles = np.random.default_rng(1).random((40, 5))
    with_point = Threshold(multiplier=2.0, team=0, strangers=False, provision=0.0)
    np.testing.assert_array_equal(payoffs(with_point, profiles), payoffs(linear(0.4, 5), profiles))


def test_threshold_books_what_it_loses():
    profiles = everyone([0.0, 0.5, 1.0], 3)
    state = played(Threshold(multiplier=1.6, team=0, strangers=False, provision=0.5), profiles)
    pooled, payoff = profiles.sum(axis=1) * 20, state.leaders.payoff.reshape(profiles.shape).sum(axis=1)
    short = pooled < 30
    np.testing.assert_array_equal(state.islands.wasted, np.where(short, pooled, 0.0))
    np.testing.assert_allclose(payoff, 60 - pooled + np.where(short, 0.0, 1.6 * pooled), rtol=EXACT)


def outputs(game, gifts: np.ndarray) -> np.ndarray:
    """(B,) joint output of (B, S) gifts, each by the one leader of a sector."""
    communities, sectors = gifts.shape
    state = gathered(np.ones((communities, sectors, 1)))
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
    np.testing.assert_allclose(outputs(ces(1.0), GIFTS), 3 * GIFTS.sum(axis=1), rtol=EXACT)


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
