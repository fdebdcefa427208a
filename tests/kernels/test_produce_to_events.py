"""Producing, settling, trusting, learning and events on the line, worked by hand."""

import numpy as np
import pytest
from line import WISHES, both, levers, line, near

from commonweal.model import convener, luck
from commonweal.model.mechanisms import events, learn, settle
from commonweal.model.mechanisms.game import ces, game, linear, threshold
from commonweal.model.mechanisms.trust import asymmetric, beta_reputation, trust


def gave():
    """Shares of .5, .25, 0 and 1 are given; budgets are cut by half and a tenth of the time is gone."""
    state = line()
    state.leaders.contribution[:], state.leaders.busy[:] = [0.5, 0.25, 0, 1], 0.1
    state.islands.capital[0] = 0.5
    return state


def pooled(**values):
    state = gave()
    both(game.pool, state, levers(**values))
    return state


def test_charge():
    state = line()
    state.islands.capital[0], state.islands.purse[0], state.leaders.present[0] = 0.5, 50, False
    both(convener.charge, state, np.array([30.0]), np.array([0.1]))
    assert (state.islands.money[0], state.islands.purse[0]) == (30, 20)
    assert state.islands.time[0] == pytest.approx(45)  # a tenth of half of 900
    assert state.leaders.busy == near([0.1] * 4)


def test_shuffle_and_muster():
    assert [luck.uniform(np.uint64(1), luck.TEAM, 1, np.uint64(i), 0) for i in range(4)] == near(
        [0.5932, 0.5654, 0.7221, 0.6765], 1e-4
    )
    state = line(teams=2)
    both(game.shuffle, state, 1, 2)
    assert state.leaders.team.tolist() == [0, 0, 1, 1]  # by lot: 1, 0, 3, 2
    both(game.shuffle, state, 1, 3)
    assert state.leaders.team.tolist() == [0, 0, 1, 0]  # the last by lot, 2, alone
    state.leaders.present[0] = False
    both(game.muster, state)
    assert state.teams.size == near([2, 1])


def test_pool():
    state = pooled()
    # free: 45, 90, 135, 180
    assert state.leaders.given == near([22.5, 22.5, 0, 180])
    assert state.leaders.kept == near([22.5, 67.5, 135, 0])
    assert (state.teams.pool[0], state.teams.shares[0], state.islands.money[0]) == (225, 1.75, 0)
    state = pooled(match=0.5)
    assert (state.teams.pool[0], state.islands.money[0]) == (337.5, 112.5)
    state = gave()
    state.islands.purse[0] = 22.5  # the purse pays a fifth of the match promised
    both(game.pool, state, levers(match=0.5))
    assert state.teams.pool[0] == near(247.5) and state.islands.money[0] == 22.5 and state.islands.purse[0] == 0


def test_share_out():
    state = line()
    state.teams.output[0], state.teams.size[0], state.leaders.present[2] = 90, 3, False
    both(game.share_out, state)
    assert state.leaders.returned == near([30, 30, 0, 30])


def test_linear():
    state = pooled()
    both(linear.multiply, state.teams, 2.0)
    assert state.teams.output[0] == 450


@pytest.mark.parametrize(("provision", "output", "wasted"), [(0.4, 450, 0), (0.5, 0, 225)])
def test_threshold(provision, output, wasted):
    state = pooled()  # 225 pooled, of endowments of 500
    both(threshold.provide, state, 2.0, provision)
    assert (state.teams.output[0], state.islands.wasted[0]) == (output, wasted)


@pytest.mark.parametrize(
    ("rho", "efficiency"),
    [
        (1.0, 1.0),  # .2 + .8
        (0.5, 0.9),  # (2**-.5 * (.2**.5 + .8**.5))**2 = (.2 + .8 + 2 * .16**.5) / 2
        (-1.0, 0.64),  # (2**-2 * (5 + 1.25))**-1 = 4 / 6.25
    ],
)
def test_ces(rho, efficiency):
    state = pooled()  # sectors gave 45 and 180: .2 and .8
    both(ces.complement, state, 2.0, rho)
    assert state.teams.output[0] == near(450 * efficiency, 1e-10)


