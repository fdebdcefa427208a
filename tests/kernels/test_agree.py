"""Agreeing on the line, worked by hand."""

import numpy as np
import pytest
from line import WISHES, both, levers, line, near, uniform

from commonweal.model import luck
from commonweal.model.mechanisms import agree, table
from commonweal.model.mechanisms.decision_rule import majority, power_weighted, supermajority, unanimity


def test_seat():
    assert uniform(luck.SEAT, 1, 0)[3] == pytest.approx(0.5143, abs=1e-4)
    state = line()
    both(agree.seat, state, levers(seats=0.6, equality=0.5))  # .51 < .6: leader 3 has a seat
    assert state.leaders.seated.all()
    assert state.leaders.voice == near([0.1875, 0.3125, 0.25, 0.25])  # .5 * standing / 4 + .5 / 4
    assert state.leaders.heard == near([0.75, 1, 1, 1])  # voice of an equal share, 1 / 4; more does not count more
    both(agree.seat, state, levers(seats=0.5, equality=0.5))
    assert state.leaders.seated.tolist() == [True, True, True, False]
    assert state.leaders.voice == near([0.25, 5 / 12, 1 / 3, 0])  # .5 * standing / 3 + .5 / 3
    assert state.leaders.heard == near([0.75, 1, 1, 0])  # of 1 / 3; without a seat nothing


def test_draft():
    assert uniform(luck.DRAFT) == near([0.1426, 0.3927, 0.8136, 0.9881], 1e-4)
    state = line()
    islands = state.islands
    both(agree.draft, state, levers(participation=0.5, revision=2.0), 1, 0.4)
    assert islands.planned[0] == 0  # without weight there is no plan
    keep = {"plan": 0.5, "revision": 2.0}
    both(agree.draft, state, levers(participation=0.5, **keep), 1, 0.4)  # 0 and 1: mean of (1, 0) and (.75, .25)
    assert islands.planned[0] == 1 and islands.plan[0] == near([0.875, 0.125])
    # and the two go .4 of the way to it: 1 - .4 * .125 and .75 + .4 * .125; who did not draft it wants what they did
    drafted = [[0.95, 0.05], [0.8, 0.2], WISHES[2], WISHES[3]]
    assert state.leaders.priorities == near(drafted)
    both(agree.draft, state, levers(participation=1.0, **keep), 2, 0.4)  # not due before round 3
    assert islands.planned[0] == 1 and islands.plan[0] == near([0.875, 0.125])
    assert state.leaders.priorities == near(drafted)
    both(agree.draft, state, levers(participation=1.0, **keep), 3, 0.0)  # all draft: (.95 + .8 + .5 + .25) / 4
    assert islands.planned[0] == 3 and islands.plan[0] == near([0.625, 0.375])
    assert state.leaders.priorities == near(drafted)  # and nobody comes to want it
    state.leaders.present[0] = False
    both(agree.draft, state, levers(participation=1.0, **keep), 5, 0.4)  # who is away drafts nothing
    assert islands.plan[0] == near([1.55 / 3, 1.45 / 3]) and state.leaders.priorities[0] == near([0.95, 0.05])


def test_drafts():
    state = line()
    state.leaders.present[1] = False
    some = levers(participation=0.9)  # .14 and .81 are less; 1 is away; .99 is more
    assert [both(agree.drafts, state, some, 1, i) for i in range(4)] == [True, False, True, False]


def test_inspire_and_overlap():
    assert both(agree.overlap_of, np.array([0.2, 0.3, 0.5]), np.array([0.6, 0.1, 0.3])) == pytest.approx(0.6)
    state = line()
    state.islands.plan[0], state.leaders.present[3] = [0.2, 0.8], False
    both(agree.inspire, state, levers(plan=0.5))
    assert state.leaders.inspired == near([0, 0, 0, 0])  # nobody has drafted a plan yet
    state.islands.planned[0] = 1
    both(agree.inspire, state, levers(plan=0.5))  # half of .2 + 0, .2 + .25 and .2 + .5; who is away hears of nothing
    assert state.leaders.inspired == near([0.1, 0.225, 0.35, 0])
    both(agree.inspire, state, levers())
    assert state.leaders.inspired == near([0, 0, 0, 0])  # it stands, and is not kept to


