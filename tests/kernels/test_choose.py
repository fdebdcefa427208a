"""Agreeing and choosing on the line, worked by hand."""

import numpy as np
import pytest
from line import both, levers, line, near

from commonweal.model import luck
from commonweal.model.mechanisms import agree, choose
from commonweal.model.mechanisms.decision_rule import majority, power_weighted, supermajority, unanimity


def uniform(stream, index=0, round_=1):
    return [luck.uniform(np.uint64(1), stream, round_, np.uint64(i), index) for i in range(4)]


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
    """Trust in the others at the table: 0 (.5 + .3) / 2; 1 (.9 + .3) / 2; 2 (.6 + .3) / 2; 3 (.4 + 2 * .3) / 3."""
    state = line()
    state.leaders.overlap[:] = 0
    insists = np.array([1 - 0.5 * 0.4, 1 - 0.5 * 0.6, 1 - 0.5 * 0.45, 1 - 0.5 / 3])
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


def test_aim():
    state = line()
    state.leaders.accepts[1] = False
    state.leaders.present[3] = False
    both(choose.aim, state, levers(specificity=0.5, goal=0.8), 0.3)
    assert state.leaders.belief == near([0.545, 0.5, 0.545, 0.5])  # .5 + .5 * .3 * (.8 - .5)
    state.islands.agreed[0] = False
    both(choose.aim, state, levers(specificity=0.5, goal=0.8), 0.3)
    assert state.leaders.belief == near([0.545, 0.5, 0.545, 0.5])


@pytest.mark.parametrize(
    ("prominence", "away", "asked"),
    [
        (1.0, None, [1, 3]),  # standing 1.5 first; of the equals 2 and 3 (lots .38, .53) the higher lot
        (0.0, None, [0, 3]),  # lots .5322, .4257, .3824, .5337
        (0.5, None, [1, 3]),  # .5 * standing / 1.5 + .5 * lot: .43, .71, .52, .60
        (1.0, 1, [2, 3]),  # int(.5 * 3 + .5) = 2 of those who are there
    ],
)
def test_ask(prominence, away, asked):
    assert uniform(luck.EXEMPLAR, round_=0) == near([0.5322, 0.4257, 0.3824, 0.5337], 1e-4)
    state = line()
    if away is not None:
        state.leaders.present[away], state.islands.present[0], state.teams.size[0] = False, 3, 3
    both(choose.ask, state, levers(exemplars=0.5, prominence=prominence), 1)
    assert np.flatnonzero(state.leaders.exemplar).tolist() == asked
    state.islands.agreed[0] = False
    both(choose.ask, state, levers(exemplars=0.5, prominence=prominence), 1)
    assert not state.leaders.exemplar.any()


def test_ask_in_teams():
    """A share of each team, rounded: of three one, and of one nobody."""
    state = line(teams=2)
    state.leaders.team[:], state.teams.size[:] = [0, 0, 0, 1], [3, 1]
    both(choose.ask, state, levers(exemplars=0.4, prominence=1.0), 1)
    assert np.flatnonzero(state.leaders.exemplar).tolist() == [1]
    state.leaders.team[:], state.teams.size[:] = [0, 0, 1, 1], [2, 2]
    both(choose.ask, state, levers(exemplars=0.5, prominence=1.0), 1)
    assert state.leaders.exemplar[:2].tolist() == [False, True] and state.leaders.exemplar[2:].sum() == 1
    state.leaders.present[:2], state.teams.size[0] = False, 0
    both(choose.ask, state, levers(exemplars=1.0, prominence=1.0), 1)
    assert state.leaders.exemplar.tolist() == [False, False, True, True]


def test_watch():
    state = line()
    state.leaders.exemplar[1], state.leaders.contribution[1] = True, 0.9
    both(choose.watch, state, levers(exemplars=0.25, visibility=0.5), 0.4)
    assert state.leaders.belief == near([0.58, 0.5, 0.58, 0.58])  # .5 + .5 * .4 * (.9 - .5)


