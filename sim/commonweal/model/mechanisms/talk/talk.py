"""What every way of talking has in common: who is heard, how noisily, and how often in a round."""

import math
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np

from commonweal.model import luck
from commonweal.model.kernel import kernel
from commonweal.model.levers import Levers
from commonweal.model.params import Factor, Params, Share
from commonweal.model.plain_method import plain_method
from commonweal.model.state import State, issues_of, slots_of
from commonweal.model.tape import between


class Talk(Params):
    """What leaders say to each other about what they want."""

    @abstractmethod
    def talk(self, state: State, levers: Levers, round_: int) -> None:
        """Writes leaders.priorities."""

    @plain_method
    def plain_talk(self, twin: Any) -> None:
        """Writes leader.priorities of those in twin.present."""


class SpokenTalk(Talk):
    """Priorities are stated, garbled by the channel, heard, and taken up."""

    noise: Share
    """weight that one issue drowns out the others with in what is heard, on a channel that nobody has improved"""

    def talk(self, state: State, levers: Levers, round_: int) -> None:
        """One talk by custom and those the levers add. Writes leaders.priorities."""
        for talk in range(1 + between(most, levers.talks)):
            state_priorities(state, levers, round_, talk, self.noise, issues_of(state))
            self.hear(state, levers, round_, talk)
            adopt(state.leaders)

    @abstractmethod
    def hear(self, state: State, levers: Levers, round_: int, talk: int) -> None:
        """Fill leaders.revised from leaders.stated."""

    def plain_talk(self, twin: Any) -> None:
        further = int(twin.levers.talks + luck.uniform(twin.run, luck.HEARD, twin.round, np.uint64(0), 65535))
        garble = self.noise * (1 - twin.levers.clarity)
        for talk in range(1 + further):
            for leader in twin.present:
                leader.stated, leader.revised = leader.garbled(garble, talk), leader.priorities
            self.plain_hear(twin, talk)
            for leader in twin.present:
                leader.priorities = leader.revised

    @plain_method
    def plain_hear(self, twin: Any, talk: int) -> None:
        """Fill leader.revised of those in twin.present from what others have in leader.stated."""


def most(talks: np.ndarray) -> int:
    """The most further talks that any community has."""
    return math.ceil(np.maximum.reduce(talks))


class Averaging(SpokenTalk):
    """Leaders hear those they are tied to, and at an open forum a few more."""

    self_weight: Factor
    """weight of a leader's own priorities beside those heard"""
    forum_weight: Share
    """weight of a speaker at an open forum, beside a tie of strength 1 and trust 1"""

    def listen(self, state: State, levers: Levers, round_: int, talk: int, bound: float, widening: float) -> None:
        """Fill leaders.revised with the mean of what is heard within the bound."""
        listen(
            state, levers, round_, talk, bound, widening, self.self_weight, self.forum_weight, issues_of(state)
        )  # fmt: skip

    def plain_listen(self, leader: Any, talk: int, limit: float) -> list[float]:
        """The mean of a leader's own priorities and of those they hear, from ties and at a forum, within the limit."""
        own, issues, equality = leader.priorities, leader.model.issues, leader.model.levers.equality
        words = [(tie.to, tie.strength * tie.trust) for tie in leader.active_ties()]
        words += [(speaker, self.forum_weight) for speaker in leader.speakers(talk)]
        heard = [
            (weight * ((1 - equality) * speaker.standing + equality), speaker.stated)
            for speaker, weight in words
            if plain_distance(speaker.stated, own) <= limit
        ]
        heard.append((self.self_weight, own))
        total = sum([weight for weight, _ in heard])
        return [sum([weight * said[k] for weight, said in heard]) / total if total > 0 else own[k] for k in issues]


@kernel
def held(run, talks, round_, talk):
    """Whether this talk takes place: the first always, further ones as the lever adds (a fraction is a chance)."""
    if talk == 0:
        return True
    return talk <= int(talks + luck.uniform(run, luck.HEARD, round_, np.uint64(0), 65535))


@kernel
def state_priorities(state, levers, round_, talk, noise, issues):
    """Who takes part in this talk, and what they are heard to want: leaders.talking and leaders.stated.

    On a noisy channel one issue sounds as if it were all, the likelier the more of their priorities it is: what is
    heard is now this and now that, and on the mean what the speaker wants.
    """
    leaders, islands = state.leaders, state.islands
    chance = leaders.chances[0]
    if noise > 0.0:
        luck.uniform_each(chance, leaders.run, luck.GARBLE, round_, leaders.key, talk)
    for b in range(islands.run.shape[0]):
        garble = noise * (1.0 - levers.clarity[b])
        taking_place = held(islands.run[b], levers.talks[b], round_, talk)
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            leaders.talking[i] = leaders.present[i] and taking_place
            own, stated = leaders.priorities[i], leaders.stated[i]
            loud, mark = -1, chance[i]
            if garble > 0.0 and leaders.talking[i]:
                loud = len(issues) - 1
                for k in range(len(issues)):
                    mark -= own[k]
                    if mark < 0.0:
                        loud = k
                        break
            for k in range(len(issues)):
                leaders.revised[i, k] = own[k]
                stated[k] = own[k]
                if loud >= 0:
                    stated[k] += garble * ((1.0 if k == loud else 0.0) - own[k])


