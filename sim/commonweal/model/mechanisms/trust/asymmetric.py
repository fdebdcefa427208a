"""Asymmetric trust: a disappointment weighs more than a pleasant surprise (Slovic 1993; Andreozzi et al. 2020)."""

from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.trust.trust import Trust, expected
from commonweal.model.params import Factor, Rate
from commonweal.model.state import State, slots_of


class Asymmetric(Trust):
    """Trust moves by surprise, at one rate upwards and at a multiple of it downwards."""

    rate: Rate
    """share of the missing trust that a full pleasant surprise makes good"""
    asymmetry: Factor
    """how many times faster a disappointment takes trust away"""

    def update(self, state: State) -> None:
        judge(state, self.rate, self.rate * self.asymmetry)

    def plain_update(self, tie: Any, gave: float, hoped: float) -> None:
        surprise = self.rate * tie.strength * (gave - hoped)
        if surprise > 0:
            tie.trust += min(surprise, 1.0) * (1 - tie.trust)
        else:
            tie.trust += max(surprise * self.asymmetry, -1.0) * tie.trust


@kernel
def judge(state, up, down):
    """trust += up * strength * surprise * (1 - trust), or down * strength * surprise * trust below nothing."""
    leaders, ties, islands = state.leaders, state.ties, state.islands
    for i in range(leaders.key.shape[0]):
        if not leaders.present[i] or not islands.agreed[leaders.island[i]]:
            continue
        for t in slots_of(ties, i):
            j = ties.to[t]
            if j >= 0 and leaders.present[j]:
                hoped = expected(leaders.pledged, leaders.pledge, leaders.belief, i, j)
                surprise = ties.strength[t] * (leaders.contribution[j] - hoped)
                rate, room = (up, 1.0 - ties.trust[t]) if surprise > 0.0 else (down, ties.trust[t])
                ties.trust[t] += min(max(rate * surprise, -1.0), 1.0) * room
