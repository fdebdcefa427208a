"""Agree: the leaders at the table seek an agenda that a decision rule lets pass.

Measures to keep (Choi & Robertson 2014): success, mean acceptability, its standard deviation.
"""

import numpy as np

from commonweal.model import luck
from commonweal.model.kernel import allocating_kernel, kernel
from commonweal.model.levers import Levers
from commonweal.model.mechanisms.decision_rule.decision_rule import DecisionRule
from commonweal.model.mechanisms.table import Table, anywhere
from commonweal.model.params import Count, Params, Rate, Share
from commonweal.model.state import State, slots_of
from commonweal.model.tape import between, made_once


class Agree(Params):
    """How an agenda is sought."""

    amendments: Count
    """times a refused agenda is amended before the round ends in deadlock"""
    concession: Share
    """how far one amendment goes towards what the refusers want"""
    trust_eases: Share
    """how far full trust in the others at the table lowers the overlap a leader insists on"""
    weariness: Rate
    """share of what leaders insist on that a round without an official agenda wears away, and one with it restores"""
    brokering: Share
    """how far a mediator at full strength brings an agenda towards what those want who refuse it, a step at a time"""
    drafting: Share
    """how far whoever drafts a plan comes to want what it says"""
    common_pull: Share
    """how far whoever sits at a table that seeks nothing but common ground comes to want it, each round"""

    def agree(self, state: State, levers: Levers, round_: int, rule: DecisionRule) -> None:
        """Writes leaders.seated, voice, heard, priorities, inspired, overlap, accepts; islands.agenda, agreed, plan,
        planned, insistence.
        """
        islands = state.islands
        seat(state, levers)
        draft(state, levers, round_, self.drafting)
        inspire(state, levers)
        if between(np.count_nonzero, levers.common_ground):
            want(state)
            between(np.ndarray.sort, islands.ranked, 2)
        propose(state, levers, self.common_pull)
        self.put(state, rule)
        for _ in range(self.amendments):
            if between(everywhere, islands.agreed):  # a tenth of what `all` takes
                break
            amend(state, self.concession)
            self.put(state, rule)
        if not between(everywhere, islands.agreed):
            recall_plan(state, levers)
            self.put(state, rule)
        if self.brokering > 0 and between(np.count_nonzero, levers.mediation):
            self.mediate(state, levers, rule)
        close(state, self.weariness)

    def put(self, state: State, rule: DecisionRule) -> None:
        """Agendas that are new are put to the table."""
        reflect(state, self.trust_eases)
        rule.decide(state)

    def mediate(self, state: State, given: Levers, rule: DecisionRule) -> None:
        """A mediator seeks consensus: step by step towards those who refuse, as long as more accept by it."""
        islands, before = state.islands, made_once(Table.of, state)
        levers = given._replace(mediation=made_once(np.empty_like, given.mediation))
        between(np.copyto, levers.mediation, given.mediation)
        for _ in range(self.amendments):
            between(before.note, state)
            meet_refusers(state, levers, self.brokering)
            if not between(anywhere, islands.reopened):
                return
            self.put(state, rule)
            if between(before.restore, state, levers.mediation):
                self.put(state, rule)


def everywhere(truths: np.ndarray) -> bool:
    """Whether all are true."""
    return bool(np.count_nonzero(truths) == len(truths))


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
            leaders.voice[i], leaders.heard[i] = 0.0, 0.0
            if leaders.seated[i]:
                equal = levers.equality[b] / seated
                leaders.voice[i] = (1.0 - levers.equality[b]) * leaders.standing[i] / standing + equal
                leaders.heard[i] = min(leaders.voice[i] * seated, 1.0)


