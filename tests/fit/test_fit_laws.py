"""Laws of a fit: nothing seen is the prior; the same seed is the same fit, stopped or not, by however many."""

import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from towns import SMALL

from commonweal.errors import InputError
from commonweal.fitting import batches
from commonweal.fitting.carry_out import Asked, carry_out, parameters_of, ready
from commonweal.fitting.fit import fit, identity_of
from commonweal.fitting.folder import PARTS, TABLES
from commonweal.fitting.observed import Observed
from commonweal.study.fitted import worlds
from commonweal.study.folder import read_manifest
from commonweal.study.parts import Parts


def silent(*_) -> None:
    """Nobody is told."""


def contents(folder) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in TABLES}


def test_nothing_seen_gives_the_prior_back(place, tmp_path):
    """Every number as its prior has it, even weights, and not a world played for it."""
    found = fit(place, Observed(8), SMALL._replace(worlds=400), Parts(tmp_path, "x", ".npy"), silent)
    assert not [*tmp_path.iterdir()]
    np.testing.assert_allclose(found.accepted.weight, 1 / 400)
    np.testing.assert_allclose(found.accepted.normal.mean(axis=0), 0, atol=0.01)
    np.testing.assert_allclose(np.quantile(found.accepted.normal, [0.1, 0.9], axis=0), [[-1.28] * 136, [1.28] * 136],
                               atol=0.03)  # fmt: skip
    table = parameters_of(place.prior, found)
    assert table["narrower"].max() < 0.1
    width = table["prior_high"] - table["prior_low"]
    assert (abs(table["middle"] - table["prior_middle"]) / width).max() < 0.03


def test_a_log_of_empty_rows_is_nothing_seen(harbour, composing, tmp_path):
    (tmp_path / "log.csv").write_text("month,who,gave\n1,leader 01,\n2,leader 02,\n")
    asked = ready(str(harbour), observed=str(tmp_path / "log.csv"))
    assert not asked.observed.dates and "without anything seen" in asked.observed.notes[0]


def test_what_is_seen_moves_what_it_hangs_on(place, tmp_path):
    """Leaders who are seen to expect much: the mean of the first belief goes up, and nothing of prices."""
    high = Observed(8, expected={0: np.full(8, 0.9)})
    size = SMALL._replace(first=250, later=100, worlds=120)
    found = fit(place, high, size, Parts(tmp_path, "x", ".npy"), silent)
    middle = found.accepted.weight @ place.prior.places(found.accepted.normal)
    assert middle[place.prior.names.index("people.belief")] > 0.5
    prices = [at for at, name in enumerate(place.prior.names) if name.startswith("convener.prices")]
    assert abs(middle[prices]).mean() < 0.15


def test_a_fit_leaves_worlds_that_others_can_play(place, done):
    table = worlds(done)
    assert table["weight"].sum() == pytest.approx(1) and (table["weight"] > 0).all()
    assert list(table) == [*place.prior.names, *place.prior.follows, "weight"]
    for each in place.prior.unknown:
        assert table[each.name].between(each.low, each.high).all(), each.name
    for row in table.drop(columns="weight").head(5).to_dict("records"):
        assert place.future.world({"strategy": "communication", **row})
    effects = pd.read_csv(done / "effects.csv").set_index("strategy")
    assert set(effects.index) == set(place.strategies) and effects.loc["laissez_faire", "effect"] == 0
    assert effects["best_in"].sum() == pytest.approx(1)


def test_a_fit_that_is_there_is_not_done_again(place, seen, done, monkeypatch):
    before = contents(done)
    monkeypatch.setattr("commonweal.fitting.carry_out._tables", lambda *_: pytest.fail("it was done again"))
    carry_out(Asked(place, seen, done, SMALL), silent)
    assert contents(done) == before


