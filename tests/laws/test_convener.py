"""The convener's purse: what it holds, what a round takes from it, and what is left undone when it does not suffice."""

import numpy as np
import pytest
from worlds import keys, start, world

from commonweal.model.convener import public_record
from commonweal.model.levers import DOSES, Levers

ABSENT = ("community.leaders=12", "people.groups=4", "scenario.events.arrival=5")
"""a quarter of the leaders comes later"""


def here(budget, *more):
    """Two communities in which some are absent, and their convener."""
    of = world(*ABSENT, f"convener.budget={budget}", *more)
    state = start(of, keys(2))
    assert state.islands.present.tolist() == [9, 9] and (state.islands.people != 9).all()
    return of.convener, state


def test_the_budget_is_for_each_leader_present():
    assert here(50)[1].islands.purse.tolist() == [450, 450]
    assert np.isinf(here("null")[1].islands.purse).all()


@pytest.mark.parametrize("dose", DOSES)
def test_a_dose_costs_its_fixed_part_and_its_price_for_each_it_reaches_and_a_share_of_their_time(dose):
    price = f"convener.prices.{dose}"
    convener, state = here(
        1000, f"{price}.money=7", f"{price}.hours=2", f"{price}.time=0.03", f"{price}.fixed_money=20",
        f"{price}.fixed_hours=4", "convener.hour=5",
    )  # fmt: skip
    set_to = Levers(**{dose: 0.5}).rows(2)
    set_to = set_to._replace(**{dose: np.array([0.5, 0.25])})
    assert convener.convene(state, set_to) is set_to
    islands = state.islands
    reached = np.full(2, 9)
    if dose == "seats":  # those who have no seat by custom
        leaders = state.leaders
        reached = np.bincount(leaders.island, leaders.present & ~leaders.invited)
    assert islands.money == pytest.approx(20 + 5 * 4 + reached * (7 + 5 * 2) * [0.5, 0.25])
    assert islands.purse == pytest.approx(9000 - islands.money)
    assert state.leaders.busy == pytest.approx(np.repeat([0.015, 0.0075], 12))
    paid = np.bincount(state.leaders.island, state.leaders.busy * state.leaders.endowment * state.leaders.present)
    assert islands.time == pytest.approx(paid)


def test_where_the_purse_does_not_suffice_nothing_is_done_there_and_all_elsewhere():
    """Meetings at 5 MU each: 2 for 9 leaders are 90 MU."""
    price = "convener.prices.meetings"
    convener, state = here(50, f"{price}.money=5", f"{price}.hours=0", f"{price}.fixed_hours=0")
    asked = Levers(meetings=2.0, bridging=0.5, clarity=0.0).rows(2)
    state.islands.purse[:] = [90, 89.99]
    found = convener.convene(state, asked)
    assert found.meetings.tolist() == [2, 0] and found.bridging.tolist() == [0.5, 0]
    assert state.islands.money.tolist() == [90, 0] and state.islands.purse.tolist() == [0, 89.99]
    busy = state.leaders.busy.reshape(2, 12)
    assert (busy[0] == 2 * convener.prices["meetings"].time).all() and (busy[1] == 0).all()
    assert state.islands.time[0] > 0 == state.islands.time[1]
    again = convener.convene(state, asked)
    assert again.meetings.tolist() == [0, 0] and state.islands.money.tolist() == [0, 0]


def test_the_public_record_counts_those_who_are_present():
    _, state = here(50)
    leaders, islands = state.leaders, state.islands
    leaders.seated[:] = False
    leaders.seated[np.flatnonzero(leaders.present)[:3]] = True
    leaders.seated[np.flatnonzero(~leaders.present)] = True  # a seat that nobody is there to take
    islands.spent[:] = [18, 9]
    seen = public_record(state, 3, 40)
    assert (seen.round, seen.rounds) == (3, 40)
    assert seen.leaders.tolist() == [9, 9] and seen.spent.tolist() == [2, 1]
    assert seen.seated == pytest.approx([3 / 9, 0])
