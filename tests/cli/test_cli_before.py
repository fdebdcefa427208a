"""What a study takes is told before it begins; what takes more than a day or much of the disk is asked about first."""

import re
import resource
import shutil
import subprocess
import sys
from itertools import islice
from types import SimpleNamespace

import pytest
from tiny import TINY

from commonweal.commands import _before, _estimate
from commonweal.commands._estimate import Estimate
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.study.blocks import Blocks, Extent
from commonweal.study.pool import Task, perform
from commonweal.study.progress import MissingBlocks

HUGE = ("strategy=inclusion", "run.replicates=10000000", "run.rounds=100000")
COMPARISON = ("run", "strategy=inclusion", *TINY)
DESIGN = ("run", "design=grid", "design.over.learn.public=[0.2,0.8]", *TINY)


@pytest.mark.parametrize("words", [COMPARISON, DESIGN, ("run", "-m", "strategy=inclusion,incentives", *TINY)])
def test_a_dry_run_tells_what_would_be_played_and_writes_nothing(command, folder, words):
    done = command(*words, "--dry-run")
    assert done.code == 0 and done.out == "" and not any(folder.iterdir())
    size = r"\d+ runs, about 0 s on this machine, [\d,]+ MB of memory and [\d,]+ MB on disk"
    assert len(re.findall(size, done.err)) == (2 if "-m" in words else 1)
    assert "nothing is played; without --dry-run the results go to " in done.err
    assert ("\n2 jobs: 12 runs, about 0 s in all, and " in done.err) == ("-m" in words)


@pytest.mark.parametrize(
    "words",
    [["branch", "strategy=inclusion", "--at", "2", "--to", "incentives", *TINY[:3]], ["calibrate", "out=there"],
     ["validate", "--quick", "out=there"], ["validate", "--screen", "out=there"]],
)  # fmt: skip
def test_verbs_that_play_much_say_what_they_would(command, folder, words):
    done = command(*words, "--dry-run")
    assert done.code == 0 and "without --dry-run" in done.out and not any(folder.iterdir())


def test_going_on_with_a_dry_run_changes_nothing(command, folder):
    assert command(*COMPARISON, "out=here", "quiet=true").code == 0
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert command("resume", "here", "--dry-run").code == 0
    assert command(*COMPARISON, "out=here", "run.replicates=5", "--dry-run").code == 0
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def kept(folder):
    """Every file below a folder, and when it was written."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_verbs_that_read_results_say_what_they_would_write(command, folder):
    assert command(*COMPARISON, "out=results/which_strategy/mine", "quiet=true").code == 0
    place, mine = "results/which_strategy/mine", "# %% tags=['parameters']\nresults_folder, n = '', 1\n# %%\nprint(n)\n"
    (folder / "mine.py").write_text(mine.replace("'", '"').replace('folder, n = "", 1', 'folder = ""\nn = 1'))
    before = kept(folder)
    asked = {
        ("report", place): "report.html and, where a Chromium is installed, report.pdf go there",
        ("analyse", place): f"differences.csv, front.csv would go to {place}/analysis",
        (
            "analyse",
            place,
            "--measure",
            "trust",
            "--budget",
            "20",
        ): f"budget.csv, front.csv would go to {place}/analysis",
        ("notebook", "mine.py", "--results", place, "n=3"): f"mine.ipynb, mine.html and its plots go to {place}",
    }
    for words, said in asked.items():
        done = command(*words, "--dry-run")
        assert done.code == 0 and said in done.out and done.err == "", done
        assert command(*words[:1], "nowhere", *words[2:], "--dry-run").code == 2
    assert command("notebook", "mine.py", "--results", place, "m=3", "--dry-run").code == 2
    assert kept(folder) == before


def test_a_page_of_an_executed_notebook_is_told_of_and_not_written(command, folder):
    (folder / "mine.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    done = command("notebook", "--html", "mine.ipynb", "--dry-run")
    assert done.code == 0 and "without --dry-run there would be mine.html" in done.out
    assert [path.name for path in folder.iterdir()] == ["mine.ipynb"]
    assert command("notebook", "--html", "nothing.ipynb", "--dry-run").code == 2


@pytest.mark.parametrize(("block", "each"), [(0.06, 0.001), (0.0, 0.02), (3.0, 0.5)])
def test_the_time_is_told_by_what_a_replicate_adds(monkeypatch, block, each):
    """A block of one costs what its rounds cost in Python, which is nothing beside a real block's replicates."""
    clock = SimpleNamespace(now=0.0)

    def played(work, changes, some):
        clock.now += block + each * (some.last_replicate - some.first_replicate)

    monkeypatch.setattr(_estimate, "play_block", played)
    monkeypatch.setattr(_estimate.time, "perf_counter", lambda: clock.now)
    with session():
        study = read(["strategy=inclusion", "run.replicates=50", "run.rounds=60"], ["run"]).study
    told = _estimate.estimate(study, 1)
    per_run = told.seconds / (told.runs + len(study.second_wave) * _estimate.worth(study))
    assert per_run == pytest.approx(each if block < 1 else block + each)


