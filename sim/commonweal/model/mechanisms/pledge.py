"""Pledge: leaders who are asked say what they will give; those of their team who trust them expect more.

Leaders mean what they would give if all others gave everything, and more as far as talk commits them (Kerr &
Kaufman-Gilliland 1994). Those who do not keep promises say more than they mean, up to everything; what they mean is
all that binds them, by their promise-keeping (choose). Words move beliefs in proportion to trust; deeds are compared
with them when trust is updated.
"""

import numpy as np

from commonweal.model import luck
from commonweal.model.kernel import allocating_kernel, kernel
from commonweal.model.levers import Levers
from commonweal.model.params import Params, Share
from commonweal.model.state import State, slots_of


class Pledge(Params):
    """How pledges are heard."""

    weight: Share
    """share of the way to a fully trusted mean pledge that a belief moves"""
    commitment: Share
    """share of the way from what they would give to everything that a public talk commits a leader to"""
    public: Share
    """how well a pledge is heard by leaders without a tie to its giver, at the strangers' trust"""

    def pledge(self, state: State, levers: Levers, round_: int) -> None:
        """Writes leaders.pledged, pledge, meant and belief."""
        promise(state, levers, round_, self.commitment)
        expect(state, levers, self.weight, self.public)


@kernel
def promise(state, levers, round_, commitment):
    """Who is asked, and what they say."""
    leaders, islands = state.leaders, state.islands
    for i in range(leaders.key.shape[0]):
        asked = levers.pledges[leaders.island[i]]
        leaders.pledged[i] = False
        if asked > 0.0 and leaders.present[i]:
            chance = luck.uniform(islands.run[leaders.island[i]], luck.PLEDGE, round_, leaders.key[i], 0)
            leaders.pledged[i] = chance < asked
        if leaders.pledged[i]:
            would = min(leaders.motivation[i] * leaders.willing[i] * (leaders.intercept[i] + leaders.slope[i]), 1.0)
            meant = would + commitment * (1.0 - would)
            leaders.meant[i] = meant
            leaders.pledge[i] = meant + (1.0 - leaders.promise_keeping[i]) * (1.0 - meant)


@allocating_kernel
def expect(state, levers, weight, public):
    """belief += weight * sum(credit * (pledge - belief)) / sum(hearing), credit = hearing * trust.

    The sums are over the others of the team who pledge, whose gifts the belief is about. Hearing is the strength
    of the tie to the one who pledges, or `public` without one.
    """
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        if levers.pledges[b] <= 0.0:
            continue
        first, last = islands.team_start[b], islands.team_start[b + 1]
        count, total = np.zeros(last - first), np.zeros(last - first)
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.pledged[i]:
                count[leaders.team[i] - first] += 1.0
                total[leaders.team[i] - first] += leaders.pledge[i]
        hear_pledges(state, b, count, total, weight, public)


@kernel
def hear_pledges(state, b, count, total, weight, public):
    """The same for each leader of community b; `count` and `total` are of the pledges of each of its teams."""
    leaders, ties, islands = state.leaders, state.ties, state.islands
    first = islands.team_start[b]
    for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
        if not leaders.present[i]:
            continue
        team = leaders.team[i]
        others, sum_others = count[team - first], total[team - first]
        if leaders.pledged[i]:
            others, sum_others = others - 1.0, sum_others - leaders.pledge[i]
        hearing, credit, pledged = 0.0, 0.0, 0.0
        for t in slots_of(ties, i):
            j = ties.to[t]
            if j >= 0 and leaders.pledged[j] and leaders.team[j] == team:
                others -= 1.0
                sum_others -= leaders.pledge[j]
                hearing += ties.strength[t]
                credit += ties.strength[t] * ties.trust[t]
                pledged += ties.strength[t] * ties.trust[t] * leaders.pledge[j]
        hearing += public * others
        credit += public * islands.stranger_trust[b] * others
        pledged += public * islands.stranger_trust[b] * sum_others
        if hearing > 0.0:
            leaders.belief[i] += weight * (pledged - credit * leaders.belief[i]) / hearing