@kernel
def listen(state, levers, round_, talk, bound, widening, self_weight, forum_weight, issues):
    """leaders.revised: the weighted mean of one's own priorities and of those heard within the bound.

    Weights are strength * trust * loudness over ties, forum_weight * loudness at the open forum. The distance
    of two priorities is half their L1 distance, 0..1. A mediator widens the bound for pairs beyond it.
    """
    leaders, ties = state.leaders, state.ties
    weights = leaders.chances[0]
    for i in range(leaders.key.shape[0]):
        b = leaders.island[i]
        if not leaders.talking[i]:
            continue
        limit = bound * (1.0 + levers.mediation[b] * widening)
        own, mean = leaders.priorities[i], leaders.revised[i]
        total = self_weight
        for k in range(len(issues)):
            mean[k] = self_weight * own[k]
        for t in slots_of(ties, i):
            j = ties.to[t]
            if j >= 0 and leaders.present[j]:
                weight = ties.strength[t] * ties.trust[t] * loudness(levers.equality[b], leaders.standing[j])
                total += heed(mean, weight, leaders.stated[j], own, limit, issues)
        weights[i] = total
        if levers.reach[b] <= 0.0:
            divide(mean, own, total, issues)
    reach = 0.0
    for b in range(levers.reach.shape[0]):
        reach = max(reach, levers.reach[b])
    if reach > 0.0:
        hear_speakers(state, levers, round_, talk, reach, bound, widening, forum_weight, issues)


@kernel
def hear_speakers(state, levers, round_, talk, reach, bound, widening, forum_weight, issues):
    """What is heard at the open forum is added, speaker by speaker, to what leaders.revised and chances[0] sum up.

    A leader hears as many as the lever says (a fraction is a chance), `reach` at most. Luck is drawn for all at once.
    """
    leaders, islands = state.leaders, state.islands
    weights, chance, place = leaders.chances[0], leaders.chances[1], leaders.chances[2]
    luck.first_each(chance, leaders.run, luck.HEARD, round_, leaders.key, talk * 16)
    for turn in range(int(reach + 1.0)):
        luck.first_each(place, leaders.run, luck.HEARD, round_, leaders.key, talk * 16 + 1 + turn)
        for i in range(leaders.key.shape[0]):
            b = leaders.island[i]
            if not leaders.talking[i] or levers.reach[b] <= 0.0 or turn >= int(levers.reach[b] + chance[i]):
                continue
            base = islands.leader_start[b]
            j = base + int(place[i] * (islands.leader_start[b + 1] - base))
            if j != i and leaders.present[j]:
                limit = bound * (1.0 + levers.mediation[b] * widening)
                weight = forum_weight * loudness(levers.equality[b], leaders.standing[j])
                mean, own = leaders.revised[i], leaders.priorities[i]
                weights[i] += heed(mean, weight, leaders.stated[j], own, limit, issues)
    for i in range(leaders.key.shape[0]):
        if leaders.talking[i] and levers.reach[leaders.island[i]] > 0.0:
            divide(leaders.revised[i], leaders.priorities[i], weights[i], issues)


@kernel
def divide(mean, own, total, issues):
    """A sum becomes a mean; where nothing has weight one's own priorities stay."""
    for k in range(len(issues)):
        mean[k] = mean[k] / total if total > 0.0 else own[k]


@kernel
def heed(mean, weight, stated, own, limit, issues):
    """mean += weight * stated where that lies within the limit; returns the weight it has, 0 beyond.

    Who is near cannot be foreseen: adding nothing takes less time than a branch that is guessed wrong.
    """
    weight = weight if distance(stated, own, issues) <= limit else 0.0
    for k in range(len(issues)):
        mean[k] += weight * stated[k]
    return weight


@kernel
def distance(stated, own, issues):
    """Half the L1 distance of one's own priorities from what another states, 0..1."""
    total = 0.0
    for k in range(len(issues)):
        total += abs(stated[k] - own[k])
    return 0.5 * total


def plain_distance(stated: Sequence[float], own: Sequence[float]) -> float:
    """The same of two lists."""
    return 0.5 * sum([abs(a - b) for a, b in zip(stated, own, strict=True)])


@kernel
def loudness(equality, standing):
    """Weight of a leader's words: their standing, or 1 for all where voice is equal."""
    return (1.0 - equality) * standing + equality


@kernel
def adopt(leaders):
    """Priorities become what this talk has made of them."""
    for i in range(leaders.key.shape[0]):
        for k in range(leaders.priorities.shape[1]):
            leaders.priorities[i, k] = leaders.revised[i, k]
