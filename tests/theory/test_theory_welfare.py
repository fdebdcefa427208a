"""Welfare by itself: what a group has of the MU spent for it, as a CES aggregate over issues (Arrow et al. 1961)."""

from typing import NamedTuple

import numpy as np
import pytest

from commonweal.model.mechanisms import settle
from commonweal.validation.gathering import gathering

EXACT = 1e-12
COMMUNITIES, LEADERS, ISSUES = 40, 4, 3


class Welfare(NamedTuple):
    """Of each of the groups, MU per person."""

    joint: np.ndarray
    own: np.ndarray
    whole: np.ndarray


class Spent(NamedTuple):
    """What is spent in communities of one group of as many people as leaders."""

    need: np.ndarray
    """(B, K)"""
    agenda: np.ndarray
    """(B, K)"""
    priorities: np.ndarray
    """(B, n, K)"""
    kept: np.ndarray
    """(B, n) MU"""
    returned: np.ndarray
    """(B,) MU for each leader"""


def spent(lot: int) -> Spent:
    """Something by lot."""
    rng = np.random.default_rng(lot)
    simplex, each = np.ones(ISSUES), (COMMUNITIES, LEADERS)
    return Spent(rng.dirichlet(simplex, COMMUNITIES), rng.dirichlet(simplex, COMMUNITIES), rng.dirichlet(simplex, each),
                 rng.uniform(0, 3, each), rng.uniform(0, 3, COMMUNITIES))  # fmt: skip


def served(what: Spent, substitution: float) -> Welfare:
    state = gathering(what.priorities)
    state.groups.need[:], state.islands.agenda[:] = what.need, what.agenda
    state.leaders.kept[:], state.leaders.returned[:] = what.kept.ravel(), np.repeat(what.returned, LEADERS)
    settle.serve(state, substitution)
    groups = state.groups
    return Welfare(groups.joint.copy(), groups.own.copy(), groups.welfare.copy())


def there(what: Spent) -> np.ndarray:
    """(B, K) MU per person on each issue."""
    own = (what.kept[:, :, None] * what.priorities).sum(axis=1) / LEADERS
    return own + what.returned[:, None] * what.agenda


EVERY = pytest.mark.parametrize("substitution", [0.05, 0.25, 0.5, 0.9, 1.0])


@EVERY
def test_what_is_spent_as_it_is_needed_is_worth_itself(substitution):
    what = spent(1)
    fitting = what._replace(agenda=what.need, priorities=np.repeat(what.need[:, None], LEADERS, axis=1))
    found = served(fitting, substitution)
    np.testing.assert_allclose(found.whole, fitting.kept.mean(axis=1) + fitting.returned, rtol=1e-11)
    np.testing.assert_allclose(found.joint, fitting.returned, rtol=1e-11)
    np.testing.assert_allclose(found.own, fitting.kept.mean(axis=1), rtol=1e-11)


@EVERY
def test_nothing_is_worth_more_than_itself_and_what_fits_less_is_worth_less(substitution):
    what = spent(2)
    total, found = what.kept.mean(axis=1) + what.returned, served(what, substitution)
    assert (found.whole <= total * (1 + EXACT)).all()
    if substitution < 1.0:
        assert (found.whole < total * (1 - 1e-6)).all()  # none of these is spent as it is needed
        worth = []
        for share in np.linspace(0, 1, 6):  # from the agenda they have to the need itself, with nothing kept
            agenda = what.agenda + share * (what.need - what.agenda)
            worth.append(served(what._replace(agenda=agenda, kept=0 * what.kept), substitution).whole)
        assert (np.diff(worth, axis=0) > 0).all()


@EVERY
def test_twice_as_much_is_worth_twice_as_much(substitution):
    what = spent(3)
    twice = what._replace(kept=2 * what.kept, returned=2 * what.returned)
    for one, other in zip(served(what, substitution), served(twice, substitution), strict=True):
        np.testing.assert_allclose(other, 2 * one, rtol=1e-11)


def test_where_one_issue_is_as_good_as_another_mu_are_counted():
    what = spent(4)
    found = served(what, 1.0)
    np.testing.assert_allclose(found.whole, there(what).sum(axis=1), rtol=EXACT)
    np.testing.assert_allclose(found.joint, what.returned, rtol=EXACT)


@EVERY
def test_joint_and_own_are_what_the_last_mu_of_each_is_worth(substitution):
    """Their sum is the whole (Euler), and each is its MU times the derivative of the whole by them."""
    what, step = spent(5), 1e-6
    found = served(what, substitution)
    np.testing.assert_allclose(found.joint + found.own, found.whole, rtol=EXACT)
    assert (found.joint >= 0).all() and (found.own >= 0).all()
    more, less = (served(what._replace(returned=factor * what.returned), substitution).whole
                  for factor in (1 + step, 1 - step))  # fmt: skip
    np.testing.assert_allclose(found.joint, (more - less) / (2 * step), rtol=1e-5)
    more, less = (served(what._replace(kept=factor * what.kept), substitution).whole
                  for factor in (1 + step, 1 - step))  # fmt: skip
    np.testing.assert_allclose(found.own, (more - less) / (2 * step), rtol=1e-5)


@pytest.mark.parametrize("substitution", [0.25, 0.5])
def test_a_mu_is_worth_most_where_least_of_what_is_needed_is_there(substitution):
    """The derivative by MU on an issue falls with what is there of it, for each MU needed."""
    what, step = spent(6), 1e-6
    nothing = what._replace(kept=0 * what.kept)
    gains = []
    for k in range(ISSUES):
        amounts = nothing.returned[:, None] * nothing.agenda
        amounts[:, k] += step
        total = amounts.sum(axis=1)
        more = served(nothing._replace(returned=total, agenda=amounts / total[:, None]), substitution).whole
        gains.append(more - served(nothing, substitution).whole)
    scarce = there(nothing) / what.need
    assert (np.argsort(np.array(gains).T, axis=1)[:, ::-1] == np.argsort(scarce, axis=1)).all()