@pytest.mark.parametrize(("rho", "efficiency"), [(0.5, 0.5), (-1.0, 0.0)])
def test_ces_with_a_sector_that_gives_nothing(rho, efficiency):
    state = gave()
    state.leaders.contribution[:2] = 0
    both(game.pool, state, levers())
    both(ces.complement, state, 2.0, rho)
    assert state.teams.output[0] == near(360 * efficiency, 1e-10)  # (2**-.5 * 1)**2; nobody can do without the other


PAID = {"standard": 0.3, "grant": 0.2, "fine": 0.5, "recognition": 0.1}


def test_pay():
    state = pooled()
    both(settle.pay, state, levers(**PAID), 0.5, 0.2, 0.5)
    # grants .2 * 45 and .2 * 180; fines .5 * .05 * 90 and .5 * .3 * 135; esteem .1 * 225
    assert state.leaders.granted == near([9, 0, 0, 36])
    assert state.leaders.fined == near([0, 2.25, 20.25, 0])
    assert state.islands.money[0] == near(0.5 * 22.5 + 0.2 * 22.5 + 45 - 0.5 * 22.5)
    assert state.islands.destroyed[0] == near(11.25)


def test_pay_where_peers_set_the_standard():
    """Half of it fixed, half what the others gave on the mean: they give .5, .25, 0 and .5."""
    state = pooled()
    gave = state.leaders.contribution
    state.teams.shares[0] = gave.sum()
    standard = 0.5 * 0.3 + 0.5 * (gave.sum() - gave) / 3
    both(settle.pay, state, levers(peers=0.5, **PAID), 0.5, 0.2, 0.5)
    free = state.leaders.given + state.leaders.kept
    assert state.leaders.fined == near(0.5 * np.maximum(standard - gave, 0) * free)
    assert state.leaders.granted == near(0.2 * free * (gave >= standard))
    alone = pooled()
    alone.teams.size[0] = 1  # nobody to be compared with
    both(settle.pay, alone, levers(standard=1.0, peers=1.0, fine=1.0), 0.5, 0.2, 0.5)
    assert alone.leaders.fined == near([0, 0, 0, 0])


def test_pay_out_of_a_small_purse():
    state = pooled()
    state.islands.purse[0] = 20
    both(settle.pay, state, levers(**PAID), 0.5, 0.2, 0.5)
    # 20 + 11.25 of fines - 15.75 of costs leave 15.5 for grants of 45
    assert state.leaders.granted == near([3.1, 0, 0, 12.4])
    assert (state.islands.money[0], state.islands.purse[0]) == (20, 0)


def test_fines_take_no_more_than_there_is():
    state = pooled()
    both(settle.pay, state, levers(standard=1.0, fine=3.0), 0.5, 0.2, 0.0)
    assert state.leaders.fined == near([22.5, 67.5, 135, 0])
    state.islands.agreed[0] = False
    both(settle.pay, state, levers(**PAID), 0.5, 0.2, 0.5)
    assert state.leaders.fined == near([0] * 4) and state.leaders.granted == near([0] * 4)


def test_crowd():
    state = line()
    state.leaders.present[3] = False
    both(settle.crowd, state, levers(match=0.25, grant=0.2, fine=0.1, recognition=0.1), 0.2, 0.1, 0.5)
    assert state.leaders.motivation == near([0.95, 0.95, 0.95, 1])  # half way to 1 - .2 * .55 + .1 * .1
    both(settle.crowd, state, levers(match=2.0, recognition=2.0), 0.2, 0.1, 1.0)
    assert state.leaders.motivation == near([0.9, 0.9, 0.9, 1])  # each counts for 1 at most: 1 - .2 + .1


