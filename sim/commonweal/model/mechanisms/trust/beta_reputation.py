"""Beta reputation with forgetting: trust is the mean of a Beta posterior (Josang & Ismail 2002)."""

from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.trust.trust import Trust, expected
from commonweal.model.params import Factor, Share
from commonweal.model.state import State, slots_of


class BetaReputation(Trust):
    """Good and bad evidence are counted alike, older evidence for less."""

    memory: Share
    """share of the evidence that is remembered from round to round"""
    prior: Factor
    """rounds of observation that first trust is worth"""

    def update(self, state: State) -> None:
        count(state, self.memory, self.prior)

    def plain_update(self, tie: Any, gave: float, hoped: float) -> None:
        outcome = gave / hoped if gave < hoped else 1.0
        kept = self.memory * (tie.evidence or self.prior)
        tie.evidence = kept + tie.strength
        if tie.evidence > 0:
            tie.trust = (kept * tie.trust + tie.strength * outcome) / tie.evidence


@kernel
def count(state, memory, prior):
    """trust = (memory * evidence * trust + strength * outcome) / (memory * evidence + strength).

    The outcome is 1 where the other gave what was expected, else the share of it that they gave.
    """
    leaders, ties, islands = state.leaders, state.ties, state.islands
    for i in range(leaders.key.shape[0]):
        if not leaders.present[i] or not islands.agreed[leaders.island[i]]:
            continue
        for t in slots_of(ties, i):
            j = ties.to[t]
            if j >= 0 and leaders.present[j]:
                hoped = expected(leaders.pledged, leaders.pledge, leaders.belief, i, j)
                outcome = 1.0
                if leaders.contribution[j] < hoped:
                    outcome = leaders.contribution[j] / hoped
                evidence = ties.evidence[t]
                if evidence == 0.0:
                    evidence = prior
                kept = memory * evidence
                if kept + ties.strength[t] > 0.0:
                    ties.trust[t] = (kept * ties.trust[t] + ties.strength[t] * outcome) / (kept + ties.strength[t])
                ties.evidence[t] = kept + ties.strength[t]