@allocating_kernel
def draft(state, levers, round_, drafting):
    """The plan: the mean of what its drafters want, each counting the same; drafted anew when it is due.

    Who drafts it comes to want what it says, as far as `drafting`.
    """
    leaders, islands = state.leaders, state.islands
    issues = leaders.priorities.shape[1]
    for b in range(islands.run.shape[0]):
        due = islands.planned[b] == 0 or (
            levers.revision[b] > 0.0 and round_ - islands.planned[b] >= levers.revision[b]
        )
        if levers.plan[b] <= 0.0 or not due:
            continue
        drafters = 0.0
        drafted = np.zeros(issues)
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if drafts(state, levers, round_, i):
                drafters += 1.0
                for k in range(issues):
                    drafted[k] += leaders.priorities[i, k]
        if drafters > 0.0:
            islands.planned[b] = round_
            for k in range(issues):
                islands.plan[b, k] = drafted[k] / drafters
            for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
                if drafting > 0.0 and drafts(state, levers, round_, i):
                    blend(leaders.priorities[i], islands.plan[b], drafting)


@kernel
def drafts(state, levers, round_, i):
    """Whether leader i has a part in the plan that is drafted this round."""
    leaders, islands, b = state.leaders, state.islands, state.leaders.island[i]
    if not leaders.present[i]:
        return False
    return luck.uniform(islands.run[b], luck.DRAFT, round_, leaders.key[i], 0) < levers.participation[b]


@kernel
def inspire(state, levers):
    """How far the plan that is kept speaks to each leader: their overlap with it, times how much it is kept to."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        kept = levers.plan[b] if islands.planned[b] > 0 else 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            leaders.inspired[i] = 0.0
            if kept > 0.0 and leaders.present[i]:
                leaders.inspired[i] = kept * overlap_of(leaders.priorities[i], islands.plan[b])


@kernel
def overlap_of(one, other):
    """Overlap of two divisions of a whole, 0..1."""
    total = 0.0
    for k in range(one.shape[0]):
        total += min(one[k], other[k])
    return total


@allocating_kernel
def propose(state, levers, common_pull):
    """agenda = (1 - plan) * ((1 - common) * mean of the voices + common * common ground) + plan * the plan.

    Where there is no common ground the voices are heard alone. Whoever seeks it comes to want it, as far as
    `common_pull`. It is an agenda that its leaders have not considered. Where common ground is sought, islands.ranked
    holds what is wanted, from the lowest up.
    """
    leaders, islands = state.leaders, state.islands
    issues = leaders.priorities.shape[1]
    for b in range(islands.run.shape[0]):
        begin, end = islands.leader_start[b], islands.leader_start[b + 1]
        islands.reopened[b] = True
        for k in range(issues):
            islands.agenda[b, k] = 0.0
        for i in range(begin, end):
            for k in range(issues):
                islands.agenda[b, k] += leaders.voice[i] * leaders.priorities[i, k]
        if levers.common_ground[b] > 0.0:
            seated = 0
            for i in range(begin, end):
                seated += leaders.seated[i]
            common = common_ground(islands.ranked[b], seated, issues)
            if overlap_of(common, common) > 0.0:  # their sum: there is one
                blend(islands.agenda[b], common, levers.common_ground[b])
                for i in range(begin, end):
                    if common_pull > 0.0 and leaders.seated[i]:
                        blend(leaders.priorities[i], common, common_pull * levers.common_ground[b])
        if levers.plan[b] > 0.0 and islands.planned[b] > 0:
            blend(islands.agenda[b], islands.plan[b], levers.plan[b])


@kernel
def blend(agenda, other, weight):
    """agenda moves by `weight` towards `other`."""
    for k in range(agenda.shape[0]):
        agenda[k] += weight * (other[k] - agenda[k])


@kernel
def want(state):
    """What those at the table want of each issue, into islands.ranked; what is left over is infinite, to sort last."""
    leaders, islands = state.leaders, state.islands
    ranked = islands.ranked
    for b in range(islands.run.shape[0]):
        row = 0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.seated[i]:
                for k in range(leaders.priorities.shape[1]):
                    ranked[b, k, row] = leaders.priorities[i, k]
                row += 1
        for k in range(leaders.priorities.shape[1]):
            for rest in range(row, ranked.shape[2]):
                ranked[b, k, rest] = np.inf


@allocating_kernel
def common_ground(wanted, seated, issues):
    """(K,) the agenda that has most in common with those at the table, each counting the same; zeros if there are none.

    It is the one of largest mean overlap: on every issue it goes so far that the same number of leaders want more.
    wanted: what each of `seated` wants, issue by issue from the lowest up.
    """
    ground = np.zeros(issues)
    before = 0.0
    for row in range(seated):
        total = 0.0
        for k in range(issues):
            total += wanted[k, row]
        if total >= 1.0 or row == seated - 1:
            for k in range(issues):
                ground[k] = wanted[k, row]
                if total > 1.0:
                    less = wanted[k, row - 1] if row > 0 else 0.0
                    ground[k] += (total - 1.0) / (total - before) * (less - wanted[k, row])
            break
        before = total
    return ground


@kernel
def reflect(state, trust_eases):
    """Each leader holds a reopened agenda against their priorities.

    The less they trust the others, the more they insist; and the less, the longer there has been no official agenda.
    """
    leaders, ties, islands = state.leaders, state.ties, state.islands
    for b in range(islands.run.shape[0]):
        if not islands.reopened[b]:
            continue
        begin, end = islands.leader_start[b], islands.leader_start[b + 1]
        seated, least = 0.0, islands.insistence[b]
        for i in range(begin, end):
            seated += leaders.seated[i]
        for i in range(begin, end):
            leaders.overlap[i] = overlap_of(leaders.priorities[i], islands.agenda[b])
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
            leaders.accepts[i] = leaders.overlap[i] >= least * leaders.reservation[i] * (1.0 - trust_eases * trust)


@allocating_kernel
def amend(state, concession):
    """A refused agenda moves towards the mean of what its refusers want."""
    islands = state.islands
    for b in range(islands.run.shape[0]):
        islands.reopened[b] = not islands.agreed[b] and concede(state, b, concession)


@allocating_kernel
def meet_refusers(state, levers, brokering):
    """The same at a mediator's hands, of every agenda that somebody refuses."""
    islands = state.islands
    for b in range(islands.run.shape[0]):
        islands.reopened[b] = levers.mediation[b] > 0.0 and concede(state, b, brokering * levers.mediation[b])


