"""What the plain twin measures at the end of a round, each measure from its definition."""

from math import nan, sqrt

from commonweal.agents.plain.leader import overlap, spread


def mean(values, weights=None):
    """The mean, weighted if need be; nan of nothing."""
    total = sum(weights) if weights else len(values)
    weighted = [value * weight for value, weight in zip(values, weights, strict=True)] if weights else values
    return sum(weighted) / total if total else nan


def measures_of(model):
    """Every measure by name; nan where it is not defined."""
    here, groups, n = model.present, model.groups_here, len(model.present)
    out = {"money": model.money / n, "spend": (model.money + model.time_spent) / n}
    out["cooperation"] = mean([leader.contribution for leader in here])

    cost, sizes = model.money / model.people, [group.size for group in groups]
    met = [overlap(group.need, model.agenda) for group in groups]
    out["welfare"] = mean([group.welfare for group in groups], sizes)
    out["welfare_net"] = out["welfare"] - cost
    out["worst_off"] = min(group.welfare for group in groups) - cost
    gap = sum([abs(a.welfare - b.welfare) * a.size * b.size for a in groups for b in groups])
    out["gini"] = gap / (2 * model.people**2 * out["welfare"]) if out["welfare"] > 0 else nan
    out["representation"] = mean(met, sizes)
    weak = [group for group in groups if group.marginalised]
    out["marginalised_welfare"] = mean([group.welfare for group in weak], [group.size for group in weak]) - cost
    out["marginalised_representation"] = mean(
        [m for m, group in zip(met, groups, strict=True) if group.marginalised], [group.size for group in weak]
    )

    ties = [(tie, leader.sector != tie.to.sector) for leader in here for tie in leader.active_ties()]
    out["trust"] = mean([tie.trust for tie, _ in ties])
    out["trust_across"] = mean([tie.trust for tie, across in ties if across])
    out["cross_sector_ties"] = mean([float(across) for _, across in ties], [tie.strength for tie, _ in ties])

    off = []
    for team in model.teams:
        total, others = sum([leader.contribution for leader in team.members]), len(team.members) - 1
        off += [leader.belief - (total - leader.contribution) / others for leader in team.members if others]
    out["belief_error"] = mean(off)
    pairs = n * (n - 1)
    apart = sum([spread([leader.priorities[k] for leader in here]) for k in model.issues])
    out["polarisation"] = apart / pairs if pairs else nan

    out["alignment"] = mean([leader.overlap for leader in here])
    accepted = [leader.overlap for leader in model.table]
    out["acceptability"] = centre = mean(accepted)
    out["acceptability_sd"] = sqrt(mean([(each - centre) ** 2 for each in accepted])) if accepted else nan
    voices = [leader.voice for leader in here]
    out["voice_gini"] = spread(voices) / (n * sum(voices)) if sum(voices) > 0 else nan
    out["agreement"] = float(model.agreed)

    out["payoff"] = mean([leader.payoff for leader in here])
    relative = [(leader.exemplar, leader.payoff / (leader.endowment * model.capital)) for leader in here]
    firsts, others = ([payoff for first, payoff in relative if first is which] for which in (True, False))
    out["leaders_curse"] = mean(firsts) - mean(others)
    return out
