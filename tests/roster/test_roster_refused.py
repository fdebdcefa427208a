"""What a roster is refused for: each problem names file, line, column, value and remedy."""

import pickle
import re

import pytest

from commonweal.errors import InputError
from commonweal.roster import RosterError

TWO = "id,{}\nann,{}\nbob,\n"  # a column and a cell of it

CELLS = {
    (
        "endowment",
        "-3",
    ): "'-3' is not a positive number; write the money and time this leader has per round, in MU, for example 1000",
    ("endowment", "0"): "'0' is not a positive number",
    ("endowment", "1e300"): r"'1e300' is not a number up to 1e\+12",
    ("endowment", "much"): "'much' is not a number; .*, or leave the cell empty if it is not known",
    ("endowment", "inf"): "'inf' is not a finite number",
    ("endowment", "-Infinity"): "'-Infinity' is not a finite number",
    ("endowment", "1_000"): "'1_000' is not a number",
    ("standing", "0"): "'0' is not a positive number",
    ("slope", "2.1"): "'2.1' is not a number from 0 to 2",
    ("intercept", "1.5"): "'1.5' is not a number from 0 to 1",
    ("promise_keeping", "-0.1"): "'-0.1' is not a number from 0 to 1",
    ("belief", "half"): "'half' is not a number; write the share this leader expects the others to give",
    ("reservation", "1.01"): "'1.01' is not a number from 0 to 1",
    ("seated", "maybe"): "'maybe' is neither yes nor no; write yes, no, true, false, 1 or 0",
    ("name", "A\x1b[31mnn"): r"'A\\x1b\[31mnn' holds a control character; delete it",
    ("name", "A\u202enn"): r"'A\\u202enn' holds a control character",
    ("name", "x" * 201): r"'x+\.\.\.' has 201 characters; shorten it to 200",
    ("sector", "\x07"): r"'\\x07' holds a control character",
}


@pytest.mark.parametrize(("column", "cell"), CELLS)
def test_cell(problems, column, cell):
    found = problems(TWO.format(column, cell))
    assert len(found) == 1
    assert re.match(f"leaders.csv, line 2, column {column}: {CELLS[column, cell]}", found[0])


LEADERS = {
    "header only": ("id,name\n", "there is a header but no row below it"),
    "one leader": ("id\nann\n", "there is only one leader; two are needed to cooperate"),
    "missing id": ("id,name\nann,A\n,B\n", "line 3, column id: is empty; every row needs one"),
    "duplicate id": ("id\nann\nbob\nann\n", "line 4, column id: 'ann' is already in line 2"),
    "no id column": ("sector,belief\nx,1\ny,0\n", "there is no column 'id'; the first line must name the columns"),
    "a header of data": ("ann,1.0\nbob,2.0\n", "there is no column 'id'"),
    "misspelt column": (
        "id,endowmnt\na,1\nb,2\n",
        "the column 'endowmnt' is unknown; rename it 'endowment', or delete it",
    ),
    "prefix alone": ("id,priority_\na,1\nb,2\n", "the column 'priority_' is unknown"),
    "duplicate column": (
        "id,name,Name\na,A,A\nb,B,B\n",
        "the columns 'name' and 'Name' are the same; keep one",
    ),
    "long issue": (f"id,priority_{'x' * 200},priority_b\na,,\nb,,\n", "has 209 characters; shorten it"),
    "long row": ("id,name\na,A\nb,B,0\n", "line 3: 3 cells here, but 2 columns in the header"),
    "open quote": ('id,name\na,"A\nb,B\n', "line 2: a cell of this row does not end"),
    "text after quote": ('id,name\na,A\nb,"B"x\n', "line 3: a cell of this row does not end"),
    "endless cell": (f"id,name\na,A\nb,{'x' * 200_000}\n", "line 3: a cell of this row does not end"),
    "shares below one": (
        "id,priority_a,priority_b\nann,0.5,0.4\nbob,0.5,0.5\n",
        r"line 2: the columns priority_\.\.\. sum to 0.9, not 1; write shares that sum to 1",
    ),
    "a score among shares": (
        "id,priority_a,priority_b\nann,5,0.5\nbob,0.5,0.5\ncleo,1,0\n",
        r"line 2: the columns priority_\.\.\. sum to 5.5, not 1",
    ),
    "an endless share": (
        "id,priority_a,priority_b\nann,1e9993,0.5\nbob,0.5,0.5\n",
        "line 2, column priority_a: '1e9993' is not a finite number",
    ),
    "scores of nothing": (
        "id,priority_a,priority_b\nann,5,1\nbob,0,0\ncleo,2,2\n",
        r"line 3: the columns priority_\.\.\. sum to 0, not 1",
    ),
    "half a row of shares": (
        "id,priority_a,priority_b\nann,0.5,\nbob,,\n",
        "line 2, column priority_b: is empty; fill in the whole row of issues, or none",
    ),
    "negative share": (
        "id,priority_a,priority_b\nann,1.5,-0.5\nbob,,\n",
        "line 2, column priority_b: '-0.5' is not a number of 0 or more",
    ),
    "one issue": ("id,priority_a\nann,1\nbob,1\n", "column priority_a: there is only one issue"),
}


@pytest.mark.parametrize("case", LEADERS)
def test_leaders(problems, case):
    content, wrong = LEADERS[case]
    found = problems(content)
    assert re.match("leaders.csv(, line [0-9]+)?(, column [a-z_]+)?: .*", found[0])
    assert re.search(wrong, found[0])


