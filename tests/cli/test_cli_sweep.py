"""`commonweal run -m`: each job has a folder of its own, named after what it sweeps."""

import json
from pathlib import Path

import pandas as pd
from tiny import TINY

from commonweal.analysis.results import load
from commonweal.commands import _sweep
from commonweal.commands._sweep import folder_name

OWN = ["effects.csv", "manifest.json"]
"""what a sweep keeps beside the folders of its jobs"""


def test_a_job_for_each_strategy_and_scenario(command, folder):
    done = command("run", "-m", "strategy=glob(in*)", "scenario=calm,crisis", *TINY, "out=sweep")
    assert done.code == 0
    names = [
        f"scenario={there},strategy={what}" for there in ("calm", "crisis") for what in ("incentives", "inclusion")
    ]
    assert sorted(path.name for path in (folder / "sweep").iterdir()) == [*OWN, *names]
    for name in names:
        manifest = load(folder / "sweep" / name).manifest
        assert f"scenario={manifest['scenarios'][0]},strategy={manifest['strategies'][1]}" == name
        assert manifest["command"][:3] == ["commonweal", "run", "-m"]
        assert name in done.out
    assert done.err.count("job ") == 4 and "Results: sweep" in done.out
    assert [path.name for path in folder.iterdir()] == ["sweep"]


def test_what_was_read_before_the_jobs_is_not_read_again(command, folder, monkeypatch):
    asked, read = [], _sweep.read
    monkeypatch.setattr(_sweep, "read", lambda words, *more: asked.append(words) or read(words, *more))
    words = ["run", "-m", "strategy=inclusion,incentives", "run.seed=1,2", *TINY]
    for more in ([], ["--yes"]):
        asked.clear()
        assert command(*words, "out=sweep", *more).code == 0
        assert len(asked) == 4 and not _sweep.KNOWN
    for alone in (("run.seed=1", "strategy=incentives"), ("run.seed=2", "strategy=inclusion")):
        assert command("run", *alone, *TINY, "out=alone", "fresh=true").code == 0
        there, own = load(folder / "sweep" / ",".join(alone)), load(folder / "alone")
        assert there.runs.equals(own.runs) and there.manifest["identity"] == own.manifest["identity"]


def test_sweeps_do_not_overwrite_each_other(command, folder):
    for _ in range(2):
        assert command("run", "-m", "strategy=inclusion", "run.seed=1,2", *TINY, "quiet=true").code == 0
    sweeps = list((folder / "results" / "sweeps").iterdir())
    assert len(sweeps) == 2
    there = [*OWN, "run.seed=1", "run.seed=2"]
    assert all(sorted(path.name for path in each.iterdir()) == sorted(there) for each in sweeps)


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
    assert len(list((folder / "sweep").iterdir())) == 2 + len(OWN)
    told = command("status", "sweep")
    assert told.out.splitlines()[0] == "sweep: finished; 2 of 2 jobs, 12 of 12 runs are done"
    assert told.out.count("refused or failed: community.leaders=1") == 2


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


def test_a_sweep_is_read_as_a_result(command, folder):
    words = ["run", "-m", "strategy=inclusion,incentives", "community.leaders=8,10", *TINY[:2], *TINY[3:], "out=sweep"]
    first = command(*words)
    assert command("table", "sweep").out == first.out
    assert command("table", "sweep", "--json").out == command(*words, "--json").out
    whole = command("table", "sweep", "--all").out
    assert whole.count("with nothing done:") == 4 and "community.leaders=10,strategy=incentives" in whole
    asked = ["query", "sweep", "SELECT strategy, community_leaders + 1, count(*) FROM runs GROUP BY ALL ORDER BY ALL"]
    assert command(*asked, "--csv").out.splitlines()[1:] == [
        f"{name},{size},{runs}" for name, runs in (("incentives", 3), ("inclusion", 3), ("laissez_faire", 6))
        for size in (9, 11)
    ]  # fmt: skip
    joint = pd.read_csv(folder / "sweep" / "effects.csv")
    assert list(joint.columns[:4]) == ["job", "community_leaders", "scenario", "strategy"]
    for name, rows in joint.groupby("job"):
        own = pd.read_csv(folder / "sweep" / str(name) / "effects.csv")
        assert rows[own.columns].reset_index(drop=True).equals(own)
    manifest = json.loads((folder / "sweep" / "manifest.json").read_text())
    assert manifest["command"] == ["commonweal", *words, "--json"]
    assert manifest["jobs"][0]["swept"] == {"strategy": "inclusion", "community.leaders": "8"}
    refused = command("analyse", "sweep")
    assert refused.code == 2 and "sweep holds a sweep of several studies" in refused.sentence


