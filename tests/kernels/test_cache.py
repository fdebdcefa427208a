"""The compiled kernels are there for the installation that compiled them, and for no other."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commonweal.model import kernel

HOME = Path(kernel.__file__).parents[2]


def warm(home: Path, cache: Path, mark: bool = False) -> bool:
    """Whether an installation says that its kernels are compiled; mark: once it has compiled them."""
    program = f"from commonweal.model import kernel; {'kernel.mark_warm(); ' * mark}print(kernel.CACHE, kernel.warm())"
    environment = {**os.environ, "PYTHONPATH": str(home), "COMMONWEAL_CACHE": str(cache)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True, env=environment, timeout=120
    )
    folder, _, said = done.stdout.strip().rpartition(" ")
    assert Path(folder).parent == cache
    return said == "True"


@pytest.fixture
def clones(tmp_path) -> tuple[Path, Path]:
    """Two copies of the package, of the same content and age."""
    for name in ("one", "other"):
        shutil.copytree(HOME / "commonweal", tmp_path / name / "commonweal")
    return tmp_path / "one", tmp_path / "other"


def test_a_second_clone_does_not_take_the_first_ones_kernels_for_its_own(clones, tmp_path):
    one, other = clones
    cache = tmp_path / "cache"
    assert not warm(one, cache)
    assert warm(one, cache, mark=True)
    assert not warm(other, cache)
    assert warm(other, cache, mark=True)
    assert warm(one, cache)
    assert len(list(cache.iterdir())) == 1


def test_sources_written_anew_are_compiled_anew(clones, tmp_path):
    """numba asks when a source was written, too."""
    one, _ = clones
    assert warm(one, tmp_path / "cache", mark=True)
    luck = one / "commonweal" / "model" / "luck.py"
    os.utime(luck, ns=(0, luck.stat().st_mtime_ns + 10**12))
    assert not warm(one, tmp_path / "cache")


def test_a_cache_that_cannot_be_read_is_none(monkeypatch, tmp_path):
    monkeypatch.setattr(kernel, "CACHE", tmp_path / "nowhere")
    assert not kernel.warm()
