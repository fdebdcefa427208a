"""Amounts: what people write for a sum of money is read as one thing or refused, and every option in MU takes it."""

import re
from typing import Annotated, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.amounts import Amount, Terms, amount_of
from commonweal.configuration.compose import compose
from commonweal.configuration.conf import session
from commonweal.configuration.options import Options
from commonweal.configuration.own_money import FOR, option_of
from commonweal.errors import InputError
from commonweal.model.params import Money, Params
from commonweal.model.world import World, build_world
from commonweal.study.study import Size
from commonweal.units import HOUR, NONE, Units

EUR = Units("EUR", 6.4, 40.0)
BUDGET = Terms(EUR, HOUR, leaders=25, rounds=24, whose="leader", span="run")
MONTHLY = Terms(EUR, HOUR, leaders=25, rounds=24, whose="leader", span="month")


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("5000 EUR", 5000, "EUR"), ("EUR 5000", 5000, "EUR"), ("5000eur", 5000, "EUR"), ("€5000", 5000, "EUR"),
        ("5000 €", 5000, "EUR"), ("20k EUR", 20_000, "EUR"), ("€20k", 20_000, "EUR"), ("20kEUR", 20_000, "EUR"),
        ("1.5m EUR", 1_500_000, "EUR"), ("5,000 EUR", 5000, "EUR"), ("1,234,567.5 EUR", 1_234_567.5, "EUR"),
        ("1.234.567 EUR", 1_234_567, "EUR"), ("1.200,50 EUR", 1200.5, "EUR"), ("20,5 EUR", 20.5, "EUR"),
        ("0,500 EUR", 0.5, "EUR"), ("5 000 EUR", 5000, "EUR"), ("5\u00a0000 EUR", 5000, "EUR"),
        ("5'000 EUR", 5000, "EUR"), ("5e3 EUR", 5000, "EUR"), ("300 MU", 300, "MU"), ("2k MU", 2000, "MU"),
        ("40 hours", 40, "hours"), ("40h", 40, "hours"), ("5000 USD", 5000, "USD"), ("5000 kr", 5000, "kr"),
    ],
)  # fmt: skip
def test_what_is_written(text, number, unit):
    assert amount_of(text, "it", "EUR") == Amount(number, unit)


@pytest.mark.parametrize(
    ("said", "whose", "span"),
    [
        ("", "", ""), ("per leader", "leader", ""), ("a month", "", "month"), ("per year", "", "year"),
        ("/month", "", "month"), ("in total", "all", "run"), ("a month in total", "all", "month"),
        ("per leader a year", "leader", "year"), ("per leader in total", "leader", "run"),
        ("for all a year", "all", "year"), ("p.a.", "", "year"), ("per leader for the whole run", "leader", "run"),
        ("a month for all 25 leaders", "all", "month"), ("per organisation and month", "leader", "month"),
    ],
)  # fmt: skip
def test_for_whom_and_how_long(said, whose, span):
    assert amount_of(f"5000 EUR {said}", "it", "EUR") == Amount(5000, "EUR", whose, span)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5k", "names no unit; write it as EUR 5000, 20k EUR or 300 MU"),
        ("lots", "which is no amount"),
        ("", "which is no amount"),
        ("5.000 EUR", "which may be 5.0000 or 5000; write one of them"),
        ("-5 EUR", "below 0"),
        ("007 EUR", "which is no number"),
        ("000 EUR", "which is no number"),
        ("1,2,3 EUR", "which is no number"),
        ("1,23.45,6 EUR", "which is no number"),
        ("nan EUR", "which is no amount"),
        ("5 EUR for lunch", "'EUR for lunch' is no unit"),
        ("5 EUR 6 EUR", "is no unit"),
        ("USD 5 EUR", "'USD and EUR' is no unit"),
        ("5 EUR a month a year", "says twice what it is for"),
        ("5 EUR per leader a month in total", "says twice what it is for"),
    ],
)
def test_what_may_mean_two_things_or_none_is_refused(text, says):
    with pytest.raises(InputError) as refused:
        amount_of(text, "it", "EUR")
    assert says in str(refused.value) and str(refused.value).startswith(f"it is {text!r}")


@pytest.mark.parametrize(("text", "plain"), [("5.000 EUR", ["5.0000 EUR", "5000 EUR"]), ("5k", ["20k EUR", "300 MU"])])
def test_the_remedies_are_accepted(text, plain):
    with pytest.raises(InputError) as refused:
        amount_of(text, "it", "EUR")
    for each in plain:
        assert each.partition(" ")[0] in str(refused.value) and amount_of(each, "it", "EUR").number > 0


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["EUR", "MU", "hours"]))
def test_an_amount_as_this_program_writes_it_is_read_as_it_is(number, unit):
    assert amount_of(f"{number:,.2f} {unit}", "it", "EUR").number == float(number)
    assert amount_of(f"{number:,.0f} {unit}", "it", "EUR").number == float(f"{number:.0f}")


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused_in_a_sentence(text):
    try:
        assert amount_of(text, "it", "EUR").number >= 0
    except InputError as refused:
        assert str(refused).startswith("it is ")


