"""Cost curves: what a sum buys lies between doses that were played; at full strength it is the comparison's own."""

import numpy as np
import pandas as pd
import pytest

from commonweal.analysis.cost_curve import Ladder
from commonweal.analysis.results import load, run_study
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError

SMALL = ("experiment=which_strategy", "experiment.strategies=[inclusion,communication]", "run.rounds=6",
         "experiment.scenarios=[calm,scarce]", "run.replicates=5", "community.leaders=8",
         "community.degree=2")  # fmt: skip


def asked(*words: str):
    with session():
        return read((*SMALL, *words)).study


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    study = asked("run.sums=[1,30,500]", "ensemble=assumed", "ensemble.worlds=2", "ensemble.replicates=2")
    return study, run_study(study, tmp_path_factory.mktemp("curve") / "study", workers=1)


def test_for_more_than_it_costs_in_full_a_strategy_is_the_comparisons_own(played):
    _, results = played
    full = results.effects[results.effects["basis"] == "full strength"]
    most = results.curves[results.curves["sum"] == 500]
    both = most.merge(full, on=["scenario", "strategy", "measure"], suffixes=("", "_full"))
    assert len(both) == len(full) == len(most) > 0
    for name in ("effect", "low", "high", "spend", "intensity", "n"):
        np.testing.assert_allclose(both[name], both[f"{name}_full"], rtol=1e-7, atol=1e-8)


def test_at_the_same_spend_a_curve_says_nearly_what_a_search_finds(played):
    """Equal spend is what inclusion costs in full, so that communication, if it is had, is turned down for it."""
    _, results = played
    even = results.effects.query("basis == 'equal spend' and measure == 'spend'").set_index(["scenario", "strategy"])
    for scenario in ("calm", "scarce"):
        sum_ = float(even.loc[(scenario, "inclusion"), "spend"])
        with_it = asked(f"run.sums=[{sum_}]")
        found = run_study(with_it, results.folder.parent / f"at_{scenario}", workers=1).curves
        there = found[(found["scenario"] == scenario) & (found["measure"] == "spend")].set_index("strategy")
        for strategy, row in there.iterrows():
            assert row["intensity"] == pytest.approx(even.loc[(scenario, strategy), "intensity"], abs=0.05)


def test_less_than_the_fixed_part_buys_nothing(played):
    _, results = played
    there = results.curves[results.curves["sum"] == 1]
    assert "communication" not in set(there["strategy"])


def test_curves_and_worlds_are_kept_beside_each_other_and_are_told_of(played):
    study, results = played
    assert set(results.manifest["beside"]) == {"ensemble", "curve"}
    assert not load(results.folder).worlds.empty and not load(results.folder).curves.empty
    assert (results.folder / "curve" / "manifest.json").exists()
    assert asked().beside == {} and set(study.beside) == {"ensemble", "curve"}


def test_what_is_to_do_is_known_from_the_start_whatever_is_played_beside(tmp_path):
    """So that what is left, as time so far has it, is about right: searches, other worlds and other doses included."""
    study = asked("run.sums=[1,30,500]", "ensemble=assumed", "ensemble.worlds=2", "ensemble.replicates=2")
    told: list[tuple[str, int, int]] = []
    run_study(study, tmp_path / "study", workers=1, notify=lambda *each: told.append(each))
    stages, done, totals = zip(*told, strict=True)
    assert done[-1] == totals[-1] > 2 * 5 * 3 and list(done) == sorted(done)
    assert all(2 / 3 * totals[-1] <= total <= 4 / 3 * totals[-1] for total in totals)
    said = {stage.partition(" (")[0] for stage in stages}
    assert said == {"simulating", "finding equal spend", "other worlds: simulating", "cost curve: simulating"}
    searched = [at for stage, at, _ in told if stage.startswith("finding")]
    assert searched[-1] > searched[0]


def test_a_sum_is_read_on_the_line_between_two_doses_by_hand():
    """Doses .5 and 1 cost 3 and 5, so the fixed part is 1; of two replicates one has 0, 4, 6, the other 1, 1, 3."""
    frames = [pd.DataFrame({"spend": [spend] * 2, "welfare": values})
              for spend, values in ((0.0, [0.0, 1.0]), (3.0, [4.0, 1.0]), (5.0, [6.0, 3.0]))]  # fmt: skip
    ladder = Ladder(frames[0], np.array([1.0, 0.5]), [frames[2], frames[1]])
    assert ladder.at(0.9) is None
    for sum_, values, intensity in (
        (1.5, [1.0, 1.0], 0.125),
        (2.0, [2.0, 1.0], 0.25),
        (4.0, [5.0, 2.0], 0.75),
        (9.0, [6.0, 3.0], 1.0),
    ):
        bought = ladder.at(sum_)
        assert bought.runs["welfare"].tolist() == values and bought.intensity == intensity
        assert bought.spend == min(sum_, 5.0)


@pytest.mark.parametrize("sums", ["[20,10]", "[0,10]", "[-5]", "[10,10]"])
def test_sums_that_do_not_rise_are_refused(sums):
    with pytest.raises(InputError, match=r"run.sums"):
        asked(f"run.sums={sums}")
