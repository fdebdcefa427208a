"""Agreeing by itself: common ground as a logarithmic pool, decision rules as functions of who accepts."""

import itertools

import numpy as np
import pytest

from commonweal.model.mechanisms.agree import Agree
from commonweal.model.mechanisms.decision_rule.majority import Majority
from commonweal.model.mechanisms.decision_rule.power_weighted import PowerWeighted
from commonweal.model.mechanisms.decision_rule.supermajority import Supermajority
from commonweal.model.mechanisms.decision_rule.unanimity import Unanimity
from commonweal.validation.gathering import gathering, neutral

EXACT = 1e-12


def pooled(priorities: np.ndarray, floor: float = 0.0) -> np.ndarray:
    """(B, K) agendas of communities that seek nothing but common ground, from priorities (B, n, K)."""
    state = gathering(priorities)
    agree = Agree(amendments=0, concession=0.0, trust_eases=0.0, floor=floor)
    agree.agree(state, neutral(state, common_ground=1.0), 1, Majority())
    return state.islands.agenda.copy()


def wishes(n=5, issues=4, communities=30, lot=1):
    """Priorities by lot."""
    return np.random.default_rng(lot).dirichlet(np.ones(issues), (communities, n)) * 0.96 + 0.04 / issues


def scaled(weights: np.ndarray) -> np.ndarray:
    return weights / weights.sum(axis=-1, keepdims=True)


def test_common_ground_is_the_scaled_geometric_mean():
    each = wishes()
    np.testing.assert_allclose(pooled(each), scaled(np.exp(np.log(each).mean(axis=1))), rtol=0, atol=EXACT)


def test_common_ground_keeps_unanimity():
    same = np.repeat(wishes(n=1), 6, axis=1)
    np.testing.assert_allclose(pooled(same), same[:, 0], rtol=0, atol=EXACT)


def test_common_ground_is_externally_bayesian():
    """To weigh all priorities by the same likelihood and pool is to pool and weigh (Genest 1984)."""
    each = wishes()
    likelihood = np.random.default_rng(2).uniform(0.2, 1, (len(each), 1, each.shape[2]))
    np.testing.assert_allclose(
        pooled(scaled(each * likelihood)), scaled(pooled(each) * likelihood[:, 0]), rtol=0, atol=EXACT
    )


def test_common_ground_knows_no_persons_and_no_order_of_issues():
    each = wishes()
    np.testing.assert_allclose(pooled(each[:, ::-1]), pooled(each), rtol=0, atol=EXACT)
    np.testing.assert_allclose(pooled(each[:, :, ::-1]), pooled(each)[:, ::-1], rtol=0, atol=EXACT)
    np.testing.assert_allclose(pooled(np.repeat(each, 3, axis=1)), pooled(each), rtol=0, atol=EXACT)


def test_common_ground_has_the_least_mean_divergence():
    """No other agenda has a smaller mean Kullback-Leibler divergence from the priorities at the table."""
    each, rng = wishes(), np.random.default_rng(3)

    def divergence(agenda):
        return (agenda[:, None] * np.log(agenda[:, None] / each)).sum(axis=2).mean(axis=1)

    least = divergence(pooled(each))
    for _ in range(200):
        step = rng.normal(0, 10.0 ** rng.uniform(-4, 0), (len(each), each.shape[2]))
        assert (divergence(scaled(pooled(each) * np.exp(step))) >= least - EXACT).all()


def test_common_ground_and_vetoes():
    """Without a floor one leader who does not want an issue at all keeps it off the agenda; with one they do not."""
    each = wishes()
    each[:, 0, 0] = 0.0
    each[:, 0] = scaled(each[:, 0])
    off = pooled(each)
    assert (off[:, 0] == 0).all()
    np.testing.assert_allclose(off.sum(axis=1), 1.0, rtol=EXACT)
    lifted = np.maximum(each, 0.02)
    np.testing.assert_allclose(pooled(each, 0.02), scaled(np.exp(np.log(lifted).mean(axis=1))), rtol=0, atol=EXACT)


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
