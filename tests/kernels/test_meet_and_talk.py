"""Meeting and talking on the line, worked by hand."""

import numpy as np
import pytest
from line import WISHES, both, levers, line, near, uniform

from commonweal.model import luck
from commonweal.model.mechanisms import meet
from commonweal.model.mechanisms.talk import bounded_confidence, deffuant, friedkin_johnsen, talk

ISSUES = (0, 1)


def draws(stream, index=0, round_=1):
    """The first three of the four numbers of each leader."""
    return [luck.uniforms(np.uint64(1), stream, round_, np.uint64(i), index)[:3] for i in range(4)]


def test_fade():
    ties = line().ties
    both(meet.fade, ties, 0.5, 0.15, 0.0)
    assert ties.strength[[0, 2, 3, 4, 5]] == near([0.4, 0.2, 0.3, 0.25, 0.25])
    assert ties.to.tolist() == [1, -1, 0, 2, 1, 3, -1, -1]  # 3->2 has .1 < .15 left: forgotten


def test_fade_where_attention_is_short():
    """Attention for .5 in all: 0 gives .8, 1 and 2 give 1 each, and so keep .625, .5 and .5 of it; 3 gives .2."""
    ties = line().ties
    both(meet.fade, ties, 0.5, 0.12, 0.5)
    # after that each loses a half: .8 * .625 * .5; .4 and .6 by a quarter; .5 and .5 by a quarter; .2 by a half
    assert ties.strength == near([0.25, 0, 0, 0.15, 0.125, 0.125, 0, 0])
    assert ties.to.tolist() == [1, -1, -1, 2, 1, 3, -1, -1]  # .1 is below .12: forgotten
    enough = line().ties
    both(meet.fade, enough, 0.0, 0.0, 1.0)
    assert enough.strength == near(line().ties.strength)


@pytest.mark.parametrize(("chance", "whom"), [(0.0, 0), (0.39, 0), (0.41, 2), (0.99, 2)])
def test_tied(chance, whom):
    ties = line().ties  # leader 1: .4 of 1 to leader 0, .6 to leader 2
    assert both(meet.tied, ties.start, ties.to, ties.strength, 1, chance) == whom


def test_tied_to_nobody():
    ties = line().ties
    ties.to[:2], ties.strength[:2] = -1, 0.0
    assert both(meet.tied, ties.start, ties.to, ties.strength, 0, 0.5) == -1


def test_colleague_outsider_anyone():
    islands = line().islands
    sectors, members = islands.sector_start[0], islands.members
    assert [both(meet.colleague, sectors, members, 1, chance) for chance in (0.49, 0.5)] == [2, 3]
    assert [both(meet.outsider, sectors, members, 0, chance) for chance in (0.49, 0.5)] == [2, 3]
    assert [both(meet.outsider, sectors, members, 1, chance) for chance in (0.49, 0.5)] == [0, 1]
    assert both(meet.outsider, np.array([0, 4, 4]), members, 0, 0.5) == -1  # all are of one sector
    assert [both(meet.anyone, islands.leader_start, 0, chance) for chance in (0.24, 0.26, 0.99)] == [0, 1, 3]


