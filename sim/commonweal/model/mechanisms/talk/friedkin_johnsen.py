"""Friedkin & Johnsen (1990): leaders average what they hear but stay anchored to where they began."""

from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.levers import Levers
from commonweal.model.mechanisms.talk.talk import Averaging
from commonweal.model.params import Share
from commonweal.model.state import State


class FriedkinJohnsen(Averaging):
    """revised = susceptibility * (mean heard) + (1 - susceptibility) * (priorities at the start)."""

    susceptibility: Share
    """weight of the mean heard, against the priorities at the start"""

    def hear(self, state: State, levers: Levers, round_: int, talk: int) -> None:
        self.listen(state, levers, round_, talk, 1.0, 0.0)
        hold_back(state.leaders, self.susceptibility)

    def plain_hear(self, twin: Any, talk: int) -> None:
        for leader in twin.present:
            heard = zip(self.plain_listen(leader, talk, 1.0), leader.anchor, strict=True)
            leader.revised = [self.susceptibility * mean + (1 - self.susceptibility) * anchor for mean, anchor in heard]


@kernel
def hold_back(leaders, susceptibility):
    """Pull what was heard back to the anchor."""
    for i in range(leaders.key.shape[0]):
        if not leaders.talking[i]:
            continue
        for k in range(leaders.priorities.shape[1]):
            heard = leaders.revised[i, k]
            leaders.revised[i, k] = susceptibility * heard + (1.0 - susceptibility) * leaders.anchor[i, k]
