"""CES public good: sectors complement each other (Arrow, Chenery, Minhas & Solow 1961)."""

from typing import Any

import numpy as np
from pydantic import field_validator

from commonweal.model.kernel import allocating_kernel
from commonweal.model.mechanisms.game.game import Game
from commonweal.model.params import Signed
from commonweal.model.state import State


class Ces(Game):
    """output = multiplier * pool * (S**(rho-1) * sum(q_s**rho))**(1/rho), q_s the sectors' shares of the pool.

    Equal sectors yield what the linear game yields; the smaller rho, the less one can stand in for another.
    """

    substitution: Signed
    """rho, at most 1; 1 is linear, below 0 no sector can be done without"""

    @field_validator("substitution")
    @classmethod
    def _nonzero(cls, value: float) -> float:
        if value == 0 or value > 1:
            raise ValueError(
                f"substitution is {value:g}; it must be at most 1 and not 0 (use 0.01 for nearly Cobb-Douglas)"
            )
        return value

    def transform(self, state: State) -> None:
        complement(state, self.multiplier, self.substitution)

    def plain_transform(self, team: Any) -> float:
        gave = dict.fromkeys([leader.sector for leader in team.members], 0.0)
        for leader in team.members:
            gave[leader.sector] += leader.given
        rho, total = self.substitution, sum(gave.values())
        if total <= 0 or (rho < 0 and min(gave.values()) == 0):
            return 0.0
        inner = sum((each / total) ** rho for each in gave.values() if each > 0)
        return self.multiplier * team.pool * (len(gave) ** (rho - 1) * inner) ** (1 / rho)


@allocating_kernel
def complement(state, multiplier, rho):
    """Over the sectors that have a leader present in the team."""
    leaders, teams, islands = state.leaders, state.teams, state.islands
    sectors = islands.sector_start.shape[1] - 1
    gave = np.zeros((teams.pool.shape[0], sectors))
    there = np.zeros((teams.pool.shape[0], sectors))
    for i in range(leaders.key.shape[0]):
        if leaders.present[i]:
            gave[leaders.team[i], leaders.sector[i]] += leaders.given[i]
            there[leaders.team[i], leaders.sector[i]] = 1.0
    for m in range(teams.pool.shape[0]):
        teams.output[m] = 0.0
        total, count = 0.0, 0.0
        for s in range(sectors):
            total += gave[m, s]
            count += there[m, s]
        if total <= 0.0:
            continue
        inner, missing = 0.0, False
        for s in range(sectors):
            if there[m, s] > 0.0:
                if gave[m, s] > 0.0:
                    inner += (gave[m, s] / total) ** rho
                else:
                    missing = True
        if not (missing and rho < 0.0):
            teams.output[m] = multiplier * teams.pool[m] * (count ** (rho - 1.0) * inner) ** (1.0 / rho)
