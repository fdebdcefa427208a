"""The state of a batch of communities: one array per quantity, communities laid end to end.

A batch is one community with islands. Leaders, ties, teams and groups of all communities stand in one array
each, those of a community side by side; kernels loop over them and never know how many communities there are.
Sizes: B communities, L leaders, T tie slots, M teams, G groups, K issues. MU is the unit of money and time.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

Array = np.ndarray

ENCOUNTERS = 12
"""the most encounters one leader can begin in a round (habitual and convened)"""


class Leaders(NamedTuple):
    """One row per leader, (L,) unless said otherwise. Shares are of the leader's endowment."""

    run: Array
    """uint64, the key of their community's luck"""
    key: Array
    """uint64, the identity that luck follows"""
    island: Array
    """int32, the leader's community"""
    sector: Array
    """int32, 0..S-1"""
    group: Array
    """int32, row of the group served"""
    team: Array
    """int32, row of the team whose joint effort they may give to this round"""
    present: Array
    """bool, False before arrival"""
    invited: Array
    """bool, has a seat at the table by custom"""
    seated: Array
    """bool, has a seat this round"""
    endowment: Array
    """MU per round, money and time"""
    standing: Array
    """attention the leader commands, mean 1 in their community"""
    slope: Array
    """conditional cooperation: share given per share the others are believed to give"""
    intercept: Array
    """share given when the others are believed to give nothing"""
    temper: Array
    """how much more than others like them they are given to giving, mean 0 and sd 1 among leaders"""
    promise_keeping: Array
    """0..1, how far a pledge binds them"""
    reservation: Array
    """0..1, overlap below which they refuse an agenda"""
    willing: Array
    """1 while they cooperate conditionally, 0 after they have turned selfish"""
    motivation: Array
    """log-odds of giving that success adds and failure and incentives take away, 0 untouched"""
    inspired: Array
    """0..1, how far the plan that is kept speaks to them"""
    commitment: Array
    """0..1, how far they feel bound by what they have pledged"""
    record: Array
    """0..1, how far they have kept their pledges so far, 1 where nothing is known"""
    trusting: Array
    """0..1, how far they trust whoever they know nothing of: their disposition to trust"""
    faith: Array
    """0..1, mean trust in those they attend to, as attention is given; their disposition where there are none"""
    belief: Array
    """expected mean share given by the others"""
    priorities: Array
    """(L, K) on the simplex"""
    anchor: Array
    """(L, K) priorities at the start"""
    talking: Array
    """bool, takes part in this talk"""
    stated: Array
    """(L, K) priorities as the others hear them in this talk"""
    revised: Array
    """(L, K) priorities after this talk"""
    voice: Array
    """share of the voices at the table, sums to 1 over a community's seated leaders"""
    heard: Array
    """0..1, how far their voice counts at the table: 1 from an equal share of the voices up, 0 without a seat"""
    overlap: Array
    """0..1, overlap of their priorities with the agenda: their alignment and the agenda's acceptability"""
    accepts: Array
    """bool, accepts this round's agenda"""
    pledged: Array
    """bool, gave a pledge this round"""
    pledge: Array
    """share pledged"""
    exemplar: Array
    """bool, was asked to give first this round"""
    contribution: Array
    """share given to the joint effort of what they are free to give"""
    asked: Array
    """what of that share was asked of them as exemplars, beyond what they leant to"""
    busy: Array
    """share of the endowment that time spent this round has used up"""
    usual: Array
    """MU per round that they are free to give in usual times"""
    tied: Array
    """MU per round that running what they lead takes; only what is left of their endowment beyond it can be given"""
    free: Array
    """MU they are free to give this round"""
    kept: Array
    """MU kept for their own priorities, what is tied up included"""
    given: Array
    """MU given to the joint effort"""
    granted: Array
    """MU of grants received"""
    fined: Array
    """MU of fines paid"""
    returned: Array
    """MU of joint output that falls to one leader's share, before overlap"""
    payoff: Array
    """MU: kept + returned * overlap + granted - fined"""
    habitual: Array
    """int8, encounters they begin themselves this round"""
    convened: Array
    """int8, encounters they are brought to this round"""
    encounters: Array
    """(L, ENCOUNTERS) int32, whom they seek out this round, habitual ones first, -1 none"""
    chances: Array
    """(4, L) numbers in [0, 1), drawn for the decision at hand"""


