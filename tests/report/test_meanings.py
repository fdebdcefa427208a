"""Words that readers ask about are explained where they stand, in page and terminal alike."""

import numpy as np
import pytest
from worlds import world

from commonweal.model.measures import MEASURES
from commonweal.model.run import simulate
from commonweal.report.meanings import MEANT, NET, counted, explained, people

FIELD = {"people": {"people_per_leader": 1000}}


def test_welfare_net_of_spend_is_explained_once():
    said = explained(["Nothing.", f"For {NET}, and {NET}.", f"{NET} again"])
    assert said == ["Nothing.", f"For {NET} ({MEANT}), and {NET}.", f"{NET} again"]


def test_all_seven_are_no_eighth():
    seven = ["laissez_faire", *(f"s{at}" for at in range(7)), "all"]
    assert counted(seven, "or") == "7 strategies or all seven at once"
    assert counted(["inclusion", "all"], "and") == "1 strategy and all seven at once"
    assert counted(["laissez_faire", "inclusion", "mine"], "or") == "2 strategies"


@pytest.mark.parametrize(("more", "is_said"), [
    ({}, True), ({"about_leaders": {"own_people": False}, "community": {"groups_file": "x"}}, True),
    ({"about_leaders": {"own_people": True}}, False), ({"community": {"groups_file": "x"}}, False),
    ({"people": {"people_per_leader": 1}}, False),
])  # fmt: skip
def test_who_is_divided_by_is_said_where_it_is_assumed(more, is_said):
    config = FIELD | {name: value for name, value in more.items() if name != "about_leaders"}
    about = {"config": config} | {name: value for name, value in more.items() if name == "about_leaders"}
    assert ("1,000 people are assumed for each leader" in people(about)) == is_said


def test_half_the_people_have_twice_as_much_and_per_cent_stay():
    net = list(MEASURES).index("welfare_net")
    many, fewer = (
        [simulate(world("scenario=crisis", f"strategy={name}", *size), 1, range(2), 4).runs[:, net]
         for name in ("laissez_faire", "communication")]
        for size in ((), ("people.people_per_leader=500",))
    )  # fmt: skip
    np.testing.assert_allclose(fewer, 2.0 * np.array(many))
