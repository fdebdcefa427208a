"""The example roster, what `describe` says, and the columns' help."""

import re

import numpy as np
import openpyxl
import pytest
from test_import_forms import same

from commonweal.commands.roster import __doc__ as roster_help
from commonweal.configuration.compose import compose
from commonweal.configuration.conf import session
from commonweal.roster import RosterError, column_help, describe, import_files, read_roster, write_template

USUAL = 1000.0
"""MU per round: people.endowment, as a test makes sure"""


def test_the_template_reads_back_cleanly(tmp_path):
    paths = write_template(tmp_path / "town")
    assert [path.name for path in paths] == ["leaders.csv", "ties.csv", "groups.csv", "town.xlsx", "questionnaire.xlsx"]
    roster = read_roster(*paths[:3])
    assert len(roster.ids) == 12 and len(roster.sectors) == 6 and len(roster.issues) == 3
    assert roster.notes == ()
    assert roster.marginalised.sum() == 2 and len(roster.groups) == 4
    assert set(roster.group) == {0, 1, 2, 3}
    assert not np.isnan(roster.priorities).any() and not np.isnan(roster.need).any()


def test_the_template_never_overwrites(tmp_path):
    (tmp_path / "ties.csv").write_text("mine")
    with pytest.raises(RosterError, match=r"ties.csv is there already; name another folder"):
        write_template(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"]
    assert (tmp_path / "ties.csv").read_text() == "mine"


def test_the_template_leaves_nothing_half_written(tmp_path):
    (tmp_path / "groups.csv").symlink_to(tmp_path / "nowhere")
    with pytest.raises(RosterError, match="cannot be written there"):
        write_template(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["groups.csv"]


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "town").write_text("")
    with pytest.raises(RosterError, match="cannot be written there"):
        write_template(tmp_path / "town")


def test_describe(tmp_path):
    told = describe(read_roster(*write_template(tmp_path)[:3]), USUAL)
    for words in (
        "12 leaders: Ines Harrow, ",
        "6 sectors: business, council",
        "38 directed ties, 3.2 for each leader; 1 component",
        "  slope: not given\n",
        "  promise_keeping: not given for 3 of 12 leaders (bank, college, tenants)",
    ):
        assert words in told
    assert "notes:" not in told


def test_describe_a_bare_roster(read):
    assert describe(read(), USUAL).splitlines()[0] == "3 leaders: Ann, Bob, Cleo"
    assert describe(read(), USUAL).splitlines()[-1] == "  there are no ties, so the leaders begin without any"


@pytest.mark.parametrize(
    ("endowments", "seems"),
    [
        (["0.9", "1.2", "1500"], "1.2 MU per round, .* far too much"),
        (["", "49", ""], "49 MU per round, .* far too much"),
        (["20001", "20001", "20001"], "20001 MU per round, .* far too little"),
        (["50", "", "20000"], ""),
        (["", "", ""], ""),
    ],
)
def test_endowments_that_are_not_on_the_scale_of_prices(read, endowments, seems):
    roster = read("id,endowment\n" + "".join(f"p{at},{cell}\n" for at, cell in enumerate(endowments)))
    told = describe(roster, USUAL)
    assert ("the median endowment is" in told) == bool(seems)
    if seems:
        assert re.search(f"the median endowment is {seems}", told) and "prices are made for about 1000" in told


def test_the_template_is_on_the_scale_of_prices(tmp_path):
    roster = read_roster(*write_template(tmp_path)[:3])
    with session():
        usual = compose([]).values["people"]["endowment"]
    assert usual == USUAL
    assert np.median(roster.endowment) == pytest.approx(usual, rel=0.25)
    assert f"made for about {usual:g} MU" in roster_help


def test_every_column_is_explained():
    told = column_help()
    for words in (
        "id (text; required)",
        "slope (a number from 0 to 2)",
        "seated (yes or no)",
        "need_<issue>",
    ):
        assert words in told


def test_the_workbook_is_the_same_town(tmp_path):
    paths = write_template(tmp_path)
    assert same(read_roster(*paths[:3]), read_roster(paths[3]))


ABOUT = {
    "port.xlsx": [["Port", "trade", "Dale", "yes", 1200, 5, 3, 2]],
    "clinic.xlsx": [["Clinic", "health", "Hill", "no", 800, 1, 1, 8]],
}
PARTNERS = {
    "port.xlsx": [["Port", "Clinic", "monthly", 3, 2, 1]],
    "clinic.xlsx": [["Clinic", "Port", "weekly", 3, None, 3]],
}


def test_questionnaires_that_came_back_are_one_roster(tmp_path):
    empty = write_template(tmp_path)[-1]
    for name, rows in ABOUT.items():
        book = openpyxl.load_workbook(empty)
        for sheet, answers in (("About you", rows), ("Who you work with", PARTNERS[name])):
            for row in answers:
                book[sheet].append(row)
        book.save(tmp_path / name)
    files = [tmp_path / name for name in ABOUT]
    roster = import_files(files).roster
    own = import_files(files, units={"money": "EUR", "hour": "40"}).roster
    np.testing.assert_allclose(own.endowment, [1200 / 6.4, 800 / 6.4])
    assert (
        roster.ids == ("Port", "Clinic") and roster.sectors == ("health", "trade") and roster.groups == ("Dale", "Hill")
    )
    np.testing.assert_array_equal(roster.seated, [1, 0])
    np.testing.assert_array_equal(roster.endowment, [1200, 800])
    assert roster.issues == ("housing", "jobs", "health")
    np.testing.assert_allclose(roster.priorities, [[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])
    np.testing.assert_allclose(roster.strength, [0.6, 0.8])
    np.testing.assert_allclose(roster.trust, [1 / 3, 2 / 3])
    assert any("2 tables with the same headings read as one of 2 rows" in note for note in roster.notes)


def test_an_empty_questionnaire_is_no_roster(tmp_path):
    with pytest.raises(RosterError, match=r"^questionnaire\.xlsx"):
        import_files([write_template(tmp_path)[-1]])
