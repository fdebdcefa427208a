"""Events: what a scenario makes happen at the end of a round. Round 0 stands for never."""

import numpy as np
from pydantic import model_validator

from commonweal.model import luck
from commonweal.model.kernel import allocating_kernel, kernel
from commonweal.model.params import Count, Params, Rate, Rounds, Share
from commonweal.model.state import State, slots_of


class Events(Params):
    """Turnover, a scandal, a budget cut, a crisis of need, a new group. They act at the end of the round named."""

    turnover: Rate
    """chance per round that a leader is succeeded by someone else"""
    handover: Share
    """share of the strength of their ties that a successor keeps"""
    scandal: Rounds
    """round in which the leader of highest standing is exposed"""
    severity: Share
    """share of the trust in them, and of their standing, that the scandal destroys"""
    taint: Share
    """share of that loss of trust which others suffer too, strangers included"""
    cut: Rounds
    """round from whose end endowments are cut"""
    cut_share: Share
    """share of every endowment that is cut"""
    crisis: Rounds
    """round at whose end a crisis begins"""
    crisis_rounds: Rounds
    """rounds it lasts"""
    crisis_issue: Count
    """issue on which need rises (counted from 0); the last where there are fewer"""
    crisis_shift: Share
    """weight of that issue in every group's need during the crisis"""
    crisis_heard: Share
    """share of that change of need that leaders take up in what they are anchored to"""
    crisis_joint: Share
    """share of what leaders keep for that issue that is of no use in the crisis: joint effort alone meets it"""
    arrival: Rounds
    """round at whose end the last group of the community arrives, its leaders with it"""

    @model_validator(mode="after")
    def _lasting(self) -> "Events":
        if self.crisis and not self.crisis_rounds:
            raise ValueError("crisis_rounds is 0 though a crisis is set; say how many rounds it lasts")
        return self

    @property
    def shocks(self) -> dict[str, int]:
        """What happens once, by name, and the round in which it does; 0 where it never does."""
        return {"scandal": self.scandal, "cut": self.cut, "crisis": self.crisis, "arrival": self.arrival}

    @property
    def shock(self) -> int:
        """The round of the first shock from which recovery is measured; 0 if there is none."""
        return min(filter(None, self.shocks.values()), default=0)

    def begin(self, state: State) -> None:
        """Before the first round: a group that is to arrive later is not there yet."""
        if self.arrival:
            attend(state, False)

    def strike(self, state: State, round_: int) -> None:
        """What happens at the end of this round."""
        if self.turnover > 0:
            succeed(state, round_, self.turnover, self.handover)
        if self.scandal and round_ == self.scandal:
            expose(state, self.severity, self.taint)
        if self.cut and round_ == self.cut:
            state.islands.capital[:] = 1.0 - self.cut_share
        if self.crisis and round_ == self.crisis:
            issue = min(self.crisis_issue, state.groups.need.shape[1] - 1)
            shift_need(state, issue, self.crisis_shift, self.crisis_heard)
            state.islands.alone[:, issue] = 1.0 - self.crisis_joint
        if self.crisis and round_ == self.crisis + self.crisis_rounds:
            shift_need(state, 0, 0.0, self.crisis_heard)
            state.islands.alone[:] = 1.0
        if self.arrival and round_ == self.arrival:
            attend(state, True)


@kernel
def attend(state, here):
    """The leaders of each community's last group come or are away; people and leaders are counted anew.

    Where there is one group only it is there from the start.
    """
    leaders, groups, islands = state.leaders, state.groups, state.islands
    for g in range(groups.size.shape[0]):
        groups.leaders[g] = 0.0
    for b in range(islands.run.shape[0]):
        last = islands.group_start[b + 1] - 1
        alone = last == islands.group_start[b]
        islands.present[b] = 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            leaders.present[i] = here or alone or leaders.group[i] != last
            if leaders.present[i]:
                islands.present[b] += 1.0
                groups.leaders[leaders.group[i]] += 1.0
        islands.people[b] = 0.0
        for g in range(islands.group_start[b], islands.group_start[b + 1]):
            if groups.leaders[g] > 0.0:
                islands.people[b] += groups.size[g]


@allocating_kernel
def succeed(state, round_, rate, handover):
    """A successor has the office and the disposition of some leader of the community; trust in them begins anew."""
    leaders, ties, islands = state.leaders, state.ties, state.islands
    new = np.zeros(leaders.key.shape[0], np.bool_)
    for i in range(leaders.key.shape[0]):
        run = islands.run[leaders.island[i]]
        chance, place, _, _ = luck.uniforms(run, luck.TURNOVER, round_, leaders.key[i], 0)
        if not leaders.present[i] or chance >= rate:
            continue
        new[i] = True
        begin = islands.leader_start[leaders.island[i]]
        end = islands.leader_start[leaders.island[i] + 1]
        model = begin + int(place * (end - begin))
        leaders.slope[i] = leaders.slope[model]
        leaders.intercept[i] = leaders.intercept[model]
        leaders.temper[i] = leaders.temper[model]
        leaders.promise_keeping[i] = leaders.promise_keeping[model]
        leaders.reservation[i] = leaders.reservation[model]
        leaders.belief[i] = leaders.belief[model]
        leaders.trusting[i] = leaders.trusting[model]
        leaders.willing[i], leaders.record[i] = 1.0, 1.0
        leaders.motivation[i], leaders.commitment[i] = 0.0, 0.0
        leaders.pledged[i] = False
        for k in range(leaders.priorities.shape[1]):
            leaders.priorities[i, k] = leaders.anchor[model, k]
            leaders.anchor[i, k] = leaders.anchor[model, k]
    for i in range(leaders.key.shape[0]):
        for t in slots_of(ties, i):
            if ties.to[t] >= 0 and (new[i] or new[ties.to[t]]):
                ties.strength[t] *= handover
                ties.trust[t] = leaders.trusting[i]


@kernel
def expose(state, severity, taint):
    """The leader of highest standing loses standing and trust, and everybody else `taint` of as much trust."""
    leaders, ties, islands = state.leaders, state.ties, state.islands
    for b in range(islands.run.shape[0]):
        begin, end = islands.leader_start[b], islands.leader_start[b + 1]
        worst = -1
        for i in range(begin, end):
            if leaders.present[i] and (worst < 0 or leaders.standing[i] > leaders.standing[worst]):
                worst = i
        leaders.standing[worst] *= 1.0 - severity
        for i in range(begin, end):
            leaders.trusting[i] *= 1.0 - taint * severity
        for t in range(ties.start[begin], ties.start[end]):
            ties.trust[t] *= 1.0 - (severity if ties.to[t] == worst else taint * severity)


@allocating_kernel
def shift_need(state, issue, weight, heard):
    """Every group's need: its usual one, with `weight` on one issue. Leaders' anchors follow by the share `heard`."""
    leaders, groups = state.leaders, state.groups
    issues = groups.need.shape[1]
    change = np.zeros((groups.size.shape[0], issues))
    for g in range(groups.size.shape[0]):
        for k in range(issues):
            need = (1.0 - weight) * groups.usual_need[g, k]
            if k == issue:
                need += weight
            change[g, k] = need - groups.need[g, k]
            groups.need[g, k] = need
    for i in range(leaders.key.shape[0]):
        total = 0.0
        for k in range(issues):
            leaders.anchor[i, k] = max(leaders.anchor[i, k] + heard * change[leaders.group[i], k], 0.0)
            total += leaders.anchor[i, k]
        for k in range(issues):
            leaders.anchor[i, k] /= total
