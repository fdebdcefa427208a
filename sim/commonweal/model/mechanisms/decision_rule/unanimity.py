"""Unanimity: one refusal at the table is a veto."""

from collections.abc import Sequence
from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.decision_rule.decision_rule import DecisionRule
from commonweal.model.state import State


class Unanimity(DecisionRule):
    """Consensus: everyone at the table accepts."""

    def decide(self, state: State) -> None:
        consent(state)

    def plain_decide(self, table: Sequence[Any]) -> bool:
        return len(table) > 0 and all(leader.accepts for leader in table)


@kernel
def consent(state):
    """agreed = nobody at the table refuses."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        refusals, seated = 0, 0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.seated[i]:
                seated += 1
                if not leaders.accepts[i]:
                    refusals += 1
        islands.agreed[b] = seated > 0 and refusals == 0