def test_seek():
    """Habit 1.2, by tie below .5, by sector below .7, else by a friend; one convened encounter, bridging .3."""
    assert draws(luck.HABIT) == near([[0.9514, 0.9334, 0.5673], [0.2286, 0.4847, 0.4319],
                                      [0.9823, 0.8612, 0.5807], [0.4207, 0.3105, 0.1722]], 1e-4)  # fmt: skip
    assert draws(luck.HABIT, 1) == near([[0.3171, 0.3894, 0.1015], [0.0270, 0.5082, 0.7416],
                                         [0.4638, 0.0331, 0.0950], [0.0021, 0.8062, 0.5460]], 1e-4)  # fmt: skip
    assert draws(luck.HABIT, 2)[::2] == near([[0.8180, 0.2896, 0.0086], [0.6241, 0.8588, 0.6431]], 1e-4)
    assert draws(luck.FORUM) == near([[0.2907, 0.4413, 0.6784], [0.3029, 0.6367, 0.1068],
                                      [0.4078, 0.2730, 0.5726], [0.6733, 0.2378, 0.4109]], 1e-4)  # fmt: skip
    state = line()
    convener = levers(meetings=1.0, bridging=0.3)
    assert both(meet.intend, state, convener, 1, 1.2) == (2, 1)
    assert (state.leaders.habitual.tolist(), state.leaders.convened.tolist()) == ([2, 1, 2, 1], [1, 1, 1, 1])
    for turn in (0, 1):
        both(meet.seek, state, 1, turn, 0.5, 0.7, 1.0)
    both(meet.convene, state, convener, 1, 0)
    # 0: int(1.2 + .95) = 2 by habit: tied .39 -> 1; friend of a friend: 1, then .0086 of 1's ties -> 0 itself: nobody
    #    forum .29 < .3: outsider int(.44 * 2) = 0 -> 2
    # 1: int(1.2 + .23) = 1: tied .51 -> past .4 -> 2; forum .303 >= .3: anyone int(.64 * 4) = 2
    # 2: 2: tied .03 -> 1; .5 <= .62 < .7 colleague int(.86 * 2) = 1 -> 3; anyone int(.273 * 4) = 1
    # 3: 1: tied -> 2; anyone int(.24 * 4) = 0
    found = state.leaders.encounters
    assert found[:, :3].tolist() == [[1, -1, 2], [2, 2, -1], [1, 3, 1], [2, 0, -1]]
    assert (found[:, 3:] == -1).all()


def test_seek_by_reputation():
    """Somebody of the community, whoever it is, and one to whom they attend; who is that one oneself meets nobody."""
    fourth = [luck.uniforms(np.uint64(1), luck.HABIT, 1, np.uint64(i), 1)[3] for i in range(4)]
    assert fourth == near([0.0525, 0.0584, 0.84, 0.8616], 1e-4)
    state = line()
    state.leaders.habitual[:], state.leaders.encounters[:] = 1, -1
    both(meet.seek, state, 1, 0, 0.0, 0.0, 0.0)
    # 0: of 0 (.1015 * 4) the only one: 1. 1: of 2 (.74 * 4), .0584 of .5 and .5: 1 itself. 2: of 0 (.095 * 4): 1
    # 3: of 2 (.546 * 4), .8616: 3 itself
    assert state.leaders.encounters[:, 0].tolist() == [1, -1, 1, -1]
    state.leaders.encounters[:] = -1
    both(meet.seek, state, 1, 0, 0.01, 0.02, 0.4)  # by reputation .6 only, .46 of 2; .0021 of 3 is by tie: 2
    # friends of friends: 0: 1, and of 1 (.1015 of .4 and .6) 0 itself; 1: 2 (.5082), and of 2 (.7416) 3
    assert state.leaders.encounters[:, 0].tolist() == [-1, 3, 1, 2]


def test_seek_through_a_hub():
    """All deal through 2, with chance .5, in what they begin themselves; 2 meets whom they meant to."""
    assert uniform(luck.HUB) == near([0.9062, 0.3697, 0.8383, 0.3252], 1e-4)
    state = line()
    state.leaders.habitual[:], state.islands.hub[0], state.islands.through[0] = 1, 2, 0.5
    state.leaders.encounters[:] = -1
    both(meet.seek, state, 1, 0, 1.0, 1.0, 1.0)  # by tie alone
    # 0 meant 1, and .91 >= .5; 1 (.51 of .4 and .6) and 3 meant 2 anyway; 2 (.03 of .5 and .5) meant 1
    assert state.leaders.encounters[:, 0].tolist() == [1, 2, 1, 2]
    state.islands.through[0] = 1.0
    both(meet.seek, state, 1, 0, 1.0, 1.0, 1.0)
    assert state.leaders.encounters[:, 0].tolist() == [2, 2, 1, 2]
    state.islands.hub[0], state.islands.through[0], state.leaders.encounters[:] = 0, 0.5, -1
    both(meet.seek, state, 1, 0, 1.0, 1.0, 1.0)  # through 0: of 1 (.37) and 3 (.33), but not of 2 (.84)
    assert state.leaders.encounters[:, 0].tolist() == [1, 0, 1, 0]
    state.leaders.present[0], state.leaders.encounters[:] = False, -1
    both(meet.seek, state, 1, 0, 1.0, 1.0, 1.0)  # a hub that is away is met by nobody
    assert state.leaders.encounters[:, 0].tolist() == [1, -1, 1, -1]


