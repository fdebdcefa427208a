"""Saving: two files, whole or not there, the same bytes every time, and nothing of the user's is changed."""

import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from figure_tables import make_effects, make_graph, make_rounds

from commonweal.figures.bands import bands
from commonweal.figures.community import community
from commonweal.figures.cost_benefit import cost_benefit
from commonweal.figures.equity import equity
from commonweal.figures.over_scenarios import over_scenarios
from commonweal.figures.save import save
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.trajectories import trajectories

FIGURES = {
    "strategy_effects": lambda: strategy_effects(make_effects()),
    "over_scenarios": lambda: over_scenarios(make_effects()),
    "equity": lambda: equity(make_effects(("calm",))),
    "cost_benefit": lambda: cost_benefit(make_effects(("calm",))),
    "trajectories": lambda: trajectories(make_rounds(("calm",)), "calm"),
    "bands": lambda: bands(make_rounds(("calm",)), "calm"),
    "community": lambda: community(make_graph(), make_graph(seed=2)),
}


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_figure_is_the_same_bytes(tmp_path, name):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        paths = save(FIGURES[name](), folder / name)
        assert paths == [folder / f"{name}.png", folder / f"{name}.svg"]
        assert sorted(folder.iterdir()) == paths
    for kind in ("png", "svg"):
        content = (first / f"{name}.{kind}").read_bytes()
        assert content == (second / f"{name}.{kind}").read_bytes()
        assert not any(told in content for told in (b"dc:date", b"dc:creator", b"Software", b"tIME", b"Creation Time"))
    assert (first / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_saving_twice_is_the_same_bytes_too(tmp_path):
    figure = FIGURES["equity"]()
    once = [path.read_bytes() for path in save(figure, tmp_path / "equity")]
    assert once == [path.read_bytes() for path in save(figure, tmp_path / "equity")]


def test_another_process_writes_the_same_bytes(tmp_path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from test_figure_save import FIGURES, save\n"
        "save(FIGURES['community'](), Path(sys.argv[2]))\n"
    )
    here = Path(__file__).parent
    subprocess.run(
        [sys.executable, "-c", code, str(here), str(tmp_path / "there")],
        check=True, cwd=here.parents[1], env=os.environ | {"PYTHONHASHSEED": "12345"},
    )  # fmt: skip
    for path in save(FIGURES["community"](), tmp_path / "here"):
        assert path.read_bytes() == path.with_stem("there").read_bytes()


def test_the_svg_has_the_alternative_text_and_no_reference_outside(tmp_path):
    figure = FIGURES["equity"]()
    svg = save(figure, tmp_path / "equity")[1].read_text(encoding="utf-8")
    assert "Who gains? The average person and the worst-off group, at full strength." in svg
    assert 'href="http' not in svg


def test_any_title_can_be_saved(tmp_path):
    for path in save(strategy_effects(make_effects(("Łódź – $x$ & <y>",), ("a",))), tmp_path / "x.y"):
        assert path.name in ("x.y.png", "x.y.svg")
        assert path.stat().st_size > 1000


def test_a_figure_without_a_label_can_be_saved(tmp_path):
    assert len(save(matplotlib.figure.Figure(), tmp_path / "empty")) == 2


def test_nothing_half_written_is_left(tmp_path, monkeypatch):
    save(FIGURES["bands"](), tmp_path / "bands")
    before = (tmp_path / "bands.svg").read_bytes()

    def fail(self, *_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("matplotlib.backends.backend_svg.FigureCanvasSVG.print_svg", fail)
    with pytest.raises(OSError, match="No space left"):
        save(FIGURES["bands"](), tmp_path / "bands")
    assert (tmp_path / "bands.svg").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bands.png", "bands.svg"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        save(FIGURES["bands"](), tmp_path / "no" / "bands")


def test_the_users_settings_change_nothing(tmp_path):
    plain = [path.read_bytes() for path in save(FIGURES["equity"](), tmp_path / "plain")]
    with matplotlib.rc_context(
        {
            "font.size": 20, "svg.fonttype": "none", "savefig.dpi": 50, "savefig.bbox": "tight", "lines.linewidth": 9,
            "axes.grid": True, "figure.facecolor": "red", "savefig.transparent": True, "text.color": "red",
            "axes.titlepad": 40.0, "patch.linewidth": 9, "path.simplify": False, "axes.unicode_minus": False,
        }
    ):  # fmt: skip
        other = [path.read_bytes() for path in save(FIGURES["equity"](), tmp_path / "other")]
    assert plain == other


def test_a_notebook_shows_a_figure_with_its_alternative_text():
    data, about = FIGURES["bands"]()._repr_png_()
    assert data.startswith(b"\x89PNG")
    assert about["alt"].startswith("Welfare per person, net of spend: calm, at full strength.")


def test_figures_leave_their_tables_as_they_were():
    effects, rounds = make_effects(), make_rounds()
    strategy_effects(effects), equity(effects), cost_benefit(effects)
    trajectories(rounds, "calm"), bands(rounds, "calm")
    assert effects.equals(make_effects())
    assert rounds.equals(make_rounds())