TAKES = {
    "a day": Estimate(1, 90_000, 1, 1), "the disk": Estimate(1, 1, 1e9, 1), "little": Estimate(1, 1, 1, 1)
}  # fmt: skip


@pytest.mark.parametrize("takes", TAKES)
@pytest.mark.parametrize("words", [COMPARISON, DESIGN, ("run", "-m", "strategy=inclusion,incentives", *TINY)])
def test_what_takes_much_is_refused_where_nobody_can_be_asked(command, folder, monkeypatch, takes, words):
    monkeypatch.setattr(_before, "estimate", lambda *_: TAKES[takes])
    monkeypatch.setattr(_before, "SMALL", 0)
    done = command(*words, "out=here")
    assert done.code == (0 if takes == "little" else 2)
    if takes != "little":
        assert re.search(r"takes about .*, and .*B of the .*B that are free on disk; add --yes to play", done.err)
        assert not (folder / "here").exists()
    if takes == "a day":
        assert command(*words, "out=here", "--yes").code == 0
        assert command(*words, "out=here").code == 0  # it was asked about when it began


def test_a_sweep_asks_once_for_all_its_jobs_and_plays_none_before(command, folder, monkeypatch):
    """A third of a day each is little; three of them are a day, and more."""
    monkeypatch.setattr(_before, "estimate", lambda *_: Estimate(3, 30_000, 1, 1))
    monkeypatch.setattr(_before, "SMALL", 0)
    words = ("run", "-m", *TINY, "quiet=true", "out=here")
    assert command(*words, "run.seed=1,2").code == 0
    done = command(*words, "run.seed=3,4,5")
    assert done.code == 2 and re.match(r"a sweep of 3 jobs takes about 25\.0 h, and ", done.sentence)
    jobs = [path.name for path in (folder / "here").iterdir() if path.is_dir()]
    assert sorted(jobs) == ["run.seed=1", "run.seed=2"]
    assert command(*words, "run.seed=2,3,4").code == 0  # of which one was begun before


@pytest.mark.parametrize(("answer", "code"), [("yes\n", 0), ("\n", 2)])
@pytest.mark.parametrize("words", [COMPARISON, ("run", "-m", "run.seed=1,2", *TINY)], ids=["alone", "sweep"])
def test_somebody_at_a_terminal_is_asked(command, folder, monkeypatch, answer, code, words):
    monkeypatch.setattr(_before, "estimate", lambda *_: TAKES["a day"])
    monkeypatch.setattr(_before, "SMALL", 0)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True, readline=lambda: answer))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    done = command(*words, "out=here")
    assert done.code == code and done.err.count("Go on? Write yes:") == 1 and (folder / "here").exists() == (code == 0)


def test_the_largest_study_there_can_be_is_told_in_little_memory(folder):
    """Ten million replicates of a hundred thousand rounds: the size is told, and a gigabyte is not taken for it.

    Little is played to see how long it takes.
    """
    little = "from commonweal.commands import _estimate; _estimate.TRIED_LEADER_ROUNDS = 2_000"
    script = f"import sys; from commonweal.__main__ import main; {little}; sys.exit(main({['run', *HUGE]!r}))"
    limit = 3 * 2**30
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert re.search(r"20,000,000 runs, about [\d,]+ days on this machine, .* of memory", done.stderr)
    assert "add --yes to play it all the same" in done.stderr and not (folder / "results").is_dir()


def test_blocks_and_tasks_are_made_when_they_are_needed():
    blocks = Blocks([Extent(0, 1000, 0, 10_000_000, 30)], 100_000, "runs")
    assert len(set(islice(blocks, 100))) == 100
    missing = MissingBlocks(blocks, list(islice(blocks, 5)))
    assert missing and next(iter(missing)) == list(islice(blocks, 6))[5]
    made = []

    def tasks():
        for number in range(10**9):
            made.append(number)
            yield Task(str(number), 1, abs, (-number,))

    assert [result for _, result in islice(perform(tasks(), 1), 3)] == [0, 1, 2] and len(made) < 10


def test_what_is_told_of_disk_is_about_right(command, folder):
    for keep in ("runs", "rounds", "trajectories"):
        words = ("run", "design=grid", "design.over.learn.public=[0.2,0.8]", "community.leaders=8", "workers=1",
                 "run.rounds=400", "run.replicates=60", f"run.keep={keep}", f"out={keep}")  # fmt: skip
        done = command(*words)
        assert done.code == 0
        told = int(re.search(r"and ([\d,]+) MB on disk", done.err)[1])  # pyright: ignore
        taken = sum(path.stat().st_size for path in (folder / keep).rglob("*") if path.is_file()) / 1e6
        assert 0.4 * taken <= told <= 2.5 * taken + 1, (keep, told, taken)
        shutil.rmtree(folder / keep)
