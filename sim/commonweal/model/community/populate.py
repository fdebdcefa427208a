"""From parameters to the state before the first round: draws what no roster says, for a batch at once."""

import math

import numpy as np

from commonweal.model import luck
from commonweal.model.community import community_of_roster
from commonweal.model.community.community import Community, Edges, Site
from commonweal.model.community.people import People
from commonweal.model.kernel import kernel
from commonweal.model.params import Params, Share
from commonweal.model.state import State, blank_groups, blank_islands, blank_leaders, blank_teams, blank_ties, slots_of
from commonweal.roster import Roster


class Conditions(Params):
    """How a scenario bends a community before the first round. Neutral: 0, 1, 1, 0."""

    polarisation: Share
    """weight of a sector's own issue in its leaders' priorities, against what they would else be"""
    endowment: Share
    """factor on every endowment"""
    trust: Share
    """factor on every trust, and on the disposition to trust"""
    hub: Share
    """chance that a tie, and later an encounter by habit, gives way to dealing through the best-connected leader"""


def populate(community: Community, people: People, conditions: Conditions, run: np.ndarray, team: int = 0) -> State:
    """The state of a batch of communities before the first round.

    run: (B,) uint64, the key of each community's luck. team: leaders per team, 0 for the whole community.
    Raises InputError where the community's files cannot be used.
    """
    roster, n, islands = community.roster(), community.size, len(run)
    issues = roster.issues if roster is not None and roster.issues else people.issues
    key = np.arange(n, dtype=np.uint64) if roster is None else community_of_roster.keys(roster.ids)
    draw = Draw(run, key)

    sector_names = people.sectors
    sector = np.floor(draw.uniform(luck.SECTOR) * len(sector_names)).astype(np.int32)
    if roster is not None and roster.sectors:
        sector_names = (*roster.sectors, *(("unknown",) if (roster.sector < 0).any() else ()))
        sector = np.tile(np.where(roster.sector < 0, len(roster.sectors), roster.sector), islands).astype(np.int32)
    edges = community.wire(Site(run, draw.key, sector, len(sector_names), n))
    edges = _through_hub(edges, draw, conditions.hub)

    leaders = blank_leaders(n * islands, len(issues))
    leaders.run[:], leaders.key[:] = run[draw.island], draw.key
    leaders.island[:], leaders.sector[:] = draw.island, sector
    groups = _groups(people, roster, run, n, len(issues))
    per_island = len(groups.size) // islands
    leaders.group[:] = _served(people, roster, draw, per_island) + draw.island * per_island
    degree = np.bincount(edges.source, minlength=n * islands)
    _traits(leaders, groups, people, roster, conditions, draw, degree)

    ties = blank_ties(np.maximum(degree, people.attention))
    drawn_trust = (people.own_sector_trust, people.trust_spread)
    _tie(leaders, ties, *edges, people.tie_strength, drawn_trust, conditions.trust)
    _trusting(leaders, edges, people, conditions.trust)

    teams_each = 1 if team == 0 else -(-n // team)
    state = State(
        leaders,
        ties,
        blank_teams(teams_each * islands),
        groups,
        blank_islands(islands, len(issues), n * islands, len(sector_names)),
    )
    if conditions.hub > 0:
        state.islands.hub[:] = _hubs(edges, islands, n)
        state.islands.through[:] = conditions.hub
    _islands(state, run, n, per_island, teams_each, len(sector_names), conditions, people)
    _face(state)
    return state


class Draw:
    """Luck for the leaders of a batch: one number for each, from its run and its identity."""

    def __init__(self, run: np.ndarray, key: np.ndarray) -> None:
        self.run = run
        self.island = np.repeat(np.arange(len(run), dtype=np.int32), len(key))
        self.key = np.tile(key, len(run))

    def uniform(self, stream: int, index: int = 0) -> np.ndarray:
        """(L,) numbers in [0, 1)."""
        return _uniform(self.run, self.island, self.key, stream, index)

    def normal(self, stream: int, index: int = 0) -> np.ndarray:
        """(L,) standard normal numbers."""
        return _normal(self.run, self.island, self.key, stream, index)

    def composition(self, stream: int, issues: int, spread: float) -> np.ndarray:
        """(L, issues) on the simplex, logistic-normal: log ratios with standard deviation `spread` (Aitchison 1986)."""
        weights = _exp(spread * np.column_stack([self.normal(stream, issue) for issue in range(issues)]))
        return weights / weights.sum(axis=1, keepdims=True)


def _uniform(run, island, key, stream, index):
    out = np.empty(len(key))
    luck.uniform_each(out, run[island], stream, 0, key, index)
    return out


def _normal(run, island, key, stream, index):
    out = np.empty(len(key))
    luck.normal_each(out, run[island], stream, 0, key, index)
    return out


def _exp(x):
    """exp of each element by the one scalar routine, so that its last bit depends on no vector width."""
    out = np.empty(x.shape)
    _exp_each(out.reshape(-1), np.ravel(x))
    return out


@kernel
def _exp_each(out, x):
    for i in range(x.shape[0]):
        out[i] = math.exp(x[i])


def _through_hub(edges: Edges, draw: Draw, share: float) -> Edges:
    """Each tie that does not involve the best-connected leader gives way, with chance `share`, to ties with them."""
    if share == 0:
        return edges
    islands, total = len(draw.run), len(draw.key)
    n = total // islands
    hub = _hubs(edges, islands, n)
    low, high = np.minimum(edges.source, edges.target), np.maximum(edges.source, edges.target)
    pair = draw.key[low] * np.uint64(0x9E3779B97F4A7C15) + draw.key[high]
    island = draw.island[edges.source]
    chance = _uniform(draw.run, island, pair, luck.HUB, 0)
    at_hub = (edges.source == hub[island]) | (edges.target == hub[island])
    keep = at_hub | (chance >= share)
    rows = np.arange(total, dtype=np.int32)
    tied = np.zeros(total, bool)
    tied[edges.target[edges.source == hub[island]]] = True
    new = rows[~tied & (rows != hub[draw.island])]
    boss = hub[draw.island[new]]
    unknown = np.full(2 * len(new), np.nan)
    source = np.concatenate((edges.source[keep], new, boss))
    target = np.concatenate((edges.target[keep], boss, new))
    order = np.lexsort((target, source))
    return Edges(
        source[order],
        target[order],
        np.concatenate((edges.strength[keep], unknown))[order],
        np.concatenate((edges.trust[keep], unknown))[order],
    )


def _hubs(edges: Edges, islands: int, n: int) -> np.ndarray:
    """(B,) row of the best-connected leader of each community."""
    degree = np.bincount(edges.source, minlength=islands * n).reshape(islands, n)
    return (degree.argmax(axis=1) + np.arange(islands) * n).astype(np.int32)


def _groups(people: People, roster: Roster | None, run: np.ndarray, n: int, issues: int):
    """The groups of every community; marginalised ones come last where a roster does not name them."""
    known_groups = roster is not None and bool(roster.groups)
    count = len(roster.groups) if roster is not None and known_groups else min(people.groups or n, n)
    if roster is not None and known_groups:
        key = community_of_roster.keys(roster.groups)
        if (roster.group < 0).any():
            key = np.append(key, luck.identity(""))
            count += 1
    else:
        key = np.arange(count, dtype=np.uint64)
    islands = len(run)
    draw = Draw(run, key)
    groups = blank_groups(count * islands, issues)
    groups.island[:] = draw.island
    relative = _exp(people.group_size_spread * draw.normal(luck.SIZE)).reshape(islands, count)
    mean = people.people_per_leader * n / count
    groups.size[:] = (relative / relative.mean(axis=1, keepdims=True) * mean).ravel()
    groups.marginalised[:] = np.tile(np.arange(count) >= count - round(people.marginalised * count), islands)
    groups.need[:] = draw.composition(luck.NEED, issues, people.need_spread)
    if roster is not None and known_groups:
        named = len(roster.groups)
        _given(groups.size.reshape(islands, count)[:, :named], roster.group_size)
        _given(groups.marginalised.reshape(islands, count)[:, :named], roster.marginalised)
        if roster.need.shape[1] == issues:
            _given(groups.need.reshape(islands, count, issues)[:, :named], roster.need)
    groups.usual_need[:] = groups.need
    return groups


def _given(drawn: np.ndarray, given: np.ndarray) -> None:
    """Put what a roster gives (not nan) in the place of what was drawn, in every community."""
    drawn[...] = np.where(np.isnan(given), drawn, given)


def _served(people: People, roster: Roster | None, draw: Draw, groups: int) -> np.ndarray:
    """(L,) the group each leader serves, counted within the community; each group has a leader if there are enough."""
    if roster is not None and roster.groups:
        return np.tile(np.where(roster.group < 0, len(roster.groups), roster.group), len(draw.run)).astype(np.int32)
    n = len(draw.key) // len(draw.run)
    if people.groups == 0:
        return np.tile(np.arange(n), len(draw.run)).astype(np.int32)
    rank = draw.uniform(luck.GROUP).reshape(-1, n).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    return (rank.ravel() % groups).astype(np.int32)


def _traits(leaders, groups, people: People, roster: Roster | None, conditions: Conditions, draw: Draw, degree):
    """Dispositions of every leader."""
    issues = leaders.priorities.shape[1]
    islands = len(draw.run)
    n = len(draw.key) // islands
    marginalised = groups.marginalised[leaders.group]

    kinds = list(people.kinds.values())
    edge = np.cumsum([kind.share for kind in kinds])[:-1]
    kind = np.searchsorted(edge, draw.uniform(luck.TYPE), side="right")
    for name, stream, high in (("slope", luck.SLOPE, 2.0), ("intercept", luck.INTERCEPT, 1.0)):
        mean = np.array([getattr(each, name) for each in kinds])[kind]
        spread = np.array([getattr(each, f"{name}_spread") for each in kinds])[kind]
        getattr(leaders, name)[:] = np.clip(mean + spread * draw.normal(stream), 0.0, high)
    for name, stream in (
        ("promise_keeping", luck.PROMISE),
        ("belief", luck.BELIEF),
        ("reservation", luck.RESERVATION),
    ):
        mean, spread = getattr(people, name), getattr(people, f"{name}_spread")
        getattr(leaders, name)[:] = np.clip(mean + spread * draw.normal(stream), 0.0, 1.0)

    leaders.temper[:] = draw.normal(luck.TEMPER)
    trusting = people.trust + people.trusting_spread * draw.normal(luck.TRUSTING)
    leaders.trusting[:] = np.clip(trusting, 0.0, 1.0)
    leaders.endowment[:] = people.endowment * _exp(
        people.endowment_spread * draw.normal(luck.ENDOWMENT) - people.endowment_spread**2 / 2
    )
    leaders.endowment[marginalised] *= people.marginalised_endowment
    leaders.standing[:] = (1.0 + degree) * _exp(people.standing_spread * draw.normal(luck.STANDING))
    leaders.standing[marginalised] *= people.marginalised_standing
    leaders.invited[:] = ~marginalised | (draw.uniform(luck.SEAT) < people.marginalised_seat)

    personal = draw.composition(luck.PRIORITIES, issues, people.priority_spread)
    leaders.priorities[:] = people.service * groups.need[leaders.group] + (1 - people.service) * personal
    if roster is not None:
        columns = ("endowment", "standing", "slope", "intercept", "promise_keeping", "belief", "reservation")
        for name in columns:
            _given(getattr(leaders, name).reshape(islands, n), getattr(roster, name))
        _given(leaders.invited.reshape(islands, n), roster.seated)
        if roster.priorities.shape[1] == issues:
            _given(leaders.priorities.reshape(islands, n, issues), roster.priorities)
    leaders.seated[:] = leaders.invited
    leaders.tied[:] = people.obligations * leaders.endowment
    leaders.usual[:] = leaders.endowment - leaders.tied
    leaders.endowment[:] *= conditions.endowment
    total = leaders.standing.reshape(islands, n).mean(axis=1)
    leaders.standing[:] /= np.repeat(total, n)
    camp = np.zeros_like(leaders.priorities)
    camp[np.arange(len(camp)), leaders.sector % issues] = 1.0
    leaders.priorities[:] = (1 - conditions.polarisation) * leaders.priorities + conditions.polarisation * camp
    leaders.anchor[:] = leaders.priorities


@kernel
def _tie(leaders, ties, source, target, strength, trust, usual_strength, drawn_trust, factor):
    """Put the edges, sorted by source, into the slots, with strengths and trust where they are not known."""
    own_sector, spread = drawn_trust
    slot = 0
    for edge in range(source.shape[0]):
        i, j = source[edge], target[edge]
        slot = slot + 1 if edge > 0 and source[edge - 1] == i else ties.start[i]
        same = 1.0 if leaders.sector[i] == leaders.sector[j] else 0.0
        pair = leaders.key[i] * np.uint64(0x9E3779B97F4A7C15) + leaders.key[j]
        deviation = luck.normal(leaders.run[i], luck.TIE, 0, pair, 0)
        drawn = min(max(leaders.trusting[i] + own_sector * same + spread * deviation, 0.0), 1.0)
        ties.to[slot] = j
        ties.strength[slot] = usual_strength if np.isnan(strength[edge]) else strength[edge]
        ties.trust[slot] = (drawn if np.isnan(trust[edge]) else trust[edge]) * factor


def _trusting(leaders, edges: Edges, people: People, factor: float) -> None:
    """Where trust in others is known, it tells of a leader's disposition to trust; the scenario bends that like trust.

    What it tells is the best linear guess from the mean of what is known: the rest of it is about the others.
    """
    known_trust = ~np.isnan(edges.trust)
    source, leaders_all = edges.source[known_trust], len(leaders.trusting)
    count = np.bincount(source, minlength=leaders_all)
    total = np.bincount(source, edges.trust[known_trust], minlength=leaders_all)
    between, within = people.trusting_spread**2, people.trust_spread**2 / np.maximum(count, 1)
    telling = between / np.maximum(between + within, 1e-12)
    guess = people.trust + telling * (total / np.maximum(count, 1) - people.trust)
    leaders.trusting[:] = factor * np.where(count > 0, guess, leaders.trusting)


@kernel
def _face(state):
    """What leaders see of each other and of the agenda before the first round. Writes leaders.faith and overlap."""
    leaders, ties, islands = state.leaders, state.ties, state.islands
    for i in range(leaders.key.shape[0]):
        attention, trust = 0.0, 0.0
        for t in slots_of(ties, i):
            if ties.to[t] >= 0:
                attention += ties.strength[t]
                trust += ties.strength[t] * ties.trust[t]
        leaders.faith[i] = leaders.trusting[i]
        if attention > 0.0:
            leaders.faith[i] = trust / attention
        overlap = 0.0
        for k in range(leaders.priorities.shape[1]):
            overlap += min(leaders.priorities[i, k], islands.agenda[leaders.island[i], k])
        leaders.overlap[i] = overlap


def _islands(state, run, n, per_island, teams_each, sectors, conditions: Conditions, people: People):
    """The bookkeeping of communities: where their leaders, groups, teams and sectors start."""
    islands, leaders = state.islands, state.leaders
    each = np.arange(len(run) + 1)
    islands.run[:] = run
    islands.leader_start[:], islands.group_start[:], islands.team_start[:] = (
        each * n,
        each * per_island,
        each * teams_each,
    )
    leaders.team[:] = leaders.island * teams_each
    islands.members[:] = np.lexsort((leaders.sector, leaders.island))
    counts = np.zeros((len(run), sectors), np.int64)
    np.add.at(counts, (leaders.island, leaders.sector), 1)
    islands.sector_start[:, 0] = each[:-1] * n
    islands.sector_start[:, 1:] = islands.sector_start[:, :1] + counts.cumsum(axis=1)
    islands.present[:] = n
    islands.agenda[:] = 1.0 / islands.agenda.shape[1]
    np.add.at(state.groups.leaders, leaders.group, 1.0)
    served = state.groups.leaders > 0
    np.add.at(islands.people, state.groups.island[served], state.groups.size[served])
