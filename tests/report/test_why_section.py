"""The report says why where that was asked, and else how to ask."""

import json

import made
import pandas as pd
import pytest

from commonweal.analysis import shapley, through
from commonweal.errors import InputError
from commonweal.report.page import blank
from commonweal.report.report import render
from commonweal.report.why_section import why
from commonweal.units import Units, told_in

ABOUT = {"numbers": "9", "seed": 1, "rounds": 12, "leaders": 10}


def rows(columns, *values):
    return pd.DataFrame(values, columns=["strategy", *columns]).assign(scenario="calm", measure="welfare_net")


@pytest.fixture
def results(tmp_path):
    """Of two scenarios, of which why was asked in one."""
    place = tmp_path / "why" / "calm"
    place.mkdir(parents=True)
    names = ("mechanism", "carries", "low", "high", "share")
    carried = rows(names, ("inclusion", "talk", 0.2, 0.1, 0.3, 0.8), ("inclusion", "noise", 0.01, -0.1, 0.1, 0.1),
                   ("inclusion", shapley.NONE, 0.04, 0.03, 0.05, 0.1),
                   ("inclusion", shapley.ALL, 0.25, 0.2, 0.3, 1))  # fmt: skip
    carried.loc[:, list(shapley.COLUMNS)].to_csv(place / "shapley.csv", index=False)
    names = [name for name in through.COLUMNS if name not in ("scenario", "strategy", "measure")]
    some = (0.1, 0.0, 0.2) * 2
    whom = rows(names, *(("inclusion", by, who, 5, *some, 0.1, 0.05, 0.15, 0.4) for by, who in (
        ("groups", through.MARGINALISED), ("groups", through.OTHERS), ("whole", shapley.NONE), ("whole", shapley.ALL),
        ("sectors", "<b>faith</b>"), ("sectors", "business"))))  # fmt: skip
    whom.loc[:, list(through.COLUMNS)].to_csv(place / "through.csv", index=False)
    (place / "manifest.json").write_text(json.dumps(ABOUT))
    return made.results(tmp_path, ABOUT | {"scenarios": ["crisis", "calm"]}, pd.DataFrame())


def test_it_is_told_tabled_and_drawn(results, tmp_path):
    section = why(results)
    (part,) = section.parts
    ((name, said),) = part.told
    assert name == "Inclusion" and "Carried by talk about what people want, +0.200 (+0.100 to +0.300)." in said
    assert "errors" not in said and "leaders of marginalised groups (5 of 5) +0.100 (+0.050 to +0.150)" in said
    (table,) = part.tables
    assert [row[0].text for row in table.rows] == [
        "all: the effect", "nobody: all give as before", through.MARGINALISED, "<b>faith</b>", "business"
    ]  # fmt: skip
    assert (table.rows[0][1].text, table.rows[0][1].below) == ("+0.100", "+0.050 to +0.150")
    (picture,) = section.pictures
    assert picture.title == "What carries the effects on welfare per person, net of spend"
    manifest = {"experiment": "x", "seed": 1, "numbers": "2", "identity": "0", "versions": {}, "git": None}
    page = render(blank(manifest, "?")._replace(sections=[section]), tmp_path)
    assert "&lt;b&gt;faith" in page and "<b>faith" not in page


def test_where_it_was_not_asked_it_says_how(results, tmp_path):
    (tmp_path / "why" / "calm" / "shapley.csv").unlink()
    section = why(results)
    assert section.note.endswith(f"commonweal why {tmp_path} says.") and not section.parts
    manifest = {"experiment": "x", "seed": 1, "numbers": "2", "identity": "0", "versions": {}, "git": None}
    assert str(tmp_path) in render(blank(manifest, "?")._replace(sections=[section]), tmp_path)


@pytest.mark.parametrize(("name", "value"), [("seed", 2), ("numbers", "8")])
def test_what_is_of_other_results_is_not_told(results, tmp_path, name, value):
    (tmp_path / "why" / "calm" / "manifest.json").write_text(json.dumps(ABOUT | {name: value}))
    assert not why(results).parts


def test_what_is_damaged_is_refused_with_a_remedy_that_works(results, tmp_path):
    path = tmp_path / "why" / "calm" / "through.csv"
    pd.read_csv(path).drop(columns="carries").to_csv(path, index=False)
    with pytest.raises(InputError, match=r"through\.csv lacks the column carries; remove it"):
        why(results)
    path.unlink()
    assert why(results).parts[0].tables == []


def test_amounts_are_told_in_the_readers_money_and_shares_are_not(results):
    with told_in(Units("EUR", 10.0)):
        section = why(results)
    said = section.parts[0].told[0][1]
    assert "talk about what people want, +24.0 (+12.0 to +36.0)" in said and "in EUR per person and year" in said
    assert "give +0.100 (+0.000 to +0.200) of what they can, and their people gain +12.0 (+0.000 to +24.0)" in said
    assert section.parts[0].tables[0].rows[0][1].text == "+12.0"
