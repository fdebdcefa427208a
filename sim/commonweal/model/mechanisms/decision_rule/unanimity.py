"""Unanimity: one refusal at the table is a veto."""

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.decision_rule.decision_rule import DecisionRule
from commonweal.model.state import State


class Unanimity(DecisionRule):
    """Consensus: everyone at the table accepts."""

    def decide(self, state: State) -> None:
        consent(state)


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
