"""What is imported of a package without executing all of it."""

import subprocess
import sys
from importlib import import_module

import pytest

from commonweal.alone import absent, alone


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


def test_what_is_absent_is_not_imported_and_can_be_afterwards(package):
    with absent(package), pytest.raises(ImportError):
        import_module(package)
    there = import_module(package)
    with absent(package):
        assert import_module(package) is there
    assert sys.modules[package] is there


def test_the_compiler_does_without_coverage():
    lines = "import sys, commonweal.model.kernel; sys.exit('coverage' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", lines]).returncode == 0
