"""Producing, settling and events on the line, worked by hand."""

import math

import numpy as np
import pytest
from line import WISHES, both, levers, line, near

from commonweal.model import convener, luck
from commonweal.model.levers import LEVERS
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
    """Half of a meeting, for four leaders, and of a seat, for the one who has none."""
    state = line()
    state.islands.capital[0], state.islands.purse[0], state.leaders.present[0] = 0.5, 30, False
    asked, prices, afforded = np.zeros((len(LEVERS), 1)), np.zeros((len(LEVERS), 3)), np.zeros(1)
    meetings, seats = list(LEVERS).index("meetings"), list(LEVERS).index("seats")
    asked[[meetings, seats]] = 0.5
    prices[meetings], prices[seats] = [6, 7, 0.12], [12, 5, 0.08]
    assert both(convener.charge, state, asked, prices, afforded)
    assert (state.islands.money[0], state.islands.purse[0], afforded[0]) == (30, 0, 1)  # .5 * 4 * 6 + 7 + .5 * 12 + 5
    assert state.islands.time[0] == pytest.approx(45)  # a tenth of half of 900
    assert state.leaders.busy == near([0.1] * 4)
    assert not both(convener.charge, state, asked, prices, afforded)  # there is nothing left
    assert (state.islands.money[0], state.islands.time[0], afforded[0], state.leaders.busy.max()) == (0, 0, 0, 0)
    asked[:] = 0
    assert both(convener.charge, state, asked, prices, afforded) and afforded[0] == 1


def test_record():
    state = line()
    state.leaders.present[:2], state.leaders.seated[:] = [False, True], [True, True, False, False]
    state.islands.cooperation[0], state.islands.spent[0], state.islands.present[0] = 0.4, 6, 3
    found = np.full((5, 1), 9.0)
    both(convener.record, state, found)
    assert found[:, 0] == near([3, 1 / 3, 0.4, 1, 2])
    state.islands.agreed[0] = False
    both(convener.record, state, found)
    assert found[3, 0] == 0


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
    state = gave()
    state.islands.agreed[0] = False  # what is not official is given to, and not matched
    both(game.pool, state, levers(match=0.5))
    assert (state.teams.pool[0], state.islands.money[0]) == (225, 0)


def test_pool_of_what_is_not_tied_up():
    """Of 45, 90, 135 and 180 they cannot give 5, 0, 200 and 20: free are 40, 90, nothing and 160."""
    state = gave()
    state.leaders.tied[:] = [5, 0, 200, 20]
    both(game.pool, state, levers())
    assert state.leaders.free == near([40, 90, 0, 160])
    assert state.leaders.given == near([20, 22.5, 0, 160])
    assert state.leaders.kept == near([25, 67.5, 135, 20])  # what is tied up is kept
    assert state.teams.pool[0] == near(202.5)
    state.leaders.present[0] = False
    both(game.pool, state, levers())
    assert (state.leaders.free[0], state.leaders.kept[0]) == (0, 0)


def test_share_out():
    state = line()
    state.teams.output[0], state.teams.size[0], state.leaders.present[2] = 90, 3, False
    both(game.share_out, state)
    assert state.leaders.returned == near([30, 30, 0, 30])


def test_linear():
    state = pooled()
    both(linear.multiply, state.teams, 2.0)
    assert state.teams.output[0] == 450


@pytest.mark.parametrize(("provision", "output", "wasted"), [(0.4, 450, 0), (0.5, 450, 0), (0.51, 0, 225)])
def test_threshold(provision, output, wasted):
    state = pooled()  # 225 pooled, of 450 that they are free to give
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
    """They are free to give 50, 100, 150 and 200, which is half of what 2 and 3 are used to; .4375 of it was given."""
    state = line()
    leaders = state.leaders
    leaders.present[3], state.teams.shares[0] = False, 1.75
    leaders.free[:], leaders.usual[:] = [50, 100, 150, 200], [50, 100, 300, 400]
    leaders.returned[:], leaders.granted[:], leaders.fined[:] = [50, 100, 0, 400], [0, 10, 0, 0], [0, 5, 150, 0]
    leaders.motivation[:] = 0.4
    both(settle.motivate, state, levers(), 2.0, 0.0625, 0.0, 0.0, 0.5)
    # 0: .5 * 50 less .4375 * 50 is .0625 of 50: just content. 1: .75 * 100 + 10 - 5 less 43.75 is .3625 of 100, .3 more
    # than that. 2: nothing, fined 150, less .4375 * 150, is -215.625: of 300, not of 150, -.71875, .78125 less
    moved = [0.2, 0.2 + math.tanh(0.3), 0.2 - math.tanh(0.78125), 0.4]  # half way to 2 * tanh
    assert moved == near([0.2, 0.4913126125, -0.453423, 0.4], 1e-6)
    assert leaders.motivation == near(moved)
    leaders.motivation[:] = 0
    given = levers(match=0.25, grant=0.2, fine=0.1, recognition=0.1)
    both(settle.motivate, state, given, 0.0, 0.0625, 0.2, 0.3, 0.5)  # half way to .3 * .1 - .2 * .55
    assert leaders.motivation == near([-0.04, -0.04, -0.04, 0])
    both(settle.motivate, state, levers(match=2.0, recognition=2.0), 0.0, 0.0625, 0.2, 0.3, 1.0)
    assert leaders.motivation == near([0.1, 0.1, 0.1, 0])  # each counts for 1 at most: .3 - .2
    both(settle.motivate, state, given, 2.0, 0.0625, 0.2, 0.3, 1.0)  # all of it together
    assert leaders.motivation[:2] == near([-0.08, 2 * math.tanh(0.3) - 0.08])
    state.islands.agreed[0] = False  # success moves in a deadlock too; there is nothing that crowds anything
    both(settle.motivate, state, given, 2.0, 0.0625, 0.2, 0.3, 1.0)
    assert leaders.motivation[:2] == near([0, 2 * math.tanh(0.3)])
    leaders.usual[0] = leaders.free[0] = 0  # who has nothing to give is neither content nor not
    leaders.motivation[0] = 0.4
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
    islands.agreed[0] = False  # of what belongs to official agendas nothing happens in a deadlock, whatever is promised
    both(settle.get_to_know, state, levers(match=0.6, recognition=0.4, fine=0.5, grant=0.3), 0.2)
    known = [islands.known_match[0], islands.known_esteem[0], islands.known_pressure[0]]
    assert known == near([0.12, 0.04, 0.2])


