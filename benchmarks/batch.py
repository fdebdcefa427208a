"""A batch of communities, played round after round."""

import numpy as np

from benchmarks.worlds import full
from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.run import BATCH
from commonweal.model.tape import tape_of

WARM_UP = 3
ROUNDS = 1000
"""how long strategies are told the run will last"""


class Batch:
    """As many communities of the full model as a study plays at once, or the number given."""

    def __init__(self, leaders: int, strategy: str, communities: int | None = None, *more: str) -> None:
        of = self.world = full(leaders, strategy, *more)
        self.run = luck.run_keys(1, range(communities or max(1, BATCH // leaders)))
        self.state = populate(of.community, of.people, of.scenario.conditions, self.run, of.game.team)
        begin(of, self.state)
        self.round = 0
        self.out = np.empty((len(self.run), len(MEASURES)))
        self.tape(WARM_UP - 1)  # what is measured is played as most rounds of a run are: from what was recorded
        self.play(WARM_UP)

    @property
    def leaders(self) -> int:
        """Leaders of all its communities."""
        return len(self.state.leaders.key)

    @property
    def ties(self) -> int:
        """Ties there are now."""
        return int((self.state.ties.to >= 0).sum())

    def tape(self, before: int) -> None:
        """Its rounds are recorded after so many."""
        tape_of(self.world, self.state).before = before

    def play(self, rounds: int = 1) -> None:
        """Play some rounds more."""
        for _ in range(rounds):
            self.round += 1
            play(self.world, self.state, self.round, ROUNDS, self.out)
