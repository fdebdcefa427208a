"""What every game has in common: teams, pools, and each leader's share of the output.

multiplier is the MU of joint output per MU pooled, over all who benefit; MPCR = multiplier / team size.
"""

from abc import abstractmethod
from typing import Any

import numpy as np

from commonweal.model import luck
from commonweal.model.kernel import allocating_kernel, kernel
from commonweal.model.levers import Levers
from commonweal.model.order import ordered
from commonweal.model.params import Count, Factor, Params
from commonweal.model.plain_method import plain_method
from commonweal.model.state import State


class Game(Params):
    """A joint effort: who plays it together, and what it yields."""

    multiplier: Factor
    """MU of joint output per MU pooled; a dilemma where it lies between 1 and the team size"""
    team: Count
    """leaders per team; 0 for one team of the whole community"""
    strangers: bool
    """whether teams are drawn anew each round"""

    @property
    def hurdle(self) -> float:
        """The share of what a team is free to give below which gifts yield nothing; 0 where each yields something."""
        return 0.0

    def form(self, state: State, round_: int) -> None:
        """Teams for this round. Writes leaders.team and teams.size."""
        if self.team and (self.strangers or round_ == 1):
            shuffle(state, round_, self.team)
        muster(state)

    def produce(self, state: State, levers: Levers) -> None:
        """Gifts are pooled, matched and turned into output. Writes leaders.given, kept, returned and teams."""
        pool(state, levers)
        self.transform(state)
        share_out(state)

    @abstractmethod
    def transform(self, state: State) -> None:
        """Fill teams.output from teams.pool."""

    @plain_method
    def plain_transform(self, team: Any) -> float:
        """MU of output that a team has from team.pool, the MU that team.members gave (each leader.given)."""
        ...


@allocating_kernel
def shuffle(state, round_, team):
    """Each community's leaders are dealt into teams by lot."""
    leaders, islands = state.leaders, state.islands
    for b in range(islands.run.shape[0]):
        begin, end = islands.leader_start[b], islands.leader_start[b + 1]
        lot = np.empty(end - begin)
        for i in range(begin, end):
            lot[i - begin] = luck.uniform(islands.run[b], luck.TEAM, round_, leaders.key[i], 0)
        order = ordered(lot)
        for place in range(end - begin):
            leaders.team[begin + order[place]] = islands.team_start[b] + place // team


@kernel
def muster(state):
    """teams.size: leaders present in each team."""
    leaders, teams = state.leaders, state.teams
    for m in range(teams.size.shape[0]):
        teams.size[m] = 0.0
    for i in range(leaders.key.shape[0]):
        if leaders.present[i]:
            teams.size[leaders.team[i]] += 1.0


@kernel
def pool(state, levers):
    """What is left of each endowment after time and what is tied up is given or kept.

    The convener matches gifts to an official agenda while the purse lasts.
    """
    leaders, teams, islands = state.leaders, state.teams, state.islands
    for m in range(teams.pool.shape[0]):
        teams.pool[m] = 0.0
        teams.shares[m] = 0.0
    for b in range(islands.run.shape[0]):
        given = 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            leaders.given[i], leaders.kept[i], leaders.free[i] = 0.0, 0.0, 0.0
            if leaders.present[i]:
                left = leaders.endowment[i] * islands.capital[b] * max(1.0 - leaders.busy[i], 0.0)
                leaders.free[i] = max(left - leaders.tied[i], 0.0)
                leaders.given[i] = leaders.contribution[i] * leaders.free[i]
                leaders.kept[i] = left - leaders.given[i]
                given += leaders.given[i]
                teams.pool[leaders.team[i]] += leaders.given[i]
                teams.shares[leaders.team[i]] += leaders.contribution[i]
        matched = min(levers.match[b] * given, islands.purse[b]) if islands.agreed[b] else 0.0
        if matched > 0.0:
            for m in range(islands.team_start[b], islands.team_start[b + 1]):
                teams.pool[m] *= 1.0 + matched / given
            islands.money[b] += matched
            islands.purse[b] -= matched


@kernel
def share_out(state):
    """Each leader present has an equal share of their team's output."""
    leaders, teams = state.leaders, state.teams
    for i in range(leaders.key.shape[0]):
        leaders.returned[i] = 0.0
        if leaders.present[i]:
            leaders.returned[i] = teams.output[leaders.team[i]] / teams.size[leaders.team[i]]
