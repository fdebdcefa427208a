"""Agreeing by itself: common ground has the largest mean overlap, decision rules are functions of who accepts."""

import itertools

import numpy as np
import pytest
from scipy.optimize import linprog

from commonweal.model.mechanisms.agree import Agree
from commonweal.model.mechanisms.decision_rule.majority import Majority
from commonweal.model.mechanisms.decision_rule.power_weighted import PowerWeighted
from commonweal.model.mechanisms.decision_rule.supermajority import Supermajority
from commonweal.model.mechanisms.decision_rule.unanimity import Unanimity
from commonweal.validation.gathering import gathering, neutral

EXACT = 1e-12


def in_common(priorities: np.ndarray) -> np.ndarray:
    """(B, K) agendas of communities that seek nothing but common ground, from priorities (B, n, K)."""
    state = gathering(priorities)
    agree = Agree(
        amendments=0, concession=0.0, trust_eases=0.0, weariness=0.0, brokering=0.0, drafting=0.0, common_pull=0.0
    )
    agree.agree(state, neutral(state, common_ground=1.0), 1, Majority())
    return state.islands.agenda.copy()


def wishes(n=5, issues=4, communities=30, lot=1):
    """Priorities by lot."""
    return np.random.default_rng(lot).dirichlet(np.ones(issues), (communities, n))


def overlap(priorities: np.ndarray, agendas: np.ndarray) -> np.ndarray:
    """(B,) mean overlap of priorities (B, n, K) with agendas (B, K)."""
    return np.minimum(priorities, agendas[:, None]).sum(axis=2).mean(axis=1)


def largest(priorities: np.ndarray) -> float:
    """The largest mean overlap that any agenda has with priorities (n, K), by linear programming.

    Of an agenda a and overlaps o_ik <= p_ik, o_ik <= a_k: the sum of o is largest.
    """
    n, issues = priorities.shape
    within = np.hstack((-np.tile(np.eye(issues), (n, 1)), np.eye(n * issues)))
    whole = np.concatenate((np.ones(issues), np.zeros(n * issues)))[None]
    bounds = [(0, 1)] * issues + [(0, wanted) for wanted in priorities.ravel()]
    found = linprog(
        np.concatenate((np.zeros(issues), -np.ones(n * issues))), within, np.zeros(n * issues), whole, [1.0], bounds
    )
    assert found.status == 0
    return -found.fun / n


@pytest.mark.parametrize(("n", "issues"), [(1, 3), (2, 2), (2, 4), (3, 3), (4, 3), (5, 4), (8, 6), (30, 5)])
def test_common_ground_has_the_largest_mean_overlap(n, issues):
    each = wishes(n, issues)
    agendas = in_common(each)
    assert (agendas >= 0).all()
    np.testing.assert_allclose(agendas.sum(axis=1), 1.0, rtol=0, atol=EXACT)
    np.testing.assert_allclose(overlap(each, agendas), [largest(one) for one in each], rtol=0, atol=1e-9)


def test_common_ground_where_leaders_want_some_issues_not_at_all():
    each = wishes(n=5, issues=4)
    each[np.random.default_rng(4).random(each.shape) < 0.5] = 0.0
    each[each.sum(axis=2) == 0] = [0, 0, 0, 1]
    each /= each.sum(axis=2, keepdims=True)
    np.testing.assert_allclose(overlap(each, in_common(each)), [largest(one) for one in each], rtol=0, atol=1e-9)


def test_no_agenda_of_twentieths_overlaps_more():
    """All 231 agendas of three issues in steps of .05 are tried."""
    each = wishes(n=4, issues=3)
    best = overlap(each, in_common(each))
    for first in range(21):
        for second in range(21 - first):
            agenda = np.array([first, second, 20 - first - second]) / 20
            assert (overlap(each, np.tile(agenda, (len(each), 1))) <= best + EXACT).all()


def test_common_ground_of_two_issues_is_the_median():
    each = wishes(n=7, issues=2)
    np.testing.assert_allclose(in_common(each), np.median(each, axis=1), rtol=0, atol=EXACT)


def test_common_ground_is_where_as_many_want_more_of_one_issue_as_of_another():
    """Who wants to go further: nowhere are they two more than elsewhere, unless nothing is left to take away there."""
    each = wishes(n=9, issues=4)
    agendas = in_common(each)
    more, less = ((sign * (each - agendas[:, None]) > EXACT).sum(axis=1) for sign in (1, -1))
    for b, agenda in enumerate(agendas):
        gain, loss = more[b], 9 - less[b]  # of a little more there, and of a little less here
        assert (gain.max() <= loss[agenda > EXACT]).all()


def test_common_ground_keeps_unanimity():
    same = np.repeat(wishes(n=1), 6, axis=1)
    np.testing.assert_allclose(in_common(same), same[:, 0], rtol=0, atol=EXACT)


