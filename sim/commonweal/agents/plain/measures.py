"""What the plain twin measures at the end of a round, each measure from its definition; nan where it has none."""

from math import nan, sqrt
from typing import Any

from commonweal.agents.plain.shares import mean, overlap, spread


def measures_of(twin: Any) -> dict[str, float]:
    """Every measure by name."""
    here = twin.present.to_list()
    out = {
        "money": twin.money / len(here),
        "spend": (twin.money + twin.time_spent) / len(here),
        "cooperation": mean([leader.contribution for leader in here]),
        "payoff": mean([leader.payoff for leader in here]),
        "asked_gifts": mean([leader.asked * leader.free for leader in here]),
    }
    return out | of_people(twin) | of_ties(here) | of_minds(twin, here) | of_agreement(twin, here) | of_examples(here)


def of_people(twin: Any) -> dict[str, float]:
    """What the people have of it."""
    groups, cost = twin.groups_here, twin.money / twin.people
    sizes, welfares = [group.size for group in groups], [group.welfare for group in groups]
    welfare, met = mean(welfares, sizes), [overlap(group.need, twin.agenda) for group in groups]
    gap = sum([abs(a.welfare - b.welfare) * a.size * b.size for a in groups for b in groups])
    weak = [group for group in groups if group.marginalised]
    heads = [group.size for group in weak]
    return {
        "welfare": welfare,
        "welfare_net": welfare - cost,
        "worst_off": min(welfares) - cost,
        "gini": gap / (2 * twin.people**2 * welfare) if welfare > 0 else nan,
        "representation": mean(met, sizes),
        "marginalised_welfare": mean([group.welfare for group in weak], heads) - cost,
        "marginalised_representation": mean([overlap(group.need, twin.agenda) for group in weak], heads),
    }


def of_ties(here: list[Any]) -> dict[str, float]:
    """Trust, and how far ties reach beyond one's own sector."""
    ties = [(tie, leader.sector != tie.to.sector) for leader in here for tie in leader.active_ties()]
    return {
        "trust": mean([tie.trust for tie, _ in ties]),
        "trust_across": mean([tie.trust for tie, across in ties if across]),
        "cross_sector_ties": mean([float(across) for _, across in ties], [tie.strength for tie, _ in ties]),
    }


def of_minds(twin: Any, here: list[Any]) -> dict[str, float]:
    """How wrong leaders are about each other, and how far apart they are in what they want."""
    off, pairs = [], len(here) * (len(here) - 1)
    for team in twin.teams:
        others = len(team.members) - 1
        off += [leader.belief - (team.gave - leader.contribution) / others for leader in team.members if others]
    apart = sum([spread([leader.priorities[k] for leader in here]) for k in twin.issues])
    return {"belief_error": mean(off), "polarisation": apart / pairs if pairs else nan}


def of_agreement(twin: Any, here: list[Any]) -> dict[str, float]:
    """How the agenda suits leaders, and who had a say in it."""
    suits, voices = [leader.overlap for leader in twin.table], [leader.voice for leader in here]
    centre, total = mean(suits), sum(voices)
    return {
        "alignment": mean([leader.overlap for leader in here]),
        "acceptability": centre,
        "acceptability_sd": sqrt(mean([(each - centre) ** 2 for each in suits])) if suits else nan,
        "voice_gini": spread(voices) / (len(here) * total) if total > 0 else nan,
        "agreement": float(twin.agreed),
        "coalition": mean([float(leader.accepts) for leader in here]),
    }


def of_examples(here: list[Any]) -> dict[str, float]:
    """What it costs to give first."""
    relative = [(leader.exemplar, leader.payoff / leader.income) for leader in here]
    firsts, others = ([payoff for first, payoff in relative if first is which] for which in (True, False))
    return {"leaders_curse": mean(firsts) - mean(others)}