def test_encounter():
    state = line()
    state.leaders.encounters[0, 0], state.leaders.encounters[3, 0] = 1, 0
    state.leaders.habitual[:] = 1
    both(meet.encounter, state, 0.5, 0.4, 0.1)
    # who began it: 0->1 .8 + .5 * .2, and 3 and 0 are new to each other: in their empty slots, at .5 and at .4 * .5
    # the other: 1->0: .4 + .2 * .6. Trust: .5 + .1 * .5; .9 + .1 * .1; of strangers, 0 .2 + .1 * .8 and 3 .8 + .1 * .2
    assert state.ties.to.tolist() == [1, 3, 0, 2, 1, 3, 2, 0]
    assert state.ties.strength == near([0.9, 0.2, 0.52, 0.6, 0.5, 0.5, 0.2, 0.5])
    assert state.ties.trust == near([0.55, 0.28, 0.91, 0.3, 0.6, 0.2, 0.4, 0.82])
    alone = line()
    alone.leaders.encounters[0, 0], alone.leaders.encounters[3, 0], alone.leaders.habitual[:] = 1, 0, 1
    both(meet.encounter, alone, 0.5, 0.0, 0.0)  # the other hears nothing of it, and nobody trusts the more
    assert alone.ties.to.tolist() == [1, -1, 0, 2, 1, 3, 2, 0]
    assert alone.ties.strength == near([0.9, 0, 0.4, 0.6, 0.5, 0.5, 0.2, 0.5])
    assert alone.ties.trust == near([0.5, 0, 0.9, 0.3, 0.6, 0.2, 0.4, 0.8])


def test_strengthen_takes_the_weakest_slot_below_the_gain():
    ties = line().ties
    both(meet.strengthen, ties, 1, 3, 0.3, 0.3, 0.1)  # slots of 1 hold .4 and .6: a newcomer at .3 has no chance
    assert ties.to[2:4].tolist() == [0, 2]
    both(meet.strengthen, ties, 1, 3, 0.5, 0.3, 0.1)  # at .5 they take the place of the .4
    assert ties.to[2:4].tolist() == [3, 2]
    assert (ties.strength[2], ties.trust[2]) == (0.5, pytest.approx(0.37))


def test_held():
    run = np.uint64(1)
    assert luck.uniform(run, luck.HEARD, 1, np.uint64(0), 65535) == pytest.approx(0.3572, abs=1e-4)
    assert both(talk.held, run, 0.0, 1, 0)
    assert not both(talk.held, run, 0.5, 1, 1)  # int(.5 + .36) = 0 further talks
    assert both(talk.held, run, 0.7, 1, 1)  # int(.7 + .36) = 1
    assert not both(talk.held, run, 1.5, 1, 2)


def test_state_priorities():
    """Garble .4 * (1 - .5) = .2: a fifth of what is heard is the one issue that drowns out the other."""
    state = line()
    assert [each[0] for each in draws(luck.GARBLE)] == near([0.0977, 0.2518, 0.3660, 0.7780], 1e-4)
    both(talk.state_priorities, state, levers(clarity=0.5), 1, 0, 0.4, ISSUES)
    # .0977 < 1, .2518 < .75 and .3660 < .5: the first issue of 0, 1 and 2; .7780 > .25: the second of 3
    # 1; .75 + .2 * .25; .5 + .2 * .5; .25 - .2 * .25
    assert state.leaders.stated == near([[1, 0], [0.8, 0.2], [0.6, 0.4], [0.2, 0.8]])
    assert state.leaders.revised == near(WISHES)
    state.leaders.present[1] = False
    both(talk.state_priorities, state, levers(), 1, 0, 1.0, ISSUES)  # all noise: nothing but the one issue
    assert state.leaders.stated == near([[1, 0], WISHES[1], [1, 0], [0, 1]])  # who is away says nothing
    state.leaders.present[1] = True
    both(talk.state_priorities, state, levers(clarity=1.0), 1, 0, 0.4, ISSUES)
    assert state.leaders.stated == near(WISHES)
    assert state.leaders.talking.all()
    both(talk.state_priorities, state, levers(talks=0.5), 1, 1, 0.4, ISSUES)  # a second talk that does not take place
    assert not state.leaders.talking.any()


