"""Patterns that nothing aims at: what emerges in five years without a convener, beside what is known."""

from collections.abc import Iterator

import networkx
import numpy as np

from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.state import State
from commonweal.validation.experiments import SEED
from commonweal.validation.laboratory import behaviour, experiment
from commonweal.validation.rows import NAN, Row

MONTHS = 60
REAL = {
    "Florentine families": networkx.florentine_families_graph,
    "karate club": networkx.karate_club_graph,
    "Les Miserables": networkx.les_miserables_graph,
}
"""real networks that networkx ships"""


def patterns(communities: int) -> Iterator[Row]:
    """Trust and cooperation, ties within sectors, and the shape of the networks that grow."""
    yield expectation(communities)
    state, last = grown("community=sector_silos", communities)
    trust, gave = last[:, list(MEASURES).index("trust")], last[:, list(MEASURES).index("cooperation")]
    r = float(np.corrcoef(trust, gave)[0, 1])
    source, memory = "balliet_vanlange_2013", "the published r from memory"
    yield _reported("trust in ties and giving, across leaders", source, 0.26, across_leaders(state), "r", memory)
    yield _reported("trust in ties and giving, across communities", source, 0.26, r, "r", f"{memory}, of individuals")
    calm, hub = (behaviour(experiment(f"scenario={name}"), communities, SEED, MONTHS) for name in ("calm", "one_hub"))
    more = float((calm.measure("cooperation") - hub.measure("cooperation")).mean())
    yield _reported("cooperation in calm less with a hub that attends to all", "by definition", NAN, more, "share")
    begun = "3.4 is what the community begins with, and what the specification gives without a source"
    yield _reported("odds of a tie within a sector, against across", "assumed", 3.4, odds_within(state), "ratio", begun)
    state, _ = grown("community=small_world", communities)
    graphs = [graph for graph in networks(state)]
    ours = np.mean([shape(graph) for graph in graphs], axis=0)
    for name, make in REAL.items():
        real = shape(make().to_directed())
        for what, unit, told, found in zip(
            ("mean degree", "transitivity", "mean distance"),
            ("ties", "share", "steps"),
            real[:3],
            ours[:3],
            strict=True,
        ):
            yield _reported(
                f"{what} of grown networks of 30, beside the {name}", "networkx", float(told), float(found), unit
            )
    yield _reported(
        "reciprocity of grown networks",
        "by definition",
        NAN,
        float(ours[3]),
        "share",
        "real networks here have no direction",
    )


def expectation(sessions: int) -> Row:
    """Among strangers in their first period: who expects more of the others gives more.

    That is what trust is in experiments (Balliet & Van Lange 2013); trust in ties, here, is about promises kept.
    """
    play = behaviour(experiment("experiment=lab_strangers"), sessions, SEED, 1)
    r = float(np.corrcoef(play.belief[0], play.gift[0])[0, 1])
    told = "the published r from memory, of state and disposition together"
    return _reported(
        "what is expected of others and giving, among strangers", "balliet_vanlange_2013", 0.26, r, "r", told
    )


def across_leaders(state: State) -> float:
    """r of a leader's mean trust in those they are tied to and what they give, within communities, the last month."""
    ties, leaders = state.ties, state.leaders
    there = ties.to >= 0
    source = np.repeat(np.arange(len(leaders.key)), np.diff(ties.start))[there]
    count = np.bincount(source, minlength=len(leaders.key))
    trust = np.bincount(source, ties.trust[there], len(leaders.key)) / np.maximum(count, 1)
    has = count > 0
    island = leaders.island[has]

    def within(values: np.ndarray) -> np.ndarray:
        return values - (np.bincount(island, values) / np.maximum(np.bincount(island), 1))[island]

    return float(np.corrcoef(within(trust[has]), within(leaders.contribution[has]))[0, 1])


def _reported(target: str, source: str, published: float, simulated: float, unit: str, note: str = "") -> Row:
    return Row("pattern", target, source, published, simulated, NAN, NAN, unit, "reported", note)


def grown(community: str, communities: int) -> tuple[State, np.ndarray]:
    """The state after five years without a convener, and the measures of the last round."""
    of = experiment(community)
    state = populate(
        of.community, of.people, of.scenario.conditions, luck.run_keys(SEED, range(communities)), of.game.team
    )
    begin(of, state)
    out = np.empty((communities, len(MEASURES)))
    for month in range(1, MONTHS + 1):
        play(of, state, month, MONTHS, out)
    return state, out


def odds_within(state: State) -> float:
    """Odds of a tie between two leaders of one sector over those of two of different ones, all communities together."""
    ties, leaders = state.ties, state.leaders
    source = np.repeat(np.arange(len(leaders.key)), np.diff(ties.start))
    there = ties.to >= 0
    same = leaders.sector[source[there]] == leaders.sector[ties.to[there]]
    within, across, pairs_within, pairs = float(same.sum()), float((~same).sum()), 0.0, 0.0
    for begin_, end in zip(state.islands.leader_start[:-1], state.islands.leader_start[1:], strict=True):
        sizes = np.bincount(leaders.sector[begin_:end])
        pairs_within += float((sizes * (sizes - 1)).sum())
        pairs += float((end - begin_) * (end - begin_ - 1))
    return (within / (pairs_within - within)) / (across / (pairs - pairs_within - across))


def networks(state: State) -> Iterator[networkx.DiGraph]:
    """Each community's ties as a directed graph."""
    ties = state.ties
    source = np.repeat(np.arange(len(state.leaders.key)), np.diff(ties.start))
    there = ties.to >= 0
    for begin_, end in zip(state.islands.leader_start[:-1], state.islands.leader_start[1:], strict=True):
        graph = networkx.DiGraph()
        graph.add_nodes_from(range(int(begin_), int(end)))
        mine = there & (source >= begin_) & (source < end)
        graph.add_edges_from(zip(source[mine].tolist(), ties.to[mine].tolist(), strict=True))
        yield graph


def shape(graph: networkx.DiGraph) -> tuple[float, float, float, float]:
    """Mean degree, transitivity and mean distance in the largest part without directions; reciprocity."""
    plain = networkx.Graph(graph.to_undirected())
    part = plain.subgraph(max(networkx.connected_components(plain), key=len))
    degree = 2 * plain.number_of_edges() / plain.number_of_nodes()
    return (
        degree,
        networkx.transitivity(plain),
        networkx.average_shortest_path_length(part),
        networkx.overall_reciprocity(graph),
    )
