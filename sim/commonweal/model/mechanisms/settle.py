"""Settle: grants and fines fall due, recognition is given, the welfare of the people is counted, motives move.

What the joint effort brings a leader, beyond what it takes of each on the mean, feeds their motivation, or starves it
(satisfaction against an aspiration: Macy & Flache 2002). Material incentives can crowd it out, recognition can crowd it
in (Deci, Koestner & Ryan 1999). Incentives count in choices as far as they are known by experience.
"""

import math

from commonweal.model.kernel import kernel
from commonweal.model.levers import Levers
from commonweal.model.params import Factor, LogOdds, Params, Rate, Share
from commonweal.model.state import State


class Incentives(Params):
    """What incentives cost and what they do to motivation."""

    recognition_cost: Factor
    """MU the convener spends per MU of esteem given"""
    fine_cost: Factor
    """MU the convener spends to collect one MU of fines"""
    fines_returned: Share
    """share of the fines that returns to the convener's purse; the rest is lost"""
    success: Factor
    """log-odds of giving that the best success of the joint effort adds in the long run, and the worst failure takes"""
    aspiration: LogOdds
    """MU per MU of endowment that a joint effort must bring, beyond what it takes, for a leader to be just content"""
    crowding_out: Factor
    """log-odds of giving lost in the long run under material incentives of 1 MU per MU"""
    crowding_in: Factor
    """log-odds of giving gained in the long run under recognition of 1 MU per MU"""
    adaptation: Rate
    """share of the way to that long run gone per round"""
    familiarity: Rate
    """share of what they do not know yet of match, recognition, fine and grant that leaders learn in a round"""

    def settle(self, state: State, levers: Levers, issue_substitution: float) -> None:
        """Writes leaders.granted, fined, payoff and motivation, groups' welfare, islands.money, purse and known_..."""
        pay(state, levers, self.recognition_cost, self.fine_cost, self.fines_returned)
        serve(state, issue_substitution)
        motivate(state, levers, self.success, self.aspiration, self.crowding_out, self.crowding_in, self.adaptation)
        get_to_know(state, levers, self.familiarity)


@kernel
def pay(state, levers, recognition_cost, fine_cost, fines_returned):
    """Grants to those at or above the standard, fines on those below it, esteem for what was given.

    The standard is a fixed share, or, as far as the lever `peers` says, what the others of the team gave.
    """
    leaders, teams, islands = state.leaders, state.teams, state.islands
    for b in range(islands.run.shape[0]):
        due, fines, esteem = 0.0, 0.0, 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            leaders.granted[i], leaders.fined[i] = 0.0, 0.0
            if leaders.present[i] and islands.agreed[b]:
                free = leaders.free[i]
                standard = (1.0 - levers.peers[b]) * levers.standard[b]
                others = teams.size[leaders.team[i]] - 1.0
                if others > 0.0:
                    standard += levers.peers[b] * (teams.shares[leaders.team[i]] - leaders.contribution[i]) / others
                if leaders.contribution[i] >= standard:
                    leaders.granted[i] = levers.grant[b] * free
                    due += leaders.granted[i]
                else:
                    short = (standard - leaders.contribution[i]) * free
                    leaders.fined[i] = min(levers.fine[b] * short, leaders.kept[i])
                    fines += leaders.fined[i]
                esteem += levers.recognition[b] * leaders.given[i]
        back = fines_returned * fines
        islands.destroyed[b] = fines - back
        costs = min(recognition_cost * esteem + fine_cost * fines, islands.purse[b] + back)
        left = islands.purse[b] + back - costs
        paid = 1.0
        if due > left:
            paid = left / due
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            leaders.granted[i] *= paid
        islands.money[b] += costs + paid * due - back
        islands.purse[b] = left - paid * due