def propose(state, given, pull):
    """The agenda as the round proposes it: what is wanted is put in order between two kernels."""
    both(agree.want, state)
    state.islands.ranked.sort(axis=2)
    both(agree.propose, state, given, pull)


def common_ground(leaders):
    wanted = np.sort(leaders.priorities[leaders.seated], axis=0).T
    return both(agree.common_ground, wanted, wanted.shape[1], 2)


def test_what_is_wanted():
    state = line()
    both(agree.want, state)
    assert state.islands.ranked[0, :2] == near([[1, 0.75, 0.5, np.inf], [0, 0.25, 0.5, np.inf]])


def test_propose():
    state = line()
    both(agree.propose, state, levers(), 0.0)
    assert state.islands.reopened[0]
    assert state.islands.agenda[0] == near([0.75, 0.25])  # .25 * 1 + .5 * .75 + .25 * .5
    state.islands.plan[0], state.islands.planned[0], state.leaders.priorities[2] = [0.2, 0.8], 1, [0.25, 0.75]
    propose(state, levers(common_ground=0.5), 0.0)
    # the voices: .25 + .375 + .0625; two of three want at least .75 of the first issue and at least .25 of the other
    assert state.islands.agenda[0] == near([0.71875, 0.28125])  # half way from .6875 to .75
    propose(state, levers(common_ground=0.5, plan=0.5), 0.0)
    assert state.islands.agenda[0] == near([0.459375, 0.540625])  # half way to (.2, .8)


def test_who_seeks_common_ground_comes_to_want_it():
    state = line()
    state.leaders.priorities[2] = [0.25, 0.75]
    propose(state, levers(common_ground=0.5), 0.4)  # a fifth of the way to (.75, .25), of those at the table
    assert state.leaders.priorities[:3, 0] == near([0.95, 0.75, 0.35])
    assert state.leaders.priorities[3] == near(line().leaders.priorities[3])
    assert state.islands.agenda[0] == near([0.71875, 0.28125])  # of what they wanted before
    before = state.leaders.priorities.copy()
    both(agree.propose, state, levers(), 0.4)
    assert state.leaders.priorities == near(before)


def test_blend_and_common_ground():
    agenda = np.array([0.2, 0.8])
    both(agree.blend, agenda, np.array([1.0, 0.0]), 0.25)
    assert agenda == near([0.4, 0.6])
    leaders = line().leaders
    # all three of (1, 0), (.75, .25), (.5, .5) want .5 and 0, two of them .75 and .25, which is all there is
    assert common_ground(leaders) == near([0.75, 0.25])
    leaders.seated[3] = True
    # three of the four want .5 and .25, two want .75 and .5: half of the way from .75 to 1.25
    assert common_ground(leaders) == near([0.625, 0.375])
    leaders.seated[:] = [False, True, False, True]  # both want .25 of each; one wants .75 of each: half of the way
    assert common_ground(leaders) == near([0.5, 0.5])


def test_who_opposes_an_issue_does_not_keep_it_off_and_an_empty_table_has_nothing_in_common():
    state = line()
    state.leaders.priorities[:] = [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.5, 0.5]]
    assert common_ground(state.leaders) == near([1.0, 0.0])  # what two of three want in full
    propose(state, levers(common_ground=0.5), 0.0)
    assert state.islands.agenda[0] == near([0.75, 0.25])  # half way from the voices, .25 + .25
    state.leaders.seated[:], state.leaders.voice[:] = False, 0.0
    assert common_ground(state.leaders) == near([0.0, 0.0])
    propose(state, levers(common_ground=0.5), 0.0)
    assert state.islands.agenda[0] == near([0.0, 0.0])


def test_close():
    state = line()
    for agreed, insistence in ((True, 0.9), (False, 0.72)):  # a tenth of the way from .8889 to 1, and down to 0
        state.islands.agreed[0], state.islands.reopened[0], state.islands.insistence[0] = (
            agreed,
            True,
            8 / 9 if agreed else 0.8,
        )
        both(agree.close, state, 0.1)
        assert state.islands.insistence == near([insistence]) and not state.islands.reopened[0]