TIES = {
    "to nobody": ("ann,bib", "line 2, column target: 'bib' is no leader's id; did you mean 'bob'?"),
    "a stranger": ("ann,xavier", "'xavier' is no leader's id; add the leader or delete the tie"),
    "empty end": ("ann,", "line 2, column target: is empty; write a leader's id"),
    "header only": (
        "",
        "ties.csv: there is a header but no row below it; add the rows, or leave the file out",
    ),
}


@pytest.mark.parametrize("case", TIES)
def test_ties(problems, case):
    rows, wrong = TIES[case]
    (found,) = problems(ties=f"source,target\n{rows}\n")
    assert found.startswith("ties.csv") and wrong in found


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("trust", "-1", "'-1' is not a number from 0 to 1"),
        ("trust", "high", "'high' is not a number; write the good faith source expects of target"),
    ],
)
def test_tie_numbers(problems, column, cell, words):
    (found,) = problems(ties=f"source,target,{column}\nann,bob,{cell}\n")
    assert found.startswith(f"ties.csv, line 2, column {column}: {words}")


def test_tie_columns(problems):
    (found,) = problems(ties="source,name\nann,bob\n")
    assert found == (
        "ties.csv: there is no column 'target'; the first line must name the columns, and it names 'source', 'name'"
    )
    (found,) = problems(ties="source,target,strenght\nann,bob,1\n")
    assert "the column 'strenght' is unknown; rename it 'strength', or delete it" in found


GROUPS = {
    "unlisted": (
        "group\nHill\nDael\n",
        "the group 'Dale' that a leader serves is not listed; did you mean 'Dael'?",
    ),
    "not alike": ("group\nHill\n", "the group 'Dale' that a leader serves is not listed; add its row"),
    "twice": ("group\nHill\nDale\nHill\n", "groups.csv, line 4, column group: 'Hill' is already in line 2"),
    "nameless": ("group,size\nHill,1\nDale,1\n,3\n", "groups.csv, line 4, column group: is empty"),
    "size": (
        "group,size\nHill,-5\nDale,1\n",
        "line 2, column size: '-5' is not a positive number; write the number",
    ),
    "marginalised": (
        "group,marginalised\nHill,perhaps\nDale,no\n",
        "line 2, column marginalised: 'perhaps' is neither yes nor no",
    ),
    "need": ("group,need_a,need_b\nHill,.5,.4\nDale,1,0\n", "line 2: the columns need_... sum to 0.9, not 1"),
    "other issue": ("group,need_a,need_c\nHill,1,0\nDale,1,0\n", "there is 'priority_b' but no 'need_b'"),
    "more issues": (
        "group,need_a,need_b,need_c\nHill,1,0,0\nDale,1,0,0\n",
        "there is 'need_c' but no 'priority_c'",
    ),
    "header only": ("group\n", "groups.csv: there is a header but no row below it"),
}


@pytest.mark.parametrize("case", GROUPS)
def test_groups(problems, case):
    content, wrong = GROUPS[case]
    leaders = "id,group,priority_a,priority_b\nann,Hill,1,0\nbob,Dale,0,1\n"
    found = problems(leaders, None, content)
    assert found[0].startswith("groups.csv") and wrong in found[0]


def test_all_problems_are_told_in_the_order_of_their_lines(problems):
    found = problems("id,name,endowment,belief\nann,A,1,2\nann,B,x,1\n")
    assert [re.sub(": .*", "", problem) for problem in found] == [
        "leaders.csv, line 2, column belief",
        "leaders.csv, line 3, column id",
        "leaders.csv, line 3, column endowment",
    ]


def test_many_bad_values_are_one_problem(problems):
    rows = "".join(f"x{i},-{i + 1},{'much' if i < 2 else 1}\n" for i in range(273))
    assert problems("id,endowment,belief\n" + rows) == (
        "leaders.csv, column endowment: 273 cells are not a positive number: '-1' (line 2), '-2' (line 3), '-3' "
        "(line 4) and 270 more; write the money and time this leader has per round, in MU, for example 1000",
        "leaders.csv, column belief: 2 cells are not a number: 'much' (line 2), 'much' (line 3); write the share this "
        "leader expects the others to give, for example 0.5, or leave the cell empty if it is not known",
    )


def test_at_most_twenty_problems(read):
    columns = ",".join(f"priority_{i}" for i in range(30))
    with pytest.raises(RosterError) as refused:
        read(f"id,{columns}\n" + "".join(f"x{i},1{',' * 29}\n" for i in range(100)))
    assert len(refused.value.problems) == 20
    assert str(refused.value) == refused.value.problems[0] + " (and at least 19 more)"


def test_the_message_is_the_first_problem_and_the_number_of_others():
    assert str(RosterError("one")) == "one"
    assert str(RosterError("one", "two", "three")) == "one (and 2 more)"


def test_the_error_is_bad_input_and_survives_a_worker():
    error = pickle.loads(pickle.dumps(RosterError("one", "two")))
    assert isinstance(error, InputError) and error.problems == ("one", "two")


def test_problems_among_many_leaders_are_found_soon(problems):
    leaders = "id\n" + "".join(f"leader{i}\n" for i in range(20_000))
    found = problems(leaders, "source,target\n" + "".join(f"leader{i},leader{i}x\n" for i in range(1_000)))
    assert len(found) == 1 and "1,000 cells are no leader's id" in found[0] and "did you mean 'leader0'?" in found[0]
