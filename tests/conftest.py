"""Puts tests/ on the path (worlds.py) for those in every folder below. Slow examples are a busy machine's fault."""

import fcntl
import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from composed_once import composed_once
from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


gc.disable()  # until all is collected


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the garbage collector need not look through it again.

    Nor so often, for to compose a configuration is to make and drop objects by the thousand: a tenth of the time.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000)


@pytest.fixture(scope="session", autouse=True)
def _composed_once():
    with composed_once():
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The documentation site, built as `make docs` does, once for all processes that test."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site"
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            root, part = Path(__file__).parents[1], Path(f"{folder}.part")
            part.mkdir()
            for name in ("Makefile", "mkdocs.yml", "docs", "sim"):
                (part / name).symlink_to(root / name)
            (part / ".venv").symlink_to(sys.prefix)
            command = ["make", "--assume-old=setup", "docs", "ARGS=--strict"]
            done = subprocess.run(command, cwd=part, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            os.rename(part / "site", folder)
    return folder
