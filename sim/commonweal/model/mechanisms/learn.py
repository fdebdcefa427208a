"""Learn: beliefs follow what was seen; some who gave in the hope of others' giving stop, some return.

Belief updating: Fischbacher & Gaechter (2010). Erosion of types: Andreozzi, Ploner & Saral (2020).
"""

from commonweal.model import luck
from commonweal.model.kernel import kernel
from commonweal.model.params import Params, Rate, Share
from commonweal.model.state import State, slots_of


class Learn(Params):
    """How beliefs and willingness change."""

    constant: Share
    """belief gained regardless of what is seen"""
    seen: Share
    """weight of what the others were seen to give"""
    own: Share
    """weight of the belief held before"""
    public: Share
    """weight of the team's mean in what is seen, against the mean of those one attends to"""
    quits: Rate
    """chance that a willing leader turns selfish after seeing the others give nothing"""
    reassured: Rate
    """how much that chance falls when the others are seen to give everything"""
    returns: Rate
    """chance that a selfish leader is willing again"""

    def learn(self, state: State, round_: int) -> None:
        """Writes leaders.belief, leaders.faith and leaders.willing."""
        update(
            state,
            round_,
            self.constant,
            self.seen,
            self.own,
            self.public,
            self.quits,
            self.reassured,
            self.returns,
        )


@kernel
def update(state, round_, constant, weight, own, public, quits, reassured, returns):
    """belief = constant + weight * seen + own * belief; faith is the mean trust in those attended to; willing flips."""
    leaders, ties, teams = state.leaders, state.ties, state.teams
    chance = leaders.chances[0]
    if quits > 0.0:
        luck.uniform_each(chance, leaders.run, luck.WILLING, round_, leaders.key, 0)
    for i in range(leaders.key.shape[0]):
        others = teams.size[leaders.team[i]] - 1.0
        if not leaders.present[i] or others <= 0.0:
            continue
        seen = (teams.shares[leaders.team[i]] - leaders.contribution[i]) / others
        if public < 1.0:
            attention, attended, trust = 0.0, 0.0, 0.0
            for t in slots_of(ties, i):
                j = ties.to[t]
                if j >= 0 and leaders.present[j]:
                    attention += ties.strength[t]
                    attended += ties.strength[t] * leaders.contribution[j]
                    trust += ties.strength[t] * ties.trust[t]
            leaders.faith[i] = leaders.trusting[i]
            if attention > 0.0:
                leaders.faith[i] = trust / attention
                seen = public * seen + (1.0 - public) * attended / attention
        leaders.belief[i] = min(max(constant + weight * seen + own * leaders.belief[i], 0.0), 1.0)
        if quits > 0.0:
            if leaders.willing[i] > 0.0:
                if chance[i] < quits - reassured * seen:
                    leaders.willing[i] = 0.0
            elif chance[i] < returns:
                leaders.willing[i] = 1.0
