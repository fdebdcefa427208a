"""What is told of a community that is watched: what is new in a month, and not the same month after month."""

import pytest
from worlds import world

pytest.importorskip("solara")
from commonweal.agents.diary import month, remember
from commonweal.dashboard.watch import Told


def test_a_month_is_told_against_the_one_before():
    model = Told(world("strategy=communication", "community.leaders=12"), rounds=12)
    assert model.happened == ""
    told, agreed = [], []
    for _ in range(12):
        before = remember(model.state) if model.round else None
        model.step()
        expected = "; ".join(month(model.state, model.labels, before)[:2])
        assert model.happened == (expected or "a quiet month")
        told.append("an agenda was agreed" in model.happened)
        agreed.append(bool(model.state.islands.agreed[0]))
    new = [now and not before for before, now in zip([False, *agreed], agreed, strict=False)]
    assert told == new and sum(agreed) > sum(new)
