"""From a kernel of tables one of columns is made: it reads the same, and takes no more than it reads."""

import inspect

import numpy as np
import pytest
from line import line

from commonweal.model.flat import flatten, kind_of
from commonweal.model.state import slots_of


def attended(state, i, floor):
    """Of leader i."""
    leaders, ties, least = state.leaders, state.ties, floor
    total = 0.0
    for t in slots_of(ties, i):
        if ties.to[t] >= 0 and leaders.present[ties.to[t]]:
            total += max(ties.strength[t], least)
    return total


def halved(leaders, i):
    leaders.belief[i] *= 0.5
    return leaders.belief[i]


def twice(state, i):
    return halved(state.leaders, i) + halved(state.leaders, 2)


def no_kernel(called, kinds):
    return None


def halving(called, kinds):
    """What stands for `halved` where it is called."""
    return (flatten(halved, kinds, no_kernel)) if called is halved else None


def given(flat, *arguments):
    """The columns that a flat function takes."""
    columns = []
    for number, fields in flat.places:
        column = arguments[number]
        for field in fields:
            column = getattr(column, field)
        columns.append(column)
    return columns


def test_it_takes_what_it_reads_and_does_the_same():
    state = line()
    flat = flatten(attended, (kind_of(state), None, None), no_kernel)
    names = ["state_ties_start", "state_ties_to", "state_leaders_present", "state_ties_strength", "i", "floor"]
    assert list(inspect.signature(flat.function).parameters) == names
    assert flat.places[0] == (0, ("ties", "start")) and flat.places[-1] == (2, ())
    for i in range(4):
        assert flat.function(*given(flat, state, i, 0.45)) == attended(state, i, 0.45) > 0


def test_its_lines_are_those_of_the_source():
    flat = flatten(attended, (kind_of(line()), None, None), no_kernel)
    original, made = attended.__code__, flat.function.__code__
    assert (made.co_filename, made.co_firstlineno) == (original.co_filename, original.co_firstlineno)
    assert {line for *_, line in made.co_lines()} <= {line for *_, line in original.co_lines()}


def test_a_kernel_that_is_called_takes_its_columns_there_too():
    one, other = line(), line()
    flat = flatten(twice, (kind_of(one), None), halving)
    assert flat.places == ((0, ("leaders", "belief")), (1, ()))
    assert flat.function(*given(flat, one, 1)) == twice(other, 1) == 0.5
    assert one.leaders.belief.tolist() == other.leaders.belief.tolist() == [0.5, 0.25, 0.25, 0.5]
    called = flat.function.__globals__["int64"]
    assert called is np.int64  # 2 is handed over as a whole number like any other, not as this one


def test_tables_are_told_by_their_fields():
    assert kind_of(3.0) is None and kind_of(np.zeros(2)) is None and kind_of((1, 2)) is None
    ties = line().ties
    assert kind_of(ties) == (("start", None), ("to", None), ("strength", None), ("trust", None))


def lost(leaders):
    return np.sum(leaders)


def renamed(state):
    table = state.leaders
    table = state.ties
    return table.trust[0]


def misspelt(state):
    return state.leaders.belif[0]


def unpacked(leaders):
    (belief, *rest), n = leaders, 3
    return belief, rest, n


def by_name(leaders):
    return halved(leaders, i=0)


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (lost, "np.sum is called with tables; it must be a kernel"),
        (renamed, "state.ties can have names of its own only"),
        (misspelt, "state.leaders has no belif"),
        (unpacked, "leaders can have names of its own only"),
        (by_name, "halved is called with tables; it must be a kernel, given its arguments by place"),
    ],
)
def test_a_table_used_in_another_way_is_refused_with_its_line(function, says):
    table = line() if "state" in inspect.signature(function).parameters else line().leaders
    with pytest.raises(TypeError) as caught:
        flatten(function, (kind_of(table),), halving)
    assert str(caught.value).startswith(f"kernel {function.__name__}, line ") and says in str(caught.value)
    first = function.__code__.co_firstlineno
    assert first < int(str(caught.value).partition("line ")[2].partition(":")[0]) < first + 4


def test_the_number_of_arguments_is_looked_at():
    with pytest.raises(TypeError, match="halved was given 1 arguments; it takes 2"):
        flatten(halved, (kind_of(line().leaders),), no_kernel)
