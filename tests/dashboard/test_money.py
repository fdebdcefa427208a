"""The user's own money on the page: what they write, what is shown, and what they take along."""

import shlex
from dataclasses import replace

import pytest

from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.dashboard import ensemble, picture
from commonweal.dashboard.money import budget_typed, units_typed
from commonweal.dashboard.setting import Setting, of_query
from commonweal.errors import InputError
from commonweal.units import NONE, Units, told_in

EUR = Units("EUR", 6.4, 40.0)
SMALL = Setting(replicates=4, rounds=4, units=EUR)


@pytest.mark.parametrize(
    ("typed", "units"),
    [
        ({}, NONE),
        ({"money": "EUR"}, NONE),
        ({"money": "EUR", "hour": "40"}, EUR),
        ({"money": "EUR", "mu": "6.4"}, EUR),
        ({"money": "EUR", "mu": "6,4"}, EUR),
        ({"hour": "40 EUR"}, EUR),
        ({"hour": "€40"}, EUR._replace(money="€")),
        ({"money": "EUR", "hour": "€ 40,00"}, EUR),
        ({"money": "", "hour": "", "mu": ""}, NONE),
    ],
)
def test_what_is_typed(typed, units):
    assert units_typed(typed, 6.25) == units


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"hour": "40"}, "give units.money too"),
        ({"money": "EUR", "hour": "forty"}, "'forty' is no number; write it as 6.4"),
        ({"money": "EUR", "mu": "-1"}, "out of range"),
        ({"money": "EUR", "mu": "nan"}, "'nan' is no number"),
        ({"money": "EUR", "hour": "40 USD"}, "'40 USD' is no number of EUR; write it as 6.4"),
        ({"money": "EUR", "hour": "40 EUR a month"}, "is no number of EUR"),
        ({"money": "EUR", "hour": "1.500"}, "may be 1.5000 or 1500"),
        ({"money": "EUR", "mu": "1", "hour": "2"}, "not both"),
        ({"money": "EUR and USD", "mu": "1"}, "of 2 currencies"),
        ({"money": "x" * 50, "mu": "1"}, "units.money"),
    ],
)
def test_what_cannot_be_used_is_said(typed, says):
    with pytest.raises(InputError, match=says):
        units_typed(typed, 6.25)


def test_a_budget_as_people_write_it():
    leaders = SMALL.world(None).community.size
    assert budget_typed("", SMALL) is None
    assert budget_typed("6.40 EUR", SMALL) == budget_typed("1 MU", SMALL) == 1
    assert budget_typed(f"€{6.4 * leaders:.2f} in total", SMALL) == 1
    assert budget_typed("6,40 EUR per leader and month", SMALL) == SMALL.rounds
    for text, says in (("60k", "names no unit"), ("60 USD", "amounts are in EUR here")):
        with pytest.raises(InputError, match=says):
            budget_typed(text, SMALL)
    with pytest.raises(InputError, match="not said what EUR are worth"):
        budget_typed("60 EUR", replace(SMALL, units=NONE))


def test_a_budget_is_taken_along_to_the_last_figure():
    setting = replace(SMALL, budget=budget_typed("10k EUR in total", SMALL))
    assert of_query(setting.query()).budget == setting.budget
    with session():
        study = read(shlex.split(setting.command(setting.portfolios[0]))[2:]).study
    assert study.world(0).convener.budget == setting.budget


def test_the_command_and_the_file_are_told_in_the_same_units(tmp_path):
    odd = replace(SMALL, units=Units("€ 'x'", 0.1 + 0.2, 1.0))
    for setting in (SMALL, odd):
        with session():
            study = read(shlex.split(setting.command(setting.portfolios[0]))[2:]).study
        assert (study.units.money, study.units.mu) == setting.units[:2]
        assert study.world(1).fingerprint() == replace(setting, units=NONE).world(setting.portfolios[0]).fingerprint()
    (tmp_path / "experiment").mkdir()
    (tmp_path / "experiment" / "mine.yaml").write_text(odd.conf(odd.portfolios[0]), encoding="utf-8")
    with session(also=str(tmp_path)):
        assert read(["experiment=mine"]).study.units[:2] == odd.units[:2]


def test_the_same_is_played_and_told_in_units():
    played = {"A": ensemble.play(SMALL, 0)}
    assert played["A"] is ensemble.play(replace(SMALL, units=NONE), 0)
    plain = picture.lines("welfare_net", played)
    with told_in(EUR):
        own, trust = picture.lines("welfare_net", played), picture.lines("trust", played)
    assert own["title"].endswith("(EUR per person and year)")
    for mark, other in zip(plain["series"][0]["points"], own["series"][0]["points"], strict=True):
        assert other[1] == pytest.approx(mark[1] * 76.8)
    assert trust == picture.lines("trust", played)


def test_the_fields_and_what_they_change_are_shown():
    solara = pytest.importorskip("solara")
    from commonweal.dashboard.choices import Choices
    from commonweal.dashboard.money import BUDGET, FIELDS, Money

    setting = solara.reactive(replace(SMALL, units=NONE))

    @solara.component
    def Both():
        with solara.Column():
            Choices(setting)
            Money(setting)

    box, rendered = solara.render(Both(), handle_error=False)
    before = shown(box)
    assert {*FIELDS.values(), BUDGET} <= {*before} and any("budget, MU per leader" in each for each in before)
    setting.set(replace(setting.value, units=EUR))
    after = shown(box)
    assert EUR.key in after and any("budget, EUR per leader" in each and "384.0" in each for each in after)
    field = next(each for each in widgets(box) if getattr(each, "label", None) == BUDGET)
    field._handle_custom_msg({"event": "write", "data": "1,000 EUR in total"}, [])
    assert setting.value.budget == pytest.approx(1000 / 6.4 / setting.value.world(None).community.size)
    field._handle_custom_msg({"event": "write", "data": "lots"}, [])
    assert any("which is no amount" in each for each in shown(box))
    rendered.close()


def shown(widget) -> list[str]:
    """All texts of a widget and what is in it."""
    own = [str(each) for name in ("label", "value", "rows") if (each := getattr(widget, name, None))]
    for each in getattr(widget, "children", None) or []:
        own += [each] if isinstance(each, str) else shown(each)
    return own


def widgets(widget):
    """A widget and all that is in it."""
    yield widget
    for each in getattr(widget, "children", None) or []:
        if not isinstance(each, str):
            yield from widgets(each)
