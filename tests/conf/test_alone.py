"""What is imported of a package without executing all of it."""

import sys
from importlib import import_module

import pytest

from commonweal.alone import alone


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package that takes its time, and says so."""
    name = f"slow_{tmp_path.name}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text("EXECUTED = True\n")
    (tmp_path / name / "part.py").write_text("WORTH = 3\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    for each in [each for each in sys.modules if each.partition(".")[0] == name]:
        del sys.modules[each]


def test_what_is_imported_alone_leaves_its_package_as_it_was(package):
    part = alone(f"{package}.part", package)
    assert part.WORTH == 3 and package not in sys.modules
    assert import_module(package).EXECUTED


def test_what_is_imported_already_is_that(package):
    there = import_module(f"{package}.part")
    assert alone(f"{package}.part", package) is there
