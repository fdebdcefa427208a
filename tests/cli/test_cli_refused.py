"""Bad input: exit code 2, one sentence on standard error with field, value and remedy, nothing written."""

import os
from pathlib import Path

import pytest
from small_chunks import BLOCK
from tiny import SMALL_CHUNKS, TINY

from commonweal.analysis.results import load
from commonweal.errors import InputError

REFUSED = {
    # unknown keys
    "run.replicate=3": "run.replicate is not a parameter here; did you mean run.replicates?",
    "+typo=5": "typo is not a parameter here; known are: ",
    "seed=3": "seed is not a parameter here; did you mean run.seed?",
    "strateg=inclusion": "strateg is not a parameter here; did you mean strategy?",
    "run.seed.x=3": "run.seed is a single value",
    "strategy=inclusion strategy.seat=0.5": "strategy.seat is not a parameter here; did you mean strategy.seats?",
    "strategy.seats=0.5": "the strategy chosen has none",
    "~run.seed": "run.seed is missing: root of all luck",
    "~run": "run is missing",
    "~nothing": "there is no nothing",
    "+run.seed=3": "run.seed is there already; write run.seed= without the +",
    "hydra.foo=3": "hydra.foo is not a setting of Hydra's",
    # wrong types, out of range, not finite
    "run.replicates=many": "run.replicates is 'many'",
    "run.replicates=0": "run.replicates is 0, which is out of range: it must be at least 1",
    "run.rounds=0": "run.rounds is 0",
    "run.seed=-1": "run.seed is -1",
    "run.seed=nan": "run.seed is nan",
    "run.seed=1e3": "run.seed is 1000.0",
    "run.seed=[1,2]": "run.seed is [1, 2]",
    "people.trust=1.5": "people.trust is 1.5, which is out of range: it must be at least 0 and at most 1",
    "people.trust=.inf": "people.trust is",
    "convener.budget=-1": "budget is -1, which is out of range: it must be at least 0 and at most 1,000,000,000",
    "strategy=portfolio strategy.parts.inclusion.intensity=2": "it must be at least 0 and at most 1",
    "+convener.prices.foo.money=1": "convener.prices.foo.time is missing: share of every present leader's endowment",
    "strategy=portfolio strategy.parts.inclusion.start=5 strategy.parts.inclusion.end=2": "end is 2, before it starts",
    "people.kinds=3": "people.kinds is 3",
    "json=3": "json is 3",
    "workers=-1": "workers is -1",
    "equal_spend=-1": "equal_spend is -1",
    "smallest_effect=0": "smallest_effect is 0, which is out of range: it must be more than 0 and at most 1,000",
    "smallest_effect=-0.1": "smallest_effect is -0.1, which is out of range: it must be more than 0",
    "smallest_effect=nan": "smallest_effect is nan",
    "smallest_effect=1e4": "smallest_effect is 10000.0, which is out of range",
    "smallest_effect=much": "smallest_effect is 'much', which cannot be used",
    "smallest_effect=null": "smallest_effect is None, which cannot be used",
    "people.kinds.other.share=0.5": "the shares of the kinds sum to 1.4; they must sum to 1",
    "community.leaders=0": "community.leaders is 0, which is out of range: it must be at least 2",
    "community.leaders=1": "community.leaders is 1",
    "community.degree=3": "community: degree is 3; it must be even: write 2",
    "community.degree=50": "community: degree is 50; among 30 leaders it can be at most 28",
    "community.leaders=2": "community: degree is 6; among 2 leaders it can be at most 0",
    "community=one_hub community.degree=1": "community: degree is 1; it must be even: write 0",
    "community=one_hub community.degree=30": "community: degree is 30; among 30 leaders it can be at most 28",
    "community=sector_silos community.degree=5": "community: degree is 5; it must be even: write 4",
    "community=sector_silos community.homophily=0.5": "community.homophily is 0.5, which is out of range",
    "community=scale_free community.joins=0": "community.joins is 0, which is out of range: it must be at least 1",
    "community=scale_free community.joins=30": "community: joins is 30; among 30 leaders it can be at most 29",
    "community=hierarchy community.span=0": "community.span is 0, which is out of range: it must be at least 1",
    "people.issues=[jobs]": "leaders with differing priorities need two issues or more",
    "people.issues=[]": "people.issues is [], which is empty: give at least 1",
    "people.issues=jobs": "people.issues is 'jobs', which is no list; write people.issues=[jobs]",
    "people.sectors=[a,b,a]": "people.sectors: a is named twice; name each once",
    "people.issues=[jobs,jobs]": "people.issues: jobs is named twice; name each once",
    # what would be read as something else, or do nothing
    "run.rounds=010": "run.rounds is '010', which cannot be used",
    "run.rounds=1:30": "run.rounds is '1:30', which cannot be used",
    "strategy=portfolio strategy.parts={}": "strategy.parts={} changes nothing: a table is completed, not replaced; "
    "leave it out, or write strategy.parts.NAME=... for each value",
    "-m strategy=portfolio scenario=calm,crisis strategy.parts={}": "strategy.parts={} changes nothing",
    # names
    "strategy=inclusoin": "strategy=inclusoin is not known; did you mean inclusion?",
    "scenario=clam": "scenario=clam is not known; did you mean calm?",
    "talk=degrot": "talk=degrot is not known; did you mean degroot?",
    "strategy=mine/x": "strategy=mine/x is not known; known are: ",
    "run=5": "run=5 does not name a file of run; known are: paper, smoke, standard",
    "strategy=null": "strategy=null does not name a file of strategy",
    "~strategy": "strategy must be one name; choose one of ",
    "strategy=[inclusion,incentives]": "strategy must be one name",
    # what cannot be read
    "incentives": "'incentives' is not of the form key=value; did you mean strategy=incentives?",
    "inclusion": "did you mean experiment=inclusion or strategy=inclusion?",
    "nonsense": "'nonsense' is not of the form key=value; write key=value",
    "run.seed={": "the value of 'run.seed={' cannot be read",
    "run..seed=3": "'run..seed=3' has no key that could be read",
    "=3": "has no key",
    "run.seed=${nope}": "run.seed: Interpolation key 'nope' not found",
    # several values
    "strategy=inclusion,incentives": "add -m to run them one after the other",
    "strategy=glob(*)": "add -m to run them one after the other",
    # missing
    "community=roster": "community.leaders_file is missing; give it: community.leaders_file=...",
    "community=roster community.leaders_file=nowhere.csv": "nowhere.csv: there is no such file",
    # experiments
    "experiment=which_strategy strategy=inclusion": "or write experiment.strategies=[inclusion]",
    "experiment=which_strategy scenario=crisis": "or write experiment.scenarios=[crisis]",
    "experiment=which_strategy strategy.meetings=3": "say which: strategies.build_relationships.meetings=...",
    "experiment=which_strategy scenario.events.crisis=3": "say which: scenarios.calm.events.crisis=...",
    "experiment=which_strategy strategies.inclusion.seat=1": "did you mean strategies.inclusion.seats?",
    "experiment=which_strategy strategies.inclusoin.seats=1": "did you mean strategies.inclusion?",
    "experiment=which_strategy strategies.inclusion.seats=2": "which is out of range",
    "experiment=which_strategy experiment.strategies=[inclusoin]": "which is not a strategy; did you mean inclusion?",
    "experiment=which_strategy experiment.strategies=[inclusion,inclusion]": "names inclusion twice",
    "experiment=which_strategy experiment.strategies=[]": "experiment.strategies is empty",
    "experiment=which_strategy experiment.strategies=inclusion": "experiment.strategies is 'inclusion'",
    "experiment.name=../x": "cannot name a folder",
    "strategy=inclusion strategies.inclusion.seats=0.5": "here write strategy.seats=",
    # nothing in a configuration is executed
    "+strategy._target_=os.system": "strategy._target_ is set; conf files are never executed",
    "allow=[no_such_module]": "there is no module 'no_such_module' in this folder, nor installed",
    "allow=[a-b]": "'a-b' is not the name of a module",
    # flags
    "--workers=2": "--workers is not a flag of commonweal run; parameters have no dashes: write workers=2",
    "--jsn": "did you mean --json?",
    "--cfg jbo": "invalid choice: 'jbo'",
    "--cfg job --info": "Only one of",
    "--config-dir nowhere": "--config-dir nowhere is not a folder",
    # sweeps
    "-m strategy=inclusoin,incentives": "strategy=inclusoin is not known; did you mean inclusion?",
    "-m strategy=inclusion,incentives run.replicates=0": "run.replicates is 0",
    "-m strategy=inclusion,incentives run.replicate=1": "did you mean run.replicates?",
    "-m strategy=inclusion,incentives json=3": "json is 3",
}


