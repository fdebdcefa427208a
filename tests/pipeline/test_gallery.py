"""The gallery draws every figure of a study, and nothing twice."""

import subprocess
import sys

import pytest
from test_study import study

from commonweal.analysis.results import run_study
from commonweal.figures.gallery import draw_all


def test_every_figure_of_a_study_is_drawn(tmp_path):
    of = study()
    results = run_study(of, tmp_path / "out", workers=1)
    drawn = draw_all(results, results.folder / "figures", of)
    assert len(drawn) == len(set(drawn))
    assert all(path.stat().st_size > 1000 for path in drawn)
    names = {path.name for path in drawn}
    assert {"effects_welfare_net.png", "equity_full_strength.svg", "ranks_equal_spend.png"} <= names
    assert {"trajectories_calm.png", "bands_calm.png", "community_calm_laissez_faire.png"} <= names
    assert {"fan_calm.png", "group_gains_calm.png", "agenda_calm.png"} <= names
    assert any(name.startswith("community_calm_") and "laissez" not in name for name in names)


def test_panels_that_say_the_same_are_one(tmp_path, monkeypatch):
    """What would be drawn; drawing it takes long."""
    of = study(scenarios=("calm", "scarce"), replicates=2, rounds=2)
    results, names = run_study(of, tmp_path / "out", workers=1), set()
    monkeypatch.setattr("commonweal.figures.gallery._draw", lambda path, *_: names.add(path.name) or [])
    draw_all(results, results.folder / "figures", of)
    assert {"over_scenarios_trust", "over_scenarios_welfare_net", "effects_welfare_net"} <= names
    assert not names & {"effects_trust", "effects_worst_off", "equity_equal_spend", "bands_scarce"}


def test_a_study_of_the_baseline_alone_has_its_paths_and_its_community(tmp_path):
    of = study(strategies=())
    results = run_study(of, tmp_path / "out", workers=1)
    names = {path.name for path in draw_all(results, tmp_path / "figures", of)}
    assert names == {
        f"{name}.{kind}"
        for name in ("trajectories_calm", "bands_calm", "community_calm_laissez_faire")
        for kind in ("png", "svg")
    }


def test_figures_are_the_same_in_several_processes_and_a_sweep_has_fewer(tmp_path, monkeypatch):
    monkeypatch.setattr("commonweal.figures.gallery.ALONE", 0)
    of = study()
    results = run_study(of, tmp_path / "out", workers=1)
    one, two = tmp_path / "one", tmp_path / "two"
    drawn = draw_all(results, one, of, workers=1, few=True)
    assert {path.stem.partition("_")[0] for path in drawn} == {"effects", "trajectories"}
    assert [path.name for path in draw_all(results, two, of, workers=2, few=True)] == [p.name for p in drawn]
    assert all((two / path.name).read_bytes() == path.read_bytes() for path in drawn)


@pytest.mark.parametrize(("error", "raised"), [(OSError(28, "No space left on device"), OSError),
                                               (ValueError("no ink"), RuntimeError)])  # fmt: skip
def test_a_figure_that_fails_is_told_of(tmp_path, monkeypatch, error, raised):
    of = study(strategies=())
    results = run_study(of, tmp_path / "out", workers=1)

    def save(*_):
        raise error

    monkeypatch.setattr("commonweal.figures.gallery.save", save)
    with pytest.raises(raised, match=r"No space left|trajectories_calm: ValueError: no ink"):
        draw_all(results, tmp_path / "figures", of)


def test_the_figures_of_a_study_need_no_mesa():
    """Its import takes as long as drawing two of them."""
    asked = "import sys, commonweal.figures.gallery; print('mesa' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
