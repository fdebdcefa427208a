"""Choosing on the line, worked by hand: goals, exemplars, and the share that each leader gives."""

import math

import numpy as np
import pytest
from line import both, levers, line, near, uniform

from commonweal.model import luck
from commonweal.model.mechanisms import choose


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
    both(choose.ask, state, levers(exemplars=0.5, prominence=prominence))
    assert np.flatnonzero(state.leaders.exemplar).tolist() == asked
    state.islands.agreed[0] = False
    both(choose.ask, state, levers(exemplars=0.5, prominence=prominence))
    assert not state.leaders.exemplar.any()


def test_ask_in_teams():
    """A share of each team, rounded: of three one, and of one nobody."""
    state = line(teams=2)
    state.leaders.team[:], state.teams.size[:] = [0, 0, 0, 1], [3, 1]
    both(choose.ask, state, levers(exemplars=0.4, prominence=1.0))
    assert np.flatnonzero(state.leaders.exemplar).tolist() == [1]
    state.leaders.team[:], state.teams.size[:] = [0, 0, 1, 1], [2, 2]
    both(choose.ask, state, levers(exemplars=0.5, prominence=1.0))
    assert state.leaders.exemplar[:2].tolist() == [False, True] and state.leaders.exemplar[2:].sum() == 1
    state.leaders.present[:2], state.teams.size[0] = False, 0
    both(choose.ask, state, levers(exemplars=1.0, prominence=1.0))
    assert state.leaders.exemplar.tolist() == [False, False, True, True]


def test_watch():
    state = line()
    state.leaders.exemplar[1], state.leaders.contribution[1] = True, 0.9
    both(choose.watch, state, levers(exemplars=0.25, visibility=0.5), 0.4)
    assert state.leaders.belief == near([0.58, 0.5, 0.58, 0.58])  # .5 + .5 * .4 * (.9 - .5)


@pytest.mark.parametrize(("x", "share"), [(0.0, 0.5), (math.log(3), 0.75), (-math.log(4), 0.2), (30.0, 1 - 9.4e-14)])
def test_logistic(x, share):
    assert both(choose.logistic, x) == near(share, 1e-15)


# disposition, temper_spread, stated_gain, matching, misalignment, trust_slope, responsiveness, group_weight,
# commitment, ownership, inspiration
LEANING = (-2.0, 0.5, 3.0, 1.0, 0.5, 0.4, 0.8, 0.1, 2.0, 0.4, 0.6)
# All believe in .5. MPCR 2 / 4, so a gift brings .5 back and 1.5 to the others: .8 * .5 + .1 * 1.5 = .55, and with a
# known match of .5 half as much again, as far as the agenda is one's own: .825 * overlap. Known esteem .25: .8 * .25
# 0: stated .5; (3 * .5 + .5) * (1 - .5 * .5)                              = 1.5;    -2 + .5 + 1.5 + .4125 + .2
#    and by half unheard                                                                   - .4 * .5
# 1: stated .1 + .25; (1.05 + .5) * (1 - .5 * .25) * (1 + .4 * .5)         = 1.6275; -2 + .3 + 1.6275 + .61875 + .2
#    and by a quarter inspired                                                             + .6 * .25
# 2: stated 0; .5                                                          = .5;     -2 - .5 + 2 * .25 + .5 + .825 + .2
# 3: turned selfish, stated 0; .5 * (1 - .5 * .25) * (1 - .4 * .5)         = .35;    -2 + .35 + .61875 + .2
ODDS = np.array([0.4125, 0.89625, -0.475, -0.83125])
SHARES = 1 / (1 + np.exp(-ODDS))  # .602, .710, .383, .303


