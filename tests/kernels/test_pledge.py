"""Pledging on the line, worked by hand: what was pledged takes hold, what is said, and how it is heard."""

import math

import numpy as np
from line import both, levers, line, near, uniform

from commonweal.model import luck
from commonweal.model.mechanisms import pledge


def kept():
    """0, 2 and 3 had pledged everything, nothing and three quarters, and gave half, .3 and everything."""
    state = line()
    leaders = state.leaders
    leaders.pledged[:], leaders.pledge[:] = [True, False, True, True], [1, 0, 0, 0.75]
    leaders.contribution[:], leaders.record[:], leaders.commitment[:] = [0.5, 0.25, 0.3, 1], 0.8, 0.2
    return state


def test_take_hold():
    state = kept()
    both(pledge.take_hold, state, 0.5, 0.2)
    # 0 kept half of it: .8 - .2 * .3; 3 gave more than their word, which is to keep it: .8 + .2 * .2; 2 owed nothing
    assert state.leaders.record == near([0.74, 0.8, 0.8, 0.84])
    # half way from .2 to promise-keeping * record, 0 for who did not pledge: .74, 0, 0 * .8, .5 * .84
    assert state.leaders.commitment == near([0.47, 0.1, 0.1, 0.31])


def test_take_hold_where_there_was_nothing_to_give_to():
    """A word binds where its giver could accept what it was for: 0 refused it."""
    state = kept()
    state.islands.agreed[0], state.leaders.accepts[0], state.leaders.present[3] = False, False, False
    both(pledge.take_hold, state, 0.5, 0.2)
    assert state.leaders.record == near([0.8] * 4)  # nobody broke their word, and who is away is as they were
    assert state.leaders.commitment == near([0.1, 0.1, 0.1, 0.2])
    deadlock = kept()  # who accepts what others refuse can keep their word, whether it is official or not
    deadlock.islands.agreed[0] = False
    both(pledge.take_hold, deadlock, 0.5, 0.2)
    assert deadlock.leaders.record == near([0.74, 0.8, 0.8, 0.84])
    assert deadlock.leaders.commitment == near([0.47, 0.1, 0.1, 0.31])


# disposition, temper_spread, stated_gain, matching, misalignment, trust_slope, responsiveness, group_weight,
# commitment, ownership, inspiration: all are heard and there is no plan
LEANING = (-2.0, 0.5, 3.0, 1.0, 0.5, 0.4, 0.8, 0.1, 2.0, 0.4, 0.6)
# If all others gave everything, of .55 * overlap back in any case (MPCR 2 / 4: .8 * .5 + .1 * 1.5):
# 0: -2 + (3 * 1 + 1) * .75 + .275; 2: -2 + 1 + .55; 3: -2 + (3 * (.2 + .8) + 1) * .875 + .4125
WOULD = 1 / (1 + np.exp(-np.array([1.275, -0.45, 1.9125])))


def test_promise():
    state = line()
    assert uniform(luck.PLEDGE) == near([0.2938, 0.6387, 0.5292, 0.2014], 1e-4)
    both(pledge.promise, state, levers(pledges=0.6), 1, 2.0, LEANING)
    assert state.leaders.pledged.tolist() == [True, False, True, True]
    # 0 says what they would give; 2, who keeps no promise, everything; 3 goes half of the way there
    assert state.leaders.pledge[[0, 2, 3]] == near([WOULD[0], 1, WOULD[2] + 0.5 * (1 - WOULD[2])])
    state.leaders.promise_keeping[2], state.leaders.commitment[3], state.leaders.present[0] = 1, 0.25, False
    both(pledge.promise, state, levers(pledges=0.6), 1, 2.0, LEANING)
    assert state.leaders.pledged.tolist() == [False, False, True, True]
    committed = 1 / (1 + math.exp(-(1.9125 + 2 * 0.25)))
    assert state.leaders.pledge[2:] == near([WOULD[1], committed + 0.5 * (1 - committed)])
    both(pledge.promise, state, levers(), 1, 2.0, LEANING)
    assert not state.leaders.pledged.any()


