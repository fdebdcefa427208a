"""Screening: what is moved is assumed, acts in the main study, and makes a world at either end."""

import pytest

from sim.composition import session
from sim.validation import sensitivity
from sim.validation.laboratory import changed, experiment


@pytest.fixture(scope="module", autouse=True)
def ready():
    with session():
        yield


def test_every_factor_makes_a_world_at_either_end():
    factors = sensitivity.assumed()
    assert len(factors) > 80 and len({each.name for each in factors}) == len(factors)
    for each in factors:
        strategy, _, name = each.name.removeprefix("strategy/").partition(".")
        own = "/" in each.name
        of = experiment(f"strategy={strategy if own else 'laissez_faire'}")
        for value in (each.low, each.high):
            assert value != each.value or each.value == each.high
            sensitivity.checked(changed(of, {f"strategy.{name}" if own else each.name: value}))


def test_a_value_of_a_strategy_moves_that_strategy_alone():
    start = sensitivity.effects({}, 2, 6)
    moved = sensitivity.effects({"strategy/incentives.match": 0.5}, 2, 6) != start
    assert moved.tolist() == [name == "incentives" for name in sensitivity.STRATEGIES]


def test_a_shared_value_moves_all():
    start = sensitivity.effects({}, 2, 6)
    assert (sensitivity.effects({"game.multiplier": 4.0}, 2, 6) != start).all()


def test_morris_finds_what_matters_more():
    table = sensitivity.morris(["game.multiplier", "trust.rate"], 2, 2, 6, lambda done, total: None)
    assert table["parameter"].tolist() == ["game.multiplier", "trust.rate"]
    assert table["mu_star"].iloc[0] > table["mu_star"].iloc[1] >= 0
