"""Beliefs by themselves: the fixed point of their update, alone and together with conditional cooperation."""

import numpy as np
import pytest
from scipy.optimize import fsolve

from commonweal.model.mechanisms.choose import Choose
from commonweal.model.mechanisms.game.linear import Linear
from commonweal.model.mechanisms.learn import Learn
from commonweal.validation.gathering import gathering, neutral

EXACT = 1e-12
CONSTANT, SEEN, OWN = 0.00589, 0.4148, 0.5689
"""the regression of Fischbacher & Gaechter (2010)"""


def learning(constant=CONSTANT, seen=SEEN, own=OWN) -> Learn:
    """Learning from the team's mean, without erosion of types."""
    return Learn(constant=constant, seen=seen, own=own, public=1.0, quits=0.0, reassured=0.0, returns=0.0)


def choosing(disposition, stated_gain) -> Choose:
    """Conditional cooperation alone: no noise, no misalignment, no returns."""
    return Choose(
        disposition=disposition, temper_spread=0.0, stated_gain=stated_gain, matching=0.0, misalignment=0.0,
        trust_slope=0.0, responsiveness=0.0, group_weight=0.0, deterrence=0.0, provision_weight=0.0,
        commitment_pull=0.0, ownership=0.0, inspiration=0.0, noise=0.0, focus=0.0, follow=0.0,
    )  # fmt: skip


GAME = Linear(multiplier=1.6, team=0, strangers=False)


def team(communities, n=4):
    """Teams of n without ties, with one issue."""
    return gathering(np.ones((communities, n, 1)))


@pytest.mark.parametrize("gift", [0.0, 0.3, 1.0])
def test_belief_in_a_constant_gift(gift):
    """belief_t - fixed = own^t (belief_0 - fixed), fixed = (constant + seen * gift) / (1 - own)."""
    state = team(5)
    state.leaders.belief[:] = first = np.linspace(0, 1, 20)
    state.leaders.contribution[:] = gift
    GAME.form(state, 1)
    GAME.produce(state, neutral(state))
    fixed, learn = (CONSTANT + SEEN * gift) / (1 - OWN), learning()
    assert fixed < 1
    for round_ in range(1, 60):
        learn.learn(state, round_)
        np.testing.assert_allclose(state.leaders.belief, fixed + OWN**round_ * (first - fixed), rtol=0, atol=EXACT)


def logistic(odds):
    return 1 / (1 + np.exp(-odds))


def rounds_of(state, choose, learn, rounds):
    """What was believed before each of these rounds, and what was given."""
    levers = neutral(state)
    for round_ in range(1, rounds + 1):
        GAME.form(state, round_)
        choose.lead(state, levers, round_, 1.6, GAME.hurdle)
        before = state.leaders.belief.copy()
        choose.choose(state, levers, round_, 1.6, GAME.hurdle)
        GAME.produce(state, levers)
        learn.learn(state, round_)
        yield before, state.leaders.contribution


@pytest.mark.parametrize(("slope", "intercept"), [(0.0, 0.2), (0.425, 0.0478), (0.74, 0.1)])
def test_belief_and_conditional_cooperation_together(slope, intercept):
    """All give logistic(a + gain * (intercept + slope * belief)), and near their resting point by its slope there."""
    state = team(3)
    state.leaders.belief[:] = 0.49
    state.leaders.slope[:], state.leaders.intercept[:] = slope, intercept
    belief = 0.49
    for before, given in rounds_of(state, choosing(-1.0, 3.0), learning(), 300):
        np.testing.assert_allclose(before, belief, rtol=0, atol=EXACT)
        gift = logistic(-1.0 + 3.0 * (intercept + slope * belief))
        np.testing.assert_allclose(given, gift, rtol=0, atol=EXACT)
        rate = OWN + SEEN * 3.0 * slope * gift * (1 - gift)
        step, belief = belief, CONSTANT + SEEN * gift + OWN * belief
        assert abs(belief - step) < 1e-13 or rate < 1
    assert abs(belief - (CONSTANT + SEEN * gift) / (1 - OWN)) < 1e-9


def test_a_mixed_team_rests_where_all_its_beliefs_reproduce_themselves():
    """Slopes and intercepts of all kinds, M the mean of others: belief = constant + seen M g(belief) + own belief."""
    rng = np.random.default_rng(5)
    n = 6
    state = team(1, n)
    slope, intercept = rng.uniform(0, 0.8, n), rng.uniform(0, 0.2, n)
    state.leaders.slope[:], state.leaders.intercept[:], state.leaders.belief[:] = slope, intercept, rng.random(n)
    others = (np.ones((n, n)) - np.eye(n)) / (n - 1)

    def off(belief):
        gifts = logistic(-1.0 + 3.0 * np.minimum(intercept + slope * belief, 1))
        return CONSTANT + SEEN * others @ gifts - (1 - OWN) * belief

    fixed = fsolve(off, np.full(n, 0.5), xtol=1e-14)
    assert ((fixed > 0) & (fixed < 1)).all() and abs(off(fixed)).max() < EXACT
    for _ in rounds_of(state, choosing(-1.0, 3.0), learning(), 600):
        pass
    np.testing.assert_allclose(state.leaders.belief, fixed, rtol=0, atol=EXACT)


def test_who_gives_half_at_half_and_believes_so_stays_there_and_leaves_it_if_the_slope_is_steep():
    """At a = -s / 2 a belief of one half reproduces itself; it attracts beliefs up to a slope of 4, repels beyond."""
    for slope, stays in ((3.9, True), (4.4, False)):
        state = team(3)
        state.leaders.slope[:] = 1.0
        state.leaders.belief[:] = np.repeat([0.5, 0.5 - 1e-3, 0.5 + 1e-3], 4)
        for _ in rounds_of(state, choosing(-slope / 2, slope), learning(0.0, 0.4, 0.6), 2000):
            pass
        ends = state.leaders.belief.reshape(3, 4).mean(axis=1)
        assert ends[0] == pytest.approx(0.5, abs=EXACT)
        assert (np.abs(ends[1:] - 0.5) < 1e-4).all() if stays else (np.abs(ends[1:] - 0.5) > 0.2).all()
        assert ends[1] + ends[2] == pytest.approx(1.0, abs=1e-9)
