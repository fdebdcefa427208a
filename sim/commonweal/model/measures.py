"""What is measured at the end of every round: one column per measure, one row per community.

Each measure is defined once, in Measures, with its unit and its words; kernels below fill them in that order.
"""

from typing import Annotated, Any, Final, NamedTuple, get_type_hints

import numpy as np

from commonweal.model.kernel import allocating_kernel, kernel
from commonweal.model.order import ordered
from commonweal.model.state import State, slots_of
from commonweal.model.tape import between


class Measure(NamedTuple):
    """What a column of rounds and runs means."""

    meaning: str
    unit: str
    better: int = 0
    """1 where more is better, -1 where less is, 0 where neither can be said"""
    words: str = ""
    """what it is called in texts and on axes; where empty, its name"""
    short: str = ""
    """what it is called above a column; where empty, its words"""
    scale: str = ""
    """its unit in words, where the unit alone says too little"""
    headline: int = 0
    """its place among the measures that tables, figures, report and page show first; 0 where it is none of them"""


class Measures(NamedTuple):
    """One array of shape (B,) per measure. nan where it is not defined, such as trust without ties."""

    cooperation: Annotated[Any, Measure(
        "mean share of the endowment given to the joint effort", "share", 1, words="cooperation",
        scale="mean share given, 0 to 1", headline=1,
    )]  # fmt: skip
    welfare: Annotated[Any, Measure(
        "welfare per person, before what the convener spent", "MU per person and round", 1,
        words="welfare per person, gross",
    )]  # fmt: skip
    welfare_net: Annotated[Any, Measure(
        "welfare per person, less what the convener spent", "MU per person and round", 1,
        words="welfare per person, net of spend", short="welfare net", headline=3,
    )]  # fmt: skip
    worst_off: Annotated[Any, Measure(
        "welfare per person in the worst-off group, less what the convener spent per person",
        "MU per person and round", 1, words="welfare per person in the worst-off group, net of spend",
        short="worst-off", headline=4,
    )]  # fmt: skip
    gini: Annotated[Any, Measure(
        "Gini coefficient of welfare across groups, weighted by people", "0..1", -1,
        words="Gini of welfare across groups", short="gini",
    )]  # fmt: skip
    marginalised_welfare: Annotated[Any, Measure(
        "welfare per person in marginalised groups, less what the convener spent per person",
        "MU per person and round", 1, words="welfare per person in marginalised groups, net of spend",
    )]  # fmt: skip
    trust: Annotated[Any, Measure("mean trust over ties", "share", 1, words="mean trust", short="trust", headline=2)]
    trust_across: Annotated[Any, Measure(
        "mean trust over ties across sectors", "share", 1, words="mean trust across sectors",
    )]  # fmt: skip
    belief_error: Annotated[Any, Measure(
        "mean of the belief a leader goes on with less what the others gave", "share",
        words="error of beliefs about others' giving", scale="share",
    )]  # fmt: skip
    polarisation: Annotated[Any, Measure(
        "mean half L1 distance of priorities between two leaders", "0..1", -1, words="polarisation of priorities",
    )]  # fmt: skip
    alignment: Annotated[Any, Measure(
        "mean overlap of leaders' priorities with the agenda", "0..1", 1, words="overlap of priorities and agenda",
    )]  # fmt: skip
    representation: Annotated[Any, Measure(
        "mean overlap of the agenda with groups' needs, weighted by people", "0..1", 1,
        words="overlap of agenda and needs",
    )]  # fmt: skip
    marginalised_representation: Annotated[Any, Measure(
        "the same for marginalised groups", "0..1", 1, words="overlap of agenda and needs of marginalised groups",
    )]  # fmt: skip
    voice_gini: Annotated[Any, Measure(
        "Gini coefficient of voice among leaders present", "0..1", -1, words="Gini of voice among leaders",
    )]  # fmt: skip
    acceptability: Annotated[Any, Measure(
        "mean overlap of the priorities of those at the table with the agenda", "0..1", 1,
        words="acceptability of the agenda",
    )]  # fmt: skip
    acceptability_sd: Annotated[Any, Measure(
        "standard deviation of that overlap", "0..1", -1, words="acceptability of the agenda, standard deviation",
    )]  # fmt: skip
    agreement: Annotated[Any, Measure(
        "share of rounds with an official agenda", "share", 1, words="rounds with an official agenda",
    )]  # fmt: skip
    coalition: Annotated[Any, Measure(
        "share of leaders present who accept the agenda", "share", 1, words="leaders who accept the agenda",
    )]  # fmt: skip
    cross_sector_ties: Annotated[Any, Measure(
        "share of tie strength that is across sectors", "share", words="tie strength across sectors",
    )]  # fmt: skip
    payoff: Annotated[Any, Measure(
        "mean payoff of leaders", "MU per leader and round", 1, words="mean payoff of leaders",
    )]  # fmt: skip
    leaders_curse: Annotated[Any, Measure(
        "mean payoff of exemplars less that of the others, per MU of endowment", "share",
        words="payoff of exemplars less that of others", scale="share of endowment",
    )]  # fmt: skip
    spend: Annotated[Any, Measure(
        "what the levers cost: money and leaders' time", "MU per leader and round", -1,
        words="spend: money and leaders' time",
    )]  # fmt: skip
    asked_gifts: Annotated[Any, Measure(
        "what exemplars gave because it was asked of them, beyond what they leant to", "MU per leader and round",
        words="gifts asked of exemplars",
    )]  # fmt: skip
    money: Annotated[Any, Measure(
        "money the convener spent", "MU per leader and round", -1, words="money the convener spent",
    )]  # fmt: skip


