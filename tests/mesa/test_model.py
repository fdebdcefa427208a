"""Cooperation is an ordinary Mesa model, and the same run as in a study."""

import copy
import gc
import pickle
import weakref

import numpy as np
import pytest
from mesa import DataCollector
from people import Moody, Stubborn
from worlds import arrays, keys, played, world

from commonweal.agents.cooperation import Cooperation, Leader
from commonweal.errors import InputError
from commonweal.model.measures import MEASURES

# Without the compiler numpy says so where the key of a tie wraps around.
pytestmark = pytest.mark.filterwarnings("error", "ignore:overflow encountered in scalar:RuntimeWarning")


@pytest.fixture(scope="module")
def families():
    return world("community=florentine_families")


def measured(model):
    return np.array(list(model.measures.values()))


def same(one, other):
    """Two models are in the same state, bit for bit."""
    np.testing.assert_array_equal(measured(one), measured(other))
    for (name, ours), theirs in zip(arrays(one.state).items(), arrays(other.state).values(), strict=True):
        np.testing.assert_array_equal(ours, theirs, err_msg=name)
    assert one.round == other.round and one.time == other.time and one.running == other.running


@pytest.mark.parametrize("strategy", ["laissez_faire", "communication", "lead_by_example", "all"])
@pytest.mark.parametrize("community", ["florentine_families", "small_world"])
def test_a_replicate_comes_out_as_in_a_batch(strategy, community):
    of = world(f"community={community}", f"strategy={strategy}", "scenario=turnover")
    batch, state = played(of, keys(4, seed=9), rounds=12)
    for replicate in range(4):
        model = Cooperation(of, seed=9, replicate=replicate, rounds=12)
        for round_ in range(12):
            model.step()
            np.testing.assert_array_equal(measured(model), batch[round_, replicate])
        rows = state.leaders.island == replicate
        for name, column in zip(state.leaders._fields, state.leaders, strict=True):
            if name not in ("island", "group", "team", "encounters", "chances"):  # rows of the batch, and scratch
                np.testing.assert_array_equal(getattr(model.state.leaders, name), column[rows], err_msg=name)


def test_run_for_is_repeated_stepping(families):
    stepped, ran, until, whole = (Cooperation(families, rounds=8) for _ in range(4))
    for _ in range(8):
        stepped.step()
    ran.run_for(5)
    ran.run_for(3)
    until.run_until(8)
    whole.run_model()
    for other in (ran, until, whole):
        same(stepped, other)
    assert (stepped.round, stepped.time, stepped.running) == (8, 8.0, False)


def test_time_passes_in_rounds(families):
    model = Cooperation(families)
    model.run_for(0.5)
    assert model.round == 0
    model.run_for(0.5)
    assert model.round == 1 and model.running


def test_a_run_can_go_on_beyond_its_rounds(families):
    model = Cooperation(families, rounds=2)
    model.run_for(4)
    assert model.round == 4 and not model.running and model.cooperation > 0


def test_a_subclass_of_the_model_steps(families):
    class WatchedModel(Cooperation):
        def step(self):
            super().step()
            self.agents.do(lambda leader: seen.append(leader.contribution))

    seen = []
    WatchedModel(families).run_for(2)
    assert len(seen) == 30


def test_measures_are_attributes(families):
    model = Cooperation(families)
    assert np.isnan(model.cooperation) and model.levers is None
    model.step()
    assert list(model.measures) == list(MEASURES)
    for name, value in model.measures.items():
        np.testing.assert_equal(getattr(model, name), value)
    assert model.cooperation == pytest.approx(model.agents.agg("contribution", np.mean))
    assert "MU per person and round" in Cooperation.welfare_net.__doc__


def test_levers_are_those_of_the_round():
    model = Cooperation(world("strategy=communication", "community.leaders=10"))
    model.step()
    assert model.levers is not None and model.levers.clarity > 0 and model.levers.seats == 0


