"""A log of months: read as a council writes it, or refused with the place, the value and what would be right."""

from pathlib import Path

import numpy as np
import openpyxl
import pytest

from commonweal.fitting.observed import observe
from commonweal.roster import RosterError, read_roster
from commonweal.roster.log import SEEN, read_log
from commonweal.roster.mapping import read_mapping

LEADERS = "id,name\n1,Ana\n2,Ben\n3,Cleo\n"
MINUTES = [
    ("month", "what", "who", "with", "value"),
    (1, "gave", "Ana", "", 0.2), (1, "gave", "Ben", "", 0.4), (1, "met", "Ana", "Ben", ""),
    (2, "agreed", "", "", "yes"), (2, "agreed", "Ana", "", "no"), (2, "gave", "", "", 0.3),
    (3, "trust", "Ana", "Cleo", 0.7), (3, "trust", "Ben", "", 0.5), (3, "tie", "Ana", "Cleo", ""),
    (3, "expected", "Ana", "", 0.6), (3, "attended", "Ana", "", "yes"),
]  # fmt: skip
COLUMNS = """month,who,with,gave,met,agreed,trust,tie,expected,attended
1,1,,0.2,,,,,,
1,2,,0.4,,,,,,
1,1,2,,yes,,,,,
2,,,,,yes,,,,
2,1,,,,no,,,,
2,,,0.3,,,,,,
3,1,3,,,,0.7,,,
3,2,,,,,0.5,,,
3,1,3,,,,,yes,,
3,1,,,,,,,0.6,
3,1,,,,,,,,yes
"""


@pytest.fixture
def roster(tmp_path):
    (tmp_path / "leaders.csv").write_text(LEADERS)
    return read_roster(tmp_path / "leaders.csv")


def minutes(separator: str = ",", number: str = ".") -> str:
    lines = [separator.join(str(cell).replace(".", number) for cell in row) for row in MINUTES]
    return "\n".join(lines) + "\n"


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active
    for row in MINUTES:
        book.active.append(row)
    book.save(path)
    return path


def same(one, other) -> bool:
    return all(
        np.array_equal(getattr(one, part)[name], getattr(other, part)[name])
        for name in SEEN
        for part in ("month", "who", "other", "value")
    )


def test_every_form_of_a_log_says_the_same(roster, tmp_path):
    (tmp_path / "minutes.csv").write_text(minutes())
    (tmp_path / "semicolons.csv").write_text(minutes(";", ","))
    (tmp_path / "columns.csv").write_text(COLUMNS)
    told = read_log(tmp_path / "minutes.csv", roster)
    assert told.seen == list(SEEN)
    for other in ("semicolons.csv", "columns.csv"):
        assert same(told, read_log(tmp_path / other, roster)), other
    assert same(told, read_log(workbook(tmp_path / "minutes.xlsx"), roster))
    assert told.value["gave"].tolist() == [0.2, 0.4, 0.3] and told.who["gave"].tolist() == [0, 1, -1]
    assert told.other["trust"].tolist() == [2, -1]


def test_what_was_seen_is_in_its_place_and_the_rest_is_missing(roster, tmp_path):
    (tmp_path / "log.csv").write_text(minutes())
    seen = observe(roster, tmp_path / "log.csv")
    nan = np.nan
    np.testing.assert_array_equal(seen.gave[1], [0.2, 0.4, nan])
    assert seen.gave_all == {2: 0.3} and seen.agreed == {2: 1.0}
    np.testing.assert_array_equal(seen.accepted[2], [0.0, nan, nan])
    np.testing.assert_array_equal(seen.met[1], [[nan, 1, 0], [1, nan, 0], [0, 0, nan]])
    np.testing.assert_array_equal(seen.met[2], np.where(np.eye(3), nan, 0))  # it has rows of that month, and no meeting
    np.testing.assert_array_equal(seen.tie[3], [[nan, 0, 1], [nan, nan, nan], [nan, nan, nan]])
    assert (seen.trust[3][0, 2], seen.faith[3][1]) == (0.7, 0.5)
    assert (seen.expected[3][0], seen.attended[3][0]) == (0.6, 1.0)
    assert seen.months == 3 and seen.dates == [1, 2, 3]