def test_common_ground_knows_no_persons_and_no_order_of_issues():
    each = wishes()
    np.testing.assert_allclose(in_common(each[:, ::-1]), in_common(each), rtol=0, atol=EXACT)
    np.testing.assert_allclose(in_common(each[:, :, ::-1]), in_common(each)[:, ::-1], rtol=0, atol=EXACT)
    np.testing.assert_allclose(in_common(np.repeat(each, 3, axis=1)), in_common(each), rtol=0, atol=EXACT)


def test_a_majority_of_one_mind_is_the_common_ground():
    """What more than half want in full is what most have in common: a few who want something else do not move it."""
    each = wishes(n=5)
    each[:, :3] = each[:, :1]
    np.testing.assert_allclose(overlap(each, each[:, 0]), [largest(one) for one in each], rtol=0, atol=1e-9)
    np.testing.assert_allclose(in_common(each), each[:, 0], rtol=0, atol=EXACT)


PATTERNS = np.array(list(itertools.product([False, True], repeat=6)))
"""who of six accepts: every way there is, a community for each"""
YES = PATTERNS.sum(axis=1)


def decided(rule, voices=None, seated=None) -> np.ndarray:
    """(64,) whether the agenda passes, for each pattern of acceptances."""
    state = gathering(np.ones((*PATTERNS.shape, 1)))
    state.leaders.accepts[:] = PATTERNS.ravel()
    if voices is not None:
        state.leaders.voice[:] = np.tile(voices, len(PATTERNS))
    if seated is not None:
        state.leaders.seated[:] = np.tile(seated, len(PATTERNS))
    rule.decide(state)
    return state.islands.agreed.copy()


def test_majority():
    """More heads for it than against it: a tie does not pass (May 1952 but for the tie)."""
    assert (decided(Majority()) == (YES > 3)).all()


@pytest.mark.parametrize(("quota", "heads"), [(2 / 3, 4), (0.5, 3), (0.51, 4), (1.0, 6), (0.0, 0), (5 / 6, 5)])
def test_supermajority(quota, heads):
    """So many of six heads; exactly the quota is enough."""
    assert (decided(Supermajority(quota=quota)) == (heads <= YES)).all()


def test_unanimity():
    assert (decided(Unanimity()) == (YES == 6)).all()
    assert (decided(Unanimity()) == decided(Supermajority(quota=1.0))).all()


VOICES = np.array([0.4, 0.25, 0.15, 0.1, 0.05, 0.05])


@pytest.mark.parametrize("quota", [0.0, 0.5, 0.6, 0.65, 0.8, 1.0])
def test_power_weighted(quota):
    """So much of the voice; exactly the quota is enough."""
    weights = np.round(PATTERNS @ VOICES, 10)
    assert (decided(PowerWeighted(quota=quota), VOICES) == (weights >= quota)).all()


def test_power_weighted_with_equal_voices_counts_heads():
    for quota in (0.0, 0.5, 2 / 3, 0.9, 1.0):
        assert (decided(PowerWeighted(quota=quota), np.full(6, 1 / 6)) == decided(Supermajority(quota=quota))).all()


def test_power_weighted_vetoes_and_dictators():
    """Whose voice exceeds 1 - quota has a veto; who has the whole quota needs nobody."""
    veto = decided(PowerWeighted(quota=0.65), VOICES)
    assert not (veto & ~PATTERNS[:, 0]).any()
    alone = decided(PowerWeighted(quota=0.4), VOICES)
    assert alone[PATTERNS[:, 0]].all()


RULES = [Majority(), Supermajority(quota=2 / 3), Unanimity(), PowerWeighted(quota=0.6)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
def test_rules_are_monotone(rule):
    """One more who accepts never makes an agenda fail; all accepting passes, nobody accepting does not."""
    passes = decided(rule, VOICES)
    place = {tuple(pattern): row for row, pattern in enumerate(PATTERNS)}
    for row, pattern in enumerate(PATTERNS):
        for i in np.flatnonzero(~pattern):
            more = (*pattern[:i], True, *pattern[i + 1 :])
            assert passes[place[more]] >= passes[row]
    assert passes[-1]
    assert not passes[0]


def test_rules_from_strict_to_lenient():
    all_of_them, most, half = (decided(rule) for rule in (Unanimity(), Supermajority(quota=2 / 3), Majority()))
    assert (all_of_them <= most).all()
    assert (most <= half).all()


@pytest.mark.parametrize("rule", [Majority(), Supermajority(quota=2 / 3), Unanimity()],
                         ids=lambda rule: type(rule).__name__)  # fmt: skip
def test_rules_of_heads_know_no_persons_and_only_those_seated(rule):
    passes = decided(rule)
    assert all(len(set(passes[count == YES])) == 1 for count in range(7))
    seated = np.array([1, 1, 1, 0, 0, 0], bool)
    among = decided(rule, seated=seated)
    assert all(len(set(among[(PATTERNS[:, :3] == three).all(axis=1)])) == 1 for three in PATTERNS[:8, 3:])
    assert not decided(rule, seated=np.zeros(6, bool)).any()
