"""Trust follows deeds: it moves towards how far the other is seen to keep to what could be expected of them.

Rates of about the same size up and down, per observation (Mikus et al. 2023). What can be expected is known to both:
what the team gives, what the one who judges gives, and what the other pledged, as far as their pledges have been kept.
Trust rests where experience leaves it, and partly where the leader's own disposition to trust would have it; that
disposition, with which strangers are met, itself follows what the known do, more slowly.
"""

from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.trust.trust import Trust
from commonweal.model.params import Factor, Rate, Share
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
    betrayal: Factor
    """how much more falling short counts for one who has pledged, as a share of what it counts else"""
    leaning: Share
    """weight of a leader's own disposition in where their trust rests"""
    lesson: Rate
    """share of the way from that disposition to what those attended to have kept to, gone per round"""

    def update(self, state: State) -> None:
        judge(state, self.up, self.down, self.reciprocity, self.least, self.betrayal, self.leaning, self.lesson)

    def plain_update(self, leader: Any) -> None:
        given = leader.team.gave / len(leader.team.members)
        fair = max(given + self.reciprocity * (leader.contribution - given), self.least)
        attention = lessons = 0.0
        for tie in [tie for tie in leader.active_ties() if tie.to.accepts]:
            kept = self._kept(tie.to, fair)
            rest = kept + self.leaning * (leader.trusting - kept)
            rate = self.up if rest > tie.trust else self.down
            tie.trust += rate * tie.strength * (rest - tie.trust)
            attention += tie.strength
            lessons += tie.strength * kept
        if attention > 0:
            leader.trusting += self.lesson * (lessons / attention - leader.trusting)

    def _kept(self, other: Any, fair: float) -> float:
        """How far another has kept to what could be expected of them."""
        expected, counts = fair, 1.0
        if other.pledge is not None:
            expected += other.record * max(other.pledge - fair, 0)
            counts += self.betrayal
        short = max(1 - other.contribution / expected, 0) if expected > 0 else 0.0
        return max(1 - counts * short, 0)


@kernel
def judge(state, up, down, reciprocity, least, betrayal, leaning, lesson):
    """trust += rate * strength * (rest - trust), rest = (1 - leaning) * kept + leaning * disposition.

    kept = 1 - what the contribution falls short of the expected, as a share of it: 1 + betrayal times that for one who
    pledged. Expected is fair, or fair + record * max(pledge - fair, 0) of one who pledged, where fair =
    max((1 - reciprocity) * what the team gives + reciprocity * what one gives oneself, least). Of those who refused the
    agenda nothing could be expected, and nothing is learnt. Then
    disposition += lesson * (mean of kept, as attention is given - disposition).
    """
    leaders, ties, teams = state.leaders, state.ties, state.teams
    for i in range(leaders.key.shape[0]):
        if not leaders.present[i]:
            continue
        given = teams.shares[leaders.team[i]] / teams.size[leaders.team[i]]
        fair = max(given + reciprocity * (leaders.contribution[i] - given), least)
        attention, lessons = 0.0, 0.0
        for t in slots_of(ties, i):
            j = ties.to[t]
            if j >= 0 and leaders.present[j] and leaders.accepts[j]:
                expected, counts = fair, 1.0
                if leaders.pledged[j]:
                    expected += leaders.record[j] * max(leaders.pledge[j] - fair, 0.0)
                    counts += betrayal
                short = max(1.0 - leaders.contribution[j] / expected, 0.0) if expected > 0.0 else 0.0
                kept = max(1.0 - counts * short, 0.0)
                rest = kept + leaning * (leaders.trusting[i] - kept)
                rate = up if rest > ties.trust[t] else down
                ties.trust[t] += rate * ties.strength[t] * (rest - ties.trust[t])
                attention += ties.strength[t]
                lessons += ties.strength[t] * kept
        if attention > 0.0:
            leaders.trusting[i] += lesson * (lessons / attention - leaders.trusting[i])