def test_serve_where_one_issue_is_as_good_as_another():
    state = pooled()
    state.leaders.granted[:], state.leaders.fined[:] = [9, 0, 0, 36], [0, 2.25, 20.25, 0]
    state.leaders.returned[:] = 100
    both(settle.serve, state, 1.0)
    # own 31.5, 65.25, 114.75, 36, spent as each wants: of the first group 31.5 + 48.9375 and 16.3125 over 100 people,
    # of the other 57.375 + 9 and 57.375 + 27 over 300
    assert state.groups.kept == near([[0.804375, 0.163125], [0.22125, 0.28125]])
    assert state.groups.own == near([0.9675, 0.5025])
    assert state.groups.joint == near([1.0, 1.0])  # 100 * 4 leaders / 400 people
    assert state.groups.welfare == near([1.9675, 1.5025])
    assert state.leaders.payoff == near([81.5, 140.25, 214.75, 111])  # own + 100 * (.5, .75, 1, .75)


def served(**islands):
    """1 leader of each group keeps something: 150 for the first issue, and 225, two thirds of it for the first."""
    state = line()
    state.leaders.kept[:], state.leaders.returned[:] = [150, 0, 225, 0], 100
    state.leaders.priorities[2] = [2 / 3, 1 / 3]
    for name, value in islands.items():
        getattr(state.islands, name)[0] = value
    both(settle.serve, state, 0.5)
    return state.groups


def test_serve():
    """Output is 1 per person, half on each issue. Square roots: (sum of (need * there)**.5)**2."""
    groups = served()
    # the first group, of need .5 and .5, has 1.5 + .5 and .5: roots 1 and .5, of which the joint effort has a quarter
    # (.5 of 2) and all: 1.5**2, of that (.25 + .5) / 1.5
    # the other, of need .25 and .75, has .5 + .5 and .25 + .5: roots .5 and .75; a half and two thirds: .75 / 1.25
    assert groups.kept == near([[1.5, 0], [0.5, 0.25]])
    assert groups.welfare == near([2.25, 1.5625])
    assert groups.joint == near([1.125, 0.9375]) and groups.own == near([1.125, 0.625])


def test_serve_in_a_crisis():
    """What is kept for the first issue is of no use: .5 and .5 of the first group, .5 and .75 of the other."""
    groups = served(alone=[0.0, 1.0])
    assert groups.kept == near([[0, 0], [0, 0.25]])
    other = (0.125**0.5 + 0.75) ** 2
    assert groups.welfare == near([1.0, other])  # the first has what it needs, as it needs it
    assert groups.joint == near([1.0, other * (0.125**0.5 + 0.5) / (0.125**0.5 + 0.75)])
    assert groups.own == near([0.0, other * 0.25 / (0.125**0.5 + 0.75)])
    half = served(alone=[0.5, 1.0])
    assert half.kept == near([[0.75, 0], [0.25, 0.25]])


def test_serve_where_there_is_nothing():
    """An agenda of nothing that a group needs, or nobody who leads it: no welfare, and no division by nothing."""
    state = line()
    state.leaders.returned[:], state.islands.agenda[0] = 100, [1, 0]
    state.groups.need[0], state.groups.leaders[1], state.leaders.present[2:] = [0, 1], 0, False
    both(settle.serve, state, 0.5)
    assert state.groups.welfare == near([0, 0])
    assert state.groups.joint == near([0, 0]) and state.groups.own == near([0, 0])


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
    both(events.expose, state, 0.6, 0.25)
    assert state.leaders.standing == near([0.5, 0.6, 1, 1])  # 1 stood highest
    # trust in 1 loses .6 of itself, all other trust and all dispositions a quarter of that, .15
    assert state.ties.trust[[0, 2, 3, 4, 5, 6]] == near([0.2, 0.765, 0.255, 0.24, 0.17, 0.34])
    assert state.leaders.trusting == near([0.17, 0.34, 0.51, 0.68])
    only = line()
    both(events.expose, only, 0.6, 0.0)
    assert only.ties.trust[[0, 2, 3, 4, 5, 6]] == near([0.2, 0.9, 0.3, 0.24, 0.2, 0.4])
    assert only.leaders.trusting == near([0.2, 0.4, 0.6, 0.8])


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
