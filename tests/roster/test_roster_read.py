"""What a roster's files say is what the roster holds."""

import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

FULL = """\
id,name,sector,group,endowment,standing,slope,intercept,promise_keeping,belief,reservation,seated,\
priority_water,priority_roads
ann,Ann,school,Hill,1.5,2,0.7,0.1,0.9,0.5,0.4,yes,0.25,0.75
bob,,council,Dale,.5,1e0,2,0,1,0,1,No,1,0
cleo,Cleo,,,,,,,,,,,,
"""


def test_every_leader_column(read):
    roster = read(FULL)
    assert roster.ids == ("ann", "bob", "cleo")
    assert roster.names == ("Ann", "bob", "Cleo")
    assert (roster.sectors, roster.groups) == (("council", "school"), ("Dale", "Hill"))
    assert_array_equal(roster.sector, [1, 0, -1])
    assert_array_equal(roster.group, [1, 0, -1])
    assert_array_equal(roster.endowment, [1.5, 0.5, np.nan])
    assert_array_equal(roster.standing, [2, 1, np.nan])
    assert_array_equal(roster.slope, [0.7, 2, np.nan])
    assert_array_equal(roster.intercept, [0.1, 0, np.nan])
    assert_array_equal(roster.promise_keeping, [0.9, 1, np.nan])
    assert_array_equal(roster.belief, [0.5, 0, np.nan])
    assert_array_equal(roster.reservation, [0.4, 1, np.nan])
    assert_array_equal(roster.seated, [1, 0, np.nan])
    assert roster.issues == ("water", "roads")
    assert_array_equal(roster.priorities, [[0.25, 0.75], [1, 0], [np.nan, np.nan]])


def test_only_ids(read):
    roster = read("id\nann\nbob\n")
    assert (roster.sectors, roster.groups, roster.issues) == ((), (), ())
    assert_array_equal(roster.sector, [-1, -1])
    assert np.isnan(roster.endowment).all() and np.isnan(roster.seated).all()
    assert roster.priorities.shape == (2, 0) and roster.need.shape == (0, 0) and roster.source.shape == (0,)
    assert "endowment: not given" in roster.filled and "issues: no column says what they are" in roster.filled


def test_gaps_are_named(read):
    roster = read(FULL, "source,target,trust\nann,bob,0.5\nbob,cleo,\n")
    assert "endowment: not given for 1 of 3 leaders (cleo)" in roster.filled
    assert "priorities: not given for 1 of 3 leaders (cleo)" in roster.filled
    assert "trust: not given for 2 of 4 ties (bob -> cleo, cleo -> bob)" in roster.filled
    assert "strength: not given" in roster.filled
    assert "need: not given" in roster.filled


def test_nothing_is_filled_in_when_all_is_given(read):
    leaders = FULL.replace("cleo,Cleo,,,,,,,,,,,,", "cleo,Cleo,x,Hill,1,1,1,1,1,1,1,1,0.5,0.5")
    groups = "group,size,marginalised,need_water,need_roads\nHill,10,no,.5,.5\nDale,20,yes,0,1\n"
    roster = read(leaders, "source,target,strength,trust\nann,bob,1,0\nbob,cleo,0.5,1\n", groups)
    assert roster.filled == () and len(roster.notes) == 1 and "2 rows mirrored" in roster.notes[0]


@pytest.mark.parametrize(
    ("rows", "directed", "ties"),
    [
        ("ann,bob,0.5", False, [(0, 1, 0.5), (1, 0, 0.5)]),
        ("ann,bob,0.5", True, [(0, 1, 0.5)]),
        ("ann,bob,0.5\nbob,ann,0.2", False, [(0, 1, 0.5), (1, 0, 0.2)]),
        ("bob,ann,0.2\nann,bob,0.5", False, [(0, 1, 0.5), (1, 0, 0.2)]),
        ("cleo,ann,1\nbob,ann,", False, [(0, 1, np.nan), (0, 2, 1), (1, 0, np.nan), (2, 0, 1)]),
    ],
)
def test_ties_count_both_ways_unless_the_reverse_is_listed(read, rows, directed, ties):
    roster = read(ties=f"source,target,strength\n{rows}\n", directed=directed)
    assert_array_equal(np.column_stack([roster.source, roster.target, roster.strength]), ties)


def test_groups(read):
    groups = "group,size,marginalised,need_roads,need_water\nHill,100,TRUE,0.1,0.9\nDale,,0,,\nMoor,5,,1,0\n"
    roster = read(FULL, None, groups)
    assert roster.groups == ("Dale", "Hill", "Moor")
    assert_array_equal(roster.group_size, [np.nan, 100, 5])
    assert_array_equal(roster.marginalised, [0, 1, np.nan])
    assert_array_equal(roster.need, [[np.nan, np.nan], [0.9, 0.1], [0, 1]])  # in the leaders' order of issues
    assert roster.notes[0] == "groups.csv: nobody serves the group 'Moor'"
    assert "group size: not given for 1 of 3 groups (Dale)" in roster.filled


def test_issues_may_come_from_the_groups_alone(read):
    roster = read("id,group\nann,Hill\nbob,Hill\n", None, "group,need_a,need_b\nHill,0.5,0.5\n")
    assert roster.issues == ("a", "b")
    assert_array_equal(roster.priorities, np.full((2, 2), np.nan))


def test_groups_without_a_group_column(read):
    roster = read(groups="group,size\nHill,10\nDale,20\n")
    assert roster.groups == ("Dale", "Hill") and (roster.group == -1).all()
    assert not any("nobody serves" in note for note in roster.notes)


