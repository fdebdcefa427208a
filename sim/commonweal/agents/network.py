"""The ties of one community as Mesa's network space, for its drawing and its neighbourhoods."""

from typing import Any

import networkx
import numpy as np
from mesa.discrete_space import Cell, CellCollection, Network

from commonweal.model.state import Ties


class Place(Cell):
    """A leader's cell. Mesa remembers neighbourhoods for ever, and with them the model; here they are not kept."""

    __slots__ = ()

    def get_neighborhood(self, radius: int = 1, include_center: bool = False) -> CellCollection:
        """The cells that can be reached in at most `radius` ties, nearest first; Mesa's, without its cache."""
        if radius < 1:
            raise ValueError(f"radius is {radius}: it must be at least 1")
        near: dict[Cell, None] = {self: None}
        edge: list[Cell] = [self]
        for _ in range(radius):
            edge = list(dict.fromkeys(cell for each in edge for cell in each.connections.values() if cell not in near))
            near |= dict.fromkeys(edge)
        return CellCollection((cell for cell in near if include_center or cell is not self), random=self.random)

    def _clear_cache(self) -> None:
        """Nothing to clear."""


class TieNetwork(Network):
    """Mesa's network space with each leader in a cell of their own, tied to those they attend to. Has no layout."""

    def __init__(self, host: Any) -> None:
        self._to = host.state.ties.to.copy()
        graph = networkx.DiGraph()
        graph.add_nodes_from((leader.row, {"name": leader.name}) for leader in host.leaders)
        for leader in host.leaders:
            graph.add_edges_from((leader.row, other) for other in _attended(host.state.ties, leader.row))
        super().__init__(graph, random=host.random, cell_klass=Place, layout=None)
        for leader in host.leaders:
            self[leader.row].add_agent(leader)

    def follow(self, ties: Ties) -> "TieNetwork":
        """The same network with the ties as they are now; only leaders whose ties have changed are looked at."""
        changed = np.flatnonzero(self._to != ties.to)
        if len(changed):
            for row in np.unique(np.searchsorted(ties.start, changed, side="right") - 1).tolist():
                others = _attended(ties, row)
                self[row].connections = {other: self[other] for other in others}
                self.G.remove_edges_from(list(self.G.out_edges(row)))
                self.G.add_edges_from((row, other) for other in others)
            self._to = ties.to.copy()
        return self


def _attended(ties: Ties, row: int) -> list[int]:
    return [other for other in ties.to[ties.start[row] : ties.start[row + 1]].tolist() if other >= 0]
