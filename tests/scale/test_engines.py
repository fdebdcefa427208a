"""Engines: Dask's scheduler and workers as processes of their own, one of them killed; shards as Hydra's jobs."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest
from small_study import rows, small

from commonweal.__main__ import main
from commonweal.errors import InputError
from commonweal.study.dataset import Dataset, open_study
from commonweal.study.executors.dask import Dask
from commonweal.study.play import play_study

pytestmark = pytest.mark.slow


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_until_ready(address: str) -> None:
    """Until the scheduler answers and has both workers; they take their time on a busy machine."""
    from distributed import Client

    with Client(address, timeout=120, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)


@pytest.fixture
def dask(tmp_path):
    """A scheduler's address, its process, and two workers' processes."""
    pytest.importorskip("distributed")
    address = f"tcp://127.0.0.1:{_free_port()}"
    front = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny",
              "--no-dashboard", "--local-directory", str(tmp_path / "spill")]  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen(each, **quiet) for each in (front, worker, worker)]
    _wait_until_ready(address)
    yield address, processes[0], processes[1:]
    for each in processes:
        each.kill()
        each.wait()


def test_a_worker_of_dask_that_is_killed_loses_nothing(dask, tmp_path):
    address, _, workers = dask
    whole = rows(play_study(small(), tmp_path / "here", workers=1).dataset)

    def kill_one(what: str, done: int, total: int) -> None:
        if done >= 4 and workers[0].poll() is None:
            workers[0].send_signal(signal.SIGKILL)
            workers[0].wait()

    with Dask(address=address, patience=60).open() as place:
        found = play_study(small(), tmp_path / "there", place=place, notify=kill_one)
    assert workers[0].poll() is not None
    assert found.manifest["status"] == "finished" and not found.state.failed
    assert rows(found.dataset).equals(whole)


def test_a_scheduler_that_vanishes_ends_it_in_a_sentence_and_loses_nothing(dask, tmp_path):
    address, scheduler, _ = dask

    def kill(what: str, done: int, total: int) -> None:
        if done >= 4 and scheduler.poll() is None:
            scheduler.send_signal(signal.SIGKILL)
            scheduler.wait()

    began = time.monotonic()
    with pytest.raises(InputError) as refused, Dask(address=address, patience=10).open() as place:
        play_study(small(), tmp_path / "there", place=place, notify=kill)
    assert str(refused.value).startswith(f"the Dask scheduler at {address} is gone")
    assert "\n" not in str(refused.value) and time.monotonic() - began < 240
    kept = {path.name for path in (tmp_path / "there" / "runs").glob("c*.parquet")}
    assert len(kept) >= 2
    again = play_study(small(), tmp_path / "there", workers=1)
    assert kept <= {path.name for path in (tmp_path / "there" / "runs").iterdir()}
    assert rows(again.dataset).num_rows == 24


def test_no_scheduler_is_refused():
    address = f"tcp://127.0.0.1:{_free_port()}"
    unanswered = re.escape(f"executor.address={address} does not answer")
    with pytest.raises(InputError, match=unanswered), Dask(address=address, patience=1).open():
        pass
    for odd in ("nonsense", "tcp://nowhere", "carrier-pigeon://roof:1"):
        unanswered = re.escape(f"executor.address={odd} does not answer")
        with pytest.raises(InputError, match=unanswered), Dask(address=odd, patience=60).open():
            pass
    with pytest.raises(InputError, match=r"executor\.address is missing"), Dask(address=None, patience=1).open():
        pass


def test_shards_are_jobs_of_submitit_and_are_gathered(tmp_path, monkeypatch):
    pytest.importorskip("hydra_plugins.hydra_submitit_launcher")
    monkeypatch.undo()  # blocks are of the size that they have in other processes
    monkeypatch.setattr("commonweal.commands._play.compile_model", lambda *_: None)
    monkeypatch.chdir(tmp_path)
    words = ["design=grid", "design.over.learn.public=[0.2,0.5,0.8]", "run.replicates=4", "run.rounds=3",
             "community.leaders=6", "community.degree=2", "quiet=true"]  # fmt: skip
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    sharded = subprocess.run(
        [sys.executable, "-m", "commonweal", "run", *words, "-m", "shards=2", "shard=range(2)", "out=shared",
         "hydra/launcher=submitit_local", f"hydra.sweep.dir={tmp_path / 'jobs'}"],
        env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert sharded.returncode == 0, sharded.stderr
    dataset, manifest = open_study(tmp_path / "shared")
    assert manifest["status"] == "unfinished"
    assert main(["resume", "shared", "workers=1"]) == 0
    assert open_study(tmp_path / "shared")[1]["status"] == "finished"
    assert main(["run", *words, "out=alone", "workers=1"]) == 0
    alone, _ = open_study(tmp_path / "alone")
    assert isinstance(alone, Dataset) and rows(dataset).equals(rows(alone))
