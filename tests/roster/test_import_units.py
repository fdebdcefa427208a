"""Units in a mapping: sums in the convener's own currency, and hours, become MU."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from commonweal.roster import RosterError, describe, import_files

BUDGET = "id,Budget per month (EUR)\na,6400\nb,640\n"
HOURS = "id,Staff hours\na,30\nb,8\n"


@pytest.mark.parametrize("units", ["{money: EUR, mu: 6.4}", "{money: EUR, hour: 40}", "{money: €, mu: 6.4, hour: 40}"])
def test_money_becomes_mu(bring, units):
    done = bring(mapping=f"units: {units}", leaders__csv=BUDGET)
    assert_allclose(done.roster.endowment, [1000, 100])
    notes = "\n".join(done.roster.notes)
    assert "6.4 of which are an MU" in notes and "units.mu=6.4" in notes
    assert done.draft and "units:" in done.draft
    assert_allclose(bring(mapping=done.draft, leaders__csv=BUDGET).roster.endowment, [1000, 100])


def test_without_units_money_is_read_as_it_was_and_that_is_said(bring):
    done = bring(leaders__csv=BUDGET)
    assert_allclose(done.roster.endowment, [6400, 640])
    for files in (BUDGET, "id,endowment\na,€ 64\nb,9\n"):
        (said,) = [note for note in bring(leaders__csv=files).roster.notes if "taken for an MU" in note]
        assert "it is in EUR" in said and "units.money=EUR units.hour=40 for commonweal roster import" in said


def test_units_that_are_typed_come_before_the_mapping(tmp_path):
    (tmp_path / "leaders.csv").write_text(BUDGET)
    (tmp_path / "mapping.yaml").write_text("units: {money: EUR, mu: 64}")
    files, units = [tmp_path / "leaders.csv"], {"money": "EUR", "hour": "40"}
    assert_allclose(import_files(files, units=units).roster.endowment, [1000, 100])
    done = import_files(files, units=units, mapping=tmp_path / "mapping.yaml")
    assert_allclose(done.roster.endowment, [1000, 100])
    assert done.draft and "hour: 40" in done.draft
    for odd, says in (({"hour": "40"}, "give units.money too"), ({"money": "EUR", "hour": "x"}, "no number above 0")):
        with pytest.raises(RosterError, match=says):
            import_files(files, units=odd)


def test_cells_without_a_number_in_other_languages(bring):
    assert np.isnan(bring(leaders__csv="id,endowment\na,k.A.\nb,n/d\n").roster.endowment).all()


def test_money_that_was_taken_for_mu_is_said_with_a_remedy_that_works(bring):
    (note,) = [each for each in bring(leaders__csv=BUDGET).roster.notes if "taken for an MU" in each]
    again = bring(mapping=note.split("`")[1], leaders__csv=BUDGET).roster
    assert_allclose(again.endowment, [1000, 100])
    plain = BUDGET.replace("(EUR)", "in MU")
    assert not any("taken for" in each for each in (*again.notes, *bring(leaders__csv=plain).roster.notes))


def test_hours_are_worth_what_the_units_say(bring):
    units = "units: {money: EUR, mu: 1000, hour: 40}"
    (advice,) = [note.split("`")[1] for note in bring(mapping=units, leaders__csv=HOURS).roster.notes if "`" in note]
    assert_allclose(bring(mapping=f"{units}\n{advice}", leaders__csv=HOURS).roster.endowment, [1.2, 0.32])


def test_thousands_and_years_come_before_units(bring):
    table = "id,Annual budget (kEUR)\na,12\nb,24\n"
    assert_allclose(bring(mapping="units: {money: EUR, mu: 10}", leaders__csv=table).roster.endowment, [100, 200])


@pytest.mark.parametrize(
    ("units", "says"),
    [
        ("{money: EUR, mu: -3}", "units.mu is '-3', which is no number above 0"),
        ("{money: EUR, hour: often}", "units.hour is 'often', which is no number above 0"),
        ("{mu: 3}", "units.mu is 3 of no currency; give units.money too, such as units.money=EUR"),
        ("{money: EUR}", "it is not said what that is worth"),
        ("{money: EUR and USD, mu: 3}", "of 2 currencies; give one, and all amounts in it"),
        ("{money: USD, mu: 3}", "endowment is in EUR and USD; units.money in the mapping is USD"),
        ("{currency: EUR}", "write, for example, units: {money: EUR, hour: 40}"),
        ("EUR", "units is 'EUR'; write, for example"),
    ],
)
def test_units_that_cannot_be_used(bring, units, says):
    with pytest.raises(RosterError) as refused:
        bring(mapping=f"units: {units}", leaders__csv=BUDGET)
    assert says in str(refused.value)


def test_a_column_in_two_currencies_is_refused(bring):
    with pytest.raises(RosterError, match="endowment is in EUR and USD; give all sums in one currency"):
        bring(leaders__csv="id,endowment\na,€ 1200\nb,$300\n")


def test_the_units_that_a_note_advises_bring_endowments_to_the_scale_of_prices(bring):
    table = "id,endowment\na,250000\nb,260000\n"
    text = describe(bring(leaders__csv=table).roster, 1000)
    (advice,) = [part for part in text.split("`") if part.startswith("units:")]
    again = bring(mapping=advice, leaders__csv=table).roster
    assert 500 < float(np.median(again.endowment)) < 2000
    assert "prices are made for" not in describe(again, 1000)