MEASURES: Final[dict[str, Measure]] = {
    name: hint.__metadata__[0] for name, hint in get_type_hints(Measures, include_extras=True).items()
}
HEADLINES: Final = tuple(
    sorted((name for name in MEASURES if MEASURES[name].headline), key=lambda name: MEASURES[name].headline)
)
"""the measures that are shown first, in their order"""


def measure(state: State, found: np.ndarray) -> None:
    """Fill `found`, (len(MEASURES), B), with this round's measures."""
    columns = Measures(*found)
    rank(state)
    giving(state, columns)
    welfare(state, columns)
    trust(state, columns)
    priorities(state, columns)
    table(state, columns)


def rank(state: State) -> None:
    """Writes islands.ranked."""
    gather(state)
    between(np.ndarray.sort, state.islands.ranked, 2)


@kernel
def gather(state):
    """Priorities and voices of those present, issue by issue; what is left over is infinite, so that it sorts last."""
    leaders, islands = state.leaders, state.islands
    ranked, issues = islands.ranked, leaders.priorities.shape[1]
    for b in range(islands.run.shape[0]):
        row = 0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.present[i]:
                for k in range(issues):
                    ranked[b, k, row] = leaders.priorities[i, k]
                ranked[b, issues, row] = leaders.voice[i]
                row += 1
        for k in range(issues + 1):
            for rest in range(row, ranked.shape[2]):
                ranked[b, k, rest] = np.inf


@kernel
def giving(state, out):
    """Cooperation, payoffs, beliefs and what it cost; also writes islands.cooperation for the public record."""
    leaders, teams, islands = state.leaders, state.teams, state.islands
    for b in range(islands.run.shape[0]):
        shares, payoff, off, watchers, asked = 0.0, 0.0, 0.0, 0.0, 0.0
        first, rest, firsts, rests = 0.0, 0.0, 0.0, 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if not leaders.present[i]:
                continue
            shares += leaders.contribution[i]
            payoff += leaders.payoff[i]
            asked += leaders.asked[i] * leaders.free[i]
            size = teams.size[leaders.team[i]]
            if size > 1.0:
                watchers += 1.0
                off += leaders.belief[i] - (teams.shares[leaders.team[i]] - leaders.contribution[i]) / (size - 1.0)
            relative = leaders.payoff[i] / max(leaders.endowment[i] * islands.capital[b], 1e-300)
            if leaders.exemplar[i]:
                firsts += 1.0
                first += relative
            else:
                rests += 1.0
                rest += relative
        islands.cooperation[b] = shares / islands.present[b]
        islands.spent[b] += islands.money[b]
        out.cooperation[b] = islands.cooperation[b]
        out.payoff[b] = payoff / islands.present[b]
        out.belief_error[b] = off / watchers if watchers > 0.0 else np.nan
        out.leaders_curse[b] = first / firsts - rest / rests if firsts > 0.0 and rests > 0.0 else np.nan
        out.asked_gifts[b] = asked / islands.present[b]
        out.money[b] = islands.money[b] / islands.present[b]
        out.spend[b] = (islands.money[b] + islands.time[b]) / islands.present[b]


