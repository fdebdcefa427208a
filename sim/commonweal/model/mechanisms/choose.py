"""Choose: each leader decides what share of their endowment to give. Exemplars first, in public; then the rest.

A logit choice (McKelvey & Palfrey 1995; Anderson, Goeree & Holt 1998) whose arguments are those that experiments name:
conditional cooperation with a stated schedule (Fischbacher, Gaechter & Fehr 2001; Fischbacher & Gaechter 2010), the
return on a gift to oneself and to the others, and motives that the rounds before have left.

    share    = logistic(disposition + temper_spread * temper + motivation + commitment_pull * commitment
                        + pull * aligned * trusted + back - ownership * (1 - heard) + inspiration * inspired)
    pull     = stated_gain * willing * min(intercept + slope * belief, 1) + matching * belief
    aligned  = 1 - misalignment * (1 - overlap)
    trusted  = 1 + trust_slope * (faith - 1/2)
    back     = (1 + match) * overlap * (responsiveness * MPCR + group_weight * (multiplier - MPCR))
               + responsiveness * recognition

Match, recognition, fine and grant count as far as they are known by experience (settle). Those who lean to less than
the standard go towards it, the further the more a fine or grant is known to follow; where a provision point must be
met, those who lean to less than their part of it go towards it, as far as they believe that the others let it be met.
Exemplars who keep promises give what they were asked for. With chance `noise` a choice is all or nothing, with that
share as the chance of all: chance moves gifts up and down and not their mean. Those who accept the agenda give to it, a
coalition of the willing; those who refuse it keep what they have. Goals, exemplars, fines and grants belong to an
agenda that the decision rule has made official.
"""

import math

import numpy as np

from commonweal.model import luck
from commonweal.model.kernel import allocating_kernel, kernel
from commonweal.model.levers import Levers
from commonweal.model.order import ordered, sort_by
from commonweal.model.params import Factor, LogOdds, Params, Share, Spread
from commonweal.model.state import State


class Choose(Params):
    """How belief, returns, motives and chance make a contribution."""

    disposition: LogOdds
    """log-odds of giving for whoever believes that nobody gives and has nothing of it"""
    temper_spread: Spread
    """standard deviation of that among leaders, lasting (their temper)"""
    stated_gain: Factor
    """log-odds per share that a leader says they would give"""
    matching: Factor
    """log-odds per share the others are believed to give, whatever a leader says"""
    misalignment: Share
    """share of conditional cooperation lost when the agenda has nothing of one's own priorities"""
    trust_slope: Share
    """how much steeper conditional cooperation is towards those fully trusted, than towards those trusted by half"""
    responsiveness: Factor
    """log-odds per MU that a leader has back of each MU given"""
    group_weight: Factor
    """log-odds per MU that the others have of each MU given"""
    deterrence: Factor
    """how steeply a known fine or grant moves those below the standard towards it"""
    provision_weight: Share
    """how far those who lean to less than a provision point asks of each go towards it, where it seems within reach"""
    commitment_pull: Factor
    """log-odds that full commitment to one's word adds"""
    ownership: Factor
    """log-odds of giving that a leader lacks whose voice does not count at the table, beside one with an equal share"""
    inspiration: Factor
    """log-odds that a plan adds which is wholly kept to and says what the leader wants"""
    noise: Share
    """chance that a choice is all or nothing"""
    focus: Share
    """how far a common goal, fully specific, moves the belief of one who accepts the agenda towards it"""
    follow: Share
    """how far the sight of exemplars, fully visible, moves a belief towards what they gave"""

    def lead(self, state: State, levers: Levers, round_: int, multiplier: float, provision: float) -> None:
        """The goal is heard; exemplars are asked and choose. Writes leaders.exemplar, belief and contribution."""
        aim(state, levers, self.focus)
        ask(state, levers)
        decide(state, levers, round_, multiplier, provision, True, self.noise, self.leaning(), self.lifting())

    def choose(self, state: State, levers: Levers, round_: int, multiplier: float, provision: float) -> None:
        """The others see the exemplars and choose. Writes leaders.belief and contribution."""
        watch(state, levers, self.follow)
        decide(state, levers, round_, multiplier, provision, False, self.noise, self.leaning(), self.lifting())

    def leaning(self) -> tuple[float, ...]:
        """What `lean` needs to know."""
        return (
            float(self.disposition), float(self.temper_spread), float(self.stated_gain), float(self.matching),
            float(self.misalignment), float(self.trust_slope), float(self.responsiveness), float(self.group_weight),
            float(self.commitment_pull), float(self.ownership), float(self.inspiration),
        )  # fmt: skip

    def lifting(self) -> tuple[float, float]:
        """What lifts those who lean to less than is asked."""
        return float(self.deterrence), float(self.provision_weight)


@kernel
def aim(state, levers, focus):
    """A stated goal moves the beliefs of those who accept the agenda towards the target share."""
    leaders, islands = state.leaders, state.islands
    for i in range(leaders.key.shape[0]):
        b = leaders.island[i]
        if levers.specificity[b] > 0.0 and leaders.present[i] and leaders.accepts[i] and islands.agreed[b]:
            leaders.belief[i] += levers.specificity[b] * focus * (levers.goal[b] - leaders.belief[i])