def test_a_report_on_a_sweep_has_its_jobs_side_by_side(command, folder, monkeypatch):
    monkeypatch.setattr("commonweal.report.report.print_pdf", lambda *_: "no browser")
    assert command("run", "-m", "strategy=inclusion", "run.seed=1,2", *TINY, "out=sweep").code == 0
    done = command("report", "sweep")
    assert (done.code, done.out) == (0, "wrote sweep/report.html\n")
    page = (folder / "sweep" / "report.html").read_text()
    assert "What changes where run.seed changes?" in page and "Seed 1, 2;" in page
    assert page.count('<th scope="row">run.seed=1</th>') == 1 and page.count("<figure>") == 1
    assert command("run", "-m", "strategy=inclusion", "run.seed=1,2", *TINY, "out=sweep").code == 0  # it goes on


def test_a_sweep_grows_and_says_what_is_missing(command, folder, monkeypatch):
    words = ["run", "-m", *TINY, "out=sweep"]
    assert command(*words, "run.seed=1,2", "strategy=inclusion").code == 0

    def stopped(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("commonweal.commands._play.run_study", stopped)
        assert command(*words, "run.seed=3", "strategy=inclusion,incentives").code == 130
    told = command("status", "sweep").out
    assert told.startswith("sweep: unfinished; 2 of 2 jobs") and "the sweep's command goes on" in told
    refused = command("table", "sweep")
    assert refused.code == 2 and "sweep is unfinished" in refused.sentence
    assert command(*words, "run.seed=3", "strategy=inclusion,incentives").code == 0
    jobs = json.loads((folder / "sweep" / "manifest.json").read_text())["jobs"]
    assert [each["folder"] for each in jobs] == [
        "run.seed=1", "run.seed=2", "run.seed=3,strategy=inclusion", "run.seed=3,strategy=incentives",
    ] or len(jobs) == 4  # fmt: skip


def test_a_sweep_of_designs_is_told_of_too(command):
    words = ["run", "-m", "design=grid", "design.over={learn.public:[0.2,0.8]}", "run.seed=1,2", *TINY]
    assert command(*words, "out=sweep").code == 0
    assert command("query", "sweep", "SELECT run_seed, count(*) FROM runs GROUP BY 1 ORDER BY 1", "--csv").out == (
        "run_seed,count_star()\n1,6\n2,6\n"
    )
    assert "no strategies" in command("table", "sweep").out
    refused = command("report", "sweep")
    assert refused.code == 2
    assert "report on them one by one: commonweal report sweep/run.seed=1" in refused.sentence


def test_a_sweep_that_was_refused_or_altered(command, folder):
    assert command("run", "-m", "strategy=inclusion,incentives", "community.leaders=1", "out=none").code == 2
    assert not (folder / "none").exists()
    assert command("run", "-m", "strategy=inclusion", "run.seed=1,2", *TINY, "out=sweep").code == 0
    (folder / "sweep" / "effects.csv").write_text("job\n")
    refused = command("report", "sweep")
    assert refused.code == 2 and "effects.csv is damaged or gone" in refused.sentence
    path = folder / "sweep" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["jobs"][0]["folder"] = "../elsewhere"
    path.write_text(json.dumps(manifest))
    refused = command("table", "sweep")
    assert refused.code == 2 and "names a job as commonweal does not" in refused.sentence
