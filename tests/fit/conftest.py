"""A town of eight leaders, and a fit of it that is small enough for a test."""

import shutil
from pathlib import Path

import pytest
from towns import SMALL, lived, town, write_log, write_roster

from commonweal.configuration.conf import session
from commonweal.fitting.carry_out import Asked, carry_out
from commonweal.fitting.observed import Observed, observe
from commonweal.fitting.proof import everything
from commonweal.fitting.town import Town


@pytest.fixture
def composing():
    """Hydra, ready to compose."""
    with session():
        yield


@pytest.fixture(scope="session")
def harbour(tmp_path_factory) -> Path:
    """The folder of eight leaders with a log of four months."""
    folder = write_roster(tmp_path_factory.mktemp("harbour"), 8)
    with session():
        of = town(folder)
        write_log(folder / "log.csv", lived(of, everything(8, 4)), of.roster())
    return folder


@pytest.fixture(scope="session")
def place(harbour) -> Town:
    """The town, its months to come few."""
    with session():
        return town(harbour, "run.rounds=6")


@pytest.fixture(scope="session")
def seen(place, harbour) -> Observed:
    """What its log says."""
    return observe(place.roster(), harbour / "log.csv")


@pytest.fixture(scope="session")
def first(place, seen, tmp_path_factory) -> Path:
    """A finished fit, which nobody may change."""
    folder = tmp_path_factory.mktemp("first") / "fit"
    carry_out(Asked(place, seen, folder, SMALL), lambda *_: None)
    return folder


@pytest.fixture
def done(first, tmp_path) -> Path:
    """A copy of it."""
    shutil.copytree(first, tmp_path / "fit")
    return tmp_path / "fit"
