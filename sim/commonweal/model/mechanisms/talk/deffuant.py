"""Pairs: leaders meet in pairs drawn by lot, and move towards each other if they are not too far apart.

Deffuant, Neau, Amblard & Weisbuch (2000). Without noise the two move by as much in opposite directions, so the sum
of all priorities never changes. In each talk everybody is in one pair (of an odd number, one is in none), whom they
are tied to does not matter, and a mediator widens the bound.
"""

from typing import Any

import numpy as np

from commonweal.model import luck
from commonweal.model.kernel import allocating_kernel
from commonweal.model.levers import Levers
from commonweal.model.mechanisms.talk.talk import SpokenTalk, distance, plain_distance
from commonweal.model.order import ordered
from commonweal.model.params import Factor, Share
from commonweal.model.state import State, issues_of


class Deffuant(SpokenTalk):
    """revised = priorities + speed * (what the other of the pair states - priorities), within the bound."""

    bound: Share
    """distance (half L1, 0..1) beyond which the other is not listened to"""
    widening: Factor
    """how much wider the bound is with full mediation, as a share of the bound"""
    speed: Share
    """share of the way to what the other states that a leader goes; one half is halfway"""

    def hear(self, state: State, levers: Levers, round_: int, talk: int) -> None:
        converse(state, levers, round_, talk, self.bound, self.widening, self.speed, issues_of(state))

    def plain_hear(self, twin: Any, talk: int) -> None:
        limit = self.bound * (1 + twin.levers.mediation * self.widening)
        dealt = sorted(twin.present, key=lambda leader: leader.chance(luck.PAIR, talk))
        for one, other in zip(dealt[::2], dealt[1::2], strict=False):
            for leader, said in ((one, other.stated), (other, one.stated)):
                if plain_distance(said, leader.priorities) <= limit:
                    moved = zip(leader.priorities, said, strict=True)
                    leader.revised = [p + self.speed * (s - p) for p, s in moved]


@allocating_kernel
def converse(state, levers, round_, talk, bound, widening, speed, issues):
    """leaders.revised of those who talk, pair by pair in the order of their lots."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        begin, end = islands.leader_start[b], islands.leader_start[b + 1]
        limit = bound * (1.0 + levers.mediation[b] * widening)
        lots = np.full(end - begin, 2.0)
        talking = 0
        for i in range(begin, end):
            if leaders.talking[i]:
                lots[i - begin] = luck.uniform(islands.run[b], luck.PAIR, round_, leaders.key[i], talk)
                talking += 1
        order = ordered(lots)
        for pair in range(talking // 2):
            one, other = begin + order[2 * pair], begin + order[2 * pair + 1]
            for i, j in ((one, other), (other, one)):
                if distance(leaders.stated[j], leaders.priorities[i], issues) <= limit:
                    for k in range(len(issues)):
                        held = leaders.priorities[i, k]
                        leaders.revised[i, k] = held + speed * (leaders.stated[j, k] - held)
