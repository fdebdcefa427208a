"""A planner who may choose the agenda, and nothing else: what the best one would be worth to the people."""

from typing import Final

import numpy as np

from commonweal.validation.laboratory import experiment
from commonweal.validation.patterns import grown

STEPS: Final = 2000
"""of the search"""
STRIDE: Final = 0.5
"""of each, in log weights"""


def worth_of_the_best_agenda(communities: int) -> np.ndarray:
    """(communities,) MU per person and round by which the best agenda is better than the one there is.

    After five years without a convener, in calm; what leaders give and keep stays as it is. Welfare is concave in the
    agenda, so climbing by its gradient, in weights that stay a division of the whole, finds the best.
    """
    state, _ = grown("community=small_world", communities)
    leaders, groups, islands = state.leaders, state.groups, state.islands
    r = float(experiment("community=small_world").people.issue_substitution)
    output = leaders.returned[islands.leader_start[:-1]] * islands.present / islands.people
    heads = groups.size / islands.people[groups.island]
    agenda = islands.agenda.copy()

    def welfare(agenda: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(B,) per person, and (B, K) its gradient."""
        there = groups.kept + (output[:, None] * agenda)[groups.island]
        each = (groups.need ** (1 - r) * there**r).sum(axis=1) ** (1 / r)
        slope = (each[:, None] * groups.need / there) ** (1 - r) * output[groups.island][:, None]
        total, rise = np.zeros(len(output)), np.zeros_like(agenda)
        np.add.at(total, groups.island, heads * each)
        np.add.at(rise, groups.island, heads[:, None] * slope)
        return total, rise

    present, _ = welfare(agenda)
    for _ in range(STEPS):
        _, rise = welfare(agenda)
        agenda *= np.exp(STRIDE * (rise - (rise * agenda).sum(axis=1, keepdims=True)))
        agenda /= agenda.sum(axis=1, keepdims=True)
    return welfare(agenda)[0] - present
