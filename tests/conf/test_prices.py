"""Prices: files of the old form are read, what a file does not name costs nothing, and either is said once."""

import logging

import pytest

from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.model import convener
from commonweal.model.convener import Price
from commonweal.units import HOUR

OURS = "budget: null\nprices:\n  talks: {money: 7, time: 0.02}\n  fine: {money: 5, time: 0}\n"


@pytest.fixture
def ours(tmp_path):
    """A session in which convener=ours is a file from the days of two levers."""
    (tmp_path / "convener").mkdir()
    (tmp_path / "convener" / "ours.yaml").write_text(OURS)
    forget()
    with session(also=str(tmp_path)):
        yield ["convener=ours", "experiment=which_strategy"]
    forget()


def forget():
    """What has been said once is said once more."""
    convener.say_free.cache_clear()
    convener.say_old.cache_clear()


def test_the_old_form_is_read_and_a_missing_price_is_nothing_and_each_is_said_once(ours, caplog):
    with caplog.at_level(logging.WARNING):
        study = read(ours).study
        worlds = [study.world(at) for at in range(len(study.names))]
    assert len(worlds) > 1
    for world in worlds:
        prices = world.convener.prices
        assert set(prices) == set(convener.DOSES)
        assert prices["talks"] == Price(money=7, hours=0, time=0.02, fixed_money=0, fixed_hours=0)
        assert {name for name, price in prices.items() if price != convener.FREE} == {"talks", "fine"}
        assert world.convener.hour == HOUR
    old, free = [each.getMessage() for each in caplog.records]
    assert old == (
        "convener.prices of talks, fine are of the old form: no staff hours and no fixed part are counted for them"
    )
    without = ", ".join(name for name in convener.DOSES if name not in ("talks", "fine"))
    assert free == f"convener.prices has no price for {without}; they cost nothing here"


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


WHOLE = "money:1,hours:2,time:0,fixed_money:3,fixed_hours:4"


def test_a_price_of_the_new_form_is_read_as_it_stands(ours, caplog):
    with caplog.at_level(logging.WARNING):
        priced = read([f"convener.prices.talks={{{WHOLE}}}", "convener.hour=7"]).study.world(0).convener
    assert priced.prices["talks"] == Price(money=1, hours=2, time=0, fixed_money=3, fixed_hours=4)
    assert priced.hour == 7 and caplog.records == []


@pytest.mark.parametrize("part", ["money", "hours", "time", "fixed_money", "fixed_hours"])
def test_a_part_that_is_negative_is_refused(ours, part):
    with pytest.raises(
        InputError, match=rf"convener\.prices\.talks\.{part} is -1, which is out of range: it must be at least 0"
    ):
        read([f"convener.prices.talks.{part}=-1"])


@pytest.mark.parametrize("before", ["money: 1, time: 0", WHOLE.replace(":", ": ")])
def test_an_unknown_part_is_refused_in_either_form(tmp_path, before):
    forget()
    (tmp_path / "convener").mkdir()
    text = f"budget: null\nhour: 1\nprices:\n  talks: {{{before}, fixd_money: 1}}\n"
    (tmp_path / "convener" / "mine.yaml").write_text(text)
    with session(also=str(tmp_path)), pytest.raises(InputError, match=r"convener\.prices\.talks\.fixd_money is not a"):
        read(["convener=mine"]).study.world(0)
    forget()


@pytest.mark.parametrize("missing", ["money", "hours", "time", "fixed_money", "fixed_hours"])
def test_a_price_that_is_of_neither_form_is_refused(missing):
    """Only a price without any of the new parts is of the old form: else what is missing is a slip."""
    parts = {"money": 1, "hours": 2, "time": 0, "fixed_money": 3, "fixed_hours": 4}
    del parts[missing]
    with pytest.raises(ValueError, match=missing):
        convener.Convener(budget=None, hour=1, prices={"talks": parts})


def test_of_the_old_form_time_must_be_named_too():
    forget()
    with pytest.raises(ValueError, match="time"):
        convener.Convener.model_validate({"budget": None, "prices": {"talks": {"money": 1}}})
    forget()
