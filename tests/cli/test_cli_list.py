"""`commonweal list` and `commonweal versus`: what studies there are, and two of them side by side."""

import json
import shutil
from pathlib import Path

import pytest
from tiny import SMALL, TINY

from commonweal.__main__ import main
from commonweal.analysis.effects import interval
from commonweal.analysis.results import load
from commonweal.commands import _play
from commonweal.study.conditions import BASELINE


@pytest.fixture(scope="module")
def towns(tmp_path_factory) -> Path:
    """A comparison of two strategies in two sizes of community, and a design, which nobody may change."""
    folder = tmp_path_factory.mktemp("towns")
    listed = "experiment.strategies=[inclusion,incentives]"
    scenarios = "experiment.scenarios=[calm,crisis]"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_play, "compile_model", lambda *_: None)
        for leaders in (8, 10):
            words = ["experiment=which_strategy", listed, scenarios, *TINY[:2], *TINY[3:]]
            more = [f"community.leaders={leaders}", "quiet=true", f"out={folder / 'town' / str(leaders)}"]
            assert main(["run", *words, *more]) == 0
        words = ["design=grid", "design.over={learn.public:[0.2,0.8]}", *TINY, "quiet=true", f"out={folder / 'design'}"]
        assert main(["run", *words]) == 0
    return folder


@pytest.fixture
def played(towns, command, folder):
    """Commands beside a copy of them."""
    shutil.copytree(towns, folder / "results")
    return command


def test_every_study_is_listed_newest_first(played, folder):
    assert played("run", "-m", "strategy=inclusion", "run.seed=1,2", *TINY, "out=results/seeds").code == 0
    (folder / "results" / "notes").mkdir()
    (folder / "results" / "notes" / "manifest.json").write_text("{")
    found = json.loads(played("list", "--json").out)
    assert {each["folder"] for each in found} == {
        f"results/{name}" for name in ("town/8", "town/10", "design", "seeds")
    }  # fmt: skip
    started = [each["started"] for each in found]
    assert started == sorted(started, reverse=True)
    told = {each["folder"]: each for each in found}
    assert told["results/seeds"]["size"] == "2 jobs"
    town = told["results/town/8"]
    assert (town["experiment"], town["community"], town["size"]) == (
        "which_strategy", "small_world", "8 leaders, 6 x 3 x 3",
    )  # fmt: skip
    assert town["best"] in ("inclusion", "incentives", "doing nothing")
    assert told["results/design"]["best"] == "" and told["results/design"]["status"] == "finished"
    shown = played("list", "results/town").out
    assert shown.count("which_strategy") == 2 and "now" in played("list").out


def test_where_there_is_nothing_to_list(command, folder):
    refused = command("list", "nowhere")
    assert (refused.code, refused.sentence) == (2, "nowhere is no folder; give one that holds results")
    (folder / "results").mkdir()
    assert command("list").out == "results holds no studies; commonweal run experiment=which_strategy makes one\n"


def test_two_results_side_by_side(played):
    done = json.loads(played("versus", "results/town/8", "results/town/10", "--json").out)
    assert done["differing"] == {"leaders": [8, 10], "community.leaders": [8, 10]}
    assert [(each["scenario"], each["basis"]) for each in done["rows"]][:2] == [("calm", "full strength")] * 2
    assert len(done["rows"]) == 8
    for each in done["rows"]:
        assert each["difference"] == pytest.approx(each["effect_b"] - each["effect_a"])
        assert each["paired"] and each["sure"] == (each["low"] > 0 or each["high"] < 0)
    shown = played("versus", "results/town/8", "results/town/10", "--measure", "trust").out
    assert "A: results/town/8" in shown and "leaders: 8, 10" in shown and "B less A" in shown
    same = played("versus", "results/town/8", "results/town/8").out
    assert "The same was asked for." in same and "*" not in same.partition("B less A")[2].partition("±:")[0]


