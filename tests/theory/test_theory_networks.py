"""Generators of communities against networkx, which grows the same networks with another luck."""

import networkx
import numpy as np
import pytest

from commonweal.model import luck
from commonweal.model.community.community import Site, mutual
from commonweal.model.community.hierarchy import Hierarchy
from commonweal.model.community.one_hub import OneHub
from commonweal.model.community.scale_free import ScaleFree
from commonweal.model.community.sector_silos import SectorSilos
from commonweal.model.community.small_world import SmallWorld


def site(n: int, communities: int, sectors: int = 1, seed: int = 1) -> Site:
    """Communities of n leaders to be wired, their sectors by lot."""
    key = np.tile(np.arange(n, dtype=np.uint64), communities)
    sector = np.random.default_rng(seed).integers(sectors, size=n * communities).astype(np.int32)
    return Site(luck.run_keys(seed, range(communities)), key, sector, sectors, n)


def wired(community, where: Site) -> list[networkx.Graph]:
    """The network of each community."""
    edges, n = community.wire(where), where.leaders
    graphs = [networkx.empty_graph(n) for _ in where.run]
    for source, target in zip(edges.source.tolist(), edges.target.tolist(), strict=True):
        assert source // n == target // n, "a tie between two communities"
        graphs[source // n].add_edge(source % n, target % n)
    return graphs


def degrees(graphs) -> np.ndarray:
    """(graphs, n)"""
    return np.array([[degree for _, degree in graph.degree()] for graph in graphs])


def agree(one, other, errors=4.0):
    """Two sets of replicates have the same mean, within so many standard errors of the difference."""
    one, other = np.asarray(one, float), np.asarray(other, float)
    error = np.hypot(one.std(ddof=1) / len(one) ** 0.5, other.std(ddof=1) / len(other) ** 0.5)
    assert abs(one.mean() - other.mean()) <= errors * error, f"{one.mean():.5g}, {other.mean():.5g}, error {error:.2g}"


def test_pairs_are_edges_both_ways_each_once_and_sorted():
    first, second = np.random.default_rng(1).integers(25, size=(2, 200)).astype(np.int32)
    edges = mutual(first, second)
    both = {
        (i, j)
        for one, other in zip(first.tolist(), second.tolist(), strict=True)
        for i, j in ((one, other), (other, one))
    }
    assert len(both) < 350, "some pairs are doubles or of one leader with themselves"
    assert list(zip(edges.source.tolist(), edges.target.tolist(), strict=True)) == sorted(
        (i, j) for i, j in both if i != j
    )
    assert np.isnan(edges.strength).all() and edges.trust.shape == edges.source.shape
    assert len(mutual(first[:0], second[:0]).source) == 0


@pytest.mark.parametrize(("n", "degree"), [(20, 4), (51, 6), (30, 2)])
def test_small_world_without_rewiring_is_a_ring_lattice(n, degree):
    (ours,) = wired(SmallWorld(leaders=n, degree=degree, rewire=0.0), site(n, 1))
    theirs = networkx.watts_strogatz_graph(n, degree, 0.0)
    assert {frozenset(edge) for edge in ours.edges} == {frozenset(edge) for edge in theirs.edges}
    if degree > 2:
        assert networkx.average_clustering(ours) == pytest.approx(3 * (degree - 2) / (4 * (degree - 1)), abs=1e-12)


@pytest.mark.parametrize("rewire", [0.05, 0.3, 1.0])
def test_small_world_has_the_clustering_and_degrees_of_watts_and_strogatz(rewire):
    """Ties that would be doubles are drawn again by networkx and left out by us: fewer than rewire (degree + 1) / n."""
    n, degree, communities = 600, 6, 40
    ours = wired(SmallWorld(leaders=n, degree=degree, rewire=rewire), site(n, communities, seed=3))
    theirs = [networkx.watts_strogatz_graph(n, degree, rewire, seed=seed) for seed in range(communities)]
    agree([networkx.average_clustering(g) for g in ours], [networkx.average_clustering(g) for g in theirs])
    mean = degrees(ours).mean()
    assert degree * (1 - rewire * (degree + 1) / n) <= mean <= degree
    agree(degrees(ours).var(axis=1), degrees(theirs).var(axis=1))


def test_scale_free_with_one_tie_each_has_barabasi_and_alberts_degrees():
    """With one tie per newcomer it is their tree: P(degree >= k) = 2 / (k (k + 1))."""
    n, communities = 1500, 60
    ours = wired(ScaleFree(leaders=n, joins=1), site(n, communities))
    theirs = [networkx.barabasi_albert_graph(n, 1, seed=seed) for seed in range(communities)]
    assert all(networkx.is_tree(graph) for graph in ours)
    for k in (2, 3, 5, 10, 20, 40):
        here, there = (degrees(ours) >= k).mean(axis=1), (degrees(theirs) >= k).mean(axis=1)
        agree(here, there)
        if k <= 10:  # further out the tail of a finite tree differs from the limit
            agree(here, np.full(communities, 2 / (k * (k + 1))))
    agree(degrees(ours).max(axis=1), degrees(theirs).max(axis=1))


def test_scale_free_has_a_tail_of_barabasi_and_albert():
    """The exponent of the tail by maximum likelihood (Clauset et al. 2009); a tie drawn twice counts as one."""
    n, joins, communities = 1500, 3, 40
    ours = degrees(wired(ScaleFree(leaders=n, joins=joins), site(n, communities)))
    theirs = degrees([networkx.barabasi_albert_graph(n, joins, seed=seed) for seed in range(communities)])

    def exponent(row, least):
        tail = row[row >= least]
        return 1 + len(tail) / np.log(tail / (least - 0.5)).sum()

    for least in (10, 20):
        agree([exponent(row, least) for row in ours], [exponent(row, least) for row in theirs])
    doubles = joins * (n - 1) - ours.sum(axis=1) / 2
    assert (doubles >= joins - 1).all()  # the first newcomer has one leader to be tied to
    assert doubles.mean() < 0.01 * joins * n


@pytest.mark.parametrize(("n", "span"), [(30, 4), (31, 2), (13, 3), (8, 1)])
def test_hierarchy_is_a_full_tree(n, span):
    (ours,) = wired(Hierarchy(leaders=n, span=span, peers=0.0), site(n, 1))
    theirs = networkx.full_rary_tree(span, n)
    assert {frozenset(edge) for edge in ours.edges} == {frozenset(edge) for edge in theirs.edges}


def test_hierarchy_ties_neighbouring_peers_at_the_rate_set():
    """Of the pairs of neighbours under one superior the share `peers` is tied, and nobody else."""
    n, span, peers, communities = 85, 4, 0.3, 200
    where = site(n, communities)
    extra = np.array([graph.number_of_edges() for graph in wired(Hierarchy(leaders=n, span=span, peers=peers), where)])
    pairs = (n - 1) // span * (span - 1)
    error = (pairs * peers * (1 - peers) / communities) ** 0.5
    assert abs((extra - (n - 1)).mean() - pairs * peers) < 4 * error
    (most,) = wired(Hierarchy(leaders=n, span=span, peers=1.0), site(n, 1))
    assert most.number_of_edges() == n - 1 + pairs


@pytest.mark.parametrize("homophily", [1.0, 1.75, 3.4])
def test_sector_silos_have_the_odds_ratio_set(homophily):
    """Log odds of a tie within a sector less those across, over replicates; the mean degree short of doubles only."""
    n, degree, communities = 300, 6, 60
    where = site(n, communities, 5)
    ratios, mean = [], []
    for number, graph in enumerate(wired(SectorSilos(leaders=n, degree=degree, homophily=homophily), where)):
        sector = where.sector[number * n : (number + 1) * n]
        ends = np.array(graph.edges)
        within = (sector[ends[:, 0]] == sector[ends[:, 1]]).sum()
        across = len(ends) - within
        sizes = np.bincount(sector)
        room = (sizes * (sizes - 1)).sum() / 2
        other = n * (n - 1) / 2 - room
        ratios.append(np.log(within / (room - within)) - np.log(across / (other - across)))
        mean.append(2 * len(ends) / n)
    error = np.std(ratios, ddof=1) / communities**0.5
    assert error < 0.02
    assert abs(np.mean(ratios) - np.log(homophily)) < 4 * error
    assert degree * (1 - 0.03) < np.mean(mean) <= degree


def test_one_hub_is_a_wheel():
    (ours,) = wired(OneHub(leaders=30, degree=2), site(30, 1))
    star, ring = networkx.star_graph(29), networkx.cycle_graph(30)
    assert {frozenset(edge) for edge in ours.edges} == {frozenset(edge) for edge in [*star.edges, *ring.edges]}
