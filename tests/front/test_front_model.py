"""A community from Python: stepped, watched, varied by Mesa."""

import mesa
import numpy as np
import pytest
from worlds import world

import commonweal as cw
from commonweal.agents.cooperation import Cooperation as OfWorld


def test_keywords_make_the_world_that_overrides_make():
    model = cw.Cooperation(strategy="communication", scenario="crisis", leaders=12, learn__public=0.3, seed=4, rounds=3)
    same = OfWorld(
        world("strategy=communication", "scenario=crisis", "community.leaders=12", "learn.public=0.3"), seed=4, rounds=3
    )
    assert model.world == same.world
    while model.running:
        model.step()
        same.step()
    assert model.measures == pytest.approx(same.measures, nan_ok=True)
    assert cw.Cooperation(same.world).world is same.world


def test_a_strategy_of_ones_own_acts_in_it():
    class Meet(cw.Strategy):
        """All meet."""

        def act(self, seen) -> cw.Levers:
            return cw.Levers(meetings=2.0)

    model = cw.Cooperation(strategy=Meet, leaders=10)
    model.step()
    assert model.levers is not None and model.levers.meetings == 2.0


def test_mesas_word_for_the_seed_is_taken():
    by_rng, by_seed = cw.Cooperation(leaders=10, rng=5), cw.Cooperation(leaders=10, seed=5)
    for model in (by_rng, by_seed):
        model.step()
    assert by_rng.cooperation == by_seed.cooperation
    drawn = [cw.Cooperation(leaders=10, rng=np.random.default_rng(3)) for _ in range(2)]
    assert drawn[0].state.islands.run[0] == drawn[1].state.islands.run[0] != by_seed.state.islands.run[0]


def test_mesas_batch_run_varies_it():
    rows = mesa.batch_run(
        cw.Cooperation,
        {"strategy": ["laissez_faire", "communication"], "leaders": 10, "learn__public": [0.1, 0.3], "rounds": 3},
        rng=[1, 2],
        max_steps=3,
        data_collection_period=-1,
        display_progress=False,
    )
    found = {(row["strategy"], row["learn__public"], row["seed"] if "seed" in row else row["rng"]): row for row in rows}
    assert len(found) == 8
    alone = cw.Cooperation(strategy="communication", leaders=10, learn__public=0.3, rounds=3, seed=2)
    for _ in range(3):
        alone.step()
    assert found["communication", 0.3, 2]["cooperation"] == alone.cooperation


def test_mesas_sliders_vary_it():
    solara, ipyvuetify = pytest.importorskip("solara"), pytest.importorskip("ipyvuetify")
    from mesa.visualization import Slider, SolaraViz

    made = []

    class WatchedModel(cw.Cooperation):
        def __init__(self, **settings):
            super().__init__(**settings)
            made.append(self)

    sliders = {
        "leaders": Slider("leaders", 12, 10, 20, 2),
        "learn__public": Slider("how fast beliefs move", 0.3, 0.0, 1.0, 0.1),
        "scenario": {"type": "Select", "label": "scenario", "values": ["calm", "crisis"], "value": "crisis"},
        "seed": 3,
    }
    page = SolaraViz(
        WatchedModel(leaders=12, learn__public=0.3, scenario="crisis", seed=3), components=[], model_params=sliders
    )
    _, context = solara.render(solara.AppLayout(children=[page]), handle_error=False)
    context.find(ipyvuetify.Slider, label="leaders").widget.v_model = 16
    context.find(ipyvuetify.Btn, children=["Reset"]).widget.click()
    assert [len(model.leaders) for model in made] == [12, 16]
    assert made[1].world.learn.public == 0.3 and made[1].world.scenario == made[0].world.scenario
    assert made[1].world.scenario != cw.Cooperation(leaders=16).world.scenario
    context.close()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"leaders": 1}, "community.leaders is 1, which is out of range"),
        ({"strategi": "inclusion"}, "strategi is not a parameter here; did you mean strateg"),
        ({"experiment": "which_strategy"}, "a model is of one strategy in one scenario"),
        ({"rounds": 0}, "rounds is 0: it must be a whole number"),
    ],
)
def test_what_is_refused(wrong, sentence):
    with pytest.raises(cw.InputError) as refused:
        cw.Cooperation(**wrong)
    assert sentence in str(refused.value)


def test_a_world_that_is_ready_takes_no_settings():
    with pytest.raises(cw.InputError, match=r"^world is ready, and leaders would change it"):
        cw.Cooperation(world("community.leaders=10"), leaders=12)
