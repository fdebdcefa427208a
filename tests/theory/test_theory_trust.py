"""Trust by itself, beyond what `commonweal validate` says: givers by turns, promises, and what is fair to whom."""

import numpy as np
import pytest

from commonweal.model.mechanisms.trust.deeds import Deeds
from commonweal.validation.rows import MACHINE
from commonweal.validation.theory_trust import deeds, give, pairs


@pytest.mark.parametrize(("up", "down"), [(0.14, 0.16), (0.5, 0.5), (0.05, 0.4)])
def test_trust_in_who_gives_by_turns(up, down):
    """Everything and nothing by turns end in a cycle of two: up (1 - down) / both before everything, up / both after.

    With both = up + down - up * down: high = low + up (1 - low), low = high (1 - down).
    """
    state, rule = pairs(4), deeds(up, down)
    state.ties.trust[:] = np.linspace(0, 1, 8)
    high = state.ties.trust.copy()
    for _ in range(400):
        give(state, 1.0)
        rule.update(state)
        high = state.ties.trust.copy()
        give(state, 0.0)
        rule.update(state)
    both = up + down - up * down
    np.testing.assert_allclose(high, up / both, rtol=0, atol=1e-9)
    np.testing.assert_allclose(state.ties.trust, up * (1 - down) / both, rtol=0, atol=1e-9)


def test_equal_rates_up_and_down_rest_at_the_mean_of_what_was_kept():
    """The first model's trust fell to 1 / (1 + asymmetry) whatever people did; here it is what they did."""
    state, rule, rng = pairs(4000), deeds(0.1, 0.1), np.random.default_rng(5)
    for chance in (0.2, 0.8):
        state.ties.trust[:] = 1 - chance
        for _ in range(200):
            give(state, rng.random(8000) < chance)
            rule.update(state)
        assert state.ties.trust.mean() == pytest.approx(chance, abs=4 * state.ties.trust.std() / 8000**0.5)


def test_trust_moves_in_levels_and_not_by_surprise():
    """Where others give more than they pledged or was fair, trust rises to the same level: kept is kept."""
    found = []
    for share in (0.5, 0.9):
        state = pairs(1)
        state.ties.trust[:] = 0.2
        give(state, share)
        state.leaders.pledged[:], state.leaders.pledge[:] = True, 0.4
        deeds().update(state)
        found.append(state.ties.trust.copy())
    np.testing.assert_array_equal(*found)
    assert found[0] == pytest.approx(0.2 + 0.14 * 0.8, abs=MACHINE)


@pytest.mark.parametrize("betrayal", [0.0, 0.5, 1.0])
def test_broken_promises_cost_as_much_more_as_betrayal_says(betrayal):
    """A pledge of .8, kept to three quarters: kept = 1 - (1 + betrayal) / 4; without a word the same gift is fair."""
    rule = Deeds(up=0.2, down=0.2, reciprocity=0.0, least=0.1, betrayal=betrayal, leaning=0.0, lesson=0.0)
    for pledged, kept in ((True, 1 - (1 + betrayal) / 4), (False, 1.0)):
        state = pairs(1)
        state.ties.trust[:] = 0.5
        give(state, 0.6)
        state.leaders.pledged[:], state.leaders.pledge[:] = pledged, 0.8
        rule.update(state)
        assert state.ties.trust == pytest.approx(0.5 + 0.2 * (kept - 0.5), abs=MACHINE)


def test_by_ones_own_measure_the_generous_are_let_down_and_the_mean_are_not():
    """With reciprocity 1 one expects of the other what one gives oneself."""
    state = pairs(1)
    state.ties.trust[:] = 0.5
    give(state, np.array([0.8, 0.4]))
    Deeds(up=0.1, down=0.1, reciprocity=1.0, least=0.1, betrayal=0.0, leaning=0.0, lesson=0.0).update(state)
    assert state.ties.trust == pytest.approx([0.5, 0.55], abs=MACHINE)