def choosing():
    """One is given to giving and half heard and one is not given to it; 1 is motivated, inspired and trusts; 2 has
    committed themselves; 3 is selfish.
    """
    state = line()
    leaders, islands = state.leaders, state.islands
    leaders.temper[:], leaders.motivation[1], leaders.commitment[2] = [1, 0, -1, 0], 0.3, 0.25
    leaders.willing[3], leaders.faith[:] = 0, [0.5, 1, 0.5, 0]
    leaders.heard[0], leaders.inspired[1] = 0.5, 0.25
    islands.known_match[0], islands.known_esteem[0] = 0.5, 0.25
    return state


def test_lean():
    state = choosing()
    assert [both(choose.lean, state, i, 0.5, 2.0, LEANING) for i in range(4)] == near(SHARES)
    # of the stated schedule no more than everything counts, whatever the slope: 0 (3 * 1 + 1) * .75
    state.leaders.slope[0] = 2.0
    assert both(choose.lean, state, 0, 1.0, 2.0, LEANING) == near(1 / (1 + math.exp(-(-1.5 + 3 + 0.4125))))
    # an agenda that has nothing of one's own brings nothing back, and esteem all the same: -1.5 + 2 * .5 + .2 - .2
    state.leaders.slope[0], state.leaders.overlap[0] = 1.0, 0.0
    assert both(choose.lean, state, 0, 0.5, 2.0, LEANING) == near(1 / (1 + math.exp(0.5)))
    # in a team of two a gift brings all of 1 back, and 1 to the other: -1.5 + 1.5 + 1.5 * .5 * (.8 + .1) + .2 - .2
    state.leaders.overlap[0], state.teams.size[0] = 0.5, 2
    assert both(choose.lean, state, 0, 0.5, 2.0, LEANING) == near(1 / (1 + math.exp(-0.675)))
    # not heard at all .2 less; moved by a plan that says all they want .6 more
    state.leaders.heard[0], state.leaders.inspired[0] = 0.0, 1.0
    assert both(choose.lean, state, 0, 0.5, 2.0, LEANING) == near(1 / (1 + math.exp(-1.075)))


def chosen(state, provision=0.0, noise=0.0, lifting=(1.5, 0.5), **values):
    both(choose.decide, state, levers(**values), 1, 2.0, provision, False, noise, LEANING, lifting)
    return state.leaders.contribution.copy()


def test_decide():
    assert chosen(choosing()) == near(SHARES)
    deadlock = choosing()
    deadlock.islands.agreed[0] = False
    assert chosen(deadlock) == near(SHARES)  # a coalition of the willing gives all the same
    deadlock.leaders.accepts[[0, 2]] = False
    assert chosen(deadlock) == near([0, SHARES[1], 0, SHARES[3]])
    official = choosing()
    official.leaders.accepts[1] = False
    assert chosen(official) == near([SHARES[0], 0, *SHARES[2:]])  # who refuses gives nothing to what is official
    away = choosing()
    away.leaders.present[1] = False
    assert chosen(away) == near([SHARES[0], 0, *SHARES[2:]])


def test_decide_with_pressure():
    """Below a standard of .6 they go 1 - exp(-1.5 * .4) = .4511884 of the way to it, once they know a fine of .4."""
    state, part = choosing(), 1 - math.exp(-0.6)
    assert chosen(state, standard=0.6, fine=3.0) == near(SHARES)  # nobody knows of a fine yet
    state.islands.known_pressure[0] = 0.4
    pressed = SHARES + part * np.maximum(0.6 - SHARES, 0)
    assert pressed == near([SHARES[0], SHARES[1], 0.48115, 0.43721], 1e-5)
    assert chosen(state, standard=0.6) == near(pressed)
    # as far as peers say, the standard is what they believe the others give: .75 * .6 + .25 * .5 = .575
    assert chosen(state, standard=0.6, peers=0.25) == near(SHARES + part * np.maximum(0.575 - SHARES, 0))
    assert chosen(state, standard=0.6, lifting=(0.0, 0.5)) == near(SHARES)
    state.islands.agreed[0] = False  # nobody is fined for what is not official
    assert chosen(state, standard=0.6) == near(SHARES)