# gain, matching, misalignment, responsiveness, constant, lasting, passing
RULE = (0.5, 0.4, 0.5, 0.25, 0.01, 0.1, 0.2)
NOISE = [-0.04815156, 1.60196444, -0.07657268, 0.71952245]
# MPCR 2 / 4; back = .5 * 1.5 * overlap + .1 with a match of .5 and recognition .1
# 0: .9 * .75 * .5 = .3375; back .475: - .13125; .01 + .1 * 1 + .2 * noise
# 1: .05 + .65 * .875 * .5 = .334375; back .6625: - .084375; .01 + .2 * noise
# 2: .4 * .5 = .2; back .85: - .0375; .01 - .1 + .2 * noise
# 3: turned selfish: 0 - .084375 + .01 + .2 * noise
SHARES = [0.3375 - 0.13125 + 0.11, 0.334375 - 0.084375 + 0.01, 0.2 - 0.0375 - 0.09, -0.084375 + 0.01]


def chosen(state, **more):
    both(choose.decide, state, levers(match=0.5, recognition=0.1, **more), 1, 2.0, False, RULE)
    return state.leaders.contribution


def choosing():
    state = line()
    state.leaders.temper[:], state.leaders.willing[3] = [1, 0, -1, 0], 0
    return state


def test_decide():
    assert [luck.normal(np.uint64(1), luck.NOISE, 1, np.uint64(i), 0) for i in range(4)] == near(NOISE, 1e-8)
    plain = np.array(SHARES) + 0.2 * np.array(NOISE)
    assert chosen(choosing()) == near(plain, 1e-8)
    # Below a standard of .2, .25 * (.4 + .2) more, but not beyond it: .057 + .15 > .2 and .070 + .15 > .2
    assert chosen(choosing(), standard=0.2, fine=0.4, grant=0.2) == near([*plain[:2], 0.2, 0.2], 1e-8)
    assert chosen(choosing(), standard=0.2, fine=0.04) == near([*plain[:2], plain[2] + 0.01, plain[3] + 0.01], 1e-8)
    pledging = choosing()
    pledging.leaders.pledged[1], pledging.leaders.pledge[1], pledging.leaders.meant[1] = True, 1.0, 0.9
    assert chosen(pledging)[1] == near(plain[1] + 0.5 * (0.9 - plain[1]), 1e-8)  # half bound to what they meant
    nobody = choosing()
    nobody.islands.agreed[0] = False
    assert chosen(nobody) == near([0, 0, 0, 0])


def test_decide_with_peers():
    """As far as peers say, the standard is what they believe the others give, .5: between .3 and .2 with weight .2."""
    plain = np.array(SHARES) + 0.2 * np.array(NOISE)
    assert chosen(choosing(), standard=0.125, peers=0.2, fine=0.04) == near(
        [*plain[:2], plain[2] + 0.01, plain[3] + 0.01], 1e-8
    )
    assert chosen(choosing(), standard=0.125, peers=0.2, fine=0.6) == near([*plain[:2], 0.2, 0.2], 1e-8)
    everyone = chosen(choosing(), standard=0.0, peers=1.0, fine=3.0)
    assert everyone == near([0.5, *plain[1:2], 0.5, 0.5], 1e-8)


def test_decide_of_exemplars():
    state = choosing()
    state.leaders.exemplar[:] = [True, False, True, False]
    state.leaders.contribution[:] = -1
    both(choose.decide, state, levers(match=0.5, recognition=0.1, example=0.8), 1, 2.0, True, RULE)
    # 0 keeps promises and gives .8; 2 keeps none and gives what they would; the others have not chosen yet
    assert state.leaders.contribution == near([0.8, -1, SHARES[2] + 0.2 * NOISE[2], -1], 1e-8)


def test_decide_stays_between_nothing_and_everything():
    state = choosing()
    rule = (*RULE[:4], 2.0, 0.0, 0.0)
    both(choose.decide, state, levers(), 1, 2.0, False, rule)
    assert state.leaders.contribution == near([1, 1, 1, 1])
    both(choose.decide, state, levers(), 1, 2.0, False, (*RULE[:4], -2.0, 0.0, 0.0))
    assert state.leaders.contribution == near([0, 0, 0, 0])