@pytest.mark.parametrize("words", REFUSED)
def test_refused(command, folder, words):
    done = command("run", *words.split())
    assert done.code == 2
    assert REFUSED[words] in done.sentence
    assert not any(folder.iterdir())


@pytest.mark.parametrize(("out", "reason"), [("file", "is a file, not a folder"), ("file/x", "is a file, not a folder"),
                                             ("full", "holds something else")])  # fmt: skip
def test_places_that_cannot_be_used(command, folder, out, reason):
    (folder / "file").write_text("mine")
    (folder / "full").mkdir()
    (folder / "full" / "thesis.txt").write_text("mine")
    before = sorted(folder.rglob("*"))
    done = command("run", "strategy=inclusion", *TINY, f"out={out}")
    assert done.code == 2
    assert out in done.sentence and reason in done.sentence and "out=" in done.sentence
    assert sorted(folder.rglob("*")) == before


def test_results_of_another_study_are_not_overwritten_unless_asked(command):
    assert command("run", "strategy=inclusion", *TINY, "out=here").code == 0
    done = command("run", "strategy=incentives", *TINY, "out=here")
    assert done.code == 2 and "has conditions that this study lacks, such as calm + inclusion" in done.sentence
    assert command("run", "strategy=incentives", *TINY, "out=here", "fresh=true").code == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(command, folder):
    (folder / "locked").mkdir(mode=0o500)
    done = command("run", "strategy=inclusion", *TINY, "out=locked/x")
    assert done.code == 2 and "cannot be written: Permission denied" in done.sentence