def test_serve():
    state = pooled()
    state.leaders.granted[:], state.leaders.fined[:] = [9, 0, 0, 36], [0, 2.25, 20.25, 0]
    state.leaders.returned[:] = 100
    both(settle.serve, state)
    # own 31.5, 65.25, 114.75, 36; of that, by overlap with the group's need: .5, .75, .75, 1
    assert state.groups.own == near([(15.75 + 48.9375) / 100, (86.0625 + 36) / 300])
    assert state.groups.joint == near([1.0, 0.75])  # 100 * 4 leaders / 400 people, by overlap of agenda and need
    assert state.groups.welfare == near([1.646875, 1.156875])
    assert state.leaders.payoff == near([81.5, 140.25, 214.75, 111])  # own + 100 * (.5, .75, 1, .75)


def judged():
    state = gave()
    state.leaders.pledged[3], state.leaders.pledge[3] = True, 0.8
    return state


def test_expected():
    leaders = judged().leaders
    found = [both(trust.expected, leaders.pledged, leaders.pledge, leaders.belief, 2, j) for j in (1, 3)]
    assert found == [0.5, 0.8]


def test_asymmetric():
    state = judged()
    both(asymmetric.judge, state, 0.2, 0.6)
    # 0->1: .8 * (.25 - .5) = -.2: .5 * (1 - .12); 1->0: as expected; 1->2: -.3: .3 * (1 - .18)
    # 2->1: -.125: .6 * (1 - .075); 2->3: .5 * (1 - .8) = .1: .2 + .02 * .8; 3->2: -.1: .4 * (1 - .06)
    assert state.ties.trust[[0, 2, 3, 4, 5, 6]] == near([0.44, 0.9, 0.246, 0.555, 0.216, 0.376])
    state.islands.agreed[0] = False
    before = state.ties.trust.copy()
    both(asymmetric.judge, state, 0.2, 0.6)
    assert state.ties.trust == near(before)


def test_beta_reputation():
    state = judged()
    both(beta_reputation.count, state, 0.8, 2.0)
    # outcomes .5, 1, 0, .5, 1, 0; of two rounds' worth 1.6 is remembered
    expected = [1.2 / 2.4, 1.84 / 2, 0.48 / 2.2, 1.21 / 2.1, 0.82 / 2.1, 0.64 / 1.8]
    assert state.ties.trust[[0, 2, 3, 4, 5, 6]] == near(expected)
    assert state.ties.evidence[[0, 2, 3, 4, 5, 6]] == near([2.4, 2, 2.2, 2.1, 2.1, 1.8])
    both(beta_reputation.count, state, 0.8, 2.0)
    assert state.ties.trust[2] == near((1.6 * 0.92 + 0.4) / 2)
    assert state.ties.evidence[2] == near(2)


def test_learn():
    assert [luck.uniform(np.uint64(1), luck.WILLING, 1, np.uint64(i), 0) for i in range(4)] == near(
        [0.4904, 0.7898, 0.1183, 0.5293], 1e-4
    )
    state = gave()
    state.teams.shares[0], state.leaders.willing[3] = 1.75, 0
    both(learn.update, state, 1, 0.01, 0.4, 0.5, 0.5, 0.5, 0.2, 0.6)
    # seen, half in the team and half among those attended to:
    # 0: (1.25 / 3 + .25) / 2 = 1/3; 1: (1.5 / 3 + .2) / 2 = .35; 2: (1.75 / 3 + .625) / 2; 3: (.75 / 3 + 0) / 2
    seen = np.array([1 / 3, 0.35, (1.75 / 3 + 0.625) / 2, 0.125])
    assert state.leaders.belief == near(0.01 + 0.4 * seen + 0.25)
    # quits below .5 - .2 * seen: .49 > .43 stays, .79 stays, .12 < .38 turns selfish; .53 < .6 returns
    assert state.leaders.willing.tolist() == [1, 1, 0, 1]


