"""Majority: the agenda passes when more than half of the heads at the table accept it."""

from collections.abc import Sequence
from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.decision_rule.decision_rule import DecisionRule
from commonweal.model.state import State


class Majority(DecisionRule):
    """More than half of the heads."""

    def decide(self, state: State) -> None:
        outvote(state)

    def plain_decide(self, table: Sequence[Any]) -> bool:
        return 2 * sum(leader.accepts for leader in table) > len(table)


@kernel
def outvote(state):
    """agreed = heads for it > heads against it."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        margin = 0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.seated[i]:
                margin += 1 if leaders.accepts[i] else -1
        islands.agreed[b] = margin > 0
