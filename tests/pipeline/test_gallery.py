"""The gallery draws every figure of a study, and nothing twice."""

from test_study import study

from sim.gallery import draw_all
from sim.study import run_study


def test_every_figure_of_a_study_is_drawn(tmp_path):
    of = study()
    results = run_study(of, tmp_path / "out", workers=1)
    drawn = draw_all(results, results.folder / "figures", of.conditions)
    assert len(drawn) == len(set(drawn))
    assert all(path.stat().st_size > 1000 for path in drawn)
    names = {path.name for path in drawn}
    assert {"effects_welfare_net.png", "equity_full_strength.svg", "cost_benefit_equal_spend.png"} <= names
    assert {"trajectories_calm.png", "bands_calm.png", "community_calm_laissez_faire.png"} <= names
    assert any(name.startswith("community_calm_") and "laissez" not in name for name in names)


def test_a_study_of_the_baseline_alone_has_its_paths_and_its_community(tmp_path):
    of = study(strategies=())
    results = run_study(of, tmp_path / "out", workers=1)
    names = {path.name for path in draw_all(results, tmp_path / "figures", of.conditions)}
    assert names == {
        f"{name}.{kind}"
        for name in ("trajectories_calm", "bands_calm", "community_calm_laissez_faire")
        for kind in ("png", "svg")
    }
