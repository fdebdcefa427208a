"""Bounded confidence: leaders move towards those whose priorities are not too far from theirs.

Hegselmann & Krause (2002), JASSS 5(3), with weights, and an anchor in what those they serve expect of them; at
speed 1, anchoring 0 and equal weights it is their model.
"""

from typing import Any

from pydantic import model_validator

from commonweal.model.kernel import kernel
from commonweal.model.levers import Levers
from commonweal.model.mechanisms.talk.talk import Averaging
from commonweal.model.params import Factor, Share
from commonweal.model.state import State


class BoundedConfidence(Averaging):
    """Those beyond the bound are not listened to, unless a mediator widens it."""

    bound: Share
    """distance (half L1, 0..1) beyond which another is not listened to"""
    widening: Factor
    """how much wider the bound is with full mediation, as a share of the bound"""
    speed: Share
    """share of the way to the mean of those heard that a leader goes in one talk"""
    anchoring: Share
    """share of the way back to their priorities at the start that leaders are drawn in one talk"""

    @model_validator(mode="after")
    def _convex(self) -> "BoundedConfidence":
        if self.speed + self.anchoring > 1:
            raise ValueError(f"speed and anchoring sum to {self.speed + self.anchoring:g}; they must sum to 1 at most")
        return self

    def hear(self, state: State, levers: Levers, round_: int, talk: int) -> None:
        self.listen(state, levers, round_, talk, self.bound, self.widening)
        approach(state.leaders, self.speed, self.anchoring)

    def plain_hear(self, twin: Any, talk: int) -> None:
        limit = self.bound * (1 + twin.levers.mediation * self.widening)
        for leader in twin.present:
            moved = zip(self.plain_listen(leader, talk, limit), leader.priorities, leader.anchor, strict=True)
            leader.revised = [p + (self.speed * (mean - p) + self.anchoring * (a - p)) for mean, p, a in moved]


@kernel
def approach(leaders, speed, anchoring):
    """revised = priorities + speed * (revised - priorities) + anchoring * (anchor - priorities)."""
    for i in range(leaders.key.shape[0]):
        if not leaders.talking[i]:
            continue
        for k in range(leaders.priorities.shape[1]):
            held = leaders.priorities[i, k]
            pull = speed * (leaders.revised[i, k] - held) + anchoring * (leaders.anchor[i, k] - held)
            leaders.revised[i, k] = held + pull
