"""Linear public good: every MU pooled yields the same (Isaac & Walker 1988; Ledyard 1995)."""

from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.mechanisms.game.game import Game
from commonweal.model.state import State


class Linear(Game):
    """output = multiplier * pool. With 1/n < MPCR < 1 giving nothing is dominant and giving all efficient."""

    def transform(self, state: State) -> None:
        multiply(state.teams, self.multiplier)

    def plain_transform(self, team: Any) -> float:
        return self.multiplier * team.pool


@kernel
def multiply(teams, multiplier):
    """output = multiplier * pool."""
    for m in range(teams.pool.shape[0]):
        teams.output[m] = multiplier * teams.pool[m]