def test_the_datacollector_keeps_measures_and_leaders(families):
    model = Cooperation(families, collect=("belief", "sector", "priorities"))
    model.run_for(3)
    rounds = model.datacollector.get_model_vars_dataframe()
    assert list(rounds.columns) == ["round", *MEASURES] and list(rounds["round"]) == [1, 2, 3]
    assert rounds["cooperation"].iloc[-1] == model.cooperation
    leaders = model.datacollector.get_agent_vars_dataframe()
    assert leaders.shape == (45, 3) and leaders.index.names == ["Step", "AgentID"]
    medici = model.leader("Medici")
    assert leaders.loc[(3.0, medici.unique_id), "belief"] == medici.belief
    first, last = (leaders.loc[(when, medici.unique_id), "priorities"] for when in (1.0, 3.0))
    assert not np.array_equal(first, last), "what is collected must not follow the state"


def test_the_datacollector_can_be_another_or_none(families):
    model = Cooperation(families, leader_class=Stubborn, only=["Medici"])
    model.datacollector = DataCollector(
        model_reporters={"trust": "trust", "rich": lambda model: max(model.agents.get("endowment"))},
        agent_reporters={"kept": "kept"},
        agenttype_reporters={Stubborn: {"given": "given"}},
    )
    model.run_for(2)
    assert list(model.datacollector.get_model_vars_dataframe().columns) == ["trust", "rich"]
    assert len(model.datacollector.get_agenttype_vars_dataframe(Stubborn)) == 2
    model.datacollector = None
    model.step()


@pytest.mark.parametrize("again", [lambda model: pickle.loads(pickle.dumps(model)), copy.deepcopy])
def test_a_copy_goes_on_bit_for_bit(again):
    of = world("community=florentine_families", "strategy=all", "scenario=turnover")
    model = Cooperation(of, replicate=3, leader_class=Moody, only=["Medici", "Strozzi"], collect=["belief"])
    assert model.leader("Medici").cell.neighborhood
    model.run_for(5)
    twin = again(model)
    assert twin.leaders[3].model is twin and twin.state.leaders.belief is not model.state.leaders.belief
    same(model, twin)
    model.run_for(6)
    assert twin.round == 5, "a copy stands on its own"
    twin.run_for(6)
    same(model, twin)
    for kept in ("get_model_vars_dataframe", "get_agent_vars_dataframe"):
        assert getattr(model.datacollector, kept)().equals(getattr(twin.datacollector, kept)())
    assert twin.leader("Medici").cell.coordinate == model.leader("Medici").row


def test_models_live_side_by_side(families):
    alone = [Cooperation(families, replicate=replicate) for replicate in range(3)]
    for model in alone:
        model.run_for(4)
    together = [Cooperation(families, replicate=replicate) for replicate in range(3)]
    for _ in range(4):
        for model in together:
            model.step()
    for one, other in zip(alone, together, strict=True):
        same(one, other)
    assert len({model.cooperation for model in together}) == 3


def test_models_are_forgotten(families):
    def live(replicate):
        model = Cooperation(families, replicate=replicate, leader_class=Moody, collect=["belief"])
        model.run_for(3)
        assert model.leader("Medici").cell.get_neighborhood(2).agents and model.graph()
        assert len(model.agents.groupby("sector").agg("belief", len)) > 1
        pickle.dumps(model)
        return weakref.ref(model), weakref.ref(model.leaders[0]), weakref.ref(model.space)

    gone = [each for replicate in range(5) for each in live(replicate)]
    gc.collect()
    assert [each() for each in gone] == [None] * 15


def test_mesas_generators_are_the_users_alone(families):
    spent, spared = Cooperation(families), Cooperation(families)
    for _ in range(3):
        spent.random.random(), spent.rng.random(7), spent.agents.shuffle_do(lambda leader: leader.random.random())
        spent.step()
        spared.step()
    same(spent, spared)
    assert Cooperation(families, replicate=1).random.random() != Cooperation(families, replicate=2).random.random()


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"seed": None}, {"seed": 2**63}, {"seed": 1.5}, {"replicate": -1},
                                   {"rounds": 0}])  # fmt: skip
def test_numbers_out_of_range_are_refused(families, wrong):
    with pytest.raises(InputError, match=f"{next(iter(wrong))} is .*whole number"):
        Cooperation(families, **wrong)


def test_a_thousand_leaders_are_made_at_once():
    model = Cooperation(world("community.leaders=1000"))
    assert len(model.agents) == 1000 and model.agents_by_type.keys() == {Leader}
