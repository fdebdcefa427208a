"""Comparisons over a fit's worlds, and places that stand where conf has a name."""

import numpy as np
import pytest

from commonweal.analysis.results import run_study
from commonweal.configuration.places import with_places
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.study.dataset import open_study
from commonweal.study.ensembles.fit import Fit
from commonweal.study.fitted import worlds

FEW = ("experiment.strategies=[inclusion]", "run.rounds=3", "run.replicates=2", "ensemble.replicates=2",
       "ensemble.doses=[1.0]")  # fmt: skip


def asked(harbour, fit, *words):
    return read([*with_places(f"community={harbour}/"), *with_places(f"ensemble={fit}"), *FEW, *words]).study


def test_all_worlds_of_a_small_fit_are_played_with_their_weights(composing, harbour, first, tmp_path):
    found = worlds(first)
    study = asked(harbour, first, "ensemble.worlds=100000")
    draws = study.ensemble.variation.draws
    kept = found[found["weight"] > 0]
    np.testing.assert_allclose([each.weight for each in draws], kept["weight"])
    assert [each.values["learn.public"] for each in draws] == kept["learn.public"].tolist()
    assert study.ensemble.world(0).learn.public == kept["learn.public"].iloc[0]
    results = run_study(study, tmp_path / "study", workers=1)
    net = results.worlds.query("measure == 'welfare_net' and basis == 'full strength'")
    best = results.effects.query("measure == 'welfare_net' and basis == 'full strength'")["best_worlds"].item()
    assert best == pytest.approx(net.loc[net["effect"] > 0, "weight"].sum())


def test_the_fit_of_other_leaders_is_called_so(composing, harbour, first, tmp_path):
    (tmp_path / "leaders.csv").write_text("id\na\nb\n")
    others = [*with_places(f"community={tmp_path}/"), *with_places(f"ensemble={first}"), *FEW, "ensemble.worlds=5"]
    said = f"{first} is the fit of other leaders than are played here"
    assert said in read(others).notes
    assert said in read(["community=small_world", *others[2:]]).notes
    assert not read([*with_places(f"community={harbour}/"), *others[2:]]).notes


def test_of_many_worlds_some_are_drawn_by_their_weights(composing, harbour, first):
    few = asked(harbour, first, "ensemble.worlds=5").ensemble.variation.draws
    assert sum(each.weight for each in few) == 5 and len(few) <= 5
    again = asked(harbour, first, "ensemble.worlds=5").ensemble.variation.draws
    assert again == few != asked(harbour, first, "ensemble.worlds=5", "ensemble.seed=2").ensemble.variation.draws

    def drawn(most, seed):
        return Fit(folder=str(first), worlds=most, seed=seed, replicates=2, doses=[1.0]).draws([])

    assert drawn(5, 1) == list(few)
    mean = worlds(first)
    whole = (mean["learn.public"] * mean["weight"]).sum()
    several = [
        np.average([each.values["learn.public"] for each in draws], weights=[each.weight for each in draws])
        for seed in range(20)
        for draws in [drawn(8, seed)]
    ]
    assert np.mean(several) == pytest.approx(whole, abs=3 * np.std(several) / np.sqrt(20) + 1e-9)


def test_a_folder_of_leaders_stands_for_its_tables(harbour):
    chosen, *files = with_places(f"community={harbour}/")
    assert chosen == "community=roster"
    assert [each.partition("=")[0] for each in files][:2] == ["community.leaders_file", "community.ties_file"]
    assert with_places("community=small_world") == ["community=small_world"]
    assert with_places("community=small_world,one_hub") == ["community=small_world,one_hub"]
    assert with_places("ensemble=assumed") == ["ensemble=assumed"]


def test_places_that_are_not_there_are_refused(composing, harbour, tmp_path):
    with pytest.raises(InputError, match=r"there is no .*nowhere/; give the folder of leaders.csv"):
        with_places(f"community={tmp_path}/nowhere/")
    with pytest.raises(InputError, match="holds no fit; give a folder that commonweal fit wrote"):
        asked(harbour, tmp_path)


def test_a_fit_is_no_study_and_says_where_it_is_read(done, monkeypatch):
    monkeypatch.chdir(done.parent)  # whence its path has no slash
    with pytest.raises(InputError, match=r"holds a fit; read fit/report.md, or play .* ensemble=fit/$") as refused:
        open_study("fit")
    assert with_places(str(refused.value).rpartition(" ")[2]) == ["ensemble=fit", "ensemble.folder=fit"]
