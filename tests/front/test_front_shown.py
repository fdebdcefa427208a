"""How results are looked at: figures, notebooks, progress, other formats."""

import sys
from importlib.util import find_spec
from types import SimpleNamespace

import pytest
from matplotlib import pyplot
from matplotlib.figure import Figure

import commonweal as cw
from commonweal.front import progress

SMALL = {"replicates": 3, "rounds": 4, "leaders": 10, "workers": 1}
ONE_PANEL = ("strategy_effects", "equity", "cost_benefit", "forest")


@pytest.fixture(scope="module")
def results():
    return cw.compare(["communication", "inclusion"], scenario=["calm", "crisis"], **SMALL)


@pytest.mark.parametrize("name", [*ONE_PANEL, "trajectories", "bands", "community"])
def test_each_figure_is_a_method(results, name):
    assert isinstance(getattr(results.plot, name)(scenario="crisis"), Figure)


@pytest.mark.parametrize("name", ONE_PANEL)
def test_a_figure_of_one_panel_is_drawn_into_ones_own(results, name):
    figure, (left, right) = pyplot.subplots(1, 2)
    assert getattr(results.plot, name)(scenario="crisis", ax=right) is right
    assert right.has_data() and right.get_title(loc="left") == "crisis" and not left.has_data()
    assert figure.texts == [] and figure.get_label() == ""
    with pytest.raises(cw.InputError, match="ax is one panel, but the figure has 2"):
        getattr(results.plot, name)(ax=left)
    pyplot.close(figure)


def test_all_scenarios_in_one_panel_take_a_panel_of_ones_own(results):
    figure, (left, right) = pyplot.subplots(1, 2)
    assert isinstance(results.plot.over_scenarios("trust"), Figure)
    assert results.plot.over_scenarios(ax=right) is right and right.has_data() and not left.has_data()
    pyplot.close(figure)


def test_figures_of_rounds_take_a_panel_too(results):
    figure, axes = pyplot.subplots(1, 2)
    results.plot.trajectories("trust", ax=axes[0])
    alone = cw.compare("inclusion", **SMALL)
    alone.plot.bands("trust", ax=axes[1])
    assert [len(each.lines) > 1 for each in axes] == [True, True]
    pyplot.close(figure)


def test_the_figures_of_a_design_are_methods():
    small = {name: value for name, value in SMALL.items() if name != "leaders"}
    parts = [f"strategy.parts.{name}.intensity" for name in ("communication", "inclusion")]
    mixes = cw.design("grid", {name: [0, 1] for name in parts}, strategy="portfolio", leaders=10, **small)
    assert isinstance(mixes.plot.front(), Figure) and isinstance(mixes.plot.budgets([1, 50, 1e6]), Figure)
    figure, axes = pyplot.subplots()
    assert mixes.plot.front(ax=axes) is axes and axes.has_data()
    pyplot.close(figure)


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (lambda plot: plot.equity(scenario="clam"), "scenario 'clam' was not played; did you mean calm?"),
        (lambda plot: plot.forest("trost"), "there are no effects on 'trost' at full strength; did you mean trust?"),
        (lambda plot: plot.community("comunication"), "comunication was not compared; did you mean communication?"),
    ],
)
def test_what_cannot_be_drawn_is_said(results, draw, sentence):
    with pytest.raises(cw.InputError) as refused:
        draw(results.plot)
    assert str(refused.value) == sentence


def test_a_notebook_shows_the_answer_with_names_escaped(results):
    shown = results._repr_html_()
    assert "At full strength" in shown and "<table" in shown and "communication" in shown
    results.save("<b>kept")
    assert "<b>kept" not in cw.load("<b>kept")._repr_html_()


def test_tables_are_taken_to_xarray_where_it_is(results, monkeypatch):
    with pytest.raises(cw.InputError, match="to_xarray: 'run' is no table"):
        results.to_xarray("run")
    if find_spec("xarray") is not None:
        dataset = results.to_xarray()
        assert dict(dataset.sizes)["replicate"] == 3 and dataset["trust"].attrs["units"] == "share"
        assert "measure" in results.to_xarray("rounds").sizes
    monkeypatch.setattr("commonweal.front.results.find_spec", lambda _: None)
    with pytest.raises(cw.InputError, match=r"^to_xarray needs xarray; install it with: pip install xarray$"):
        results.to_xarray()


class _Handle:
    def __init__(self, seen: list[str]) -> None:
        self.seen = seen

    def update(self, html) -> None:
        self.seen.append(html.data)


def test_progress_shows_in_a_notebook_and_leaves_nothing(monkeypatch, capsys):
    seen: list[str] = []
    shell = SimpleNamespace(kernel=object())
    display = pytest.importorskip("IPython.display")

    def shown(html, display_id):
        seen.append(html.data)
        return _Handle(seen)

    monkeypatch.setattr(sys.modules["IPython"], "get_ipython", lambda: shell)
    monkeypatch.setattr(display, "display", shown)
    monkeypatch.setattr(progress, "EVERY", 0.0)
    cw.compare("inclusion", **SMALL | {"seed": 77})
    assert "<progress" in seen[0] and "of 6 runs" in seen[-2] and seen[-1] == ""
    monkeypatch.setattr(sys.modules["IPython"], "get_ipython", lambda: None)
    cw.compare("inclusion", **SMALL | {"seed": 78})
    printed = capsys.readouterr()
    assert printed.out == printed.err == ""
