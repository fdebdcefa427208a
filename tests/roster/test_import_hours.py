"""Time in cells becomes MU, at what an hour is worth, and what is no amount of time is refused with what would be."""

# ruff: noqa: E501  (cells as people write them)

import numpy as np
import pytest
from numpy.testing import assert_allclose

from commonweal.roster import RosterError
from commonweal.roster.hours import hours_in

HOUR = 6.25
WEEK = 52 / 12


def table(heading: str, *cells: str, sign: str = ",") -> str:
    return f"id{sign}{heading}\n" + "".join(
        f'{name}{sign}"{cell}"\n' for name, cell in zip("abcdefg", cells, strict=False)
    )


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("10 h a week", 10 * WEEK), ("2 days a month", 16), ("5 hrs/month", 5), ("1.5h", 1.5), ("1,5 h", 1.5),
        ("half a day per week", 4 * WEEK), ("a day a week", 8 * WEEK), ("90 minutes a week", 1.5 * WEEK), ("1h30", 1.5),
        ("2 h 15 min a week", 2.25 * WEEK), ("~3h weekly", 3 * WEEK), ("about 3 hours every month", 3), ("20 hrs p.a.", 20 / 12),
        ("1 h a day", 20), ("0.2 FTE", 32), ("2 weeks a year", 80 / 12), ("10 Std./Woche", 10 * WEEK), ("2 Tage im Monat", 16),
        ("10 heures par semaine", 10 * WEEK), ("2 jours par mois", 16), ("10 horas por semana", 10 * WEEK), ("4 uur per maand", 4),
        ("10 ore a settimana", 10 * WEEK), ("10時間/週", 10 * WEEK), ("１０ h", 10),
        ("10", None), ("10:00", None), ("500 EUR a month", None), ("5-10 hours", None), ("10 EUR/h", None), ("half-time", None), ("", None),
    ],
)  # fmt: skip
def test_the_hours_of_a_month(cell, hours):
    found = hours_in(cell)
    assert found is None if hours is None else found == pytest.approx(hours)


@pytest.mark.parametrize(
    ("heading", "cells", "hours", "says"),
    [
        ("endowment", ("10 h a week", "2 days a month", "1.5h"), (10 * WEEK, 16, 1.5), "; 1 of them without a period as for a month"),
        ("Time you can give", ("10 h a week", "k.A."), (10 * WEEK, np.nan), "'10 h a week' is 43.33 hours a month"),
        ("Hours per week", ("10", "8 h"), (10 * WEEK, 8 * WEEK), "2 amounts of time read, an hour being worth 6.25 MU"),
        ("Days per month", ("2 days", "1.5"), (16, 12), "2 amounts of time read"),
        ("Zeit", ("1,5 Std.", "2 Tage"), (1.5, 16), "'Zeit' as endowment"),
        ("Time per week", ("0.5 FTE", "10 h"), (80, 10 * WEEK), "2 amounts of time read"),
        ("Capacity", ("0.5 FTE", "1 FTE"), (80, 160), "'0.5 FTE' is 80 hours a month"),
    ],
)  # fmt: skip
def test_time_is_what_leaders_have(bring, heading, cells, hours, says):
    done = bring(a__csv=table(heading, *cells))
    assert_allclose(done.roster.endowment, np.array(hours) * HOUR)
    notes = "\n".join(done.roster.notes)
    assert says in notes, notes
    if done.draft:
        assert_allclose(
            bring(mapping=done.draft, a__csv=table(heading, *cells)).roster.endowment, done.roster.endowment
        )


@pytest.mark.parametrize(("units", "hour"), [("{money: EUR, hour: 40}", 6.25), ("{money: EUR, mu: 10, hour: 40}", 4.0)])
def test_time_stands_beside_money_and_each_is_worth_what_the_units_say(bring, units, hour):
    files = table("What can you give?", "10 h a month", "640 EUR a month", "1.280 EUR/month", sign=";")
    done = bring(mapping=f"units: {units}", a__csv=files)
    per_mu = 10 if "mu" in units else 6.4
    assert_allclose(done.roster.endowment, [10 * hour, 640 / per_mu, 1280 / per_mu])


def test_multiples_and_periods_of_a_heading_are_of_its_money_alone(bring):
    done = bring(a__csv=table("Budget a year (thousand EUR)", "12", "12 h a month"))
    assert_allclose(done.roster.endowment, [1000, 75])


@pytest.mark.parametrize("heading", ["Response time", "Days since the last meeting", "Hours per week"])
def test_what_is_no_time_to_give_is_none(bring, heading):
    cells = ("10", "8") if heading == "Hours per week" else ("2 days", "5 days")
    done = bring(a__csv=table(heading, *cells))
    assert np.isnan(done.roster.endowment).all()
    assert f"these columns were ignored: '{heading}'" in "\n".join(done.roster.notes)


@pytest.mark.parametrize(
    ("cells", "says", "right"),
    [
        (("5-10 hours a week", "3 h"), "line 2, column endowment: '5-10 hours a week' is no amount of time", ("8 h a week", "3 h")),
        (("10 h", "100"), "line 3, column endowment: '100' is a number of nothing, beside times with their units", ("10 h", "100 EUR a month")),
    ],
)  # fmt: skip
def test_what_is_refused_says_what_is_right(bring, cells, says, right):
    with pytest.raises(RosterError) as refused:
        bring(a__csv=table("endowment", *cells))
    assert says in str(refused.value) and right[-1 if "100" in cells else 0] in str(refused.value)
    assert np.isfinite(bring(a__csv=table("endowment", *right)).roster.endowment).all()
