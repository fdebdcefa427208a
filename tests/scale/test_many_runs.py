"""Very many runs: what is analysed by sums takes no more memory however many replicates there are."""

import os
import tracemalloc

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from thorough import THOROUGH

from commonweal.analysis import outcomes
from commonweal.analysis.budget import pareto_front
from commonweal.analysis.factorial import contrasts
from commonweal.analysis.in_units import OutcomesInUnits
from commonweal.analysis.outcomes import Outcomes, means
from commonweal.analysis.regret import regrets
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.model.run import RUN_MEASURES
from commonweal.study import blocks, play

DEEP = 500
"""replicates in a part"""


def made(folder, monkeypatch, parts, *more):
    """A study of four conditions whose runs are made up: replicates of each in so many parts, all of one content."""
    rng = np.random.default_rng(1)
    whole = rng.random((4, DEEP, len(RUN_MEASURES)))
    whole[1, 3], whole[:, :, -1] = np.nan, np.nan
    whole += np.arange(4)[:, None, None]
    errors = ("",) * 4

    def block_of(work, changes, block):
        return blocks.BlockResult(whole[block.first : block.last], errors[block.first : block.last])

    with session():
        few = "community.leaders=4", "community.degree=2", "run.rounds=1", f"run.replicates={DEEP}"
        study = read(
            ["design=grid", "design.over.learn.public=[0.2,0.8]", "design.across.scenario=[calm,crisis]", *few, *more]
        ).study
    monkeypatch.setattr(play, "play_block", block_of)
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", 4 * DEEP * 4)
    played = play.play_study(study, folder, workers=1)
    extents = [blocks.Extent(0, 4, at * DEEP, (at + 1) * DEEP, 4) for at in range(parts)]
    (first,) = played.dataset.parts().listed().values()
    for extent in extents[1:]:
        (block,) = extent.blocks(1, "runs")
        path = first.path.with_name(first.path.name.replace(first.name, block.name))
        os.link(first.path, path)
    play.write_manifest(folder, {**played.manifest, "extents": [list(each) for each in extents]})
    return whole


def peak(call) -> int:
    """The most bytes that Python, numpy and pyarrow hold at once beyond what they held before."""
    pool = pa.default_memory_pool()
    before = pool.max_memory()
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1] + pool.max_memory() - before
    finally:
        tracemalloc.stop()


def paired(found) -> pd.DataFrame:
    """The effect of the one parameter that is varied, paired by replicate, in every scenario and on their mean."""
    levels = pd.DataFrame({"public": [0, 1]})
    return found.by_group(lambda rows: contrasts(levels, found.stretches_in_full("welfare_net", rows), 0.0))


def test_memory_does_not_grow_with_runs(tmp_path, monkeypatch):
    """Thorough: 10^8 runs, that is 50,000 parts of one file."""
    few, most = (300, 50_000) if THOROUGH else (3, 300)
    monkeypatch.setattr(outcomes, "STRETCH", 4 * DEEP * few)

    def analysed(folder):
        found = Outcomes(folder)
        regrets(found, "welfare_net")
        found.costs()
        paired(found)

    taken = {}
    for parts in (few, few, most):  # once to import what is needed
        folder = tmp_path / f"{parts}_{len(taken)}"
        whole = made(folder, monkeypatch, parts)
        taken[parts] = peak(lambda folder=folder: analysed(folder))
    assert Outcomes(tmp_path / f"{most}_1").replicates == most * DEEP
    beside = 2_000 * most  # the names of the parts
    assert taken[most] < 1.3 * taken[few] + beside < 3 * few * whole.nbytes


def test_sums_by_condition_are_the_means_of_the_runs(tmp_path, monkeypatch):
    whole = made(tmp_path, monkeypatch, 3)
    found, again = Outcomes(tmp_path), Outcomes(tmp_path)
    assert found.replicates == 3 * DEEP and found.failed() == 0
    for measure in ("welfare_net", "money", "recovery"):
        column = whole[:, :, list(RUN_MEASURES).index(measure)]
        assert again.values(measure) == pytest.approx(np.tile(column, 3), rel=0, nan_ok=True)
        assert found.means(measure) == pytest.approx(means(column), rel=1e-14, nan_ok=True)
    assert np.isnan(found.means("recovery")).all() and np.isnan(again.values("welfare_net")[1, 3::DEEP]).all()
    assert not pareto_front(found).empty


@pytest.mark.parametrize("stretch", [1, 4 * 3, 4 * DEEP, 4 * (DEEP + 1)])
def test_what_is_paired_is_the_same_stretch_by_stretch(tmp_path, monkeypatch, stretch):
    """Whether a stretch ends within a part, with it, or takes some of the next."""
    monkeypatch.setattr(f"{__name__}.DEEP", 20)
    made(tmp_path, monkeypatch, 3)
    whole = paired(Outcomes(tmp_path))
    assert (whole["n"] == 3 * 19).any()
    monkeypatch.setattr(outcomes, "STRETCH", min(stretch, 4 * 21))
    pd.testing.assert_frame_equal(paired(Outcomes(tmp_path)), whole, rtol=1e-9)


def test_sums_by_condition_are_told_in_a_studys_units(tmp_path, monkeypatch):
    made(tmp_path, monkeypatch, 1, "units.money=EUR", "units.mu=10")
    plain, told = Outcomes(tmp_path), OutcomesInUnits(tmp_path)
    assert told.values("money") == pytest.approx(10 * plain.values("money"), nan_ok=True)
    assert told.means("money") == pytest.approx(10 * plain.means("money"))
    (money, hours), (of, in_hours) = plain.costs(), told.costs()
    assert of == pytest.approx(10 * money) and in_hours == pytest.approx(hours)
