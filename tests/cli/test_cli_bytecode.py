"""Where bytecode may not be kept beside the sources it is kept beside the compiled model, and nowhere else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import commonweal

PACKAGE = Path(commonweal.__file__).parent


@pytest.fixture
def sources(tmp_path):
    """The package without any bytecode."""
    shutil.copytree(PACKAGE, tmp_path / "sim" / "commonweal", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "sim"


def helped(sources: Path, cache: Path, **more: str) -> str:
    """What `commonweal --help` prints, which imports every verb, where bytecode is forbidden."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPYCACHEPREFIX"}
    environment |= {"PYTHONPATH": str(sources), "PYTHONDONTWRITEBYTECODE": "1", "COMMONWEAL_CACHE": str(cache)}
    done = subprocess.run(
        [sys.executable, "-m", "commonweal", "--help"],
        capture_output=True, text=True, check=True, env=environment | more, timeout=120,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout


def kept(folder: Path) -> set[str]:
    return {path.name.partition(".")[0] for path in folder.rglob("*.pyc")}


def test_forbidden_bytecode_is_kept_beside_the_compiled_model(sources, tmp_path):
    first = helped(sources, tmp_path / "cache")
    there = kept(tmp_path / "cache" / "bytecode")
    assert "list" in there and not kept(sources)
    assert helped(sources, tmp_path / "cache") == first and kept(tmp_path / "cache" / "bytecode") == there


def test_what_is_beside_the_sources_or_asked_for_elsewhere_is_left_so(sources, tmp_path):
    helped(sources, tmp_path / "cache", PYTHONPYCACHEPREFIX=str(tmp_path / "elsewhere"))
    helped(sources, tmp_path / "cache", PYTHONDONTWRITEBYTECODE="")
    assert "list" in kept(sources)
    helped(sources, tmp_path / "cache")
    assert not (tmp_path / "cache").exists() and not (tmp_path / "elsewhere").exists()


def test_without_a_folder_that_can_be_written_nothing_is_kept_and_nothing_said(sources, tmp_path):
    (tmp_path / "file").touch()
    assert helped(sources, tmp_path / "file" / "cache") == helped(sources, tmp_path / "cache")
    assert not kept(sources)
