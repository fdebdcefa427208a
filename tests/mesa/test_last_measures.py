"""A model's measures as attributes: all there are, none that hides something else, none that can be set."""

import mesa
import pytest
from worlds import world

from commonweal.agents.batch_agents import Host
from commonweal.agents.cooperation import Cooperation
from commonweal.agents.last_measures import LastMeasures
from commonweal.model.measures import MEASURES


def test_every_measure_is_an_attribute_that_hides_nothing():
    written = [name for name in vars(LastMeasures) if not name.startswith("_")]
    assert written == list(MEASURES)
    assert [name for name in written if hasattr(mesa.Model, name) or name in {*vars(Host), *vars(Cooperation)}] == []


def test_they_hold_the_last_round_and_cannot_be_set():
    model = Cooperation(world("community.leaders=10"), rounds=3)
    assert all(getattr(model, name) != getattr(model, name) for name in MEASURES)
    model.step()
    assert {name: getattr(model, name) for name in MEASURES} == pytest.approx(model.measures, nan_ok=True)
    with pytest.raises(AttributeError, match=r"^trust is measured by the round; it cannot be set to 1\.0$"):
        model.trust = 1.0
