"""A kernel called from Python a second time goes straight to the compiled code, the right one for its arguments."""

import pickle

import numpy as np
import pytest
from line import line

from commonweal.model import calls, kernel
from commonweal.model.measures import MEASURES, Measures, giving
from commonweal.model.state import blank_leaders


def columns(contiguous):
    out = np.full((len(MEASURES), 2), 99.0) if contiguous else np.full((2, len(MEASURES)), 99.0)
    return Measures(*(out if contiguous else out.T))


@pytest.mark.skipif(not isinstance(giving, kernel.Kernel), reason="kernels are not compiled")
def test_layouts_are_told_apart():
    for contiguous in (True, False, True, False):
        out = columns(contiguous)
        giving(line(), out)
        assert (out.cooperation[0], out.cooperation[1]) != (99.0, 99.0) and (np.array(out)[:, 1] == 99.0).all()


@pytest.mark.skipif(not isinstance(giving, kernel.Kernel), reason="kernels are not compiled")
def test_the_second_call_asks_nothing(monkeypatch):
    once = kernel.kernel(doubled)
    state = line().leaders
    once(state, 2.0)
    monkeypatch.setattr(once, "flat", None)  # nothing more can be made of it
    once(state, 2.0)
    assert (state.belief == 4 * line().leaders.belief).all()
    with pytest.raises(TypeError):
        once(state, 2)  # a whole number is of another kind: it would have to be asked


@pytest.mark.skipif(not isinstance(giving, kernel.Kernel), reason="kernels are not compiled")
def test_other_processes_have_a_kernel_where_it_stands():
    assert pickle.loads(pickle.dumps(giving)) is giving and giving.has_a_place()
    assert not kernel.kernel(doubled).has_a_place()


@pytest.mark.skipif(not isinstance(giving, kernel.Kernel), reason="kernels are not compiled")
def test_columns_of_a_table_met_before_are_at_hand_and_no_others(monkeypatch):
    """What else is handed over is looked at: its class, its layout; and no table is taken for one that is gone."""
    once = kernel.kernel(doubled)
    tables = [line().leaders for _ in range(2 * calls.TABLES)]
    for _ in range(3):
        for each in tables:
            once(each, 2.0)
    assert all((each.belief == 8 * line().leaders.belief).all() for each in tables)
    assert len(once._at_hand) == calls.TABLES
    for at in range(100):  # as one goes, another may come to stand where it stood
        passing = line().leaders
        passing.belief[:] = at
        once(passing, 2.0)
        assert (passing.belief == 2 * at).all()
    held = kernel.kernel(added)
    state, more = line().leaders, np.arange(4.0)
    for some in (more, more, more[::-1], more.astype(np.float32), np.stack([more, more], axis=1)[:, 0]):
        before = state.belief.copy()
        held(state, some)
        assert (state.belief == before + some).all()
    held(state, (1.0, 2.0, 3.0, 4.0))
    with pytest.raises(TypeError):
        held(state)


@pytest.mark.skipif(not isinstance(giving, kernel.Kernel), reason="kernels are not compiled")
def test_large_tables_are_not_held():
    once = kernel.kernel(doubled)
    large = blank_leaders(calls.SMALL + 1, 2)
    once(large, 2.0)
    assert once._at_hand == {}


def added(leaders, more):
    for i in range(leaders.belief.shape[0]):
        leaders.belief[i] += more[i]


def doubled(leaders, factor):
    for i in range(leaders.belief.shape[0]):
        leaders.belief[i] *= factor
