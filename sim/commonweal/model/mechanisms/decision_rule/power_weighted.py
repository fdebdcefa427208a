"""Power-weighted: the agenda passes when those who accept it have enough of the voice at the table."""

from collections.abc import Sequence
from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.decision_rule.decision_rule import DecisionRule
from commonweal.model.params import Share
from commonweal.model.state import State


class PowerWeighted(DecisionRule):
    """A quota of voice, not of heads."""

    quota: Share
    """share of the voice at the table that must accept"""

    def decide(self, state: State) -> None:
        weigh(state, self.quota)

    def plain_decide(self, table: Sequence[Any]) -> bool:
        for_it = sum(leader.voice for leader in table if leader.accepts)
        return len(table) > 0 and for_it >= self.quota * sum(leader.voice for leader in table) - 1e-12


@kernel
def weigh(state, quota):
    """agreed = (voice of those who accept) >= quota."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        for_it, at_all = 0.0, 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            at_all += leaders.voice[i]
            if leaders.accepts[i]:
                for_it += leaders.voice[i]
        islands.agreed[b] = at_all > 0.0 and for_it >= quota * at_all - 1e-12