@pytest.mark.parametrize(
    ("terms", "text", "mu"),
    [
        (BUDGET, "6.4 EUR", 1), (BUDGET, "6400 EUR in total", 40), (BUDGET, "6400 EUR a month in total", 960),
        (BUDGET, "64 EUR per leader a month", 240), (BUDGET, "64 EUR a year", 20), (BUDGET, "10 hours", 62.5),
        (BUDGET, "7 MU", 7), (BUDGET, "7 MU a month", 168),
        (MONTHLY, "6.4 EUR", 1), (MONTHLY, "19200 EUR in total", 5), (MONTHLY, "160 EUR a month in total", 1),
        (MONTHLY, "76.8 EUR per leader a year", 1), (MONTHLY, "1920 EUR a year in total", 1),
    ],
)  # fmt: skip
def test_what_it_comes_to(terms, text, mu):
    assert terms.mu(text, "it") == mu


@pytest.mark.parametrize("mu", [0.1, 1 / 3, 1.11, 6.4, 987.65])
def test_the_same_number_comes_of_either_unit(mu):
    terms = Terms(Units("EUR", mu, 1.0), HOUR, 25, 24, "leader", "month")
    assert all(terms.mu(f"{each * mu:.16f} EUR", "it") == each for each in (0.1, 1.0, 3.3, 30.0, 12345.67))


@pytest.mark.parametrize(
    ("terms", "text", "says"),
    [
        (Terms(NONE, HOUR), "5 EUR", "not said what EUR are worth; give the run units.money=EUR and units.hour=40"),
        (Terms(NONE, HOUR), "€5", "give the run units.money=EUR"),
        (BUDGET, "5 USD", "but amounts are in EUR here"),
        (BUDGET, "$5", "but amounts are in EUR here"),
        (Terms(EUR, 0.0), "5 hours", "an hour costs nothing here"),
        (Terms(EUR, HOUR), "5 EUR a month", "a price, of neither leaders nor months"),
        (Terms(EUR, HOUR, None, 24, "leader", "run"), "5 EUR in total", "say it per leader"),
    ],
)  # fmt: skip
def test_what_has_no_worth_here_is_refused(terms, text, says):
    with pytest.raises(InputError, match=re.escape(says)):
        terms.mu(text, "it")


def money_of(kind: type[Params], path: str) -> list[str]:
    """The paths of all that is in MU in a class."""
    found = []
    for name, field in kind.model_fields.items():
        inner = f"{path}.{field.alias or name}".lstrip(".")
        told = repr([field.annotation, field.metadata, field.json_schema_extra])
        if "'unit': 'MU'" in told:
            found.append(inner)
        for each in (field.annotation, *get_args(field.annotation)):
            if isinstance(each, type) and issubclass(each, Params):
                found += money_of(each, f"{inner}.any" if get_origin(field.annotation) is dict else inner)
    return found


def test_every_option_in_mu_takes_amounts():
    wanted = [*money_of(World, ""), *money_of(Options, ""), *money_of(Size, "run")]
    assert get_args(Annotated[Money, 1]) and len(wanted) == len(FOR)
    assert {option_of(each) for each in wanted} == {*FOR}
    assert option_of("design.over.convener.budget") == option_of("variants.convener.mine.budget") == "convener.budget"
    assert option_of("run.seed") is option_of("learn.public") is None


def test_what_is_composed_makes_a_world_as_it_stands():
    with session():
        found = compose(["convener.budget=5 MU"])
    assert build_world(*found).convener.budget == 5 and {**found.asked} == {"convener.budget": [5]}


def test_what_is_composed_is_in_mu():
    given = [
        "equal_spend='€50'", "convener.budget='20k EUR in total'", "run.sums=[5 EUR,10 EUR]", "units.money=EUR",
        "units.hour=40", "community.leaders=25", "run.rounds=24", "people.endowment=6.4k EUR",
        "convener.prices.talks.money=12.8 EUR",
    ]  # fmt: skip
    with session():
        found = compose(given)
    assert found.values["equal_spend"] == 7.8125 and found.values["convener"]["budget"] == 125
    assert found.values["run"]["sums"] == [0.78125, 1.5625] and found.values["people"]["endowment"] == 1000
    assert found.values["convener"]["prices"]["talks"]["money"] == 2
    assert {*found.asked} == {"equal_spend", "convener.budget", "run.sums", "people.endowment",
                                "convener.prices.talks.money"}  # fmt: skip
