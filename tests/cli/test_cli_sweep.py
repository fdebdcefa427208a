"""`commonweal run -m`: each job has a folder of its own, named after what it sweeps."""

import json
from pathlib import Path

from tiny import TINY

from commonweal.analysis.results import load
from commonweal.commands._sweep import folder_name


def test_a_job_for_each_strategy_and_scenario(command, folder):
    done = command("run", "-m", "strategy=glob(in*)", "scenario=calm,crisis", *TINY, "out=sweep")
    assert done.code == 0
    names = [
        f"scenario={there},strategy={what}" for there in ("calm", "crisis") for what in ("incentives", "inclusion")
    ]
    assert sorted(path.name for path in (folder / "sweep").iterdir()) == names
    for name in names:
        manifest = load(folder / "sweep" / name).manifest
        assert f"scenario={manifest['scenarios'][0]},strategy={manifest['strategies'][1]}" == name
        assert manifest["command"][:3] == ["commonweal", "run", "-m"]
        assert name in done.out
    assert done.err.count("job ") == 4 and "Results: sweep" in done.out
    assert [path.name for path in folder.iterdir()] == ["sweep"]


def test_sweeps_do_not_overwrite_each_other(command, folder):
    for _ in range(2):
        assert command("run", "-m", "strategy=inclusion", "run.seed=1,2", *TINY, "quiet=true").code == 0
    sweeps = list((folder / "results" / "sweeps").iterdir())
    assert len(sweeps) == 2
    assert all(sorted(path.name for path in each.iterdir()) == ["run.seed=1", "run.seed=2"] for each in sweeps)


def test_a_sweep_is_one_json_document(command):
    done = command("run", "-m", "strategy=inclusion,incentives", *TINY, "out=sweep", "--json")
    table = json.loads(done.out)
    assert [job["sweeps"] for job in table["jobs"]] == ["strategy=inclusion", "strategy=incentives"]
    assert [job["code"] for job in table["jobs"]] == [0, 0]
    assert table["jobs"][0]["results"]["scenarios"]["calm"]["full strength"]


def test_a_sweep_goes_on_where_it_was(command, monkeypatch):
    words = ["run", "-m", "strategy=inclusion,incentives", *TINY, "out=sweep"]
    first = command(*words)
    monkeypatch.setattr("commonweal.study.play._Player.play", None)
    again = command(*words)
    assert (again.code, again.out) == (0, first.out)


def test_jobs_that_are_refused_do_not_stop_the_others(command, folder):
    done = command("run", "-m", "strategy=inclusion,portfolio", "community.leaders=1,8", *TINY[:2], "workers=1",
                   "figures=false", "out=sweep")  # fmt: skip
    assert done.code == 2
    assert done.err.count("community.leaders is 1, which is out of range") == 1
    assert done.out.count("refused") == 2
    assert len(list((folder / "sweep").iterdir())) == 2


def test_a_folder_that_holds_something_else_is_refused(command, folder):
    (folder / "mine").mkdir()
    (folder / "mine" / "thesis.txt").touch()
    done = command("run", "-m", "strategy=inclusion,incentives", *TINY, "out=mine")
    assert done.code == 2 and "mine holds something else (thesis.txt)" in done.sentence


def test_hydra_may_be_given_a_folder_of_its_own(command, folder):
    words = ["run", "-m", "strategy=inclusion,incentives", *TINY, "out=sweep", "hydra.sweep.dir=shared"]
    assert command(*words).code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["shared", "sweep"]
    done = command(*words, "hydra.sweep.subdir=x/y")
    assert done.code == 2 and "no job of the sweep left word" in done.err


def test_a_launcher_runs_jobs_side_by_side(process, folder):
    done = process("run", "-m", "strategy=inclusion,incentives", *TINY, "hydra/launcher=joblib", "out=sweep", "--json")
    assert done.code == 0, done.err
    table = json.loads(done.out)
    assert [job["code"] for job in table["jobs"]] == [0, 0]
    assert {path.name for path in folder.iterdir()} == {"sweep"}
    there = load(folder / "sweep" / "strategy=inclusion")
    assert process("run", "strategy=inclusion", *TINY, "out=alone").code == 0
    assert there.runs.equals(load(folder / "alone").runs)


def test_names_of_folders_are_safe_short_and_distinct():
    assert folder_name("strategy=inclusion,run.seed=1") == "strategy=inclusion,run.seed=1"
    odd = folder_name("a=../../etc,b=[x y]")
    assert "/" not in odd and " " not in odd and Path(odd).name == odd and not odd.startswith(".")
    long = [folder_name("a=" + "x" * 500 + end) for end in "12"]
    assert len(set(long)) == 2 and max(map(len, long)) < 200
    assert folder_name("") == ""


def test_a_job_that_breaks_does_not_stop_the_others(command, monkeypatch):
    from commonweal.commands import _play

    def sometimes(study, *rest, **more):
        if study.strategies[-1] == "inclusion":
            raise RuntimeError("never")
        return played(study, *rest, **more)

    played = _play.run_study
    monkeypatch.setattr(_play, "run_study", sometimes)
    done = command("run", "-m", "strategy=inclusion,incentives", *TINY, "out=sweep")
    assert done.code == 1
    assert "strategy=inclusion: RuntimeError: never" in done.err and "failed" in done.out and "incentives" in done.out
