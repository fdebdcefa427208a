"""`commonweal run`: what it plays, where it puts what came of it, what it says."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tiny import SMALL, TINY

from commonweal.analysis.results import load
from commonweal.commands import _play
from commonweal.study import blocks

ROW = {
    "rank", "strategy", "verdict", "cost_apart", "prob_best", "best_communities", "best_worlds", "spend", "intensity",
    "replicates", "measures",
}  # fmt: skip
SECTIONS = {
    "schema", "folder", "experiment", "replicates", "rounds", "leaders", "seed", "failed_runs", "smallest_effect",
    "scenarios", "baseline",
}  # fmt: skip


def test_one_strategy_against_doing_nothing(command, folder):
    done = command("run", "strategy=inclusion", "scenario=crisis", *TINY)
    assert done.code == 0
    assert "single: inclusion against doing nothing in crisis; 8 leaders, 3 replicates of 3 rounds" in done.err
    where = Path(re.search(r"Results: (\S+)", done.out)[1])
    assert re.fullmatch(r"results/single/\d{8}-\d{6}-[0-9a-f]{8}", str(where))
    results = load(where)
    assert results.manifest["strategies"] == ["laissez_faire", "inclusion"]
    assert results.manifest["scenarios"] == ["crisis"]
    assert results.manifest["command"] == ["commonweal", "run", "strategy=inclusion", "scenario=crisis", *TINY]
    assert results.manifest["config"]["strategy"] == {"seats": 1.0, "pace": 0.1, "equality": 0.7}
    assert results.manifest["config"]["run"]["replicates"] == 3
    assert set(results.effects["basis"]) == {"full strength"}


def test_an_experiment_at_full_strength_and_at_equal_spend(command):
    done = command("run", "experiment=which_strategy", *TINY, "out=here")
    assert done.code == 0
    assert "which_strategy: 7 strategies and all seven at once against doing nothing in 10 scenarios" in done.err
    results = load("here")
    assert len(results.runs) == 10 * (1 + 8 + 8) * 3
    assert sorted(results.manifest["config"]["strategies"]) == sorted(results.manifest["strategies"])
    assert "strategy" not in results.manifest["config"]
    assert "commonweal table here --all" in done.out
    told = " ".join(done.out.split())
    assert "A strategy is something that the convener" in told and "people.people_per_leader=500" in told
    assert "net of spend (what people have, less what the convener spent)" in told
    every = command("table", "here", "--all").out
    assert every.splitlines()[:10] == done.out.splitlines()[:10]
    assert "\ncalm\n" in every and "\nwith nothing done: welfare net " in every
    assert "best on welfare net of spend" in every
    assert "3 replicates are too few for conclusions" in done.out
    assert max(map(len, done.out.splitlines())) <= 120


def test_lists_and_values_of_an_experiment_can_be_given(command):
    words = ["experiment=which_strategy", "experiment.strategies=[inclusion,incentives]", "experiment.scenarios=[calm]"]
    done = command("run", *words, "strategies.inclusion.seats=0.5", "equal_spend=2", *TINY, "out=here")
    assert done.code == 0
    manifest = load("here").manifest
    assert manifest["strategies"] == ["laissez_faire", "inclusion", "incentives"]
    assert manifest["config"]["strategies"]["inclusion"]["seats"] == 0.5
    assert list(manifest["config"]["scenarios"]) == ["calm"]


def test_a_strategy_is_the_same_alone_and_in_an_experiment(command):
    experiment = ["experiment=which_strategy", "experiment.strategies=[inclusion]", "experiment.scenarios=[crisis]"]
    command("run", "strategy=inclusion", "scenario=crisis", *TINY, "out=alone")
    command("run", *experiment, *TINY, "out=listed")
    alone, listed = (load(name).runs.drop(columns="error") for name in ("alone", "listed"))
    assert alone.equals(listed)


def test_a_portfolio_of_parts(command):
    parts = ["strategy.parts.inclusion.intensity=0.5", "strategy.parts.inclusion.start=2"]
    assert command("run", "strategy=portfolio", *parts, *TINY, "out=here").code == 0
    part = load("here").manifest["config"]["strategy"]["parts"]["inclusion"]
    assert part == {"intensity": 0.5, "start": 2, "end": 0, "ramp": 0}


def test_fewer_groups_than_asked_for_are_said(command):
    said = "people.groups is 40, more than there are leaders: there will be 8"
    assert said in command("run", *TINY, "people.groups=40").err
    assert "people.groups" not in command("run", *TINY).err


@pytest.mark.parametrize(("rounds", "seen"), [(24, False), (25, True)])
def test_a_shock_after_the_last_round_is_said(command, rounds, seen):
    done = command("run", "scenario=crisis", *TINY, f"run.rounds={rounds}")
    said = "scenario=crisis: the crisis comes at the end of round 24; give more than 24 run.rounds"
    assert (said in done.err) != seen


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("-m scenario=calm,crisis strategy=inclusion", "scenario=crisis: the crisis comes at the end of round 24"),
        ("-m scenario.events.cut=1,9", "scenario=calm: the cut comes at the end of round 9; give more than 9"),
        ("design=grid design.over.scenario=[calm,crisis]", "scenario=crisis: the crisis comes at the end of round 24"),
        ("design=grid design.over.scenario.events.cut=[1,9]", "scenario=calm: the cut comes at the end of round 9"),
        ("scenario.events.cut=1 scenario.events.arrival=5", "scenario=calm: the arrival comes at the end of round 5"),
        ("strategy=portfolio strategy.parts.inclusion.intensity=1 strategy.parts.inclusion.start=7",
         "strategy=portfolio: inclusion begins in round 7; give at least 7 run.rounds"),
        ("design=order", "strategy=portfolio: communication begins in round 25; give at least 25 run.rounds"),
    ],
)  # fmt: skip
def test_what_comes_after_the_last_round_is_said(command, words, said):
    done = command("run", *words.split(), *TINY)
    assert done.code == 0 and done.err.count(said) == 1


def test_nothing_chosen_is_nothing_compared(command):
    done = command("run", *TINY)
    assert done.code == 0
    assert "with nothing done: welfare net " in done.out and "Nothing was compared. Choose a strategy" in done.out


def test_runs_do_not_overwrite_each_other(command, folder):
    for _ in range(3):
        assert command("run", "strategy=inclusion", *TINY).code == 0
    assert len(list((folder / "results" / "single").iterdir())) == 3


def test_only_results_are_left_in_the_folder(command, folder):
    command("run", "strategy=inclusion", *TINY, "out=here")
    names = [".lock", "conditions.parquet", "effects.csv", "manifest.json", "rounds", "rounds.parquet", "runs",
             "runs.parquet"]  # fmt: skip
    assert sorted(path.name for path in folder.glob("*/*")) == names


def test_the_same_command_again_prints_what_is_there(command, monkeypatch):
    first = command("run", "strategy=inclusion", *TINY, "out=here")
    monkeypatch.setattr("commonweal.study.play._Player.play", None)
    again = command("run", "strategy=inclusion", *TINY, "out=here")
    assert (again.code, again.out) == (0, first.out)


def test_json_is_alone_on_standard_output(process):
    done = process("run", "--json", "strategy=inclusion", *SMALL, "workers=2", "figures=false")
    assert done.code == 0
    table = json.loads(done.out)
    assert set(table) == SECTIONS
    assert set(table["scenarios"]) == {"calm"} and set(table["scenarios"]["calm"]) == {"full strength"}
    rows = table["scenarios"]["calm"]["full strength"]
    assert all(set(row) == ROW for row in rows)
    assert sorted(row["strategy"] for row in rows) == ["inclusion", "laissez_faire"]
    assert [row["rank"] for row in rows] == [1, 2]
    assert sum(row["prob_best"] for row in rows) == pytest.approx(1)
    assert table["replicates"] == 3 and table["failed_runs"] == 0
    assert "simulating" in done.err and "\x1b" not in done.err + done.out


def test_json_can_be_asked_for_in_either_way(command):
    one = command("run", "strategy=inclusion", *TINY, "out=here", "json=true")
    other = command("run", "strategy=inclusion", *TINY, "out=here", "--json")
    third = command("table", "here", "--json")
    assert json.loads(one.out) == json.loads(other.out) == json.loads(third.out)


@pytest.mark.parametrize("name", ["2026", "1e3", "a b/c", "true"])
def test_folders_may_have_odd_names(command, folder, name):
    assert command("run", "strategy=inclusion", *TINY, f"out={name}", "quiet=true").out == f"{name}\n"
    assert (folder / name / "manifest.json").exists()


def test_it_goes_on_where_nobody_reads_what_it_says(folder):
    words = ["run", "strategy=inclusion", *TINY, "out=here"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "commonweal", *words], stderr=writer, stdout=subprocess.PIPE, timeout=60,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )  # fmt: skip
    os.close(writer)
    assert done.returncode == 0 and b"Results: here" in done.stdout


def test_quiet_says_where_and_nothing_else(command):
    done = command("run", "strategy=inclusion", *TINY, "out=here", "quiet=true")
    assert tuple(done) == (0, "here\n", "")


def test_figures_are_counted_while_they_are_drawn(command):
    done = command("run", "strategy=inclusion", *SMALL, "workers=1", "out=here")
    assert "drawing the figures: 0 of 14 figures" in done.err


def test_figures_are_drawn_once(command, monkeypatch):
    drawn = []

    def draw_all(results, folder, study, workers, few, notify):
        drawn.append((results.folder, folder.parent, len(study.names), workers, few))
        folder.mkdir()
        (folder / "x.png").touch()
        return [folder / "x.png"]

    monkeypatch.setattr("commonweal.figures.gallery.draw_all", draw_all)
    words = ["run", "strategy=inclusion", *SMALL, "workers=1", "out=here"]
    assert command(*words).code == 0
    assert command(*words).code == 0
    assert drawn == [(Path("here"), Path("here"), 2, 1, False)]
    assert Path("here/figures/x.png").exists()


@pytest.mark.parametrize("clock", [-1e8, 1e8])
def test_figures_are_of_the_numbers_whatever_the_clock_said(command, monkeypatch, clock):
    """Drawn in a year to come, or long ago, they are drawn anew where the numbers are others, and only there."""
    drawn = []

    def draw_all(results, folder, study, workers, few, notify):
        drawn.append(len(results.runs))
        folder.mkdir()
        (folder / "x.png").touch()
        return [folder / "x.png"]

    monkeypatch.setattr("commonweal.figures.gallery.draw_all", draw_all)
    words = ("run", "strategy=inclusion", "run.rounds=3", "community.leaders=8", "workers=1", "out=here", "quiet=true")
    for replicates, times in ((3, 1), (3, 1), (4, 2), (4, 2)):
        assert command(*words, f"run.replicates={replicates}").code == 0 and len(drawn) == times
        for path in (Path("here/figures"), *Path("here/figures").iterdir()):
            os.utime(path, (time.time() + clock, time.time() + clock))


def test_figures_that_fail_do_not_take_the_numbers_with_them(command, monkeypatch):
    def draw_all(_, folder, *__):
        folder.mkdir()
        (folder / "half.png").touch()
        raise RuntimeError("no ink")

    monkeypatch.setattr("commonweal.figures.gallery.draw_all", draw_all)
    done = command("run", "strategy=inclusion", *SMALL, "workers=1", "out=here")
    assert done.code == 1
    assert "The figures could not be drawn (RuntimeError: no ink); the numbers stand." in done.err
    assert "Results: here" in done.out and len(load("here").runs) == 6
    assert not list(Path("here").rglob("*.png"))


def test_a_roster_is_read_and_what_is_missing_is_said(command, folder):
    assert command("roster", "template", "town").code == 0
    files = [f"community.{name}_file=town/{name}.csv" for name in ("leaders", "ties", "groups")]
    done = command("run", "community=roster", *files, "strategy=inclusion", "run=smoke", "run.rounds=3",
                   "run.replicates=3", "workers=1", "figures=false")  # fmt: skip
    assert done.code == 0
    assert "12 leaders: Ines Harrow" in done.err and "filled in anew for each replicate" in done.err
    assert load(next((folder / "results" / "single").iterdir())).manifest["leaders"] == 12


def test_a_bad_roster_is_refused_with_file_line_and_column(command, folder):
    (folder / "leaders.csv").write_text("id,standing\na,1\nb,tall\n")
    done = command("run", "community=roster", "community.leaders_file=leaders.csv", "strategy=inclusion")
    assert done.code == 2
    assert done.sentence.startswith("leaders.csv, line 3, column standing: 'tall' is not a number")


def test_cfg_shows_the_whole_configuration_and_runs_nothing(command, folder):
    done = command("run", "strategy=inclusion", "--cfg", "job")
    assert done.code == 0
    assert "strategy:\n  seats: 1.0\n" in done.out and "hydra" not in done.out
    assert not any(folder.iterdir())


def test_cfg_takes_what_a_design_varies(command):
    done = command("run", "design=one_at_a_time", "design.over.learn.public=[0,1]", "--cfg", "job")
    assert done.code == 0 and "over:\n    learn:\n      public:\n      - 0\n      - 1\n" in done.out


def test_cfg_changed_shows_what_differs_from_doing_nothing(command, folder):
    done = command("run", "strategy=inclusion", "scenario=crisis", "run.rounds=5", "--cfg", "changed")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:2] == ["strategy=inclusion    was laissez_faire", "scenario=crisis    was calm"]
    assert "run.rounds=5    was 60" in lines and "strategy.seats=1.0    was not there" in lines
    assert not any("learn.public" in line or "hydra" in line for line in lines)
    assert command("run", "--cfg", "changed").out == "nothing: this is what commonweal run uses\n"
    assert command("run", "strategi=inclusion", "--cfg", "changed").code == 2
    assert not any(folder.iterdir())


def test_info_is_hydras(process):
    done = process("run", "--info", "searchpath")
    assert done.code == 0 and "/conf" in done.out


@pytest.mark.parametrize("code", [0, 1])
def test_failed_runs_are_told_of_and_left_out(command, monkeypatch, code):
    def sometimes(work, change, *rest):
        if code and change["strategy"] == "inclusion":
            raise ZeroDivisionError("never")
        return played(work, change, *rest)

    played = blocks._play
    monkeypatch.setattr(blocks, "_play", sometimes)
    done = command("run", "strategy=inclusion", *TINY, "out=here")
    assert done.code == code
    if code:
        assert "3 of 6 runs failed, and are left out; the first said: ZeroDivisionError: never." in done.err
        assert "commonweal resume here tries them again" in done.err
        monkeypatch.undo()


def test_first_words_come_before_the_simulation(command, monkeypatch):
    said = []
    monkeypatch.setattr(_play, "announce", lambda *_: said.append("announced"))
    monkeypatch.setattr(_play, "run_study", lambda *_, **__: said.append("run") or load("here"))
    command("run", "strategy=inclusion", *TINY, "out=here", "fresh=true")
    assert said[:1] == ["announced"]