def test_reflect():
    """Trust in the others at the table, of strangers one's own: (.5 + .2) / 2, (.9 + .3) / 2, .6, (.4 + 2 * .8) / 3."""
    state = line()
    state.leaders.overlap[:], state.islands.reopened[0] = 0, True
    eased = np.array([1 - 0.5 * 0.35, 1 - 0.5 * 0.6, 1 - 0.5 * 0.6, 1 - 1 / 3])
    for insistence in (1.0, 0.8):
        state.islands.insistence[0] = insistence
        for more, accepts in ((0.999, True), (1.001, False)):
            state.leaders.reservation[:] = np.array([0.5, 0.75, 1.0, 0.75]) / (insistence * eased) * more
            both(agree.reflect, state, 0.5)
            assert (state.leaders.accepts == accepts).all()
    assert state.leaders.overlap == near([0.5, 0.75, 1.0, 0.75])  # min(1, .5) + min(0, .5), and so on
    state.leaders.overlap[:], state.islands.reopened[0] = 9, False
    both(agree.reflect, state, 0.5)
    assert (state.leaders.overlap == 9).all()  # an agenda that has been considered is not considered again


def test_concede():
    state = line()
    state.leaders.accepts[:] = [False, True, False, False]  # 3 refuses too, but has no seat
    assert both(agree.concede, state, 0, 0.5)
    assert state.islands.agenda[0] == near([0.625, 0.375])  # half way to the mean of (1, 0) and (.5, .5)
    state.leaders.accepts[:3] = True
    assert not both(agree.concede, state, 0, 0.5)  # nobody to concede to
    assert state.islands.agenda[0] == near([0.625, 0.375])


def test_amend_and_recall():
    state = line()
    islands = state.islands
    state.leaders.accepts[:] = [False, True, False, False]
    both(agree.amend, state, 0.5)
    assert islands.agenda[0] == near([0.5, 0.5]) and not islands.reopened[0]  # agreed: nothing to amend
    islands.agreed[0] = False
    both(agree.amend, state, 0.5)
    assert islands.agenda[0] == near([0.625, 0.375]) and islands.reopened[0]
    islands.plan[0], islands.planned[0] = [0.2, 0.8], 1
    both(agree.recall_plan, state, levers())
    assert islands.agenda[0] == near([0.625, 0.375]) and not islands.reopened[0]
    islands.agreed[0] = True
    both(agree.recall_plan, state, levers(plan=0.1))
    assert islands.agenda[0] == near([0.625, 0.375]) and not islands.reopened[0]
    islands.agreed[0] = False
    both(agree.recall_plan, state, levers(plan=0.1))
    assert islands.agenda[0] == near([0.2, 0.8]) and islands.reopened[0]


def test_meet_refusers():
    """As an amendment, also of what has passed, and by so much as there is of a mediator: .5 * .4 of the way."""
    state = line()
    state.leaders.accepts[:] = [False, True, True, False]
    both(agree.meet_refusers, state, levers(), 0.5)
    assert state.islands.agenda[0] == near([0.5, 0.5]) and not state.islands.reopened[0]
    both(agree.meet_refusers, state, levers(mediation=0.4), 0.5)
    assert state.islands.agenda[0] == near([0.6, 0.4]) and state.islands.reopened[0]
    state.leaders.accepts[0] = True
    both(agree.meet_refusers, state, levers(mediation=0.4), 0.5)
    assert state.islands.agenda[0] == near([0.6, 0.4]) and not state.islands.reopened[0]


def sought(reservation, rule, brokering=0.0, concession=0.0, **values):
    """The line after they have sought an agenda; the voices are 1/6, 1/2 and 1/3, so 0.70833 is proposed."""
    state = line()
    state.leaders.reservation[:3] = reservation
    seek = agree.Agree(
        amendments=2,
        concession=concession,
        trust_eases=0.0,
        weariness=0.25,
        brokering=brokering,
        drafting=0.0,
        common_pull=0.0,
    )
    seek.agree(state, levers(**values), 1, rule)
    return state.islands.agreed[0], state.islands.agenda[0, 0], state.leaders.accepts[:3].tolist(), state


PROPOSED = 1 / 6 + 0.375 + 1 / 6
# of it 0 has .70833, 1 has .70833 + .25 = .95833 and 2 has .5 + .29167 = .79167


