"""Producing, settling and events on the line, worked by hand."""

import numpy as np
import pytest
from line import WISHES, both, levers, line, near

from commonweal.model import convener, luck
from commonweal.model.mechanisms import events, settle
from commonweal.model.mechanisms.game import ces, game, linear, threshold


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


def test_motivate():
    """Incomes are 50 to 200, and .4375 of them was given; all are content if they have .0625 more than that of it."""
    state = line()
    leaders = state.leaders
    leaders.present[3], state.islands.capital[0], state.teams.shares[0] = False, 0.5, 1.75
    leaders.returned[:], leaders.granted[:], leaders.fined[:] = [50, 100, 0, 400], [0, 10, 0, 0], [0, 5, 150, 0]
    leaders.motivation[:] = 0.4
    both(settle.motivate, state, levers(), 2.0, 0.0625, 0.0, 0.0, 0.5)
    # 0 has .5 * 50 of their 50; 1 has .75 * 100 + 10 - 5 of 100; 2 has nothing, and is fined all of 150: half way to
    # 2 * tanh of 0, .3 and -1.5
    assert leaders.motivation == near([0.2, 0.2 + 0.2913126125, 0.2 - 0.9051482536, 0.4], 1e-9)
    leaders.motivation[:] = 0
    given = levers(match=0.25, grant=0.2, fine=0.1, recognition=0.1)
    both(settle.motivate, state, given, 0.0, 0.0625, 0.2, 0.3, 0.5)  # half way to .3 * .1 - .2 * .55
    assert leaders.motivation == near([-0.04, -0.04, -0.04, 0])
    both(settle.motivate, state, levers(match=2.0, recognition=2.0), 0.0, 0.0625, 0.2, 0.3, 1.0)
    assert leaders.motivation == near([0.1, 0.1, 0.1, 0])  # each counts for 1 at most: .3 - .2
    both(settle.motivate, state, given, 2.0, 0.0625, 0.2, 0.3, 1.0)  # all of it together
    assert leaders.motivation[:2] == near([-0.08, 2 * 0.2913126125 - 0.08], 1e-9)
    leaders.endowment[0] = 0  # who has nothing to give is neither content nor not
    both(settle.motivate, state, levers(), 2.0, 0.0625, 0.2, 0.3, 1.0)
    assert leaders.motivation[0] == 0


def test_get_to_know():
    state = line()
    islands = state.islands
    islands.known_match[0], islands.known_pressure[0] = 0.2, 0.4
    both(settle.get_to_know, state, levers(match=0.6, recognition=0.4, fine=0.5, grant=0.3), 0.25)
    # a quarter of the way from .2 to .6, from 0 to .4, and from .4 to .5 + .3
    assert (islands.known_match[0], islands.known_esteem[0]) == (pytest.approx(0.3), pytest.approx(0.1))
    assert islands.known_pressure[0] == pytest.approx(0.5)
    both(settle.get_to_know, state, levers(), 0.5)  # and it is forgotten again
    known = [islands.known_match[0], islands.known_esteem[0], islands.known_pressure[0]]
    assert known == near([0.15, 0.05, 0.25])


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
    state.leaders.commitment[:], state.leaders.record[:], state.leaders.pledged[:] = 0.7, 0.6, True
    state.leaders.temper[:], state.leaders.priorities[:] = [1, 2, 3, 4], 0.5
    both(events.succeed, state, 1, 0.5, 0.5)
    # 0 and 1 are succeeded, by one like 3 (.759 * 4) and one like 2 (.5676 * 4), as those began
    leaders = state.leaders
    assert leaders.slope == near([0.8, 0, 0, 0.8]) and leaders.intercept == near([0.2, 0, 0, 0.2])
    assert leaders.belief == near([0.4, 0.3, 0.3, 0.4]) and leaders.promise_keeping == near([0.5, 0, 0, 0.5])
    assert leaders.priorities == near([WISHES[3], WISHES[2], [0.5, 0.5], [0.5, 0.5]])
    assert leaders.anchor == near([WISHES[3], WISHES[2], WISHES[2], WISHES[3]])
    assert leaders.motivation == near([0, 0, 0.8, 0.8]) and leaders.willing == near([1, 1, 0, 0])
    assert leaders.commitment == near([0, 0, 0.7, 0.7]) and leaders.record == near([1, 1, 0.6, 0.6])
    assert leaders.pledged.tolist() == [False, False, True, True]  # nobody has their word
    assert leaders.trusting == near([0.8, 0.6, 0.6, 0.8]) and leaders.temper == near([4, 3, 3, 4])
    assert leaders.endowment == near([100, 200, 300, 400])  # the office stays
    assert state.ties.strength[[0, 2, 3, 4, 5, 6]] == near([0.4, 0.2, 0.3, 0.25, 0.5, 0.2])
    # a tie of theirs, or to them, begins anew with what one trusts strangers
    assert state.ties.trust[[0, 2, 3, 4, 5, 6]] == near([0.8, 0.6, 0.6, 0.6, 0.2, 0.4])


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
