"""The plain twin is an ordinary Mesa model, and its replicates are those of a study."""

import pytest
from worlds import world

from commonweal.agents.cooperation import Cooperation
from commonweal.agents.plain.plain_leader import Leader
from commonweal.agents.plain.twin import PlainTwin
from commonweal.errors import InputError
from commonweal.model.measures import MEASURES


def test_it_runs_to_its_end_and_collects_the_measures_of_the_engine():
    of = world("community.leaders=12", "strategy=communication")
    twin, model = PlainTwin(of, seed=3, replicate=7, rounds=4), Cooperation(of, seed=3, replicate=7, rounds=4)
    while twin.running:
        twin.step()
        model.step()
    ours, theirs = (each.datacollector.get_model_vars_dataframe()[list(MEASURES)] for each in (twin, model))
    assert len(ours) == 4
    assert ours.values == pytest.approx(theirs.values, rel=1e-9, nan_ok=True)


def test_its_leaders_are_mesas_agents():
    twin = PlainTwin(world("community.leaders=12", "scenario.events.arrival=2"), rounds=3)
    assert len(twin.agents) == 12 > len(twin.present) and twin.agents_by_type[Leader].to_list() == twin.leaders
    before = twin.agents.agg("belief", sum)
    twin.run_for(3)
    assert len(twin.present) == 12 and twin.present.agg("belief", sum) != before
    assert twin.agents.select(lambda leader: leader.seated).to_list() == twin.table


@pytest.mark.parametrize(
    ("given", "name"), [({"seed": -1}, "seed"), ({"replicate": 0.5}, "replicate"), ({"rounds": 0}, "rounds")]
)
def test_numbers_out_of_range_are_refused(given, name):
    with pytest.raises(InputError, match=f"^{name} is"):
        PlainTwin(world("community.leaders=12"), **given)
