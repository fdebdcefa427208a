"""Agree: the leaders at the table seek an agenda that a decision rule lets pass.

Measures to keep (Choi & Robertson 2014): success, mean acceptability, its standard deviation.
"""

import math

from commonweal.model import luck
from commonweal.model.kernel import allocating_kernel, kernel
from commonweal.model.levers import Levers
from commonweal.model.mechanisms.decision_rule.decision_rule import DecisionRule
from commonweal.model.params import Count, Params, Share
from commonweal.model.state import State, slots_of


class Agree(Params):
    """How an agenda is sought."""

    amendments: Count
    """times a refused agenda is amended before the round ends in deadlock"""
    concession: Share
    """how far one amendment goes towards what the refusers want"""
    trust_eases: Share
    """how far full trust in the others at the table lowers the overlap a leader insists on"""
    floor: Share
    """least weight an issue has for a leader when common ground is sought, so that no one vetoes it outright"""

    def agree(self, state: State, levers: Levers, round_: int, rule: DecisionRule) -> None:
        """Writes leaders.seated, voice, overlap, accepts; islands.agenda, agreed, plan, planned."""
        seat(state, levers)
        draft(state, levers, round_)
        propose(state, levers, self.floor)
        reflect(state, self.trust_eases, False)
        rule.decide(state)
        for _ in range(self.amendments):
            if state.islands.agreed.all():
                return
            amend(state, self.concession)
            reflect(state, self.trust_eases, True)
            rule.decide(state)
        if not state.islands.agreed.all():
            recall_plan(state, levers)
            reflect(state, self.trust_eases, True)
            rule.decide(state)