class Ties(NamedTuple):
    """Directed ties i -> j in a fixed number of slots per leader: those of leader i are start[i]..start[i+1]-1."""

    start: Array
    """(L+1,) int64"""
    to: Array
    """(T,) int32, row of the leader attended to, -1 for an empty slot"""
    strength: Array
    """(T,) attention given, 0..1, in an empty slot 0"""
    trust: Array
    """(T,) expected good faith, 0..1"""


def slots_of(ties, i):
    """The slots of leader i, as numbers without a sign: reads at one that may have a sign take half as long again."""
    return range(np.uint64(ties.start[i]), np.uint64(ties.start[i + 1]))


class Teams(NamedTuple):
    """One row per team: those whose gifts are pooled together. In the field a community is one team."""

    size: Array
    """(M,) leaders present"""
    pool: Array
    """(M,) MU given this round, matching money included"""
    shares: Array
    """(M,) sum of the shares given"""
    output: Array
    """(M,) MU of joint output"""


class Groups(NamedTuple):
    """One row per group of people served."""

    island: Array
    """(G,) int32"""
    size: Array
    """(G,) people"""
    marginalised: Array
    """(G,) bool"""
    need: Array
    """(G, K) on the simplex"""
    usual_need: Array
    """(G, K) need outside a crisis"""
    leaders: Array
    """(G,) present leaders who serve it"""
    joint: Array
    """(G,) MU per person from the joint effort"""
    own: Array
    """(G,) MU per person from what its leaders kept and were granted"""
    kept: Array
    """(G, K) MU per person that its leaders kept and were granted and spend on each issue"""
    welfare: Array
    """(G,) MU per person, gross: joint + own"""


class Islands(NamedTuple):
    """One row per community."""

    run: Array
    """(B,) uint64, the key of its luck"""
    leader_start: Array
    """(B+1,) int64"""
    group_start: Array
    """(B+1,) int64"""
    team_start: Array
    """(B+1,) int64"""
    sector_start: Array
    """(B, S+1) int64, where each sector's leaders start in `members`"""
    members: Array
    """(L,) int32, leaders sorted by community and sector"""
    hub: Array
    """(B,) int32, row of the leader through whom others deal; -1 where there is none"""
    through: Array
    """(B,) share of the encounters leaders begin by habit in which they see the hub instead of whom they meant to"""
    present: Array
    """(B,) leaders present"""
    people: Array
    """(B,) people of the groups whose leaders are present"""
    ranked: Array
    """(B, K + 1, leaders) priorities of those present issue by issue, and their voices, each from the lowest up"""
    agenda: Array
    """(B, K) on the simplex"""
    agreed: Array
    """(B,) bool, the joint agenda is official this round"""
    insistence: Array
    """(B,) what leaders insist on as a share of their reservation: less after rounds without an official agenda"""
    reopened: Array
    """(B,) bool, the agenda is another one than its leaders have considered"""
    alone: Array
    """(B, K) how far each issue can be served without joint effort, 0..1: less in a crisis"""
    plan: Array
    """(B, K) on the simplex"""
    planned: Array
    """(B,) int64, round of the last drafting, 0 never"""
    cooperation: Array
    """(B,) mean share given"""
    capital: Array
    """(B,) factor on every endowment (budget cuts)"""
    money: Array
    """(B,) MU the convener spent this round"""
    time: Array
    """(B,) MU of leaders' time that the levers cost this round"""
    spent: Array
    """(B,) MU the convener spent in the run"""
    known_match: Array
    """(B,) match that is known by experience, MU per MU"""
    known_esteem: Array
    """(B,) recognition that is known by experience, MU per MU"""
    known_pressure: Array
    """(B,) fine and grant that are known by experience, MU per MU"""
    purse: Array
    """(B,) MU the convener can still spend"""
    destroyed: Array
    """(B,) MU of fines that nobody received this round"""
    wasted: Array
    """(B,) MU given that a threshold unmet has lost this round"""