def test_attend():
    state = line()
    both(events.attend, state, False)
    assert state.leaders.present.tolist() == [True, True, False, False]
    assert (state.islands.present[0], state.islands.people[0]) == (2, 100)
    assert state.groups.leaders.tolist() == [2, 0]
    both(events.attend, state, True)
    assert state.leaders.present.all() and (state.islands.present[0], state.islands.people[0]) == (4, 400)
    state.leaders.group[:], state.islands.group_start[:] = 0, [0, 1]
    both(events.attend, state, False)
    assert state.leaders.present.all()  # the only group there is does not stay away


def test_succeed():
    chances = [luck.uniforms(np.uint64(1), luck.TURNOVER, 1, np.uint64(i), 0)[:2] for i in range(4)]
    assert chances == near([[0.2513, 0.759], [0.4205, 0.5676], [0.6343, 0.3602], [0.9732, 0.3842]], 1e-4)
    state = line()
    state.leaders.belief[:], state.leaders.motivation[:], state.leaders.willing[:] = [0.1, 0.2, 0.3, 0.4], 0.8, 0
    state.leaders.priorities[:] = 0.5
    state.ties.evidence[:] = 3
    both(events.succeed, state, 1, 0.5, 0.5)
    # 0 and 1 are succeeded, by one like 3 (.759 * 4) and one like 2 (.5676 * 4), as those began
    leaders = state.leaders
    assert leaders.slope == near([0.8, 0, 0, 0.8]) and leaders.intercept == near([0.2, 0, 0, 0.2])
    assert leaders.belief == near([0.4, 0.3, 0.3, 0.4]) and leaders.promise_keeping == near([0.5, 0, 0, 0.5])
    assert leaders.priorities == near([WISHES[3], WISHES[2], [0.5, 0.5], [0.5, 0.5]])
    assert leaders.anchor == near([WISHES[3], WISHES[2], WISHES[2], WISHES[3]])
    assert leaders.motivation == near([1, 1, 0.8, 0.8]) and leaders.willing == near([1, 1, 0, 0])
    assert leaders.endowment == near([100, 200, 300, 400])  # the office stays
    assert state.ties.strength[[0, 2, 3, 4, 5, 6]] == near([0.4, 0.2, 0.3, 0.25, 0.5, 0.2])
    assert state.ties.trust[[0, 2, 3, 4, 5, 6]] == near([0.3, 0.3, 0.3, 0.3, 0.2, 0.4])
    assert state.ties.evidence[[0, 2, 3, 4, 5, 6]] == near([0, 0, 0, 0, 3, 3])


def test_expose():
    state = line()
    both(events.expose, state, 0.6)
    assert state.leaders.standing == near([0.5, 0.6, 1, 1])  # 1 stood highest
    assert state.ties.trust[[0, 2, 3, 4, 5, 6]] == near([0.2, 0.9, 0.3, 0.24, 0.2, 0.4])


def test_shift_need():
    state = line()
    both(events.shift_need, state, 1, 0.6, 0.5)
    assert state.groups.need == near([[0.2, 0.8], [0.1, 0.9]])
    # need moved by .3 and by .15; anchors by half of it
    assert state.leaders.anchor == near([[0.85, 0.15], [0.6, 0.4], [0.425, 0.575], [0.175, 0.825]])
    both(events.shift_need, state, 0, 0.0, 0.5)
    assert state.groups.need == near([[0.5, 0.5], [0.25, 0.75]])
    assert state.leaders.anchor == near(WISHES)
    state.leaders.anchor[3] = [0.1, 0.9]
    both(events.shift_need, state, 1, 0.6, 1.0)
    assert state.leaders.anchor[3] == near([0, 1])  # .1 - .15 is no weight at all
    assert state.leaders.priorities == near(WISHES)  # what they want now moves when they talk