@allocating_kernel
def ask(state, levers):
    """Who is asked to give first: by lot, by standing, or between.

    A share `exemplars` of the present leaders of each team (rounded) is asked, of those who accept the agenda the ones
    with the highest prominence * standing (as a share of the highest) + (1 - prominence) * lot; of equals, the higher
    lot. A leader's lot is always the same.
    """
    leaders, teams, islands = state.leaders, state.teams, state.islands
    for b in range(islands.run.shape[0]):
        begin, end = islands.leader_start[b], islands.leader_start[b + 1]
        for i in range(begin, end):
            leaders.exemplar[i] = False
        if levers.exemplars[b] <= 0.0 or not islands.agreed[b]:
            continue
        first, last = islands.team_start[b], islands.team_start[b + 1]
        wanted = np.empty(last - first, np.int64)
        for m in range(first, last):
            wanted[m - first] = int(levers.exemplars[b] * teams.size[m] + 0.5)
        score, lots = np.zeros(end - begin), np.zeros(end - begin)
        luck.uniform_each(lots, leaders.run[begin:end], luck.EXEMPLAR, 0, leaders.key[begin:end], 0)
        top = 0.0
        for i in range(begin, end):
            top = max(top, leaders.standing[i])
        for i in range(begin, end):
            prominent = leaders.standing[i] / top
            score[i - begin] = levers.prominence[b] * prominent + (1.0 - levers.prominence[b]) * lots[i - begin]
        order, equal = ordered(score), False
        for place in range(1, end - begin):
            equal = equal or score[order[place]] == score[order[place - 1]]
        if equal:
            order = ordered(lots)
            sort_by(order, score)
        for rank in range(end - begin - 1, -1, -1):
            place = order[rank]
            team = leaders.team[begin + place] - first
            if wanted[team] > 0 and leaders.present[begin + place] and leaders.accepts[begin + place]:
                wanted[team] -= 1
                leaders.exemplar[begin + place] = True


@allocating_kernel
def watch(state, levers, follow):
    """What the exemplars of the team gave moves the belief of each other leader before they choose."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        if levers.exemplars[b] <= 0.0:
            continue
        first, last = islands.team_start[b], islands.team_start[b + 1]
        shown, gave = np.zeros(last - first), np.zeros(last - first)
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.exemplar[i]:
                shown[leaders.team[i] - first] += 1.0
                gave[leaders.team[i] - first] += leaders.contribution[i]
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            team = leaders.team[i] - first
            if leaders.present[i] and not leaders.exemplar[i] and shown[team] > 0.0:
                surprise = gave[team] / shown[team] - leaders.belief[i]
                leaders.belief[i] += levers.visibility[b] * follow * surprise


@kernel
def logistic(x):
    """The share whose log-odds are x."""
    return 1.0 / (1.0 + math.exp(-x))


@kernel
def lean(state, i, belief, multiplier, leaning):
    """The share that leader i leans to if they believe that the others give `belief`: the rule above."""
    leaders, islands, teams = state.leaders, state.islands, state.teams
    disposition, spread, gain, matching, misalignment, trust_slope, responsiveness, group_weight = leaning[:8]
    commits, ownership, inspiration = leaning[8:]
    b, overlap = leaders.island[i], leaders.overlap[i]
    stated = leaders.willing[i] * min(leaders.intercept[i] + leaders.slope[i] * belief, 1.0)
    aligned = 1.0 - misalignment * (1.0 - overlap)
    trusted = 1.0 + trust_slope * (leaders.faith[i] - 0.5)
    mpcr = multiplier / max(teams.size[leaders.team[i]], 1.0)
    back = (1.0 + islands.known_match[b]) * overlap * (responsiveness * mpcr + group_weight * (multiplier - mpcr))
    motives = disposition + spread * leaders.temper[i] + leaders.motivation[i] + commits * leaders.commitment[i]
    pull = (gain * stated + matching * belief) * aligned * trusted
    part = inspiration * leaders.inspired[i] - ownership * (1.0 - leaders.heard[i])
    return logistic(motives + part + pull + back + responsiveness * islands.known_esteem[b])


@kernel
def decide(state, levers, round_, multiplier, provision, leading, noise, leaning, lifting):
    """The rule above, for the exemplars (`leading`) or for the others."""
    leaders, islands = state.leaders, state.islands
    deterrence, provision_weight = lifting
    luck.uniforms_each(leaders.chances, leaders.run, luck.NOISE, round_, leaders.key, 0)
    for i in range(leaders.key.shape[0]):
        if leaders.exemplar[i] != leading:
            continue
        b = leaders.island[i]
        leaders.asked[i] = 0.0
        if not leaders.present[i] or not leaders.accepts[i]:
            leaders.contribution[i] = 0.0
            continue
        share = lean(state, i, leaders.belief[i], multiplier, leaning)
        standard = (1.0 - levers.peers[b]) * levers.standard[b] + levers.peers[b] * leaders.belief[i]
        if share < standard and islands.known_pressure[b] > 0.0 and islands.agreed[b]:
            share += (standard - share) * (1.0 - math.exp(-deterrence * islands.known_pressure[b]))
        if share < provision:
            share += provision_weight * min(leaders.belief[i] / provision, 1.0) * (provision - share)
        if leaders.exemplar[i]:
            leaders.asked[i] = leaders.promise_keeping[i] * (levers.example[b] - share)
            share += leaders.asked[i]
        if leaders.chances[0, i] < noise:
            share = 1.0 if leaders.chances[1, i] < share else 0.0
        leaders.contribution[i] = share
