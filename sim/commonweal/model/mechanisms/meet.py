"""Meet: ties fade, leaders seek each other out by habit and where the convener brings them together.

Habit follows ties, sectors, friends of friends and reputation (those to whom others attend: Berardo & Scholz 2010);
forums make ties far more than agreement does (Leifeld & Schneider 2012). Attention is finite: who has more ties than
attention has less for each. Who meets somebody trusts them a little more, or not at all (Paluck, Green & Green 2019).
Whom everyone meets is decided from the ties as they were; then all encounters take place.
"""

import numpy as np
from pydantic import model_validator

from commonweal.model import luck
from commonweal.model.kernel import kernel
from commonweal.model.levers import Levers
from commonweal.model.params import Factor, Params, Rate, Share
from commonweal.model.state import ENCOUNTERS, State, slots_of


class Meet(Params):
    """How ties fade and are made."""

    decay: Rate
    """share of a tie's strength lost per round"""
    forgotten: Share
    """strength below which a tie is gone"""
    habit: Factor
    """encounters leaders begin themselves per round"""
    by_tie: Share
    """share of those with a leader they are tied to, the stronger the likelier"""
    by_sector: Share
    """share with a leader of their own sector"""
    by_friend: Share
    """share with a friend of a friend"""
    by_reputation: Share
    """share with somebody to whom a leader of the community, whoever it is, attends: the popular are sought out"""
    gain: Share
    """share of the missing strength that an encounter makes good, of the tie of the leader who began it"""
    mutual: Share
    """the same of the tie of the other, as a share of that"""
    capacity: Factor
    """attention a leader has for all ties together; where their strengths sum to more, each has less; 0 for no limit"""
    premium: Share
    """share of the missing trust that an encounter makes good on either side"""

    @model_validator(mode="after")
    def _shares(self) -> "Meet":
        total = self.by_tie + self.by_sector + self.by_friend + self.by_reputation
        if abs(total - 1) > 1e-9:
            raise ValueError(f"by_tie, by_sector, by_friend and by_reputation sum to {total:g}; they must sum to 1")
        return self

    def meet(self, state: State, levers: Levers, round_: int) -> None:
        """Ties fade, then leaders meet. Writes ties and leaders.encounters."""
        fade(state.ties, self.decay, self.forgotten, self.capacity)
        habitual, convened = intend(state, levers, round_, self.habit)
        for turn in range(habitual):
            seek(state, round_, turn, self.by_tie, self.by_tie + self.by_sector, 1.0 - self.by_reputation)
        for turn in range(convened):
            convene(state, levers, round_, turn)
        encounter(state, self.gain, self.mutual, self.premium)


@kernel
def fade(ties, decay, forgotten, capacity):
    """Strength falls by `decay`, and by what exceeds `capacity` in all; below `forgotten` the slot is empty again."""
    for i in range(ties.start.shape[0] - 1):
        total, kept = 0.0, 1.0 - decay
        if capacity > 0.0:
            for t in slots_of(ties, i):
                total += ties.strength[t]
            kept *= min(1.0, capacity / max(total, capacity))
        for t in slots_of(ties, i):
            left = kept * ties.strength[t]
            gone = left < forgotten
            ties.strength[t] = 0.0 if gone else left
            ties.to[t] = -1 if gone else ties.to[t]


@kernel
def intend(state, levers, round_, habit):
    """How many encounters leaders begin themselves, and are brought to (a fraction is a chance); the most of each."""
    leaders, most, most_convened = state.leaders, 0, 0
    luck.uniforms_each(leaders.chances, leaders.run, luck.HABIT, round_, leaders.key, 0)
    for i in range(leaders.key.shape[0]):
        leaders.habitual[i], leaders.convened[i] = 0, 0
        if leaders.present[i]:
            leaders.habitual[i] = min(int(habit + leaders.chances[0, i]), ENCOUNTERS)
            convened = int(levers.meetings[leaders.island[i]] + leaders.chances[1, i])
            leaders.convened[i] = min(convened, ENCOUNTERS - leaders.habitual[i])
            most, most_convened = max(most, leaders.habitual[i]), max(most_convened, leaders.convened[i])
        for m in range(ENCOUNTERS):
            leaders.encounters[i, m] = -1
    return most, most_convened