@kernel
def seat(state, levers):
    """Who sits at the table, and with what share of the voices."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        begin, end = islands.leader_start[b], islands.leader_start[b + 1]
        seated, standing = 0.0, 0.0
        for i in range(begin, end):
            leaders.seated[i] = leaders.present[i] and leaders.invited[i]
            if leaders.present[i] and not leaders.invited[i] and levers.seats[b] > 0.0:
                chance = luck.uniform(islands.run[b], luck.SEAT, 0, leaders.key[i], 1)
                leaders.seated[i] = chance < levers.seats[b]
            if leaders.seated[i]:
                seated += 1.0
                standing += leaders.standing[i]
        for i in range(begin, end):
            leaders.voice[i] = 0.0
            if leaders.seated[i]:
                equal = levers.equality[b] / seated
                leaders.voice[i] = (1.0 - levers.equality[b]) * leaders.standing[i] / standing + equal


@allocating_kernel
def draft(state, levers, round_):
    """The plan: the mean of what its drafters want, each counting the same; drafted anew when it is due."""
    leaders, islands = state.leaders, state.islands
    issues = leaders.priorities.shape[1]
    for b in range(islands.run.shape[0]):
        due = islands.planned[b] == 0 or (
            levers.revision[b] > 0.0 and round_ - islands.planned[b] >= levers.revision[b]
        )
        if levers.plan[b] <= 0.0 or not due:
            continue
        drafters = 0.0
        drafted = islands.plan[b] * 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.present[i]:
                chance = luck.uniform(islands.run[b], luck.DRAFT, round_, leaders.key[i], 0)
                if chance < levers.participation[b]:
                    drafters += 1.0
                    for k in range(issues):
                        drafted[k] += leaders.priorities[i, k]
        if drafters > 0.0:
            islands.planned[b] = round_
            for k in range(issues):
                islands.plan[b, k] = drafted[k] / drafters


@allocating_kernel
def propose(state, levers, floor):
    """agenda = (1 - plan) * ((1 - common) * mean of the voices + common * common ground) + plan * the plan.

    Common ground is the geometric mean of the priorities at the table, scaled to sum to 1 (logarithmic pool):
    an issue that one leader does not want at all counts for little, however much others want it. Where there is no
    floor and every issue is one that somebody does not want at all, there is none, and the voices are heard alone.
    """
    leaders, islands = state.leaders, state.islands
    issues = leaders.priorities.shape[1]
    for b in range(islands.run.shape[0]):
        begin, end = islands.leader_start[b], islands.leader_start[b + 1]
        for k in range(issues):
            islands.agenda[b, k] = 0.0
        for i in range(begin, end):
            for k in range(issues):
                islands.agenda[b, k] += leaders.voice[i] * leaders.priorities[i, k]
        if levers.common_ground[b] > 0.0:
            common = common_ground(leaders, begin, end, floor)
            if common.sum() > 0.0:
                blend(islands.agenda[b], common, levers.common_ground[b])
        if levers.plan[b] > 0.0 and islands.planned[b] > 0:
            blend(islands.agenda[b], islands.plan[b], levers.plan[b])


@kernel
def blend(agenda, other, weight):
    """agenda moves by `weight` towards `other`."""
    for k in range(agenda.shape[0]):
        agenda[k] += weight * (other[k] - agenda[k])


@allocating_kernel
def common_ground(leaders, begin, end, floor):
    """(K,) what nobody at the table opposes; zeros where somebody opposes everything."""
    issues = leaders.priorities.shape[1]
    pool = leaders.priorities[begin] * 0.0
    seated = 0.0
    for i in range(begin, end):
        if leaders.seated[i]:
            seated += 1.0
            for k in range(issues):
                wish = max(leaders.priorities[i, k], floor)
                pool[k] += math.log(wish) if wish > 0.0 else -math.inf
    total = 0.0
    for k in range(issues):
        pool[k] = math.exp(pool[k] / max(seated, 1.0))
        total += pool[k]
    if total > 0.0:
        for k in range(issues):
            pool[k] /= total
    return pool


@kernel
def reflect(state, trust_eases, again):
    """Each leader holds the agenda against their priorities; the less they trust the others, the more they insist.

    `again`: only where the agenda was refused and is another now.
    """
    leaders, ties, islands = state.leaders, state.ties, state.islands
    for b in range(islands.run.shape[0]):
        if again and islands.agreed[b]:
            continue
        begin, end = islands.leader_start[b], islands.leader_start[b + 1]
        seated = 0.0
        for i in range(begin, end):
            seated += leaders.seated[i]
        for i in range(begin, end):
            overlap = 0.0
            for k in range(leaders.priorities.shape[1]):
                overlap += min(leaders.priorities[i, k], islands.agenda[b, k])
            leaders.overlap[i] = overlap
            known, trust = 0.0, 0.0
            for t in slots_of(ties, i):
                j = ties.to[t]
                if j >= 0:
                    there = 1.0 if leaders.seated[j] else 0.0
                    known += there
                    trust += there * ties.trust[t]
            others = seated - leaders.seated[i]
            strangers = max(others - known, 0.0)
            trust = (trust + strangers * leaders.trusting[i]) / max(others, 1.0)
            leaders.accepts[i] = overlap >= leaders.reservation[i] * (1.0 - trust_eases * trust)


@allocating_kernel
def amend(state, concession):
    """A refused agenda moves towards the mean of what its refusers want."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        if islands.agreed[b]:
            continue
        refusers = 0.0
        wanted = islands.agenda[b] * 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.seated[i] and not leaders.accepts[i]:
                refusers += 1.0
                for k in range(wanted.shape[0]):
                    wanted[k] += leaders.priorities[i, k]
        if refusers > 0.0:
            for k in range(wanted.shape[0]):
                islands.agenda[b, k] += concession * (wanted[k] / refusers - islands.agenda[b, k])


@kernel
def recall_plan(state, levers):
    """Where the table is deadlocked but a plan stands that is kept, the plan is put to it as the last proposal."""
    islands = state.islands
    for b in range(islands.run.shape[0]):
        if not islands.agreed[b] and levers.plan[b] > 0.0 and islands.planned[b] > 0:
            blend(islands.agenda[b], islands.plan[b], 1.0)
