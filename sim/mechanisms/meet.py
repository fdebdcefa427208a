"""Meet: ties fade, leaders seek each other out by habit and where the convener brings them together.

Habit follows ties, sectors and friends of friends; forums make ties far more than agreement does (Leifeld &
Schneider 2012). Whom everyone meets is decided from the ties as they were; then all encounters take place.
"""

from pydantic import model_validator

from sim import luck
from sim.kernel import kernel
from sim.levers import Levers
from sim.params import Factor, Params, Rate, Share
from sim.state import ENCOUNTERS, State


class Meet(Params):
    """How ties fade and are made."""

    decay: Rate
    """share of a tie's strength lost per round"""
    forgotten: Share
    """strength below which a tie is gone"""
    habit: Factor
    """encounters a leader begins by himself per round"""
    by_tie: Share
    """share of those with a leader he is tied to, the stronger the likelier"""
    by_sector: Share
    """share with a leader of his own sector"""
    by_friend: Share
    """share with a friend of a friend"""
    gain: Share
    """share of the missing strength that an encounter makes good"""

    @model_validator(mode="after")
    def _shares(self) -> "Meet":
        total = self.by_tie + self.by_sector + self.by_friend
        if abs(total - 1) > 1e-9:
            raise ValueError(f"by_tie, by_sector and by_friend sum to {total:g}; they must sum to 1")
        return self

    def meet(self, state: State, levers: Levers, round_: int) -> None:
        """Ties fade, then leaders meet. Writes ties and leaders.encounters."""
        fade(state.ties, self.decay, self.forgotten)
        seek(state, levers, round_, self.habit, self.by_tie, self.by_tie + self.by_sector)
        encounter(state, self.gain)


@kernel
def fade(ties, decay, forgotten):
    """Strength falls by `decay`; below `forgotten` the slot is empty again."""
    for t in range(ties.to.shape[0]):
        if ties.to[t] >= 0:
            ties.strength[t] *= 1.0 - decay
            if ties.strength[t] < forgotten:
                ties.to[t] = -1


@kernel
def seek(state, levers, round_, habit, to_tie, to_sector):
    """Fill leaders.encounters: habitual ones first, then those at the convener's forums."""
    leaders, ties, islands = state.leaders, state.ties, state.islands
    for i in range(leaders.key.shape[0]):
        for m in range(ENCOUNTERS):
            leaders.encounters[i, m] = -1
        if not leaders.present[i]:
            continue
        b, who = leaders.island[i], leaders.key[i]
        run = islands.run[b]
        more, convened, _, _ = luck.uniforms(run, luck.HABIT, round_, who, 0)
        habitual = min(int(habit + more), ENCOUNTERS)
        for m in range(habitual):
            kind, first, second, _ = luck.uniforms(run, luck.HABIT, round_, who, m + 1)
            j = -1
            if kind < to_tie:
                j = tied(ties.start, ties.to, ties.strength, i, first)
            elif kind >= to_sector:
                friend = tied(ties.start, ties.to, ties.strength, i, first)
                if friend >= 0:
                    j = tied(ties.start, ties.to, ties.strength, friend, second)
            if j < 0:
                j = colleague(islands.sector_start[b], islands.members, leaders.sector[i], first)
            if j != i and j >= 0 and leaders.present[j]:
                leaders.encounters[i, m] = j
        for m in range(habitual, min(habitual + int(levers.meetings[b] + convened), ENCOUNTERS)):
            kind, first, _, _ = luck.uniforms(run, luck.FORUM, round_, who, m - habitual)
            j = anyone(islands.leader_start, b, first)
            if kind < levers.bridging[b]:
                j = outsider(islands.sector_start[b], islands.members, leaders.sector[i], first)
            if j != i and j >= 0 and leaders.present[j]:
                leaders.encounters[i, m] = j


@kernel
def tied(start, to, strength, i, chance):
    """A leader that i is tied to, in proportion to strength; -1 if there is none."""
    total = 0.0
    for t in range(start[i], start[i + 1]):
        if to[t] >= 0:
            total += strength[t]
    mark = chance * total
    j = -1
    for t in range(start[i], start[i + 1]):
        if to[t] >= 0:
            j = to[t]
            mark -= strength[t]
            if mark < 0.0:
                break
    return j


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
def encounter(state, gain):
    """Every encounter strengthens the tie both ways."""
    leaders, ties, islands = state.leaders, state.ties, state.islands
    for i in range(leaders.key.shape[0]):
        trust = islands.stranger_trust[leaders.island[i]]
        for m in range(ENCOUNTERS):
            j = leaders.encounters[i, m]
            if j >= 0:
                strengthen(ties, i, j, gain, trust)
                strengthen(ties, j, i, gain, trust)


@kernel
def strengthen(ties, i, j, gain, stranger_trust):
    """The tie i -> j grows, or begins in an empty slot, or takes the slot of a tie weaker than itself."""
    weakest, least = -1, gain
    for t in range(ties.start[i], ties.start[i + 1]):
        if ties.to[t] == j:
            ties.strength[t] += gain * (1.0 - ties.strength[t])
            return
        strength = ties.strength[t] if ties.to[t] >= 0 else 0.0
        if strength < least:
            weakest, least = t, strength
    if weakest >= 0:
        ties.to[weakest] = j
        ties.strength[weakest] = gain
        ties.trust[weakest] = stranger_trust
        ties.evidence[weakest] = 0.0
