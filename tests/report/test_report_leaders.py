"""A report on a roster begins with its leaders, by name."""

import made

from commonweal.report.about_leaders import about_leaders
from commonweal.report.page import blank
from commonweal.report.report import render


def leader(name, gives, then, without):
    return {"name": name, "sector": "x", "group": "Town", "gives": gives, "gives_then": then, "without": without}


def results(folder, **more):
    about = {
        "scenario": "calm", "strategy": "inclusion", "basis": "equal spend", "replicates": 20, "own_money": True,
        "leaders": [leader("Ada", 0.4, 0.6, -0.3), leader("<b>Bo</b>", 0.5, 0.4, 0.1), leader("Cy", 0.5, 0.5, -0.2)],
        "groups": [{"name": "Town", "has": 2.0, "has_then": 2.2}, {"name": "Shore", "has": 1.0, "has_then": 0.9}],
    }  # fmt: skip
    return made.results(folder, {"about_leaders": about | more}, None)


def test_who_gains_gives_and_matters_is_said_by_name(tmp_path):
    (first,), (every,) = about_leaders(results(tmp_path))
    told = dict(first.parts[0].told)
    assert told["Who gains"] == (
        "Most: the people of Town, +10 %, as much as 1.2 months more a year. "
        "Least: those of Shore, −10 %, as much as 1.2 months less a year."
    )
    assert told["Who gives more"].endswith("Ada (from 40 % to 60 %).") and "Cy" not in told["Who gives more"]
    assert told["Who gives less"].endswith("<b>Bo</b> (from 50 % to 40 %).")
    assert told["Who matters most"].endswith("without Ada (−30 %), Cy (−20 %) and <b>Bo</b> (+10 %).")
    assert "your own column" in first.note
    assert [row[0].text for row in every.parts[0].tables[0].rows] == ["Ada", "Cy", "<b>Bo</b>"]
    manifest = {"experiment": "x", "seed": 1, "numbers": "1", "identity": "x", "versions": {}, "git": None}
    page = render(blank(manifest, "?")._replace(sections=[first]), tmp_path)
    assert "&lt;b&gt;Bo&lt;/b&gt;" in page and "<b>Bo</b>" not in page


def test_who_is_named_as_mattering_is_sure_to(tmp_path):
    ends = ("without_low", "without_high")
    unsure = leader("Ada", 0.4, 0.6, -0.3) | dict(zip(ends, (-0.7, 0.1), strict=True))
    sure = leader("Cy", 0.5, 0.5, -0.2) | dict(zip(ends, (-0.25, -0.15), strict=True))
    (first,), (every,) = about_leaders(results(tmp_path, leaders=[unsure, sure]))
    assert dict(first.parts[0].told)["Who matters most"].endswith("most without Cy (−20 %, −25 to −15 %).")
    assert {row[-1] for row in every.parts[0].tables[0].rows} >= {("−20 %", "n", "−25 to −15 %")}
    (first,), _ = about_leaders(results(tmp_path, leaders=[unsure]))
    assert "of nobody is it sure" in dict(first.parts[0].told)["Who matters most"]


def test_who_is_named_as_giving_more_surely_does(tmp_path):
    sure = leader("Ada", 0.4, 0.6, -0.3) | {"gives_low": 0.17, "gives_high": 0.23}
    chance = leader("Bo", 0.4, 0.7, -0.3) | {"gives_low": -0.1, "gives_high": 0.7}
    groups = [{"name": "Town", "has": 2.0, "has_then": 2.2, "gain_low": 0.1, "gain_high": 0.3}]
    (first,), (every,) = about_leaders(results(tmp_path, leaders=[sure, chance], groups=groups, at_once=True))
    told = dict(first.parts[0].told)
    assert told["Who gives more"].endswith("what running their own house takes): Ada (from 40 % to 60 %, ±3).")
    assert told["Who gives less"] == "Of nobody is it sure."
    assert "hold for all leaders, or all groups, at once" in first.note
    assert first.parts[0].tables[0].rows[0][2] == ("+10 %", "n", "+5.0 to +15 %")
    assert [row[4].below for row in every.parts[0].tables[0].rows] == ["−10 to +70", "+17 to +23"]


def test_what_is_not_known_is_not_said(tmp_path):
    alone = [leader("Ada", 0.4, 0.4, None)]
    (first,), (every,) = about_leaders(results(tmp_path, leaders=alone, own_money=False))
    told = dict(first.parts[0].told)
    assert told["Who gives more"] == told["Who gives less"] == "Nobody, on the mean."
    assert "Who matters most" not in told and "your own column" not in first.note
    assert every.parts[0].tables[0].rows[0][-1].text == "–"
    assert about_leaders(made.results(tmp_path, {}, None)) == ([], [])
