"""What a scenario makes happen comes in the round that it names, and to whom it says."""

import numpy as np
import pytest
from worlds import keys, start, world


def struck(round_: int, *events: str):
    """Two communities at the end of a round."""
    of = world("community.leaders=12", *(f"scenario.events.{each}" for each in events))
    state = start(of, keys(2))
    of.scenario.events.strike(state, round_)
    return state


@pytest.mark.parametrize(("round_", "capital"), [(3, 1), (4, 0.75), (5, 1)])
def test_endowments_are_cut_by_the_share_named_once(round_, capital):
    assert (struck(round_, "cut=4", "cut_share=0.25").islands.capital == capital).all()


def test_a_crisis_raises_need_on_its_issue_and_ends():
    of = world("community.leaders=12", *(f"scenario.events.{each}" for each in
               ("crisis=4", "crisis_rounds=3", "crisis_issue=1", "crisis_shift=0.6")))  # fmt: skip
    state = start(of, keys(2))
    usual = state.groups.need.copy()
    raised = 0.4 * usual + 0.6 * (np.arange(usual.shape[1]) == 1)
    for round_ in range(1, 9):
        of.scenario.events.strike(state, round_)
        np.testing.assert_allclose(state.groups.need, raised if 4 <= round_ < 7 else usual, atol=1e-12)


def test_a_crisis_of_an_issue_that_is_not_there_is_one_of_the_last():
    usual = struck(1, "crisis=0").groups.need
    found = struck(4, "crisis=4", "crisis_rounds=3", "crisis_issue=99", "crisis_shift=0.6").groups.need
    np.testing.assert_allclose(found, 0.4 * usual + 0.6 * (np.arange(usual.shape[1]) == usual.shape[1] - 1))


def test_only_those_present_are_exposed():
    """The leader of highest standing of all may not have come yet."""
    of = world("community.leaders=12", "people.groups=4", "scenario.events.arrival=9", "scenario.events.scandal=2",
               "scenario.events.severity=0.5", "scenario.events.taint=0")  # fmt: skip
    state = start(of, keys(2))
    leaders = state.leaders
    absent = np.flatnonzero(~leaders.present)
    leaders.standing[absent] = 50.0
    before, trust = leaders.standing.copy(), state.ties.trust.copy()
    of.scenario.events.strike(state, 1)
    assert (leaders.standing == before).all()
    of.scenario.events.strike(state, 2)
    for b in range(2):
        mine = np.flatnonzero((leaders.island == b) & leaders.present)
        top = mine[before[mine].argmax()]
        assert leaders.standing[top] == pytest.approx(0.5 * before[top])
        begin, end = state.ties.start[12 * b], state.ties.start[12 * (b + 1)]
        factor = np.where(state.ties.to[begin:end] == top, 0.5, 1.0)
        np.testing.assert_allclose(state.ties.trust[begin:end], factor * trust[begin:end])
        others = np.flatnonzero((leaders.island == b) & (np.arange(24) != top))
        assert (leaders.standing[others] == before[others]).all()
