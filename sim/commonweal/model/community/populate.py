"""From parameters to the state before the first round: draws what no roster says, for a batch at once."""

import numpy as np

from commonweal.model import luck
from commonweal.model.community import community_of_roster
from commonweal.model.community.community import Community, Edges, Site
from commonweal.model.community.draw import Draw, exp
from commonweal.model.community.groups import groups_of, put_given, served
from commonweal.model.community.hub import hubs, through_hub
from commonweal.model.community.people import People
from commonweal.model.kernel import kernel
from commonweal.model.params import Params, Share
from commonweal.model.state import State, blank_islands, blank_leaders, blank_teams, blank_ties, slots_of
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
    edges = through_hub(edges, draw, conditions.hub)

    leaders = blank_leaders(n * islands, len(issues))
    leaders.run[:], leaders.key[:] = run[draw.island], draw.key
    leaders.island[:], leaders.sector[:] = draw.island, sector
    groups = groups_of(people, roster, run, n, len(issues))
    per_island = len(groups.size) // islands
    leaders.group[:] = served(people, roster, draw, per_island) + draw.island * per_island
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
        state.islands.hub[:] = hubs(edges, islands, n)
        state.islands.through[:] = conditions.hub
    _islands(state, run, n, per_island, teams_each, len(sector_names))
    _face(state)
    return state


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
    leaders.endowment[:] = people.endowment * exp(
        people.endowment_spread * draw.normal(luck.ENDOWMENT) - people.endowment_spread**2 / 2
    )
    leaders.endowment[marginalised] *= people.marginalised_endowment
    leaders.standing[:] = (1.0 + degree) * exp(people.standing_spread * draw.normal(luck.STANDING))
    leaders.standing[marginalised] *= people.marginalised_standing
    leaders.invited[:] = ~marginalised | (draw.uniform(luck.SEAT) < people.marginalised_seat)

    personal = draw.composition(luck.PRIORITIES, issues, people.priority_spread)
    leaders.priorities[:] = people.service * groups.need[leaders.group] + (1 - people.service) * personal
    if roster is not None:
        columns = ("endowment", "standing", "slope", "intercept", "promise_keeping", "belief", "reservation")
        for name in columns:
            put_given(getattr(leaders, name).reshape(islands, n), getattr(roster, name))
        put_given(leaders.invited.reshape(islands, n), roster.seated)
        if roster.priorities.shape[1] == issues:
            put_given(leaders.priorities.reshape(islands, n, issues), roster.priorities)
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


def _islands(state, run, n, per_island, teams_each, sectors):
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
