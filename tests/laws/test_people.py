"""Who lives in a community is drawn as conf says: shares, means and what scenarios bend, over many communities."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats
from worlds import keys, start, world

from commonweal.model.community.populate import _trusting

COMMUNITIES, LEADERS = 60, 24


def people(*overrides: str, conditions: str = ""):
    """The state of many communities before the first round."""
    bent = [f"scenario.conditions.{each}" for each in conditions.split()]
    return start(world(f"community.leaders={LEADERS}", *overrides, *bent), keys(COMMUNITIES))


def of_marginalised(state):
    return state.groups.marginalised[state.leaders.group]


@pytest.mark.parametrize(("share", "count"), [(0, 0), (0.25, 2), (0.3, 2), (0.45, 4), (1, 8)])
def test_as_many_groups_are_marginalised_as_the_share_says_and_they_come_last(share, count):
    state = people("people.groups=8", f"people.marginalised={share}")
    assert (state.groups.marginalised.reshape(COMMUNITIES, 8) == (np.arange(8) >= 8 - count)).all()


def test_people_are_so_many_per_leader_however_many_groups_there_are():
    of = world("people.groups=5", f"community.leaders={LEADERS}").people
    state = people("people.groups=5")
    sums = state.groups.size.reshape(COMMUNITIES, 5).sum(axis=1)
    np.testing.assert_allclose(sums, of.people_per_leader * LEADERS)


def test_endowments_have_the_mean_that_is_given_however_they_spread():
    given = people("people.endowment=400", "people.endowment_spread=0.6", "people.marginalised=0").leaders.endowment
    error = given.std() / np.sqrt(len(given))
    assert abs(given.mean() - 400) < 4 * error and error < 10
    assert np.log(given).std() == pytest.approx(0.6, abs=0.05)


def test_a_scenario_takes_its_share_of_every_endowment():
    usual, poor = (people(conditions=f"endowment={factor}").leaders.endowment for factor in (1, 0.6))
    np.testing.assert_allclose(poor, 0.6 * usual)


def test_standing_is_one_on_the_mean_and_that_of_the_marginalised_is_less():
    usual, less = (
        people("people.groups=4", "people.marginalised=0.5", f"people.marginalised_standing={factor}")
        for factor in (1, 0.25)
    )
    for state in (usual, less):
        np.testing.assert_allclose(state.leaders.standing.reshape(COMMUNITIES, LEADERS).mean(axis=1), 1.0)
    ratio = (less.leaders.standing / usual.leaders.standing).reshape(COMMUNITIES, LEADERS)
    weak = of_marginalised(less).reshape(COMMUNITIES, LEADERS)
    for ratios, marginalised in zip(ratio, weak, strict=True):
        np.testing.assert_allclose(ratios[marginalised], 0.25 * ratios[~marginalised][0])
        np.testing.assert_allclose(ratios[~marginalised], ratios[~marginalised][0])


@pytest.mark.parametrize("chance", [0.0, 0.2, 1.0])
def test_leaders_of_marginalised_groups_have_a_seat_by_chance_and_all_others_one(chance):
    state = people("people.groups=4", "people.marginalised=0.5", f"people.marginalised_seat={chance}")
    weak = of_marginalised(state)
    assert state.leaders.seated[~weak].all()
    assert abs(state.leaders.seated[weak].mean() - chance) <= 4 * np.sqrt(chance * (1 - chance) / weak.sum())


def test_priorities_are_those_of_the_group_served_as_far_as_service_says():
    all_of_it, half, nothing = (people(f"people.service={share}") for share in (1, 0.5, 0))
    need = all_of_it.groups.need[all_of_it.leaders.group]
    np.testing.assert_allclose(all_of_it.leaders.priorities, need)
    np.testing.assert_allclose(half.leaders.priorities, (need + nothing.leaders.priorities) / 2)
    assert abs(np.corrcoef(nothing.leaders.priorities[:, 0], need[:, 0])[0, 1]) < 0.1


def test_kinds_of_leaders_come_in_their_shares():
    found = people("people=lab")
    kinds = world("people=lab").people.kinds
    riders = sum(kind.share for kind in kinds.values() if kind.slope == 0 and kind.intercept == 0)
    share = ((found.leaders.slope == 0) & (found.leaders.intercept == 0)).mean()
    cut = kinds["conditional_cooperator"]
    below_zero = stats.norm.cdf(-cut.slope / cut.slope_spread)
    expected = riders + cut.share * below_zero  # slopes are cut at 0
    assert 0.1 < riders < 0.4
    assert abs(share - expected) < 4 * np.sqrt(expected * (1 - expected) / found.leaders.slope.size)


def test_trust_is_more_within_ones_own_sector_by_what_is_given():
    state = people("people.own_sector_trust=0.2", "people.trust=0.4", "people.trusting_spread=0.01",
                   "people.trust_spread=0.05")  # fmt: skip
    ties, leaders = state.ties, state.leaders
    owner = np.repeat(np.arange(leaders.key.size), np.diff(ties.start))
    there = ties.to >= 0
    same = leaders.sector[owner[there]] == leaders.sector[ties.to[there]]
    assert ties.trust[there][same].mean() == pytest.approx(0.6, abs=0.01)
    assert ties.trust[there][~same].mean() == pytest.approx(0.4, abs=0.01)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_ties_give_way_to_the_best_connected_leader(share):
    usual, bent = (people("community.degree=4", conditions=f"hub={each}") for each in (0, share))

    def pairs(state):
        owner = np.repeat(np.arange(state.leaders.key.size), np.diff(state.ties.start))
        there = state.ties.to >= 0
        return set(zip(owner[there].tolist(), state.ties.to[there].tolist(), strict=True))

    before, after = pairs(usual), pairs(bent)
    assert {(j, i) for i, j in after} == after
    degrees = np.bincount([i for i, _ in before], minlength=LEADERS * COMMUNITIES).reshape(COMMUNITIES, LEADERS)
    hubs = set((degrees.argmax(axis=1) + np.arange(COMMUNITIES) * LEADERS).tolist())
    others = {(i, j) for i, j in before if i not in hubs and j not in hubs}
    kept = len(others & after) / len(others)
    assert abs(kept - (1 - share)) <= 4 * np.sqrt(2 * share * (1 - share) / len(others))
    assert not {(i, j) for i, j in after - before if i not in hubs and j not in hubs}
    if share:
        for hub in hubs:
            first = hub // LEADERS * LEADERS
            assert {j for i, j in after if i == hub} == set(range(first, first + LEADERS)) - {hub}


def test_what_known_trust_tells_of_a_leader():
    """Of .04 between leaders and .16 within, three ties at .8 tell .04 / (.04 + .16 / 3) = 3/7 of the way from .5."""
    leaders = SimpleNamespace(trusting=np.array([0.1, 0.2, 0.3, 0.4]))
    edges = SimpleNamespace(source=np.array([0, 0, 0, 1, 3]), trust=np.array([0.7, 0.8, 0.9, 1.0, np.nan]))
    _trusting(leaders, edges, SimpleNamespace(trust=0.5, trusting_spread=0.2, trust_spread=0.4), 0.5)
    assert leaders.trusting == pytest.approx([0.5 * (0.5 + 0.3 * 3 / 7), 0.5 * (0.5 + 0.5 / 5), 0.15, 0.2])
