"""The example roster, what `describe` says, and the columns' help."""

import numpy as np
import pytest

from sim.roster import RosterError, column_help, describe, read_roster, write_template


def test_the_template_reads_back_cleanly(tmp_path):
    paths = write_template(tmp_path / "town")
    assert [path.name for path in paths] == ["leaders.csv", "ties.csv", "groups.csv"]
    roster = read_roster(*paths)
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
    told = describe(read_roster(*write_template(tmp_path)))
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
    assert describe(read()).splitlines()[0] == "3 leaders: Ann, Bob, Cleo"
    assert describe(read()).splitlines()[-1] == "  there are no ties, so the leaders begin without any"


def test_every_column_is_explained():
    told = column_help()
    for words in (
        "id (text; required)",
        "slope (a number from 0 to 2)",
        "seated (yes or no)",
        "need_<issue>",
    ):
        assert words in told
