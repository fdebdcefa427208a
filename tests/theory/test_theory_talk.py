"""Talk by itself, beyond what `commonweal validate` says: DeGroot's consensus, and each step of Hegselmann & Krause."""

from fractions import Fraction

import numpy as np
import pytest

from commonweal.model.mechanisms.talk.degroot import Degroot
from commonweal.model.mechanisms.talk.talk import state_priorities
from commonweal.model.state import issues_of
from commonweal.validation.gathering import complete, gathering, neutral, opinions
from commonweal.validation.rows import MACHINE
from commonweal.validation.theory_talk import REGULAR, averaging, clusters, hegselmann_krause, random_ties


@pytest.mark.parametrize("lot", range(5))
def test_degroot_consensus_is_the_left_eigenvector(lot):
    rng = np.random.default_rng(lot)
    n, ties = 12, random_ties(rng, 12)
    state = gathering(rng.dirichlet(np.ones(4), (1, n)), ties)
    before = state.leaders.priorities.copy()
    talk = Degroot(noise=0.0, self_weight=0.5, forum_weight=0.0)
    talk.talk(state, neutral(state), 1)
    matrix = averaging(ties, 0.5)
    np.testing.assert_allclose(state.leaders.priorities, matrix @ before, rtol=0, atol=MACHINE)
    for round_ in range(2, 1001):
        talk.talk(state, neutral(state), round_)
    values, vectors = np.linalg.eig(matrix.T)
    weight = np.real(vectors[:, np.argmin(abs(values - 1))])
    consensus = (weight / weight.sum()) @ before
    np.testing.assert_allclose(state.leaders.priorities, np.tile(consensus, (n, 1)), rtol=0, atol=MACHINE)


def exact_step(line: list[Fraction], bound: Fraction) -> tuple[list[Fraction], Fraction]:
    """One step of sorted opinions in exact arithmetic, and the least that any distance differs from the bound by."""
    after, least = [], Fraction(1)
    for here in line:
        heard = [there for there in line if abs(there - here) <= bound]
        least = min(least, *(abs(abs(there - here) - bound) for there in line))
        after.append(sum(heard, Fraction(0)) / len(heard))
    return after, least


@pytest.mark.parametrize(("n", "bound", "left", "final"), REGULAR)
def test_hegselmann_krause_regular_starts(n, bound, left, final):
    """Opinions 0, 1/(n-1), ..., 1: the final clusters and the steps to them, each step as in exact arithmetic.

    With n = 50 and bound .2 nothing moves after 7 steps, so that all is still from period 8 on if the start is
    period 1. No distance comes near enough to the bound for rounding to decide who is heard.
    """
    line = [Fraction(i, n - 1) for i in range(n)]
    state = gathering(opinions(np.array([line], float)), complete(n))
    talk = hegselmann_krause(float(bound))
    for step in range(1, final + 3):
        before, (line, least) = line, exact_step(line, bound)
        assert least > 1e-5
        talk.talk(state, neutral(state), step)
        np.testing.assert_allclose(state.leaders.priorities, opinions(np.array(line, float)), rtol=0, atol=MACHINE)
        assert (line == before) == (step > final)
    assert len(set(line)) == left
    assert len(clusters(state.leaders.priorities[:, 0])) == left


@pytest.mark.parametrize(("noise", "clarity"), [(0.2, 0.0), (1.0, 0.0), (0.8, 0.5)])
def test_what_is_heard_is_on_the_mean_what_the_speaker_wants(noise, clarity):
    """Over 4000 talks within 4.5 standard errors of it, which are garble * (p (1 - p) / talks)**.5."""
    wants, talks = np.array([0.5, 0.3, 0.15, 0.05, 0.0]), 4000
    state = gathering(np.tile(wants, (1, 5, 1)))
    levers, heard = neutral(state, clarity=clarity), np.zeros((5, 5))
    for round_ in range(1, talks + 1):
        state_priorities(state, levers, round_, 0, noise, issues_of(state))
        np.testing.assert_allclose(state.leaders.stated.sum(axis=1), 1.0, rtol=0, atol=MACHINE)
        heard += state.leaders.stated / talks
    error = noise * (1 - clarity) * np.sqrt(wants * (1 - wants) / talks)
    assert (np.abs(heard - wants) <= 4.5 * error + 1e-9).all()
    assert (np.abs(heard - wants)[:, :4] > 0).all()  # and it is not what they want to the letter