@kernel
def seek(state, round_, turn, to_tie, to_sector, to_friend):
    """Whom leaders seek out by habit: encounter `turn` of those they begin themselves.

    Where all deal through a hub they see the hub instead, as often as islands.through says.
    """
    leaders, ties, islands = state.leaders, state.ties, state.islands
    luck.uniforms_each(leaders.chances, leaders.run, luck.HABIT, round_, leaders.key, turn + 1)
    for i in range(leaders.key.shape[0]):
        if turn >= leaders.habitual[i]:
            continue
        kind, first = leaders.chances[0, i], leaders.chances[1, i]
        second, third = leaders.chances[2, i], leaders.chances[3, i]
        j = -1
        if kind < to_tie:
            j = tied(ties.start, ties.to, ties.strength, i, first)
        elif kind >= to_friend:
            somebody = anyone(islands.leader_start, leaders.island[i], second)
            j = tied(ties.start, ties.to, ties.strength, somebody, third)
        elif kind >= to_sector:
            friend = tied(ties.start, ties.to, ties.strength, i, first)
            if friend >= 0:
                j = tied(ties.start, ties.to, ties.strength, friend, second)
        if j < 0:
            j = colleague(islands.sector_start[leaders.island[i]], islands.members, leaders.sector[i], first)
        hub = islands.hub[leaders.island[i]]
        if hub >= 0 and i != hub and j != hub:
            chance = luck.uniform(leaders.run[i], luck.HUB, round_, leaders.key[i], turn)
            j = hub if chance < islands.through[leaders.island[i]] else j
        if j != i and leaders.present[j]:
            leaders.encounters[i, turn] = j


@kernel
def convene(state, levers, round_, turn):
    """Whom the convener brings each leader together with: encounter `turn` of those."""
    leaders, islands = state.leaders, state.islands
    luck.uniforms_each(leaders.chances, leaders.run, luck.FORUM, round_, leaders.key, turn)
    for i in range(leaders.key.shape[0]):
        if turn >= leaders.convened[i]:
            continue
        b, kind, place = leaders.island[i], leaders.chances[0, i], leaders.chances[1, i]
        j = anyone(islands.leader_start, b, place)
        if kind < levers.bridging[b]:
            j = outsider(islands.sector_start[b], islands.members, leaders.sector[i], place)
        if j != i and j >= 0 and leaders.present[j]:
            leaders.encounters[i, leaders.habitual[i] + turn] = j


@kernel
def tied(start, to, strength, i, chance):
    """A leader that i is tied to, in proportion to strength; -1 if there is none."""
    begin, end = start[i], start[i + 1]
    total = 0.0
    for t in range(np.uint64(begin), np.uint64(end)):
        total += strength[t]
    if total == 0.0:
        return -1
    mark, slot = chance * total, begin
    for t in range(np.uint64(begin), np.uint64(end)):
        mark -= strength[t]
        slot += mark >= 0.0  # counted rather than stopped at: where it ends cannot be foreseen
    return to[min(slot, end - 1)]


@kernel
def colleague(sector_start, members, sector, chance):
    """Any leader of a sector of the community whose sectors start at `sector_start`, (S+1,)."""
    begin, end = sector_start[sector], sector_start[sector + 1]
    return members[begin + int(chance * (end - begin))]


@kernel
def outsider(sector_start, members, sector, chance):
    """Any leader of another sector; -1 if there is none."""
    first, last = sector_start[0], sector_start[sector_start.shape[0] - 1]
    begin, end = sector_start[sector], sector_start[sector + 1]
    others = (last - first) - (end - begin)
    if others == 0:
        return -1
    place = first + int(chance * others)
    return members[place if place < begin else place + (end - begin)]


@kernel
def anyone(leader_start, b, chance):
    """Any leader of community b."""
    return leader_start[b] + int(chance * (leader_start[b + 1] - leader_start[b]))


@kernel
def encounter(state, gain, mutual, premium):
    """Encounters strengthen the tie of who began them, and in part that of the other; both may trust more."""
    leaders, ties = state.leaders, state.ties
    for i in range(leaders.key.shape[0]):
        for m in range(leaders.habitual[i] + leaders.convened[i]):
            j = leaders.encounters[i, m]
            if j >= 0:
                strengthen(ties, i, j, gain, leaders.trusting[i], premium)
                if mutual > 0.0:
                    strengthen(ties, j, i, mutual * gain, leaders.trusting[j], premium)


@kernel
def strengthen(ties, i, j, gain, trusting, premium):
    """The tie i -> j grows, or begins in an empty slot, or takes the slot of a tie weaker than itself."""
    weakest, least = -1, gain
    for t in slots_of(ties, i):
        if ties.to[t] == j:
            ties.strength[t] += gain * (1.0 - ties.strength[t])
            ties.trust[t] += premium * (1.0 - ties.trust[t])
            return
        if ties.strength[t] < least:
            weakest, least = np.int64(t), ties.strength[t]
    if weakest >= 0:
        ties.to[weakest] = j
        ties.strength[weakest] = gain
        ties.trust[weakest] = trusting + premium * (1.0 - trusting)
