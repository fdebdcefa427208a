"""The ties as a graph, and as Mesa's network space."""

import io

import networkx
import numpy as np
import pytest
from mesa.discrete_space import Network
from worlds import world

from commonweal.agents.cooperation import Cooperation
from commonweal.agents.graph import NODE
from commonweal.agents.network import TieNetwork

# Without the compiler numpy says so where the key of a tie wraps around.
pytestmark = pytest.mark.filterwarnings("error", "ignore:overflow encountered in scalar:RuntimeWarning")


@pytest.fixture
def model():
    return Cooperation(world("community=florentine_families", "strategy=build_relationships"))


def pairs(state):
    source = np.repeat(np.arange(len(state.ties.start) - 1), np.diff(state.ties.start))
    return {(int(i), int(j)) for i, j in zip(source, state.ties.to, strict=True) if j >= 0}


def test_the_graph_is_what_networkx_ships(model):
    graph = networkx.relabel_nodes(model.graph(), {leader.row: leader.name for leader in model.leaders})
    ours = {frozenset(edge) for edge in graph.edges}
    assert ours == {frozenset(edge) for edge in networkx.florentine_families_graph().edges}


def test_the_graph_carries_leaders_and_ties(model):
    model.run_for(3)
    graph = model.graph()
    assert set(graph.edges) == pairs(model.state)
    for leader in model.leaders:
        assert graph.nodes[leader.row] == {name: getattr(leader, name) for name in NODE}
        for tie in leader.ties:
            assert graph.edges[leader.row, tie.other.row] == {"strength": tie.strength, "trust": tie.trust}


def test_the_graph_can_be_written_and_read(model):
    model.step()
    file = io.BytesIO()
    networkx.write_graphml(model.graph(), file)
    file.seek(0)
    graph = networkx.read_graphml(file, node_type=int)
    assert graph.nodes[model.leader("Medici").row]["belief"] == model.leader("Medici").belief


def test_every_leader_has_his_cell(model):
    assert isinstance(model.space, Network)
    assert len(model.space.agents) == 15
    for leader in model.leaders:
        assert leader.cell.agents == [leader] and leader.cell.coordinate == leader.row
        near = [other.name for other in leader.cell.neighborhood.agents]
        assert near == [tie.other.name for tie in leader.ties]


def test_neighbourhoods_reach_as_far_as_asked(model):
    graph, medici = model.graph(), model.leader("Medici")
    far = networkx.single_source_shortest_path_length(graph, medici.row)
    for radius in (1, 2, 3):
        near = {cell.coordinate for cell in medici.cell.get_neighborhood(radius)}
        assert near == {row for row, steps in far.items() if 0 < steps <= radius}
    assert medici.cell in medici.cell.get_neighborhood(1, include_center=True).cells
    with pytest.raises(ValueError, match="radius is 0"):
        medici.cell.get_neighborhood(0)


def test_the_space_follows_the_ties(model):
    space, cell = model.space, model.leader("Medici").cell
    before = set(space.G.edges)
    model.run_for(6)
    assert model.space is space and model.leader("Medici").cell is cell
    assert set(space.G.edges) == pairs(model.state) != before
    anew = TieNetwork(model)
    for row in range(15):
        assert list(space[row].connections) == list(anew[row].connections) == list(space.G[row])
        assert all(space[row].connections[other] is space[other] for other in space[row].connections)


def test_the_space_is_made_when_asked_for(model):
    model.run_for(2)
    assert model._space is None
    assert model.space is model.space is not None