@pytest.mark.parametrize(
    ("dates", "months"),
    [
        (("14/03/2024", "02/05/2024"), [1, 3]), (("03/14/2024", "05/02/2024"), [1, 3]), (("03/03/2024",), [1]),
        (("04.03.2024", "05.02.2024 18:00"), [2, 1]), (("03/2024", "12/2023"), [4, 1]),
        (("2024/03/14", "2024.05"), [1, 3]),
        (("March 2024", "3 May 2024", "Sept. 7, 2024"), [1, 3, 7]), (("Mar-24", "May-24"), [1, 3]),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(roster, tmp_path, dates, months):
    rows = "".join(f'"{date}",Ana,0.{at + 1}\n' for at, date in enumerate(dates))
    (tmp_path / "log.csv").write_text(f"date,who,gave\n{rows}")
    told = read_log(tmp_path / "log.csv", roster)
    assert told.month["gave"].tolist() == months
    assert any("which is month 1" in note for note in told.notes)


def test_dates_are_counted_from_the_first(roster, tmp_path):
    (tmp_path / "log.csv").write_text("date,who,gave\n2026-03-14,Ana,0.2\n2025-12,Ben,0.1\n")
    told = read_log(tmp_path / "log.csv", roster)
    assert told.month["gave"].tolist() == [4, 1]
    assert any("2025-12, which is month 1" in note for note in told.notes)


def test_whatever_is_not_used_is_told(roster, tmp_path):
    (tmp_path / "log.csv").write_text(
        "month,what,who,value,weather\n1,gave,Ana,0.2,fair\n1,cake,Ana,,\n1,gave,Ana,0.2,\n2,gave,Ben,,\n"
    )
    notes = "\n".join(read_log(tmp_path / "log.csv", roster).notes)
    for part in ("about 'cake' ignored", "saying gave once more", "without anything seen", "ignored: 'weather'"):
        assert part in notes, notes


WRONG = {
    "a trust of 7": ("month,who,with,trust\n1,Ana,Ben,7\n", ["line 2", "column trust", "'7'", "scale: [0, 7"]),
    "a trust of 9": ("month,who,with,trust\n1,Ana,Ben,9\n", ["if answers go from 0 to 10", "scale: [0, 10"]),
    "giving above 1": ("month,who,gave\n1,Ana,1.5\n", ["line 2", "column gave", "'1.5'", "from 0 to 1"]),
    "giving below 0": ("month,who,gave\n1,Ana,-0.5\n", ["line 2", "column gave", "'-0.5'", "from 0 to 1"]),
    "a month before 0": ("month,who,gave\n1,Ana,0.2\n-1,Ben,0.2\n", ["line 3", "column month", "'-1'", "from 0 on"]),
    "half a month": ("month,who,gave\n1.5,Ana,0.2\n", ["line 2", "column month", "'1.5'", "whole number"]),
    "the month of the roster": ("month,who,gave\n0,Ana,0.2\n", ["line 2", "column month", "from 1 on"]),
    "a month far off": ("month,who,gave\n5000,Ana,0.2\n", ["line 2", "column month", "'5000'", "600"]),
    "no month of a year": ("month,who,gave\n2026-13,Ana,0.2\n", ["line 2", "column month", "'2026-13'", "2026-03"]),
    "day or month first": ("month,who,gave\n03/04/2024,Ana,0.2\n05/06/2024,Ana,.2\n",
                           ["2 cells", "'03/04/2024'", "whether the day or the month comes first", "such as 2026-03"]),
    "day and month first": ("month,who,gave\n13/04/2024,Ana,0.2\n05/16/2024,Ana,.2\n", ["2 cells", "comes first"]),
    "a quarter": ("month,who,gave\nQ1 2024,Ana,0.2\n", ["line 2", "'Q1 2024' is a quarter", "such as 2026-03"]),
    "a month of no year": ("month,who,gave\nMarch,Ana,0.2\n", ["line 2", "'March' is no month", "such as 2026-03"]),
    "numbers and dates": ("month,who,gave\n1,Ana,0.2\n2024-03,Ana,.2\n", ["line 2", "'1' is no date", "every row"]),
    "a year": ("month,who,gave\n1999,Ana,0.2\n", ["line 2", "'1999'", "or dates in every row, such as 2026-03"]),
    "nobody": ("month,who,gave\n1,Anna,0.2\n", ["line 2", "column who", "'Anna'", "did you mean 'Ana'?"]),
    "a meeting with nobody": ("month,who,met\n1,Ana,yes\n", ["line 2", "column with", "write a leader's id"]),
    "a meeting with oneself": ("month,who,with,met\n1,Ana,Ana,yes\n", ["line 2", "column with", "same leader"]),
    "a contradiction": ("month,who,gave\n1,Ana,0.2\n1,Ana,0.3\n", ["line 3", "column gave", "line 2 says 0.2"]),
    "neither yes nor no": ("month,agreed\n1,perhaps\n", ["line 2", "column agreed", "'perhaps'", "yes, no"]),
    "a word misspelt": ("month,what,who,value\n1,gavve,Ana,0.2\n", ["line 2", "'gavve'", "did you mean gave?"]),
    "a day or a month": ("date,who,gave\n1/2/2026,Ana,0.2\n", ["line 2", "'1/2/2026'", "2026-03"]),
    "a visitor": ("Date,Attendees\n2026-01-12,Ana; Dan\n", ["line 2", "'Dan' is no leader", "write the id"]),
    "no log at all": ("source,target\nAna,Ben\n", ["no column 'month'", "'source', 'target'"]),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_no_community_can_have_is_refused_where_it_stands(roster, tmp_path, case):
    text, parts = WRONG[case]
    (tmp_path / "log.csv").write_text(text)
    with pytest.raises(RosterError) as refused:
        read_log(tmp_path / "log.csv", roster)
    for part in ("log.csv", *parts):
        assert part in str(refused.value), refused.value


def test_the_scale_that_a_refusal_advises_is_accepted(roster, tmp_path):
    (tmp_path / "log.csv").write_text("month,who,with,trust\n1,Ana,Ben,7\n1,Ben,Ana,3.5\n")
    with pytest.raises(RosterError) as refused:
        read_log(tmp_path / "log.csv", roster)
    (tmp_path / "mapping.yaml").write_text(str(refused.value).split("`")[1] + "\n")
    told = read_log(tmp_path / "log.csv", roster, read_mapping(tmp_path / "mapping.yaml"))
    assert told.value["trust"].tolist() == [1.0, 0.5]


def test_who_names_nobody_has_answered(roster, tmp_path):
    (tmp_path / "log.csv").write_text("month,what,who,with,value\n2,tie,Ana,,no\n2,tie,Ben,Ana,\n")
    seen = observe(roster, tmp_path / "log.csv")
    np.testing.assert_array_equal(seen.tie[2], [[np.nan, 0, 0], [1, np.nan, 0], [np.nan] * 3])
    assert not seen.met


def test_ties_of_a_later_month_are_answers_of_those_who_name_somebody(roster, tmp_path):
    (tmp_path / "later.csv").write_text("source,target,trust,type\nAna,Ben,0.4,directed\n")
    seen = observe(roster, later=tmp_path / "later.csv", month=6)
    np.testing.assert_array_equal(seen.tie[6], [[np.nan, 1, 0], [np.nan] * 3, [np.nan] * 3])
    assert seen.trust[6][0, 1] == 0.4 and seen.months == 6


MET = {
    "names in a cell": 'Date,Attendees\n2026-01-12,Ana; Ben\n2026-03-09,"Ben, Cleo"\n2026-03-20,Ben and Cleo\n',
    "a row for each": "Datum;Name\n12.01.2026;Ana\n12.01.2026;Ben\n09.03.2026;Ben\n09.03.2026;Cleo\n",
    "who was absent": "Date,Name,Status\n12 January 2026,Ana,there\n12 January 2026,Ben,there\n9 March 2026,Ben,there\n"
    "9 March 2026,Cleo,there\n9 March 2026,Ana,absent\n",
    "a register": "Name,2026-01-12,2026-03-09\nAna,x,\nBen,x,x\nCleo,,x\n",
    "days by people": "Date,Ana,Ben,Cleo\n12/1/2026,x,x,\n20/3/2026,,x,x\n",
    "numbers of months": "Month,Attendees\n1,Ana; Ben\n3,Ben; Cleo\n",
}


@pytest.mark.parametrize("form", MET)
def test_a_list_of_who_was_there_says_who_met(roster, tmp_path, form):
    (tmp_path / "log.csv").write_text(MET[form])
    told = read_log(tmp_path / "log.csv", roster)
    assert told.seen == ["met"]
    assert [*zip(*(part["met"].tolist() for part in (told.month, told.who, told.other)), strict=True)] == [
        (1, 0, 1), (3, 1, 2)]  # fmt: skip
    assert "every two of whom met in that month" in "\n".join(told.notes)


def test_a_log_that_says_who_had_a_seat_is_no_list_of_who_met(roster, tmp_path):
    (tmp_path / "log.csv").write_text("date,who,attended\n2026-01-12,Ana,yes\n2026-01-12,Ben,no\n2026-02-12,Ana,yes\n")
    told = read_log(tmp_path / "log.csv", roster)
    assert told.seen == ["attended"] and told.value["attended"].tolist() == [1.0, 0.0, 1.0]
