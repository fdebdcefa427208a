"""Supermajority: the agenda passes when a large share of the heads at the table accept it."""

from collections.abc import Sequence
from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.decision_rule.decision_rule import DecisionRule
from commonweal.model.params import Share
from commonweal.model.state import State


class Supermajority(DecisionRule):
    """A quota of heads."""

    quota: Share
    """share of the heads at the table that must accept"""

    def decide(self, state: State) -> None:
        count(state, self.quota)

    def plain_decide(self, table: Sequence[Any]) -> bool:
        return len(table) > 0 and sum(leader.accepts for leader in table) >= self.quota * len(table) - 1e-12


@kernel
def count(state, quota):
    """agreed = (heads that accept) >= quota * (heads at the table)."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        for_it, at_all = 0.0, 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.seated[i]:
                at_all += 1.0
                for_it += leaders.accepts[i]
        islands.agreed[b] = at_all > 0.0 and for_it >= quota * at_all - 1e-12