def test_decide_before_a_provision_point():
    """Who leans to less than .65 goes half of the way to it, as far as the belief in .5 lets it be met: .5 / .65."""
    lifted = SHARES + 0.5 * 0.5 / 0.65 * np.maximum(0.65 - SHARES, 0)
    assert lifted[1] == SHARES[1] and (lifted[[0, 2, 3]] > SHARES[[0, 2, 3]]).all()
    assert chosen(choosing(), 0.65) == near(lifted)
    within = SHARES + 0.5 * np.maximum(0.4 - SHARES, 0)  # those who believe in more than it asks hope in full
    assert chosen(choosing(), 0.4) == near(within) and within[2] == pytest.approx(0.3917, abs=1e-4)
    assert chosen(choosing(), 0.65, lifting=(1.5, 0.0)).tobytes() == chosen(choosing()).tobytes()
    # a known fine acts first, the provision point on what is left
    state, part = choosing(), 1 - math.exp(-0.6)
    state.islands.known_pressure[0] = 0.4
    pressed = SHARES + part * np.maximum(0.6 - SHARES, 0)
    both_ways = pressed + 0.5 * 0.5 / 0.65 * np.maximum(0.65 - pressed, 0)
    assert chosen(state, 0.65, standard=0.6) == near(both_ways)


def test_decide_by_chance():
    """With chance `noise` all or nothing, with the share as the chance of all."""
    assert uniform(luck.NOISE) == near([0.9631, 0.1891, 0.9837, 0.2898], 1e-4)
    second = [luck.uniforms(np.uint64(1), luck.NOISE, 1, np.uint64(i), 0)[1] for i in range(4)]
    assert second == near([0.7219, 0.0795, 0.6805, 0.8256], 1e-4)
    assert chosen(choosing(), noise=0.2) == near([SHARES[0], 1, *SHARES[2:]])  # .08 < .710
    assert chosen(choosing(), noise=0.97) == near([0, 1, SHARES[2], 0])  # .72 > .602, .83 > .303
    assert chosen(choosing(), noise=1.0) == near([0, 1, 0, 0])  # .68 > .383
    moved = choosing()
    moved.leaders.motivation[2] = 2.0
    assert chosen(moved, noise=1.0) == near([0, 1, 1, 0])  # .68 < .821


def test_decide_of_exemplars():
    state = choosing()
    state.leaders.exemplar[:] = [True, False, True, False]
    state.leaders.contribution[:], state.leaders.asked[:] = -1, 9
    both(choose.decide, state, levers(example=0.8), 1, 2.0, 0.0, True, 0.0, LEANING, (1.5, 0.5))
    # 0 keeps promises and gives .8; 2 keeps none and gives what they would; the others have not chosen yet
    assert state.leaders.contribution == near([0.8, -1, SHARES[2], -1])
    chosen(state, example=0.8)
    assert state.leaders.contribution == near([0.8, SHARES[1], SHARES[2], SHARES[3]])  # and those are not asked
    assert state.leaders.asked == near([0.8 - SHARES[0], 0, 0, 0])  # what 0 was asked for beyond what they leant to
    state.leaders.promise_keeping[2] = 0.5
    both(choose.decide, state, levers(example=0.8), 1, 2.0, 0.0, True, 0.0, LEANING, (1.5, 0.5))
    assert state.leaders.asked[2] == near(0.5 * (0.8 - SHARES[2]))
    assert state.leaders.contribution[2] == near(0.5 * (0.8 + SHARES[2]))  # half way from one to the other


def test_who_refuses_is_not_asked_to_give_first():
    """Of those who accept the next in standing is: 2 and 3 are equals, and 3 has the higher lot."""
    state = line()
    state.leaders.accepts[1] = False
    both(choose.ask, state, levers(exemplars=0.25, prominence=1.0))
    assert np.flatnonzero(state.leaders.exemplar).tolist() == [3]
    state.leaders.accepts[:] = False
    both(choose.ask, state, levers(exemplars=0.25, prominence=1.0))
    assert not state.leaders.exemplar.any()
