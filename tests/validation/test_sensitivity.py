"""Screening: what is moved is assumed, acts in the main study, and makes a world at either end."""

import pandas as pd
import pytest
from worlds import CONF

from commonweal.configuration.conf import session
from commonweal.validation import sensitivity
from commonweal.validation.laboratory import changed, experiment

TABLES = CONF.parent / "experiments" / "validation"


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


def test_a_price_moves_what_equal_money_buys_of_that_strategy_alone():
    """Administering a match takes more of the staff: in full all is as it was but their pay, at equal spend less."""
    start, dear = (sensitivity.effects_by_basis(values, 4, 12) for values in ({}, {"convener.prices.match.hours": 4.0}))
    changed = {basis: dear[basis] != start[basis] for basis in sensitivity.BASES}
    at = sensitivity.STRATEGIES.index("incentives")
    for basis in sensitivity.BASES:
        assert changed[basis].tolist() == [number == at for number in range(len(sensitivity.STRATEGIES))]
    assert 0 < dear["equal spend"][at] < start["equal spend"][at] < start["full strength"][at]


def test_whoever_spends_least_in_full_is_at_equal_spend_what_it_is_in_full():
    _, spends = sensitivity._levels({}, 2, 6, ())
    found, least = sensitivity.effects_by_basis({}, 2, 6), int(spends[:, -1].argmin())
    assert spends[least, -1] > 0
    assert found["equal spend"][least] == pytest.approx(found["full strength"][least])
    assert found["full strength"].tolist() == sensitivity.effects({}, 2, 6).tolist()


def test_the_shipped_screening_is_of_the_values_in_conf():
    """Where it is not: commonweal validate --screen out=DIR, and both tables into experiments/validation."""
    for name in ("sensitivity.csv", "morris.csv"):
        assert set(pd.read_csv(TABLES / name)["of"]) == {sensitivity.present()}, name
    table = pd.read_csv(TABLES / "sensitivity.csv")
    listed = {(each.name, each.value) for each in sensitivity.assumed()}
    for basis in sensitivity.BASES:
        rows = table.loc[table["basis"] == basis, :]
        assert set(zip(rows["parameter"], rows["value"], strict=True)) == listed


def test_what_is_screened_is_known_by_its_values(monkeypatch):
    before = sensitivity.present()
    monkeypatch.setattr(sensitivity, "NUMBERS", "other numbers")
    assert sensitivity.present() != before


def test_morris_finds_what_matters_more():
    table = sensitivity.morris(["game.multiplier", "trust.reciprocity"], 2, 2, 6, lambda done, total: None)
    assert table["parameter"].tolist() == ["game.multiplier", "trust.reciprocity"]
    assert table["mu_star"].iloc[0] > table["mu_star"].iloc[1] >= 0