class State(NamedTuple):
    """The whole state of a batch. Arrays are changed in place by the mechanisms, in the order of the round."""

    leaders: Leaders
    ties: Ties
    teams: Teams
    groups: Groups
    islands: Islands


def issues_of(state: State) -> tuple[int, ...]:
    """0..K-1. A kernel that is handed them knows K when it is compiled, and has its loops over issues written out."""
    return _counted(state.leaders.priorities.shape[1])


@cache
def _counted(issues: int) -> tuple[int, ...]:
    return tuple(range(issues))


def blank_leaders(leaders: int, issues: int) -> Leaders:
    """Rows for `leaders` leaders, all zero but that they are present, heard, willing and of good record."""
    kinds = {
        "run": np.uint64, "key": np.uint64, "island": np.int32, "sector": np.int32, "group": np.int32, "team": np.int32,
        "present": np.bool_, "invited": np.bool_, "seated": np.bool_, "accepts": np.bool_, "talking": np.bool_,
        "pledged": np.bool_, "exemplar": np.bool_, "habitual": np.int8, "convened": np.int8,
    }  # fmt: skip
    simplex = ("priorities", "anchor", "stated", "revised")
    columns = {
        name: np.zeros((leaders, issues) if name in simplex else leaders, kinds.get(name, np.float64))
        for name in Leaders._fields
    }
    columns["present"][:] = True
    columns["willing"][:] = 1.0
    columns["record"][:] = 1.0
    columns["heard"][:] = 1.0
    wide = {"encounters": np.full((leaders, ENCOUNTERS), -1, np.int32), "chances": np.zeros((4, leaders))}
    return Leaders(**(columns | wide))


def blank_ties(capacity: Array) -> Ties:
    """Empty slots, `capacity[i]` of them for leader i."""
    start = np.concatenate(([0], np.cumsum(capacity))).astype(np.int64)
    slots = int(start[-1])
    return Ties(start, np.full(slots, -1, np.int32), np.zeros(slots), np.zeros(slots))


def blank_groups(groups: int, issues: int) -> Groups:
    """Rows for `groups` groups, all zero."""
    kinds, by_issue = {"island": np.int32, "marginalised": np.bool_}, ("need", "usual_need", "kept")
    return Groups(
        **{
            name: np.zeros((groups, issues) if name in by_issue else groups, kinds.get(name, np.float64))
            for name in Groups._fields
        }
    )


def blank_teams(teams: int) -> Teams:
    """Rows for `teams` teams, all zero."""
    return Teams(*(np.zeros(teams) for _ in Teams._fields))


def blank_islands(islands: int, issues: int, leaders: int, sectors: int) -> Islands:
    """Rows for `islands` communities: nothing but capital, agreement, issues anyone can serve, an unlimited purse."""
    kinds = {"run": np.uint64, "agreed": np.bool_, "reopened": np.bool_, "planned": np.int64}
    shapes = {
        "leader_start": islands + 1, "group_start": islands + 1, "team_start": islands + 1,
        "sector_start": (islands, sectors + 1), "members": leaders,
        "ranked": (islands, issues + 1, leaders // islands), "agenda": (islands, issues), "plan": (islands, issues),
        "alone": (islands, issues),
    }  # fmt: skip
    whole = {"leader_start": np.int64, "group_start": np.int64, "team_start": np.int64,
             "sector_start": np.int64, "members": np.int32, "hub": np.int32}  # fmt: skip
    columns = {
        name: np.zeros(shapes.get(name, islands), (kinds | whole).get(name, np.float64)) for name in Islands._fields
    }
    columns["capital"][:] = 1.0
    columns["hub"][:] = -1
    columns["alone"][:] = 1.0
    columns["insistence"][:] = 1.0
    columns["agreed"][:] = True
    columns["purse"][:] = np.inf
    return Islands(**columns)
