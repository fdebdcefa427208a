"""Majority: the agenda passes when more than half of the heads at the table accept it."""

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.decision_rule.decision_rule import DecisionRule
from commonweal.model.state import State


class Majority(DecisionRule):
    """More than half of the heads."""

    def decide(self, state: State) -> None:
        outvote(state)


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