def test_a_folder_that_may_not_be_written_even_by_root(command, folder, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    done = command("run", "strategy=inclusion", *TINY)
    assert done.code == 2
    assert (
        done.sentence == f"{Path('results/single')} cannot be written: Permission denied; give another folder with out="
    )


@pytest.mark.parametrize("limit", [1_000, 55_000])
def test_a_full_disk_is_said_and_what_was_finished_is_kept(command, process, folder, monkeypatch, limit):
    """A limit on the size of files stands in for a disk that fills up."""
    words = ["run", "strategy=inclusion", *TINY, "run.replicates=60", "out=here"]
    done = process(*words, front=SMALL_CHUNKS, LIMIT=str(limit))
    assert done.code == 2 and done.out == ""
    said = done.err.splitlines()[-1]
    assert said.startswith("here cannot be written: ") and "File too large; what was finished is kept" in said
    assert "Traceback" not in done.err
    assert not list((folder / "here").rglob("*.tmp"))
    kept = {path: path.stat().st_mtime for path in (folder / "here").glob("runs/c*.parquet")}
    assert bool(kept) == (limit > 10_000)
    monkeypatch.setattr("commonweal.study.blocks.BLOCK_LEADER_ROUNDS", BLOCK)
    assert command(*words).code == 0
    assert len(load(folder / "here").runs) == 120


def test_a_developer_gets_the_traceback(command, monkeypatch):
    monkeypatch.setenv("HYDRA_FULL_ERROR", "1")
    with pytest.raises(InputError):
        command("run", "run.replicates=0")