def pledging(teams=1):
    state = line(teams)
    state.leaders.pledged[:], state.leaders.pledge[:] = [True, False, True, True], [1, 0, 1, 0.75]
    return state


def test_expect():
    state = pledging()
    both(pledge.expect, state, levers(pledges=0.6), 0.5, 0.1)
    # strangers count by .1, at the hearer's disposition to trust; all records are good. hearing, credit, pledged:
    # 0: .2, .04, .02 * 1.75 = .035; .5 * (.035 - .04 * .5) / .2 = .0375
    # 1: .4 + .6 + .1, .36 + .18 + .04 = .58, .36 + .18 + .03 = .57; .5 * (.57 - .29) / 1.1
    # 2: .5 + .1, .1 + .06, .075 + .06; .5 * (.135 - .08) / .6
    # 3: .2 + .1, .08 + .08, .08 + .08; .5 * (.16 - .08) / .3
    assert state.leaders.belief == near([0.5375, 0.5 + 0.14 / 1.1, 0.5 + 0.0275 / 0.6, 0.5 + 0.04 / 0.3])


def test_expect_of_those_with_a_record():
    state = pledging()
    state.leaders.record[:] = [0.5, 0.9, 1, 0.8]
    both(pledge.expect, state, levers(pledges=0.6), 0.5, 0.1)
    # each counts by their record besides, in what is credited and not in what is heard:
    # 0: .2, .02 * (1 + .8) = .036, .02 * (1 + .6) = .032; .5 * (.032 - .018) / .2
    # 1: 1.1, .36 * .5 + .18 + .04 * .8 = .392, .36 * .5 + .18 + .04 * .6 = .384; .5 * (.384 - .196) / 1.1
    # 2: .6, .1 * .8 + .06 * .5 = .11, .06 + .03 = .09; .5 * (.09 - .055) / .6
    # 3: .3, .08 + .08 * .5 = .12, the same; .5 * (.12 - .06) / .3
    expected = [0.535, 0.5 + 0.094 / 1.1, 0.5 + 0.0175 / 0.6, 0.6]
    assert state.leaders.belief == near(expected)
    state.leaders.belief[:] = 0.5
    # three have pledged; their records sum to 2.3, and what they said by their records to .5 + 1 + .6
    of_the_team = (np.array([3.0]), np.array([2.3]), np.array([2.1]))
    both(pledge.hear_pledges, state, 0, *of_the_team, 0.5, 0.1)
    assert state.leaders.belief == near(expected)
    state.leaders.record[:], state.leaders.belief[:] = 0, 0.5
    both(pledge.expect, state, levers(pledges=0.6), 0.5, 0.1)
    assert state.leaders.belief == near([0.5] * 4)  # words of those who never kept one are heard by nobody


def test_pledges_are_heard_within_the_team():
    state = pledging(teams=2)
    state.leaders.team[:] = [0, 1, 0, 1]
    both(pledge.expect, state, levers(pledges=0.6), 0.5, 0.1)
    # all ties lead to the other team. 0 hears 2 as a stranger, .5 * .2 * (1 - .5), and 2 hears 0, .5 * .6 * .5; 1 hears
    # 3: .5 * .4 * (.75 - .5); nobody else in the team of 3 has pledged
    assert state.leaders.belief == near([0.55, 0.55, 0.65, 0.5])
    state.leaders.team[:], state.leaders.belief[:] = [0, 0, 1, 1], 0.5
    both(pledge.expect, state, levers(pledges=0.6), 0.5, 0.1)
    # 1 hears 0 by .4 at trust .9; 2 hears 3 by .5 at .2; 3 hears 2 by .2 at .4; 0 hears nobody
    assert state.leaders.belief == near([0.5, 0.5 + 0.5 * 0.9 * 0.5, 0.5 + 0.5 * 0.2 * 0.25, 0.5 + 0.5 * 0.4 * 0.5])