@allocating_kernel
def concede(state, b, step):
    """The agenda of community b goes a step towards what those want who refuse it; whether there are any."""
    leaders, islands = state.leaders, state.islands
    refusers = 0.0
    wanted = np.zeros(islands.agenda.shape[1])
    for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
        if leaders.seated[i] and not leaders.accepts[i]:
            refusers += 1.0
            for k in range(wanted.shape[0]):
                wanted[k] += leaders.priorities[i, k]
    for k in range(wanted.shape[0]):
        if refusers > 0.0:
            islands.agenda[b, k] += step * (wanted[k] / refusers - islands.agenda[b, k])
    return refusers > 0.0


@kernel
def recall_plan(state, levers):
    """Where the table is deadlocked but a plan stands that is kept, the plan is put to it as the last proposal."""
    islands = state.islands
    for b in range(islands.run.shape[0]):
        islands.reopened[b] = not islands.agreed[b] and levers.plan[b] > 0.0 and islands.planned[b] > 0
        if islands.reopened[b]:
            blend(islands.agenda[b], islands.plan[b], 1.0)


@kernel
def close(state, weariness):
    """The round's agenda stands; what leaders insist on wears away without an official one, and comes back with it."""
    islands = state.islands
    for b in range(islands.run.shape[0]):
        islands.reopened[b] = False
        lasting = 1.0 - islands.insistence[b] if islands.agreed[b] else -islands.insistence[b]
        islands.insistence[b] += weariness * lasting