def test_scores_are_divided_by_their_sum(read):
    roster = read("id,priority_a,priority_b\nann,10,0\nbob,3,1\ncleo,,\n")
    assert_array_equal(roster.priorities, [[1, 0], [0.75, 0.25], [np.nan, np.nan]])
    assert "hold scores, not shares; 2 rows divided by the sum" in roster.notes[0]


@pytest.mark.parametrize(
    "row", [(0.33, 0.33, 0.33), (0.67, 0.17, 0.17), (0.333, 0.333, 0.333), (0.5, 0.33, 0.16), (0.5, 0.25, 0.26)]
)
def test_shares_that_were_rounded_are_divided_by_their_sum(read, row):
    roster = read(f"id,priority_a,priority_b,priority_c\nann,{','.join(map(str, row))}\nbob,0.2,0.3,0.5\n")
    assert_allclose(roster.priorities[0], np.array(row) / sum(row), rtol=1e-15)
    assert_array_equal(roster.priorities[1], [0.2, 0.3, 0.5])
    assert "hold rounded shares; 1 row divided by the sum, the first in line 2" in roster.notes[0]


def test_headings_of_parts_of_a_list_are_named_and_leaders_of_whom_nothing_is_asked_are_not(read):
    rows = (
        "id,sector,endowment\nCity,,\nHall,council,2\nPolice,council,1\nHealth,,\nClinic,health,3\nHospital,health,1\n"
    )
    (note,) = (each for each in read(rows).notes if "nothing else" in each)
    assert "2 leaders have a name and nothing else: City, Health; where these are headings" in note
    tied = read(rows, "source,target\nCity,Hall\nHealth,Clinic\n")
    named = read("id,sector\nHall,\nPolice,\nClinic,health\n")
    assert not any("nothing else" in note for roster in (tied, named, read()) for note in roster.notes)


@pytest.mark.parametrize(
    "row", [(0.33, 0.33, 0.32), (0.333, 0.333, 0.332), (0.3, 0.3, 0.3), (0.5, 0.5, 0.02), (5e11, 0.5, 0.5)]
)
def test_shares_that_miss_one_by_more_than_rounding_are_refused(problems, row):
    found = problems(f"id,priority_a,priority_b,priority_c\nann,{','.join(map(str, row))}\nbob,1,0,0\n")
    assert len(found) == 1 and "not 1; write shares" in found[0]


def test_headings_in_any_case_and_with_blanks(read):
    roster = read("ID, Name ,PRIORITY_Roads,Priority_ water\nann,Ann,0.5,0.5\nbob,Bob,0,1\n")
    assert roster.names == ("Ann", "Bob") and roster.issues == ("Roads", "water")


@pytest.mark.parametrize(("delimiter", "word"), [(";", "semicolon"), ("\t", "tab")])
def test_other_delimiters_are_noted(read, delimiter, word):
    roster = read('id;name\nann;"A; nn"\nbob;B\n'.replace(";", delimiter))
    assert roster.names[1] == "B" and roster.ids == ("ann", "bob")
    assert f"leaders.csv: its columns are separated by {word}s" in roster.notes


def test_semicolons_with_a_comma_in_a_name(read):
    assert read("id;name\nann;Low, Ann\nbob;Bo\n").names == ("Low, Ann", "Bo")


def test_quoted_newlines_become_spaces_and_lines_stay_right(read, problems):
    text = 'id,name,endowment\nann,"Ann\r\n  of the Hill",1\n\nbob,Bob,{}\n'
    roster = read(text.format(2))
    assert roster.names == ("Ann of the Hill", "Bob")
    assert any("line breaks" in note for note in roster.notes)
    assert "line 5, column endowment" in problems(text.format("x"))[0]


def test_formulas_and_markup_stay_text(read):
    names = [
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "[bold red]Ann[/]",
        "{0.__class__}",
        "@SUM(A1)",
        "-2+3",
    ]
    lines = "\n".join(f'x{i},"{name}"' for i, name in enumerate(names))
    assert read(f"id,name\n{lines}\n").names == tuple(names)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(read, line_end):
    assert read(line_end.join(["id,name", "ann,Ann", "bob,Bob", ""])).names == ("Ann", "Bob")


def test_accents_are_composed_so_that_ties_match(read):
    roster = read("id\nZoe\u0301\nbob\n", "source,target\nZo\u00e9,bob\n")
    assert roster.ids[0] == "Zo\u00e9" and len(roster.source) == 2


def test_disconnected_leaders_are_noted(read):
    roster = read("id\na\nb\nc\nd\ne\nf\n", "source,target\na,b\nc,d\n")
    assert "2 leaders without any tie: e, f" in roster.notes
    assert "the network falls into 4 components, of 2, 2, 1, 1 leaders" in roster.notes


def test_sectors_and_groups_that_are_called_as_leaders_are_no_partners(read):
    """Columns by our own names mean what these say, whatever their cells hold."""
    roster = read("id,sector,group\nann,bob,bob\nbob,,\ncleo,ann,ann\n", "source,target\nann,bob\nbob,cleo\n")
    assert set(roster.sectors) == set(roster.groups) == {"ann", "bob"} and len(roster.source) == 4


def test_no_ties_and_no_seats_are_noted(read):
    roster = read("id,seated\nann,no\nbob,no\n")
    assert any("there are no ties" in note for note in roster.notes)
    assert any("no leader is seated" in note for note in roster.notes)


def test_arrays_are_read_only(read):
    with pytest.raises(ValueError, match="read-only"):
        read().endowment[0] = 1.0


def test_the_reader_is_light():
    heavy = "pandas", "numba", "mesa", "hydra", "networkx", "pydantic", "scipy"
    code = f"import sys, commonweal.roster; print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