@pytest.mark.parametrize(
    ("last", "rule", "brokering", "agreed", "agenda", "accepts"),
    [
        # 0 insists on .75 and two of three carry it; a mediator goes half of the way to (1, 0), and 2 still has .64583
        (0.5, majority.Majority(), 0.0, True, PROPOSED, [False, True, True]),
        (0.5, majority.Majority(), 0.5, True, (1 + PROPOSED) / 2, [True, True, True]),
        # but where 2 insists on .7 that wins one and loses another: nothing comes of it
        (0.7, majority.Majority(), 0.5, True, PROPOSED, [False, True, True]),
        # where everyone must accept, a mediator is what lets it pass, unless the step wins nobody: .7375 < .75
        (0.5, unanimity.Unanimity(), 0.0, False, PROPOSED, [False, True, True]),
        (0.5, unanimity.Unanimity(), 0.5, True, (1 + PROPOSED) / 2, [True, True, True]),
        (0.5, unanimity.Unanimity(), 0.1, False, PROPOSED, [False, True, True]),
    ],
)
def test_mediate(last, rule, brokering, agreed, agenda, accepts):
    *found, state = sought([0.75, 0.5, last], rule, brokering, mediation=1.0)
    assert found == [agreed, pytest.approx(agenda, abs=1e-12), accepts]
    assert state.islands.insistence[0] == near(1.0 if agreed else 0.75)
    untouched = sought([0.75, 0.5, last], rule, brokering)  # where there is no mediator
    assert untouched[1] == near(PROPOSED)


def test_a_mediator_never_makes_what_passed_fail():
    """One more accepts after the step, but the voice that is lost was needed: 2 has 1/3 and 0 has 1/6."""
    state = line()
    state.leaders.priorities[3], state.leaders.invited[3] = [1, 0], True  # voices 1/8, 3/8, 1/4 and 1/4
    state.leaders.reservation[:] = [0.75, 0.5, 0.7, 0.75]
    proposed = 0.125 + 0.375 * 0.75 + 0.125 + 0.25  # .78125: 2 has .71875
    state.leaders.reservation[[0, 3]] = 0.8  # and 0 and 3, who want (1, 0), less than they insist on
    seek = agree.Agree(
        amendments=2, concession=0.0, trust_eases=0.0, weariness=0.0, brokering=0.5, drafting=0.0, common_pull=0.0
    )
    quota = power_weighted.PowerWeighted(quota=0.6)  # 1 and 2 have .625 of the voice
    seek.agree(state, levers(mediation=1.0), 1, quota)
    # half way to (1, 0), .890625, 2 has .609375 and refuses; 0, 1 and 3 are three with .75: that is better, and stays
    assert state.islands.agreed[0] and state.islands.agenda[0, 0] == near((1 + proposed) / 2)
    hard = line()
    hard.leaders.priorities[3], hard.leaders.invited[3], hard.leaders.standing[:] = [1, 0], True, [0.25, 1, 2.5, 0.25]
    hard.leaders.reservation[:] = [0.7, 0.5, 0.8, 0.7]
    # voices 1/16, 1/4, 5/8 and 1/16: .125 + .1875 + .3125 = .625; 0 and 3 have .625, 1 .875 and 2 .875
    # half way to (1, 0), .8125, three accept instead of two, but with .375 of the voice instead of .875
    seek.agree(hard, levers(mediation=1.0), 1, quota)
    assert hard.islands.agreed[0] and hard.islands.agenda[0, 0] == near(0.625)
    assert hard.leaders.accepts.tolist() == [False, True, True, False]


def test_weariness():
    """A quarter of what they insist on is worn away without an official agenda, and of what is missing restored."""
    seek = agree.Agree(
        amendments=0, concession=0.0, trust_eases=0.0, weariness=0.25, brokering=0.0, drafting=0.0, common_pull=0.0
    )
    state, found = line(), []
    state.leaders.reservation[:3] = [0.75, 0.5, 0.5]  # 0 has .70833, which is enough for .9375 times .75 = .703
    for _ in range(3):
        seek.agree(state, levers(), 1, unanimity.Unanimity())
        found.append((bool(state.islands.agreed[0]), float(state.islands.insistence[0])))
    assert [agreed for agreed, _ in found] == [False, True, True]
    assert [insistence for _, insistence in found] == near([0.75, 0.8125, 0.859375])


def test_acceptances():
    state = line()
    state.leaders.accepts[:] = [True, False, True, True]
    assert table.acceptances(state).tolist() == [2]  # 3 would accept, but has no seat


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
