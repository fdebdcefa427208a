"""Agreeing on the line, worked by hand."""

import numpy as np
import pytest
from line import both, levers, line, near, uniform

from commonweal.model import luck
from commonweal.model.mechanisms import agree
from commonweal.model.mechanisms.decision_rule import majority, power_weighted, supermajority, unanimity


def test_seat():
    assert uniform(luck.SEAT, 1, 0)[3] == pytest.approx(0.5143, abs=1e-4)
    state = line()
    both(agree.seat, state, levers(seats=0.6, equality=0.5))  # .51 < .6: leader 3 has a seat
    assert state.leaders.seated.all()
    assert state.leaders.voice == near([0.1875, 0.3125, 0.25, 0.25])  # .5 * standing / 4 + .5 / 4
    both(agree.seat, state, levers(seats=0.5, equality=0.5))
    assert state.leaders.seated.tolist() == [True, True, True, False]
    assert state.leaders.voice == near([0.25, 5 / 12, 1 / 3, 0])  # .5 * standing / 3 + .5 / 3


def test_draft():
    assert uniform(luck.DRAFT) == near([0.1426, 0.3927, 0.8136, 0.9881], 1e-4)
    state = line()
    islands = state.islands
    both(agree.draft, state, levers(participation=0.5, revision=2.0), 1)
    assert islands.planned[0] == 0  # without weight there is no plan
    keep = {"plan": 0.5, "revision": 2.0}
    both(agree.draft, state, levers(participation=0.5, **keep), 1)  # 0 and 1 draft: mean of (1, 0) and (.75, .25)
    assert islands.planned[0] == 1 and islands.plan[0] == near([0.875, 0.125])
    both(agree.draft, state, levers(participation=1.0, **keep), 2)  # not due before round 3
    assert islands.planned[0] == 1 and islands.plan[0] == near([0.875, 0.125])
    both(agree.draft, state, levers(participation=1.0, **keep), 3)  # all draft
    assert islands.planned[0] == 3 and islands.plan[0] == near([0.625, 0.375])


def test_propose():
    state = line()
    both(agree.propose, state, levers(), 0.05)
    assert state.islands.agenda[0] == near([0.75, 0.25])  # .25 * 1 + .5 * .75 + .25 * .5
    state.islands.plan[0], state.islands.planned[0] = [0.2, 0.8], 1
    both(agree.propose, state, levers(common_ground=0.5), 0.05)
    # common ground of 0, 1 and 2: (1 * .75 * .5)**(1/3) = .7211248 to (.05 * .25 * .5)**(1/3) = .1842016: .7965357
    assert state.islands.agenda[0] == near([0.77326785, 0.22673215], 1e-7)
    both(agree.propose, state, levers(common_ground=0.5, plan=0.5), 0.05)
    assert state.islands.agenda[0] == near([0.48663393, 0.51336607], 1e-7)  # half way to (.2, .8)


def test_blend_and_common_ground():
    agenda = np.array([0.2, 0.8])
    both(agree.blend, agenda, np.array([1.0, 0.0]), 0.25)
    assert agenda == near([0.4, 0.6])
    leaders = line().leaders
    leaders.seated[:] = [False, True, False, True]  # (.75 * .25)**.5 for both issues
    assert both(agree.common_ground, leaders, 0, 4, 0.05) == near([0.5, 0.5])


def test_where_somebody_opposes_every_issue_the_voices_are_the_agenda():
    state = line()
    state.leaders.priorities[:] = [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.5, 0.5]]
    assert both(agree.common_ground, state.leaders, 0, 4, 0.0) == near([0.0, 0.0])
    both(agree.propose, state, levers(), 0.0)
    voices = state.islands.agenda[0].copy()
    both(agree.propose, state, levers(common_ground=0.5), 0.0)
    assert state.islands.agenda[0] == near(voices) and voices.sum() == near(1.0)


def test_reflect():
    """Trust in the others at the table, of strangers one's own: (.5 + .2) / 2, (.9 + .3) / 2, .6, (.4 + 2 * .8) / 3."""
    state = line()
    state.leaders.overlap[:] = 0
    insists = np.array([1 - 0.5 * 0.35, 1 - 0.5 * 0.6, 1 - 0.5 * 0.6, 1 - 1 / 3])
    for more, accepts in ((0.999, True), (1.001, False)):
        state.leaders.reservation[:] = np.array([0.5, 0.75, 1.0, 0.75]) / insists * more
        both(agree.reflect, state, 0.5, False)
        assert (state.leaders.accepts == accepts).all()
    assert state.leaders.overlap == near([0.5, 0.75, 1.0, 0.75])  # min(1, .5) + min(0, .5), and so on
    state.leaders.overlap[:], state.islands.agreed[0] = 9, True
    both(agree.reflect, state, 0.5, True)
    assert (state.leaders.overlap == 9).all()  # what was agreed is not held against anything again
    state.islands.agreed[0] = False
    both(agree.reflect, state, 0.5, True)
    assert state.leaders.overlap == near([0.5, 0.75, 1.0, 0.75])


def test_amend_and_recall():
    state = line()
    state.leaders.accepts[:] = [False, True, False, False]  # 3 refuses too, but has no seat
    both(agree.amend, state, 0.5)
    assert state.islands.agenda[0] == near([0.5, 0.5])  # agreed: nothing to amend
    state.islands.agreed[0] = False
    both(agree.amend, state, 0.5)
    assert state.islands.agenda[0] == near([0.625, 0.375])  # half way to the mean of (1, 0) and (.5, .5)
    state.islands.plan[0], state.islands.planned[0] = [0.2, 0.8], 1
    both(agree.recall_plan, state, levers())
    assert state.islands.agenda[0] == near([0.625, 0.375])
    both(agree.recall_plan, state, levers(plan=0.1))
    assert state.islands.agenda[0] == near([0.2, 0.8])


RULES = [  # kernel, its quota, and whether it passes when 0 and 2 accept, 1 and 2, nobody, all
    (majority.outvote, (), [True, True, False, True]),
    (power_weighted.weigh, (0.5,), [True, True, False, True]),  # voice .5, .75, 0, 1
    (power_weighted.weigh, (0.7,), [False, True, False, True]),
    (supermajority.count, (2 / 3,), [True, True, False, True]),
    (supermajority.count, (0.7,), [False, False, False, True]),
    (unanimity.consent, (), [False, False, False, True]),
]


@pytest.mark.parametrize(("kernel", "quota", "passes"), RULES)
def test_decision_rules(kernel, quota, passes):
    for accepting, agreed in zip(([0, 2], [1, 2], [], [0, 1, 2]), passes, strict=True):
        state = line()
        state.leaders.accepts[:] = False
        state.leaders.accepts[accepting] = True
        both(kernel, state, *quota)
        assert state.islands.agreed[0] == agreed, accepting
    state.leaders.seated[:], state.leaders.voice[:] = False, 0.0
    both(kernel, state, *quota)
    assert not state.islands.agreed[0]  # an empty table agrees on nothing