@allocating_kernel
def welfare(state, out):
    """Welfare per person: gross, net, of the worst-off, of the marginalised, and its Gini across groups."""
    groups, islands = state.groups, state.islands
    for b in range(islands.run.shape[0]):
        begin, end = islands.group_start[b], islands.group_start[b + 1]
        cost = islands.money[b] / islands.people[b]
        total, worst = 0.0, np.inf
        weak, weak_people, met, weak_met = 0.0, 0.0, 0.0, 0.0
        for g in range(begin, end):
            if groups.leaders[g] == 0.0:
                continue
            total += groups.welfare[g] * groups.size[g]
            worst = min(worst, groups.welfare[g])
            overlap = 0.0
            for k in range(groups.need.shape[1]):
                overlap += min(groups.need[g, k], islands.agenda[b, k])
            met += overlap * groups.size[g]
            if groups.marginalised[g]:
                weak += groups.welfare[g] * groups.size[g]
                weak_met += overlap * groups.size[g]
                weak_people += groups.size[g]
        out.gini[b] = weighted_gini(groups, begin, end) if total > 0.0 else np.nan
        out.welfare[b] = total / islands.people[b]
        out.welfare_net[b] = out.welfare[b] - cost
        out.worst_off[b] = worst - cost
        out.representation[b] = met / islands.people[b]
        out.marginalised_welfare[b] = weak / weak_people - cost if weak_people > 0.0 else np.nan
        out.marginalised_representation[b] = weak_met / weak_people if weak_people > 0.0 else np.nan


@allocating_kernel
def weighted_gini(groups, begin, end):
    """Gini of welfare over people, from the Lorenz curve: 1 - sum of (p_g) * (L_g + L_(g-1))."""
    order = ordered(groups.welfare[begin:end])
    people, total = 0.0, 0.0
    for g in range(begin, end):
        if groups.leaders[g] > 0.0:
            people += groups.size[g]
            total += groups.size[g] * groups.welfare[g]
    below, gini = 0.0, 1.0
    for place in range(end - begin):
        g = begin + order[place]
        if groups.leaders[g] > 0.0:
            gain = groups.size[g] * groups.welfare[g] / total
            gini -= groups.size[g] / people * (2.0 * below + gain)
            below += gain
    return gini


@kernel
def trust(state, out):
    """Mean trust over the ties that are there, that across sectors, and the share of strength across sectors."""
    leaders, ties, islands = state.leaders, state.ties, state.islands
    for b in range(islands.run.shape[0]):
        count, total, across, total_across, strength, strength_across = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if not leaders.present[i]:
                continue
            for t in slots_of(ties, i):
                j = ties.to[t]
                if j >= 0 and leaders.present[j]:
                    count += 1.0
                    total += ties.trust[t]
                    strength += ties.strength[t]
                    other = 1.0 if leaders.sector[i] != leaders.sector[j] else 0.0
                    across += other
                    total_across += other * ties.trust[t]
                    strength_across += other * ties.strength[t]
        out.trust[b] = total / count if count > 0.0 else np.nan
        out.trust_across[b] = total_across / across if across > 0.0 else np.nan
        out.cross_sector_ties[b] = strength_across / strength if strength > 0.0 else np.nan


@kernel
def priorities(state, out):
    """Polarisation: mean half L1 distance of two leaders' priorities, from each issue's ranks (n log n)."""
    islands, ranked = state.islands, state.islands.ranked
    for b in range(islands.run.shape[0]):
        n = int(islands.present[b])
        total = 0.0
        for k in range(ranked.shape[1] - 1):
            for row in range(n):
                total += (2.0 * row - n + 1.0) * ranked[b, k, row]
        out.polarisation[b] = total / (n * (n - 1.0)) if n > 1 else np.nan


@kernel
def table(state, out):
    """Agreement, who accepts, acceptability among the seated, alignment of all, and how equal voice is."""
    leaders, islands, ranked = state.leaders, state.islands, state.islands.ranked
    voices = ranked.shape[1] - 1
    for b in range(islands.run.shape[0]):
        n = int(islands.present[b])
        overlap, accepting, seated, mean, square = 0.0, 0.0, 0.0, 0.0, 0.0
        for i in range(islands.leader_start[b], islands.leader_start[b + 1]):
            if leaders.present[i]:
                overlap += leaders.overlap[i]
                accepting += leaders.accepts[i]
                if leaders.seated[i]:
                    seated += 1.0
                    change = leaders.overlap[i] - mean
                    mean += change / seated
                    square += change * (leaders.overlap[i] - mean)
        weighted, voice = 0.0, 0.0
        for row in range(n):
            weighted += (2.0 * row - n + 1.0) * ranked[b, voices, row]
            voice += ranked[b, voices, row]
        out.voice_gini[b] = weighted / (n * voice) if voice > 0.0 else np.nan
        out.alignment[b] = overlap / n
        out.acceptability[b] = mean if seated > 0.0 else np.nan
        out.acceptability_sd[b] = (square / seated) ** 0.5 if seated > 0.0 else np.nan
        out.agreement[b] = 1.0 if islands.agreed[b] else 0.0
        out.coalition[b] = accepting / n
