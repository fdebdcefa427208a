"""Prices: what a convener's file does not name costs nothing, and that is said once."""

import logging

import pytest

from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.model import convener
from commonweal.model.convener import Price

OURS = "budget: null\nprices:\n  talks: {money: 7, time: 0.02}\n  fine: {money: 5, time: 0}\n"


@pytest.fixture
def ours(tmp_path):
    """A session in which convener=ours is a file from the days of two levers."""
    (tmp_path / "convener").mkdir()
    (tmp_path / "convener" / "ours.yaml").write_text(OURS)
    convener.say_free.cache_clear()
    with session(also=str(tmp_path)):
        yield ["convener=ours", "experiment=which_strategy"]
    convener.say_free.cache_clear()


def test_a_missing_price_is_nothing_and_named_once(ours, caplog):
    with caplog.at_level(logging.WARNING):
        study = read(ours).study
        worlds = [study.world(at) for at in range(len(study.names))]
    assert len(worlds) > 1
    for world in worlds:
        prices = world.convener.prices
        assert set(prices) == set(convener.DOSES)
        assert prices["talks"] == Price(money=7, time=0.02)
        assert {name for name, price in prices.items() if price != Price(money=0, time=0)} == {"talks", "fine"}
    (said,) = [each.getMessage() for each in caplog.records]
    without = ", ".join(name for name in convener.DOSES if name not in ("talks", "fine"))
    assert said == f"convener.prices has no price for {without}; they cost nothing here"


def test_it_is_the_same_world_as_with_the_price_written_out(ours):
    rest = ",".join(f"{name}:{{money:0,time:0}}" for name in convener.DOSES if name not in ("talks", "fine"))
    short, whole = (read([*ours, *more]).study.world(0) for more in ([], [f"+convener.prices={{{rest}}}"]))
    assert short.fingerprint() == whole.fingerprint()


def test_where_every_price_is_there_nothing_is_said(ours, caplog):
    with caplog.at_level(logging.WARNING):
        read([])
    assert caplog.records == []


def test_a_price_of_what_is_no_dose_is_refused(ours):
    with pytest.raises(InputError, match=r"there is no dose 'talsk' to have a price; did you mean talks\?"):
        read([*ours, "+convener.prices.talsk={money:1,time:0}"])
