"""Pledge: leaders who are asked say what they will give; those of their team who trust them expect more.

A pledge is what leaders would give if all others gave everything; those who do not keep promises say more than that, up
to everything. A public word commits its giver (Kerr & Kaufman-Gilliland 1994), as far as they keep promises and have
kept them; commitment builds and fades over rounds. Words move beliefs in proportion to trust and to the giver's record;
deeds are compared with them when trust is updated, and in the record.
"""

import numpy as np

from commonweal.model import luck
from commonweal.model.kernel import allocating_kernel, kernel
from commonweal.model.levers import Levers
from commonweal.model.mechanisms.choose import Choose, lean
from commonweal.model.params import Params, Rate, Share
from commonweal.model.state import State, slots_of


class Pledge(Params):
    """How pledges are heard, and how they bind."""

    weight: Share
    """share of the way to a fully trusted mean pledge that a belief moves"""
    public: Share
    """how well a pledge is heard without a tie to its giver, beside a tie of strength 1"""
    pace: Rate
    """share of the way to full commitment gone per round of pledging, and back per round without"""
    wear: Rate
    """weight of the last round in the record of pledges kept"""

    def pledge(self, state: State, levers: Levers, round_: int, choose: Choose, multiplier: float) -> None:
        """Writes leaders.record, commitment, pledged, pledge and belief."""
        take_hold(state, self.pace, self.wear)
        promise(state, levers, round_, multiplier, choose.leaning())
        expect(state, levers, self.weight, self.public)


@kernel
def take_hold(state, pace, wear):
    """What was pledged in the round before enters the record, and commits as far as the record is good.

    A pledge holds where its giver could accept what the joint effort then was for.
    """
    leaders = state.leaders
    for i in range(leaders.key.shape[0]):
        if not leaders.present[i]:
            continue
        bound = 0.0
        if leaders.pledged[i] and leaders.accepts[i]:
            if leaders.pledge[i] > 0.0:
                kept = min(leaders.contribution[i] / leaders.pledge[i], 1.0)
                leaders.record[i] += wear * (kept - leaders.record[i])
            bound = leaders.promise_keeping[i] * leaders.record[i]
        leaders.commitment[i] += pace * (bound - leaders.commitment[i])


@kernel
def promise(state, levers, round_, multiplier, leaning):
    """Who is asked, and what they say."""
    leaders, chance, anybody = state.leaders, state.leaders.chances[0], False
    for b in range(levers.pledges.shape[0]):
        anybody = anybody or levers.pledges[b] > 0.0
    if anybody:
        luck.uniform_each(chance, leaders.run, luck.PLEDGE, round_, leaders.key, 0)
    for i in range(leaders.key.shape[0]):
        asked = levers.pledges[leaders.island[i]]
        leaders.pledged[i] = asked > 0.0 and leaders.present[i] and chance[i] < asked
        if leaders.pledged[i]:
            would = lean(state, i, 1.0, multiplier, leaning)
            leaders.pledge[i] = would + (1.0 - leaders.promise_keeping[i]) * (1.0 - would)


@allocating_kernel
def expect(state, levers, weight, public):
    """belief += weight * sum(credit * (pledge - belief)) / sum(hearing), credit = hearing * trust * record.

    The sums are over the others of the team who pledge, whose gifts the belief is about. Hearing is the strength
    of the tie to the one who pledges, or `public` without one.
    """
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        if levers.pledges[b] <= 0.0:
            continue
        first, last = islands.team_start[b], islands.team_start[b + 1]
        count, good, total = np.zeros(last - first), np.zeros(last - first), np.zeros(last - first)
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.pledged[i]:
                count[leaders.team[i] - first] += 1.0
                good[leaders.team[i] - first] += leaders.record[i]
                total[leaders.team[i] - first] += leaders.record[i] * leaders.pledge[i]
        hear_pledges(state, b, count, good, total, weight, public)


@kernel
def hear_pledges(state, b, count, good, total, weight, public):
    """The same for each leader of community b; `count`, `good` and `total` are of the pledges of each of its teams.

    They are how many there are, the records behind them, and the pledges as far as the records are good.
    """
    leaders, ties, islands = state.leaders, state.ties, state.islands
    first = islands.team_start[b]
    for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
        if not leaders.present[i]:
            continue
        team = leaders.team[i]
        others, good_others, sum_others = count[team - first], good[team - first], total[team - first]
        if leaders.pledged[i]:
            others -= 1.0
            good_others -= leaders.record[i]
            sum_others -= leaders.record[i] * leaders.pledge[i]
        hearing, credit, pledged = 0.0, 0.0, 0.0
        for t in slots_of(ties, i):
            j = ties.to[t]
            if j >= 0 and leaders.pledged[j] and leaders.team[j] == team:
                others -= 1.0
                good_others -= leaders.record[j]
                sum_others -= leaders.record[j] * leaders.pledge[j]
                hearing += ties.strength[t]
                credit += ties.strength[t] * ties.trust[t] * leaders.record[j]
                pledged += ties.strength[t] * ties.trust[t] * leaders.record[j] * leaders.pledge[j]
        hearing += public * others
        credit += public * leaders.trusting[i] * good_others
        pledged += public * leaders.trusting[i] * sum_others
        if hearing > 0.0:
            leaders.belief[i] += weight * (pledged - credit * leaders.belief[i]) / hearing
