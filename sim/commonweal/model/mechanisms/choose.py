"""Choose: each leader decides what share of their endowment to give. Exemplars first, in public; then the rest.

Conditional cooperation with a linear schedule (Fischbacher, Gaechter & Fehr 2001; Fischbacher & Gaechter 2010),
weakened by misalignment, moved by material returns, censored at nothing and everything:

    share = clip(motivation * willing * (stated_gain * intercept + slope_eff * belief)
                 + responsiveness * (private_return + incentive - 1) + constant + noise, 0, 1)
    slope_eff = (stated_gain * slope + matching) * (1 - misalignment * (1 - overlap))
    noise = sd * (sqrt(lasting) * temper + sqrt(1 - lasting) * luck of the round)
    private_return = MPCR * (1 + match) * overlap

Those who would give less than the standard add responsiveness * (fine + grant), up to the standard: a fixed share, or,
as far as the lever `peers` says, what they believe the others give (Fehr & Gaechter 2002: the punished are those who
give less than the others). What was meant by a pledge, or the example one was asked to give, pulls the choice towards
itself by promise-keeping. Where there is no joint agenda there is nothing to give to.
"""

import math

import numpy as np

from commonweal.model import luck
from commonweal.model.kernel import allocating_kernel, kernel
from commonweal.model.levers import Levers
from commonweal.model.params import Factor, Params, Share, Signed, Spread
from commonweal.model.state import State


class Choose(Params):
    """How belief, returns and chance make a contribution."""

    stated_gain: Factor
    """how much of their stated schedule a leader acts on"""
    matching: Factor
    """slope of giving on belief that all share, whatever they state"""
    misalignment: Share
    """share of the slope lost when the agenda has nothing of one's own priorities"""
    responsiveness: Factor
    """share given per MU of return on each MU given"""
    constant: Signed
    """share given besides, the same for all"""
    noise: Spread
    """standard deviation of the choice before it is cut at 0 and 1"""
    lasting: Share
    """share of the variance of that noise that is the leader's own and lasts (their temper)"""
    focus: Share
    """how far a common goal, fully specific, moves the belief of one who accepts the agenda towards it"""
    follow: Share
    """how far the sight of exemplars, fully visible, moves a belief towards what they gave"""

    def lead(self, state: State, levers: Levers, round_: int, multiplier: float) -> None:
        """The goal is heard; exemplars are asked and choose. Writes leaders.exemplar, belief and contribution."""
        aim(state, levers, self.focus)
        ask(state, levers, round_)
        decide(state, levers, round_, multiplier, True, self._rule())

    def choose(self, state: State, levers: Levers, round_: int, multiplier: float) -> None:
        """The others see the exemplars and choose. Writes leaders.belief and contribution."""
        watch(state, levers, self.follow)
        decide(state, levers, round_, multiplier, False, self._rule())

    def _rule(self) -> tuple[float, ...]:
        return (
            float(self.stated_gain), float(self.matching), float(self.misalignment), float(self.responsiveness),
            float(self.constant), self.noise * math.sqrt(self.lasting), self.noise * math.sqrt(1 - self.lasting),
        )  # fmt: skip


@kernel
def aim(state, levers, focus):
    """A stated goal moves the beliefs of those who accept the agenda towards the target share."""
    leaders, islands = state.leaders, state.islands
    for i in range(leaders.key.shape[0]):
        b = leaders.island[i]
        if levers.specificity[b] > 0.0 and leaders.present[i] and leaders.accepts[i] and islands.agreed[b]:
            leaders.belief[i] += levers.specificity[b] * focus * (levers.goal[b] - leaders.belief[i])


@allocating_kernel
def ask(state, levers, round_):
    """Who is asked to give first: by lot, by standing, or between.

    A share `exemplars` of the present leaders of each team (rounded) is asked, those with the highest prominence *
    standing (as a share of the highest) + (1 - prominence) * lot; of equals, the higher lot. A leader's lot is
    always the same.
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
        top = 0.0
        for i in range(begin, end):
            top = max(top, leaders.standing[i])
        for i in range(begin, end):
            lot = luck.uniform(islands.run[b], luck.EXEMPLAR, 0, leaders.key[i], 0)
            lots[i - begin] = lot
            prominent = leaders.standing[i] / top
            score[i - begin] = levers.prominence[b] * prominent + (1.0 - levers.prominence[b]) * lot
        by_lot = np.argsort(lots)
        order = by_lot[np.argsort(score[by_lot], kind="mergesort")]
        for place in order[::-1]:
            team = leaders.team[begin + place] - first
            if wanted[team] > 0 and leaders.present[begin + place]:
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
def decide(state, levers, round_, multiplier, leading, rule):
    """The rule above, for the exemplars (`leading`) or for the others."""
    leaders, islands, teams = state.leaders, state.islands, state.teams
    gain, matching, misalignment, responsiveness, constant, lasting, passing = rule
    luck.uniforms_each(leaders.chances, leaders.run, luck.NOISE, round_, leaders.key, 0)
    for i in range(leaders.key.shape[0]):
        if leaders.exemplar[i] != leading:
            continue
        b = leaders.island[i]
        if not leaders.present[i] or not islands.agreed[b]:
            leaders.contribution[i] = 0.0
            continue
        overlap = leaders.overlap[i]
        slope = (gain * leaders.slope[i] + matching) * (1.0 - misalignment * (1.0 - overlap))
        schedule = gain * leaders.intercept[i] + slope * leaders.belief[i]
        mpcr = multiplier / max(teams.size[leaders.team[i]], 1.0)
        back = mpcr * (1.0 + levers.match[b]) * overlap + levers.recognition[b]
        share = leaders.motivation[i] * leaders.willing[i] * schedule + responsiveness * (back - 1.0)
        chance = luck.bell(leaders.chances[0, i], leaders.chances[1, i])
        share += constant + lasting * leaders.temper[i] + passing * chance
        standard = (1.0 - levers.peers[b]) * levers.standard[b] + levers.peers[b] * leaders.belief[i]
        if share < standard:
            share = min(share + responsiveness * (levers.fine[b] + levers.grant[b]), standard)
        if leaders.pledged[i]:
            share += leaders.promise_keeping[i] * (leaders.meant[i] - share)
        if leaders.exemplar[i]:
            share += leaders.promise_keeping[i] * (levers.example[b] - share)
        leaders.contribution[i] = min(max(share, 0.0), 1.0)
