"""Trust follows deeds: it moves towards how far the other is seen to keep to what could be expected of them.

Rates of about the same size up and down, per observation (Mikus et al. 2023). What can be expected is known to both:
what the team gives, what the one who judges gives, and what the other pledged, as far as their pledges have been kept.
Trust rests where experience leaves it, and partly where the leader's own disposition to trust would have it.
"""

from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.trust.trust import Trust
from commonweal.model.params import Rate, Share
from commonweal.model.state import State, slots_of


class Deeds(Trust):
    """Trust moves in levels, at one rate upwards and at another downwards."""

    up: Rate
    """share of the way to a higher level gone per observation, by one who gives full attention"""
    down: Rate
    """the same to a lower level"""
    reciprocity: Share
    """weight of what one gives oneself in what can be expected, against what the team gives"""
    least: Share
    """the share below which no gift counts as keeping to what can be expected, however little others give"""
    leaning: Share
    """weight of a leader's own disposition in where their trust rests"""

    def update(self, state: State) -> None:
        judge(state, self.up, self.down, self.reciprocity, self.least, self.leaning)

    def plain_update(self, leader: Any, tie: Any) -> None:
        given = leader.team.gave / len(leader.team.members)
        fair = max(given + self.reciprocity * (leader.contribution - given), self.least)
        other = tie.to
        if other.pledge is not None:
            fair += other.record * max(other.pledge - fair, 0)
        kept = min(other.contribution / fair, 1.0) if fair > 0 else 1.0
        rest = kept + self.leaning * (leader.trusting - kept)
        rate = self.up if rest > tie.trust else self.down
        tie.trust += rate * tie.strength * (rest - tie.trust)


@kernel
def judge(state, up, down, reciprocity, least, leaning):
    """trust += rate * strength * (rest - trust), rest = (1 - leaning) * kept + leaning * disposition.

    kept = min(contribution / expected, 1); expected = fair + record * max(pledge - fair, 0) of one who pledged, and
    fair = max((1 - reciprocity) * what the team gives + reciprocity * what one gives oneself, least).
    """
    leaders, ties, teams, islands = state.leaders, state.ties, state.teams, state.islands
    for i in range(leaders.key.shape[0]):
        if not leaders.present[i] or not islands.agreed[leaders.island[i]]:
            continue
        given = teams.shares[leaders.team[i]] / teams.size[leaders.team[i]]
        fair = max(given + reciprocity * (leaders.contribution[i] - given), least)
        for t in slots_of(ties, i):
            j = ties.to[t]
            if j >= 0 and leaders.present[j]:
                expected = fair
                if leaders.pledged[j]:
                    expected += leaders.record[j] * max(leaders.pledge[j] - fair, 0.0)
                kept = min(leaders.contribution[j] / expected, 1.0) if expected > 0.0 else 1.0
                rest = kept + leaning * (leaders.trusting[i] - kept)
                rate = up if rest > ties.trust[t] else down
                ties.trust[t] += rate * ties.strength[t] * (rest - ties.trust[t])