@kernel
def serve(state, substitution):
    """Welfare of each group, MU per person, and payoff of each leader.

    What a group has on an issue is its share of the joint output spent there, and what its own leaders kept for it and
    spend by their own priorities. Each issue has decreasing returns: with x_k MU per person on issue k, of need n_k,

        welfare = (sum over k of n_k**(1 - r) * x_k**r)**(1 / r),   r = substitution

    which is the MU themselves where they are spent as they are needed, and less the further they are not. The joint and
    the own part of it are what the last MU of each is worth, times its MU (Euler's theorem): they add up.
    """
    leaders, groups, islands = state.leaders, state.groups, state.islands
    issues = groups.need.shape[1]
    for g in range(groups.size.shape[0]):
        groups.joint[g], groups.own[g], groups.welfare[g] = 0.0, 0.0, 0.0
        for k in range(issues):
            groups.kept[g, k] = 0.0
    for i in range(leaders.key.shape[0]):
        leaders.payoff[i] = 0.0
        if leaders.present[i]:
            g = leaders.group[i]
            own = leaders.kept[i] + leaders.granted[i] - leaders.fined[i]
            for k in range(issues):
                groups.kept[g, k] += own * leaders.priorities[i, k] / groups.size[g]
            groups.joint[g] += leaders.returned[i] / groups.leaders[g]
            leaders.payoff[i] = own + leaders.returned[i] * leaders.overlap[i]
    for g in range(groups.size.shape[0]):
        b = groups.island[g]
        if groups.leaders[g] == 0.0:
            continue
        output = groups.joint[g] * islands.present[b] / islands.people[b]
        worth, by_joint = 0.0, 0.0
        for k in range(issues):
            groups.kept[g, k] *= islands.alone[b, k]
            joint = output * islands.agenda[b, k]
            there = groups.kept[g, k] + joint
            if there > 0.0 and groups.need[g, k] > 0.0:
                part = groups.need[g, k] ** (1.0 - substitution) * there**substitution
                worth += part
                by_joint += part * joint / there
        if worth > 0.0:
            groups.welfare[g] = worth ** (1.0 / substitution)
            groups.joint[g] = groups.welfare[g] * (by_joint / worth)
            groups.own[g] = groups.welfare[g] - groups.joint[g]
        else:
            groups.joint[g] = 0.0


@kernel
def motivate(state, levers, success, aspiration, crowding_out, crowding_in, adaptation):
    """Motivation drifts to success * tanh(gain - aspiration) - crowding_out * material + crowding_in * recognition.

    The gain is what a leader has of the joint effort and of grants, less fines, less what it takes of each on the mean,
    per MU they are free to give in usual times: in bad ones it brings less than they are used to. Incentives count up
    to 1 MU per MU, while an agenda is official.
    """
    leaders, teams, islands = state.leaders, state.teams, state.islands
    for i in range(leaders.key.shape[0]):
        if not leaders.present[i]:
            continue
        b, team = leaders.island[i], leaders.team[i]
        rest = 0.0
        if success > 0.0 and leaders.usual[i] > 0.0:
            back = leaders.returned[i] * leaders.overlap[i] + leaders.granted[i] - leaders.fined[i]
            gain = (back - leaders.free[i] * teams.shares[team] / teams.size[team]) / leaders.usual[i]
            rest = success * math.tanh(gain - aspiration)
        if islands.agreed[b]:
            material = min(levers.match[b] + levers.grant[b] + levers.fine[b], 1.0)
            rest += crowding_in * min(levers.recognition[b], 1.0) - crowding_out * material
        leaders.motivation[i] += adaptation * (rest - leaders.motivation[i])


@kernel
def get_to_know(state, levers, familiarity):
    """What a convener does for givers and to others is known the better the longer it is done with official agendas."""
    islands = state.islands
    for b in range(islands.run.shape[0]):
        done = 1.0 if islands.agreed[b] else 0.0
        islands.known_match[b] += familiarity * (done * levers.match[b] - islands.known_match[b])
        islands.known_esteem[b] += familiarity * (done * levers.recognition[b] - islands.known_esteem[b])
        pressure = done * (levers.fine[b] + levers.grant[b])
        islands.known_pressure[b] += familiarity * (pressure - islands.known_pressure[b])
