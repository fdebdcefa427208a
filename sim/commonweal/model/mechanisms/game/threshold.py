"""Threshold public good: below a provision point what was pooled is lost (Isaac, Schmidtz & Walker 1989)."""

from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.game.game import Game
from commonweal.model.params import Share
from commonweal.model.state import State


class Threshold(Game):
    """output = multiplier * pool where the pool reaches the provision point, else nothing, without refund."""

    provision: Share
    """provision point, as a share of what the team is free to give"""

    @property
    def hurdle(self) -> float:
        return float(self.provision)

    def transform(self, state: State) -> None:
        provide(state, self.multiplier, self.provision)

    def plain_transform(self, team: Any) -> float:
        enough = self.provision * sum(leader.free for leader in team.members)
        return self.multiplier * team.pool if team.pool >= enough else 0.0


@kernel
def provide(state, multiplier, provision):
    """All or nothing; what an unmet threshold loses is booked as wasted."""
    leaders, teams, islands = state.leaders, state.teams, state.islands
    for m in range(teams.pool.shape[0]):
        teams.output[m] = 0.0
    for i in range(leaders.key.shape[0]):
        if leaders.present[i]:
            teams.output[leaders.team[i]] += leaders.free[i]
    for b in range(islands.run.shape[0]):
        islands.wasted[b] = 0.0
        for m in range(islands.team_start[b], islands.team_start[b + 1]):
            if teams.pool[m] >= provision * teams.output[m] and teams.pool[m] > 0.0:
                teams.output[m] = multiplier * teams.pool[m]
            else:
                teams.output[m] = 0.0
                islands.wasted[b] += teams.pool[m]