# Within the bound of .3 each hears their neighbours (.25 away); weight strength * trust * standing, self 1:
# 0: 1 by .8 * .5 * 1.5 = .6: (1 + .6 * .75) / 1.6
# 1: 0 by .4 * .9 * .5 = .18, 2 by .6 * .3 * 1 = .18: (.75 + .18 + .09) / 1.36
# 2: 1 by .5 * .6 * 1.5 = .45, 3 by .5 * .2 * 1 = .1: (.5 + .3375 + .025) / 1.55
# 3: 2 by .2 * .4 * 1 = .08: (.25 + .04) / 1.08
HEARD = [1.45 / 1.6, 1.02 / 1.36, 0.8625 / 1.55, 0.29 / 1.08]


@pytest.mark.parametrize(
    ("bound", "widening", "mediation", "expected"),
    [(0.3, 0.0, 0.0, HEARD), (0.2, 0.5, 1.0, HEARD), (0.2, 0.0, 1.0, [1, 0.75, 0.5, 0.25])],
)
def test_listen_within_the_bound(bound, widening, mediation, expected):
    state = line()
    both(talk.listen, state, levers(mediation=mediation), 1, 0, bound, widening, 1.0, 0.2, ISSUES)
    assert state.leaders.revised[:, 0] == near(expected)
    assert state.leaders.revised.sum(axis=1) == near([1, 1, 1, 1])


def test_listen_where_voices_are_equal():
    state = line()
    both(talk.listen, state, levers(equality=1.0), 1, 0, 0.3, 0.0, 1.0, 0.2, ISSUES)
    # standing counts no more: 0 hears 1 by .4; 1 hears 0 by .36 and 2 by .18; 2 hears 1 by .3 and 3 by .1
    expected = [1.3 / 1.4, (0.75 + 0.36 + 0.09) / 1.54, (0.5 + 0.225 + 0.025) / 1.4, 0.29 / 1.08]
    assert state.leaders.revised[:, 0] == near(expected)


def test_listen_at_the_forum():
    state = line()
    assert [each[0] for each in draws(luck.HEARD)] == near([0.0624, 0.8466, 0.6055, 0.9701], 1e-4)
    assert [each[0] for each in draws(luck.HEARD, 1)] == near([0.6069, 0.5572, 0.0595, 0.2225], 1e-4)
    both(talk.listen, state, levers(reach=1.0), 1, 0, 1.0, 0.0, 1.0, 0.2, ISSUES)
    # int(1 + less than 1) = 1 speaker each, int(4 * the second number): 2, 2, 0, 0, by .2 * standing
    expected = [(1.45 + 0.1) / 1.8, (1.02 + 0.1) / 1.56, (0.8625 + 0.1) / 1.65, (0.29 + 0.1) / 1.18]
    assert state.leaders.revised[:, 0] == near(expected)


def test_speakers_are_added_to_what_was_heard():
    """0 and 1 hear 2, 2 and 3 hear 0, by .2 * standing; own priorities have weight 1."""
    state = line()
    state.leaders.chances[0] = 1.0
    both(talk.hear_speakers, state, levers(reach=1.0), 1, 0, 1.0, 1.0, 0.0, 0.2, ISSUES)
    assert state.leaders.revised[:, 0] == near([1.1 / 1.2, 0.85 / 1.2, 0.6 / 1.1, 0.35 / 1.1])
    state = line()
    state.leaders.chances[0], state.leaders.talking[3] = 1.0, False
    both(talk.hear_speakers, state, levers(reach=0.2), 1, 0, 0.2, 1.0, 0.0, 0.2, ISSUES)
    assert state.leaders.revised[:, 0] == near([1, 0.85 / 1.2, 0.5, 0.25])  # int(.2 + .8466) is 1, 3 does not talk


