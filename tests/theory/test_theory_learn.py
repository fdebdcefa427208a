"""Beliefs by themselves: the fixed point of their update, alone and together with conditional cooperation."""

import numpy as np
import pytest

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


def choosing(stated_gain=1.0, responsiveness=0.0) -> Choose:
    """Conditional cooperation alone: no noise, no misalignment."""
    return Choose(
        stated_gain=stated_gain, matching=0.0, misalignment=0.0, responsiveness=responsiveness, constant=0.0,
        noise=0.0, lasting=0.0, focus=0.0, follow=0.0,
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


@pytest.mark.parametrize(("slope", "intercept"), [(0.0, 0.2), (0.425, 0.0478), (0.74, 0.1)])
def test_belief_and_conditional_cooperation_together(slope, intercept):
    """All give intercept + slope * belief: it settles at (constant + seen * intercept) / (1 - own - seen * slope)."""
    state = team(3)
    state.leaders.belief[:] = 0.49
    state.leaders.slope[:], state.leaders.intercept[:] = slope, intercept
    choose, learn, levers = choosing(), learning(), neutral(state)
    rate = OWN + SEEN * slope
    fixed = (CONSTANT + SEEN * intercept) / (1 - rate)
    for round_ in range(1, 300):
        GAME.form(state, round_)
        choose.lead(state, levers, round_, 1.6)
        choose.choose(state, levers, round_, 1.6)
        given = intercept + slope * state.leaders.belief
        np.testing.assert_allclose(state.leaders.contribution, given, rtol=0, atol=EXACT)
        GAME.produce(state, levers)
        learn.learn(state, round_)
        np.testing.assert_allclose(state.leaders.belief, fixed + rate**round_ * (0.49 - fixed), rtol=0, atol=EXACT)


def test_a_mixed_team_has_the_fixed_point_of_its_linear_system():
    """Slopes D and intercepts a of all kinds, M the mean of others: (I - own - seen M D)^-1 (constant + seen M a)."""
    rng = np.random.default_rng(5)
    n = 6
    state = team(1, n)
    slope, intercept = rng.uniform(0, 0.8, n), rng.uniform(0, 0.2, n)
    state.leaders.slope[:], state.leaders.intercept[:], state.leaders.belief[:] = slope, intercept, rng.random(n)
    others = (np.ones((n, n)) - np.eye(n)) / (n - 1)
    system = np.eye(n) * (1 - OWN) - SEEN * others @ np.diag(slope)
    fixed = np.linalg.solve(system, CONSTANT + SEEN * others @ intercept)
    choose, learn, levers = choosing(), learning(), neutral(state)
    for round_ in range(1, 600):
        GAME.form(state, round_)
        choose.choose(state, levers, round_, 1.6)
        GAME.produce(state, levers)
        learn.learn(state, round_)
    assert ((fixed > 0) & (fixed < 1)).all()
    np.testing.assert_allclose(state.leaders.belief, fixed, rtol=0, atol=EXACT)


def test_perfect_conditional_cooperators_keep_what_they_believe():
    """Slope 1, and weights of what was seen and held that sum to 1: whatever all believe, they give, for good."""
    state = team(11)
    state.leaders.slope[:] = 1.0
    state.leaders.belief[:] = level = np.repeat(np.linspace(0, 1, 11), 4)
    choose, learn, levers = choosing(), learning(0.0, 0.4, 0.6), neutral(state)
    for round_ in range(1, 50):
        GAME.form(state, round_)
        choose.choose(state, levers, round_, 1.6)
        GAME.produce(state, levers)
        learn.learn(state, round_)
    np.testing.assert_allclose(state.leaders.contribution, level, rtol=0, atol=EXACT)
