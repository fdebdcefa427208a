"""The table: how it stands between two proposals, so that a mediator can take back one that found fewer."""

from typing import NamedTuple

import numpy as np

from commonweal.model.state import State


class Table(NamedTuple):
    """How a table stood."""

    agenda: np.ndarray
    agreed: np.ndarray
    accepting: np.ndarray
    """(B,) int64, how many of those at the table accepted"""

    @classmethod
    def of(cls, state: State) -> "Table":
        """Room for it."""
        islands = state.islands
        return cls(islands.agenda.copy(), islands.agreed.copy(), np.zeros(len(islands.agreed), np.int64))

    def note(self, state: State) -> None:
        """As it stands now."""
        islands = state.islands
        self.agenda[:], self.agreed[:], self.accepting[:] = islands.agenda, islands.agreed, acceptances(state)

    def restore(self, state: State, mediation: np.ndarray) -> bool:
        """Agendas that stand worse than they did are what they were, and the mediator gives up; whether any does."""
        islands = state.islands
        worse = islands.reopened & ((acceptances(state) <= self.accepting) | (self.agreed & ~islands.agreed))
        if not anywhere(worse):
            return False
        islands.agenda[worse] = self.agenda[worse]
        islands.reopened[:] = worse
        mediation[worse] = 0.0
        return True


def acceptances(state: State) -> np.ndarray:
    """(B,) how many of those at the table accept."""
    leaders, starts = state.leaders, state.islands.leader_start[:-1]
    return np.add.reduceat((leaders.accepts & leaders.seated).astype(np.int64), starts)


def anywhere(truths: np.ndarray) -> bool:
    """Whether any is true."""
    return bool(np.count_nonzero(truths))