def test_a_sum_becomes_a_mean():
    mean, own = np.array([1.0, 2.0]), np.array([0.25, 0.75])
    both(talk.divide, mean, own, 4.0, ISSUES)
    assert mean == near([0.25, 0.5])
    both(talk.divide, mean, own, 0.0, ISSUES)
    assert mean == near(own)


def test_nobody_to_hear():
    state = line()
    both(talk.listen, state, levers(), 1, 0, 0.1, 0.0, 0.0, 0.2, ISSUES)  # no weight at all, not even their own
    assert state.leaders.revised == near(WISHES)


def test_distance_and_loudness():
    leaders = line().leaders
    assert both(talk.distance, leaders.stated[3], leaders.priorities[0], ISSUES) == 0.75
    assert both(talk.loudness, 0.25, 1.6) == pytest.approx(0.75 * 1.6 + 0.25)
    leaders.revised[0] = [0.5, 0.25]
    assert both(talk.heed, leaders.revised[0], 0.4, leaders.stated[3], leaders.priorities[0], 0.75, ISSUES) == 0.4
    assert leaders.revised[0] == near([0.5 + 0.4 * 0.25, 0.25 + 0.4 * 0.75])
    assert both(talk.heed, leaders.revised[0], 0.4, leaders.stated[3], leaders.priorities[0], 0.74, ISSUES) == 0.0
    assert leaders.revised[0] == near([0.5 + 0.4 * 0.25, 0.25 + 0.4 * 0.75])


def test_approach_hold_back_adopt():
    leaders = line().leaders
    leaders.revised[0], leaders.anchor[0] = [0.6, 0.4], [0.8, 0.2]
    both(bounded_confidence.approach, leaders, 0.5, 0.1)
    assert leaders.revised[0] == near([0.78, 0.22])  # 1 + .5 * (.6 - 1) + .1 * (.8 - 1)
    leaders.revised[0] = [0.5, 0.5]
    both(friedkin_johnsen.hold_back, leaders, 0.6)
    assert leaders.revised[0] == near([0.62, 0.38])  # .6 * .5 + .4 * .8
    leaders.talking[0], leaders.revised[0] = False, [0.9, 0.1]
    both(bounded_confidence.approach, leaders, 0.5, 0.1)
    both(friedkin_johnsen.hold_back, leaders, 0.6)
    assert leaders.revised[0] == near([0.9, 0.1])  # who takes no part is not moved
    both(talk.adopt, leaders)
    assert leaders.priorities == near([[0.9, 0.1], *WISHES[1:]])


@pytest.mark.parametrize(
    ("bound", "widening", "mediation", "expected"),
    [
        (0.5, 0.0, 0.0, [1, 0.7, 0.55, 0.25]),  # 0 and 3 are .75 apart, 1 and 2 .25
        (0.5, 1.0, 0.5, [0.85, 0.7, 0.55, 0.4]),
        (0.2, 1.0, 0.2, [1, 0.75, 0.5, 0.25]),
    ],
)
def test_converse(bound, widening, mediation, expected):
    state = line()
    lots = [luck.uniform(np.uint64(1), luck.PAIR, 1, np.uint64(i), 0) for i in range(4)]
    assert np.argsort(lots).tolist() == [0, 3, 1, 2]  # 0 talks with 3, 1 with 2
    both(deffuant.converse, state, levers(mediation=mediation), 1, 0, bound, widening, 0.2, ISSUES)
    assert state.leaders.revised[:, 0] == near(expected)
    assert state.leaders.revised.sum(axis=1) == near([1, 1, 1, 1])
    away = line()
    away.leaders.talking[3] = False
    both(deffuant.converse, away, levers(), 1, 0, 1.0, 0.0, 0.2, ISSUES)
    assert away.leaders.revised[:, 0] == near([0.95, 0.8, 0.5, 0.25])  # 0 with 1; 2 is left over, 3 takes no part
