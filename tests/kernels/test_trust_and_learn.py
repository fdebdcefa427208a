"""Trusting and learning on the line, worked by hand."""

import numpy as np
import pytest
from line import both, line, near, uniform

from commonweal.model import luck
from commonweal.model.community import populate
from commonweal.model.mechanisms import learn
from commonweal.model.mechanisms.trust import deeds

TIED = [0, 2, 3, 4, 5, 6]  # 0->1, 1->0, 1->2, 2->1, 2->3, 3->2


def gave(*shares):
    """Those shares are given, by default .5, .25, 0 and 1; 3 had pledged .8, and kept half of their pledges before."""
    state = line()
    leaders = state.leaders
    leaders.contribution[:] = shares or [0.5, 0.25, 0, 1]
    state.teams.shares[0] = leaders.contribution.sum()
    leaders.pledged[3], leaders.pledge[3], leaders.record[3] = True, 0.8, 0.5
    return state


def judged(state, reciprocity=0.5, least=0.1, leaning=0.5, lesson=0.1):
    both(deeds.judge, state, 0.2, 0.3, reciprocity, least, 0.5, leaning, lesson)
    return state.ties.trust[TIED]


def test_judge():
    # Fair is half of the team's .4375 and half of one's own: .46875, .34375, .21875; trust rests half way between what
    # was kept of it and the leader's disposition, .2, .4, .6, .8:
    # 0->1: .25 / .46875 = .5333, rest .36667; down: .5 - .3 * .8 * .13333
    # 1->0: kept, rest .7: .9 - .3 * .4 * .2. 1->2: nothing, rest .2: .3 - .3 * .6 * .1
    # 2->1: kept, rest .8; up: .6 + .2 * .5 * .2
    # 2->3: .21875 + .5 * (.8 - .21875) was to be expected, and kept, rest .8: .2 + .2 * .5 * .6
    # 3->2: nothing, rest .4: where it is
    state = gave()
    assert judged(state) == near([0.468, 0.876, 0.282, 0.62, 0.26, 0.4])
    # and a tenth of it is a lesson about people: 0 .2 + .1 * (.5333 - .2); 1 from .4 to .4 * 1 + .6 * 0; 2 from .6 to
    # 1; 3 from .8 to 0
    assert state.leaders.trusting == near([0.7 / 3, 0.4, 0.64, 0.72])
    deadlock = gave()
    deadlock.islands.agreed[0] = False  # what is not official can be given to by those who accept it
    assert judged(deadlock) == near([0.468, 0.876, 0.282, 0.62, 0.26, 0.4])
    assert deadlock.leaders.trusting == near([0.7 / 3, 0.4, 0.64, 0.72])
    refused = gave()
    refused.leaders.accepts[2] = False  # nothing was to be expected of 2: trust in them stays
    assert judged(refused) == near([0.468, 0.876, 0.3, 0.62, 0.26, 0.4])
    # and is no lesson: 1 learns of 0 alone, from .4 to 1, and 3 of nobody
    assert refused.leaders.trusting == near([0.7 / 3, 0.46, 0.64, 0.8])
    away = gave()
    away.leaders.present[1] = False
    assert judged(away)[[0, 1, 2, 3]] == near([0.5, 0.9, 0.3, 0.6])  # they neither judge nor are judged
    assert away.leaders.trusting == near([0.2, 0.4, 0.64, 0.72])


@pytest.mark.parametrize(
    ("record", "kept"),
    [
        (0.5, 1 - 1.5 * (1 - 0.4 / 0.471875)),  # fair is .14375 for 2; .14375 + .5 * (.8 - .14375), short by .15
        (
            1.0,
            0.25,
        ),  # a word that has always been kept is expected to be: half of .8 is missing, and half again
        (0.0, 1.0),  # one that never was is not: .14375
    ],
)
def test_judge_of_one_who_had_pledged(record, kept):
    state = gave(0.5, 0.25, 0, 0.4)
    state.leaders.record[3] = record
    assert judged(state, leaning=0.0)[4] == near(0.2 + 0.2 * 0.5 * (kept - 0.2))
    state = gave(0.5, 0.25, 0, 0.4)
    state.leaders.pledge[3], state.leaders.record[3] = 0.1, record  # who pledged less than is fair owes what is fair
    assert judged(state, leaning=0.0)[4] == near(0.2 + 0.2 * 0.5 * 0.8)


