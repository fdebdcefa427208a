"""A kernel called from Python a second time goes straight to the compiled code, the right one for its arguments."""

import pickle

import numpy as np
import pytest
from line import line

from commonweal.model import kernel
from commonweal.model.measures import MEASURES, Measures, giving


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


def doubled(leaders, factor):
    for i in range(leaders.belief.shape[0]):
        leaders.belief[i] *= factor
