"""Cost curves: what a sum buys lies between doses that were played; at full strength it is the comparison's own."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from commonweal.analysis.best_mix import BEST_MIX, Mixes, Pair, best_mixes, mixes
from commonweal.analysis.cost_curve import Ladder, Ladders, ladders
from commonweal.analysis.results import load, run_study
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.model.run import RUN_MEASURES
from commonweal.study.dataset import open_study

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
    most = results.curves[(results.curves["sum"] == 500) & (results.curves["strategy"] != BEST_MIX)]
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
        there = there.drop(BEST_MIX, errors="ignore")  # half of it may buy nothing
        for strategy, row in there.iterrows():
            assert row["intensity"] == pytest.approx(even.loc[(scenario, strategy), "intensity"], abs=0.05)


def test_less_than_the_fixed_part_buys_nothing(played):
    _, results = played
    there = results.curves[results.curves["sum"] == 1]
    assert "communication" not in set(there["strategy"])


def test_curves_and_worlds_are_kept_beside_each_other_and_are_told_of(played):
    study, results = played
    assert set(results.manifest["beside"]) == {"ensemble", "curve", "mix"}
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
    assert said == {
        "simulating", "finding equal spend", "other worlds: simulating", "cost curve: simulating", "mixes: simulating",
    }  # fmt: skip
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


def test_the_best_mix_is_measured_in_communities_that_did_not_choose_it(played):
    """Of 5 replicates of the curve 2 are of pairs: one chooses, the other measures."""
    _, results = played
    mix = results.curves[(results.curves["strategy"] == BEST_MIX) & (results.curves["measure"] == "welfare_net")]
    assert (mix["n"] == 1).all() and mix["rank"].isna().all() and len(mix) >= 4
    assert (mix["spend"] <= mix["sum"]).all() and mix["holds"].str.contains("inclusion|communication").all()
    assert results.curves[results.curves["strategy"] != BEST_MIX]["holds"].isna().all()


def runs(spend, *net):
    """Of some replicates."""
    columns = {name: [0.0] * len(net) for name in RUN_MEASURES}
    return pd.DataFrame(columns | {"spend": [spend] * len(net), "welfare_net": net})


def test_the_choice_is_by_the_first_half_and_what_it_brings_by_the_second_by_hand(played):
    """For 10 talk brings 1, which costs 10; both at half of it bring 3 where it is chosen and 2 where it is measured.

    Two at once cost 20 where the sum is 10: half of what they bring for that is had for 10, beside nothing for 0.
    """
    nothing = runs(0.0, 0.0, 0.0, 0.0, 0.0)
    alone = {name: Ladder(nothing, np.array([1.0]), [runs(10.0, *net)])
             for name, net in (("talk", (1.0, 1.0, 9.0, 9.0)), ("goals", (0.0, 0.0, 0.0, 0.0)))}  # fmt: skip
    study = dataclasses.replace(played[0], size=played[0].size.model_copy(update={"replicates": 4}))
    mixed = Mixes(study, [Pair("calm", 10.0, ("talk", "goals"), (0.5, 0.25))])
    there = {"calm": Ladders(nothing, alone)}
    found = best_mixes({0: runs(20.0, 6.0, 6.0, 4.0, 4.0)}, mixed, there, [10.0], 0.01)
    row = found.set_index("measure").loc["welfare_net"]
    assert (row["holds"], row["effect"], row["spend"], row["n"]) == ("talk 0.5 + goals 0.25", 2.0, 10.0, 2)
    found = best_mixes({0: runs(20.0, 1.0, 1.0, 40.0, 40.0)}, mixed, there, [10.0], 0.01)
    row = found.set_index("measure").loc["welfare_net"]
    assert (row["holds"], row["effect"]) == ("talk 1", 9.0)  # it would have been the better, but was not chosen
    assert best_mixes({}, mixed, there, [10.0], 0.01)["holds"].unique().tolist() == ["talk 1"]  # pairs that failed


def test_a_pair_is_had_for_half_of_the_sum_each_and_played_so(played):
    study, results = played
    dataset, _ = open_study(results.folder / "curve")
    there = ladders(dataset, [*dataset.parts().listed().values()])
    found = mixes(study.beside["curve"], there, [30.0, 500.0])
    for at, pair in enumerate(found.pairs):
        members = found.study.world(at).strategy
        for name, intensity in zip(pair.strategies, pair.intensities, strict=True):
            half = there[pair.scenario].of[name].at(pair.sum / 2)
            assert members.parts[name].intensity == intensity == half.intensity
    assert {pair.scenario for pair in found.pairs} == {"calm", "scarce"}
    assert mixes(study.beside["curve"], there, [1.0]) is None  # half of it buys nothing of communication


def test_each_of_a_pair_is_had_for_half_of_the_sum_by_hand(played):
    """Of 12 each has 6: of what costs 10 in full six tenths, of what costs 20 three."""
    nothing, doses = runs(0.0, 0.0, 0.0), np.array([0.5, 1.0])
    of = {name: Ladder(nothing, doses, [runs(whole / 2, 0.0, 0.0), runs(whole, 0.0, 0.0)])
          for name, whole in (("inclusion", 10.0), ("communication", 20.0))}  # fmt: skip
    found = mixes(played[0].beside["curve"], {"calm": Ladders(nothing, of)}, [12.0])
    (pair,) = found.pairs
    assert dict(zip(pair.strategies, pair.intensities, strict=True)) == pytest.approx(
        {"inclusion": 0.6, "communication": 0.3}
    )


@pytest.mark.parametrize("sums", ["[20,10]", "[0,10]", "[-5]", "[10,10]"])
def test_sums_that_do_not_rise_are_refused(sums):
    with pytest.raises(InputError, match=r"run.sums"):
        asked(f"run.sums={sums}")
