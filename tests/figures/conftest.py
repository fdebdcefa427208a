"""Every test has its own tables, and leaves pyplot and the settings of matplotlib as they were."""

from collections.abc import Callable, Iterator

import matplotlib
import networkx as nx
import pandas as pd
import pytest
from figure_tables import make_effects, make_graph, make_rounds
from matplotlib import pyplot


@pytest.fixture
def effects() -> pd.DataFrame:
    return make_effects()


@pytest.fixture
def rounds() -> pd.DataFrame:
    return make_rounds()


@pytest.fixture
def graph() -> Callable[..., nx.DiGraph]:
    return make_graph


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """No figure is left with pyplot, and the user's settings are as they were."""
    before = dict(matplotlib.rcParams)
    yield
    assert pyplot.get_fignums() == []
    after = dict(matplotlib.rcParams)
    assert {key: value for key, value in after.items() if before[key] != value} == {}