def test_what_cannot_be_had_is_not_held_against_what_can(command):
    """A forum is bought whole, and costs more than a tenth of an MU a leader."""
    assert command("run", "strategy=communication", "equal_spend=.1", *TINY, "quiet=true", "out=a").code == 0
    rows = {each["basis"]: each for each in json.loads(command("versus", "a", "a", "--json").out)["rows"]}
    assert rows["full strength"]["difference"] == 0 and rows["full strength"]["paired"]
    dear = rows["equal spend"]
    assert dear["effect_a"] is dear["low_b"] is dear["difference"] is None and not dear["sure"]
    shown = " ".join(command("versus", "a", "a").out.split())
    assert "communication cannot be had cannot be had ±:" in shown and "A and B paired by replicate." in shown


def paired(folder, key):
    """(replicates,) welfare net of spend of a strategy less that of doing nothing."""
    runs = load(folder).runs.set_index("replicate").sort_index()
    scenario, basis, strategy = key
    there = runs[runs["scenario"] == scenario]
    with_it = there[(there["basis"] == basis) & (there["strategy"] == strategy)]
    return (with_it["welfare_net"] - there.loc[there["strategy"] == BASELINE, "welfare_net"]).to_numpy()


def test_replicates_are_paired_where_luck_is_shared_and_only_there(played, folder):
    for row in json.loads(played("versus", "results/town/8", "results/town/10", "--json").out)["rows"]:
        key = row["scenario"], row["basis"], row["strategy"]
        apart = paired(folder / "results/town/10", key) - paired(folder / "results/town/8", key)
        assert (row["low"], row["high"]) == pytest.approx(interval(apart)[:2])
    words = ["experiment=which_strategy", "experiment.strategies=[inclusion,incentives]"]
    size = [*TINY[:2], *TINY[3:], "run.seed=7", "community.leaders=8", "quiet=true", "out=other"]
    assert played("run", *words, "experiment.scenarios=[calm,crisis]", *size).code == 0
    done = json.loads(played("versus", "results/town/8", "other", "--json").out)
    for each in done["rows"]:
        halves = [each[f"high_{end}"] - each[f"low_{end}"] for end in "ab"]
        assert not each["paired"]
        assert each["high"] - each["low"] == pytest.approx((halves[0] ** 2 + halves[1] ** 2) ** 0.5)
    assert "A and B taken for independent" in " ".join(played("versus", "results/town/8", "other").out.split())


def test_two_scenarios_are_held_against_each_other(command):
    for scenario in ("calm", "crisis"):
        words = ["strategy=inclusion", f"scenario={scenario}", *TINY, "quiet=true", f"out={scenario}"]
        assert command("run", *words).code == 0
    (row,) = json.loads(command("versus", "calm", "crisis", "--json").out)["rows"]
    assert (row["scenario"], row["strategy"]) == ("calm / crisis", "inclusion")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["results/town/8", "results/design"], "have no strategy in the same scenario in common"),
        (["results/town/8", "nowhere"], "nowhere holds no results"),
        (["results/town/8", "results/town/10", "--measure", "welfar"], "did you mean welfare"),
        (["results/town/8"], "the following arguments are required: B"),
    ],
)
def test_what_cannot_be_held_side_by_side_is_refused(played, words, said):
    refused = played("versus", *words)
    assert refused.code == 2 and said in refused.sentence and len(refused.sentence) < 400


def test_conditions_of_designs_side_by_side(played):
    again = ["run", "design=grid", "design.over={learn.public:[0.2,0.8]}", *SMALL, "workers=1", "quiet=true"]
    assert played(*again, "run.seed=2", "out=results/other").code == 0
    done = json.loads(played("versus", "results/design", "results/other", "--json").out)
    assert done["differing"] == {"seed": [1, 2]} and [each["paired"] for each in done["rows"]] == [False]
    (same,) = json.loads(played("versus", "results/design", "results/design", "--json").out)["rows"]
    assert same["paired"] and (same["difference"], same["low"], same["high"]) == (0, 0, 0)