def test_a_fit_that_was_stopped_goes_on_and_comes_out_the_same(place, seen, done, tmp_path, monkeypatch):
    """Some of its parts are there, one of them cut short; the others are played, and no more."""
    half = tmp_path / "half"
    shutil.copytree(done, half)
    parts = sorted((half / PARTS).iterdir())
    for gone in parts[1::2]:
        gone.unlink()
    parts[0].write_bytes(parts[0].read_bytes()[:-5])
    for name in TABLES:
        (half / name).unlink()
    with pytest.raises(InputError, match=r"not as commonweal fit wrote it|cannot be read|not finished"):
        worlds(half)
    played = []
    perform = batches.perform
    monkeypatch.setattr(batches, "perform", lambda tasks, workers: _count(perform, tasks, workers, played))
    carry_out(Asked(place, seen, half, SMALL), silent)
    assert len(played) == len(parts[1::2]) + 1
    assert contents(half) == contents(done)


def _count(perform, tasks, workers, played):
    for task, result in perform(tasks, workers):
        played.append(task.name)
        yield task, result


@pytest.mark.slow
def test_workers_change_nothing(place, seen, done, tmp_path):
    several = replace(place, options=place.options.model_copy(update={"workers": 2}))
    carry_out(Asked(several, seen, tmp_path / "several", SMALL), silent)
    assert contents(tmp_path / "several") == contents(done)


def test_another_question_is_another_fit(place, seen, harbour, composing):
    from towns import town

    known = {identity_of(place, seen, SMALL)}
    others = [
        (replace(place, seed=2), seen, SMALL),
        (replace(place, rounds=7), seen, SMALL),
        (town(harbour, "run.rounds=6", "people.endowment=900"), seen, SMALL),
        (town(harbour, "run.rounds=6", "strategy=communication"), seen, SMALL),
        (place, Observed(8, agreed={1: 1.0}), SMALL),
        (place, seen, SMALL._replace(later=41)),
    ]
    for other in others:
        found = identity_of(*other)
        assert found not in known
        known.add(found)
    several = replace(place, options=place.options.model_copy(update={"workers": 7}))
    assert identity_of(several, seen, SMALL) in known


def test_a_folder_of_something_else_is_left_alone(place, seen, done, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="mine holds something else"):
        carry_out(Asked(place, seen, tmp_path / "mine", SMALL), silent)
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    before = contents(done)
    with pytest.raises(InputError, match=r"another community.*fresh=true"):
        carry_out(Asked(place, seen, done, SMALL._replace(later=41)), silent)
    assert contents(done) == before


def test_fresh_removes_only_what_is_a_fits(place, seen, done, tmp_path):
    """Files of one's own stay, a link in the place of a table is refused, and the fit comes out the same."""
    before = contents(done)
    (done / "notes.txt").write_text("mine")
    (done / PARTS / "mine.npy").write_text("mine")
    anew = replace(place, options=place.options.model_copy(update={"fresh": True}))
    (tmp_path / "elsewhere.md").write_text("mine")
    (done / "report.md").unlink()
    (done / "report.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(InputError, match=r"report\.md is a link"):
        carry_out(Asked(anew, seen, done, SMALL), silent)
    (done / "report.md").unlink()
    carry_out(Asked(anew, seen, done, SMALL), silent)
    assert contents(done) == before and (tmp_path / "elsewhere.md").read_text() == "mine"
    assert (done / "notes.txt").read_text() == (done / PARTS / "mine.npy").read_text() == "mine"


def test_an_altered_table_is_no_table(done):
    path = done / "worlds.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(InputError, match=r"worlds\.parquet is not as commonweal fit wrote it"):
        worlds(done)


def test_what_is_no_fit_or_not_finished_has_no_worlds(done, tmp_path):
    with pytest.raises(InputError, match="holds no fit"):
        worlds(tmp_path)
    manifest = (done / "manifest.json").read_text()
    (done / "manifest.json").write_text(manifest.replace('"finished"', '"unfinished"'))
    with pytest.raises(InputError, match="not finished"):
        worlds(done)
    (done / "manifest.json").write_text(manifest.replace(f'"numbers": "{read_manifest(done)["numbers"]}"',
                                                         '"numbers": "0"'))  # fmt: skip
    with pytest.raises(InputError, match=r"numbers were of version|not finished"):
        worlds(done)
