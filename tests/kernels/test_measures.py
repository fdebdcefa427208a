"""Every measure on the line, worked by hand."""

import numpy as np
from line import both, line, near

from commonweal.model import measures
from commonweal.model.measures import MEASURES, Measures


def ranked(state):
    measures.rank(state)
    return state


def measured(kernel, state, *more):
    out = np.full((len(MEASURES), 1), 99.0)
    both(kernel, state, *more, Measures(*out))
    return {name: column[0] for name, column in zip(MEASURES, out, strict=True)}


def test_giving():
    state = line()
    state.leaders.contribution[:], state.leaders.payoff[:] = [0.5, 0.25, 0, 1], [81.5, 140.25, 214.75, 111]
    state.leaders.exemplar[0], state.teams.shares[0] = True, 1.75
    state.islands.capital[0], state.islands.money[0], state.islands.time[0] = 0.5, 40, 20
    state.islands.spent[0] = 7
    out = measured(measures.giving, state)
    assert out["cooperation"] == near(1.75 / 4) and state.islands.cooperation[0] == near(0.4375)
    assert out["payoff"] == near(547.5 / 4)
    # the others gave 1.25/3, .5, 1.75/3, .25 on the mean, where .5 was believed
    assert out["belief_error"] == near((0.25 / 3 + 0 - 0.25 / 3 + 0.25) / 4)
    # per MU: 81.5/50 against 140.25/100, 214.75/150 and 111/200
    assert out["leaders_curse"] == near(1.63 - (1.4025 + 214.75 / 150 + 0.555) / 3)
    assert (out["money"], out["spend"], state.islands.spent[0]) == (10, 15, 47)


def test_no_exemplars_no_curse_and_no_others_no_error():
    state = line()
    state.teams.size[0] = 1
    out = measured(measures.giving, state)
    assert np.isnan(out["leaders_curse"]) and np.isnan(out["belief_error"])


def test_asked_gifts():
    """Shares asked are of what leaders are free to give: (.5 * 40 - .25 * 80 + .5 * 200) / 4."""
    state = line()
    state.leaders.free[:] = [40, 80, 100, 200]
    assert measured(measures.giving, state)["asked_gifts"] == 0
    state.leaders.asked[:] = [0.5, -0.25, 0, 0.5]  # who leant to more than the example is asked for less
    assert measured(measures.giving, state)["asked_gifts"] == near(25)
    state.leaders.present[3], state.islands.present[0] = False, 3
    assert measured(measures.giving, state)["asked_gifts"] == near(0)


def test_welfare():
    state = line()
    state.groups.welfare[:], state.islands.money[0] = [1.646875, 1.156875], 40
    out = measured(measures.welfare, state)
    # 100 and 300 people: 164.6875 + 347.0625 = 511.75; .1 spent per person
    assert out["welfare"] == near(511.75 / 400) and out["welfare_net"] == near(511.75 / 400 - 0.1)
    assert out["worst_off"] == near(1.056875) and out["marginalised_welfare"] == near(1.056875)
    assert out["gini"] == near(0.49 * 100 * 300 / (400 * 511.75))
    assert out["representation"] == near((100 * 1 + 300 * 0.75) / 400) and out["marginalised_representation"] == near(
        0.75
    )
    state.groups.marginalised[:] = False
    assert np.isnan(measured(measures.welfare, state)["marginalised_welfare"])


def test_weighted_gini():
    groups = line().groups
    groups.welfare[:] = [4, 0]
    assert both(measures.weighted_gini, groups, 0, 2) == near(0.75)  # a quarter of the people have everything
    groups.welfare[:] = 2
    assert both(measures.weighted_gini, groups, 0, 2) == near(0.0)


def test_trust():
    out = measured(measures.trust, line())
    assert out["trust"] == near(2.9 / 6) and out["trust_across"] == near((0.3 + 0.6) / 2)
    assert out["cross_sector_ties"] == near((0.6 + 0.5) / 3)
    state = line()
    state.ties.to[:] = -1
    out = measured(measures.trust, state)
    assert np.isnan([out["trust"], out["trust_across"], out["cross_sector_ties"]]).all()


def test_priorities():
    # three pairs are .25 apart, two .5, one .75
    state = line()
    assert measured(measures.priorities, ranked(state))["polarisation"] == near(2.5 / 6)


def test_ranks_leave_out_the_absent():
    state = line()
    state.leaders.present[1], state.leaders.voice[:] = False, [0.5, 0.3, 0.2, 0.1]
    both(measures.gather, state)
    wants = np.sort(state.leaders.priorities[[0, 2, 3]], axis=0).T
    assert (ranked(state).islands.ranked[0] == np.c_[np.vstack((wants, [0.1, 0.2, 0.5])), [np.inf] * 3]).all()


def test_table():
    state = line()
    out = measured(measures.table, ranked(state))
    assert out["alignment"] == near(0.75) and out["acceptability"] == near(0.75)
    assert out["acceptability_sd"] == near((0.125 / 3) ** 0.5)  # .5, .75 and 1
    assert out["voice_gini"] == near(0.375)  # 0, .25, .25, .5: (-.25 + .25 + 3 * .5) / 4
    assert out["agreement"] == 1