def test_judge_by_what_is_fair():
    """The standard is what the team gives, or what one gives oneself, but never less than .6 here."""
    assert judged(gave(), reciprocity=0.0, leaning=0.0)[0] == near(0.5 + 0.2 * 0.8 * (0.25 / 0.4375 - 0.5))
    assert judged(gave(), reciprocity=1.0, leaning=0.0)[3] == near(0.6 + 0.2 * 0.5 * 0.4)  # 2 gave nothing themselves
    assert judged(gave(), least=0.6, leaning=0.0)[0] == near(0.5 + 0.3 * 0.8 * (0.25 / 0.6 - 0.5))
    nobody = judged(gave(0, 0, 0, 0), least=0.0, leaning=0.0)  # where nothing is expected, nothing is broken,
    assert nobody[[0, 3]] == near([0.5 + 0.2 * 0.8 * 0.5, 0.6 + 0.2 * 0.5 * 0.4])
    assert nobody[4] == near(0.2 - 0.3 * 0.5 * 0.2)  # unless one gave one's word; and no less than nothing was kept


def test_update():
    assert uniform(luck.WILLING) == near([0.4904, 0.7898, 0.1183, 0.5293], 1e-4)
    state = gave()
    state.leaders.willing[3] = 0
    both(learn.update, state, 1, 0.01, 0.4, 0.5, 0.5, 0.5, 0.2, 0.6)
    # seen, half in the team and half among those attended to:
    # 0: (1.25 / 3 + .25) / 2 = 1/3; 1: (1.5 / 3 + .2) / 2 = .35; 2: (1.75 / 3 + .625) / 2; 3: (.75 / 3 + 0) / 2
    seen = np.array([1 / 3, 0.35, (1.75 / 3 + 0.625) / 2, 0.125])
    assert state.leaders.belief == near(0.01 + 0.4 * seen + 0.25)
    # quits below .5 - .2 * seen: .49 > .43 stays, .79 stays, .12 < .38 turns selfish; .53 < .6 returns
    assert state.leaders.willing.tolist() == [1, 1, 0, 1]


def test_update_of_faith():
    """Trust in those attended to, as attention is given: .5; .4 * .9 + .6 * .3 of 1; .5 * .6 + .5 * .2 of 1; .4."""
    state = gave()
    state.leaders.faith[:] = 0.9
    both(learn.update, state, 1, 0.01, 0.4, 0.5, 0.5, 0.0, 0.0, 0.0)
    assert state.leaders.faith == near([0.5, 0.54, 0.4, 0.4])
    state.leaders.present[0], state.leaders.present[3] = False, False
    state.ties.to[3], state.ties.strength[3] = -1, 0
    both(learn.update, state, 1, 0.01, 0.4, 0.5, 0.5, 0.0, 0.0, 0.0)
    # who is away is not attended to: 2 to 1 alone; 1 to nobody, and trusts as is their disposition
    assert state.leaders.faith == near([0.5, 0.4, 0.6, 0.4])
    state.leaders.faith[:] = 0.9
    both(learn.update, state, 1, 0.01, 0.4, 0.5, 1.0, 0.0, 0.0, 0.0)
    assert state.leaders.faith == near([0.9] * 4)  # where the team alone is seen, nobody is attended to


def test_face():
    """Before the first round everyone knows their own faith in others, and holds the agenda against their wishes."""
    state = line()
    state.leaders.faith[:], state.leaders.overlap[:] = 0, 0
    state.ties.to[6], state.ties.strength[6] = -1, 0
    state.islands.agenda[0] = [0.75, 0.25]
    both(populate._face, state)
    assert state.leaders.faith == near([0.5, 0.54, 0.4, 0.8])
    assert state.leaders.overlap == near([0.75, 1, 0.75, 0.5])
