"""What was compiled of the kernels is there for every installation with the same sources, and for no other."""

import ast
import inspect
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commonweal.model import cache

HOME = Path(cache.__file__).parents[2]
ASK = """
import numpy as np
from commonweal.model import cache, kernel, luck
with kernel.rehearsal() as met:
    luck.words(np.uint64(1), 2, 3, np.uint64(4), 5)
(need,) = met
before = need.is_there()
need.compile()
print(json.dumps([str(cache.CACHE), before]))
"""
COMPILE = """
import numpy as np
from commonweal.model import kernel, luck
import mine
luck.words(np.uint64(1), 2, 3, np.uint64(4), 5)
mine.twice(2)
met = [luck.words.flat((None,) * 5).function.stats, mine.twice.flat((None,)).function.stats]
print(json.dumps([[sum(each.cache_hits.values()), sum(each.cache_misses.values())] for each in met]))
"""
MINE = "from commonweal.model.kernel import kernel\n\n\n@kernel\ndef twice(x):\n    return {} * x\n"


def installed(home: Path, cache: Path, program: str, **more: str) -> list:
    """What a program says in an installation with a cache."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(home),
        "COMMONWEAL_CACHE": str(cache),
        "NUMBA_DISABLE_JIT": "0",
    } | more
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import json\n{program}"],
        capture_output=True, text=True, check=True, env=environment, timeout=300,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture
def clones(tmp_path) -> tuple[Path, Path]:
    """Two copies of the package, each beside a kernel of somebody's own."""
    for name in ("one", "other"):
        shutil.copytree(HOME / "commonweal", tmp_path / name / "commonweal", copy_function=shutil.copy)
        (tmp_path / name / "mine.py").write_text(MINE.format(2))
    return tmp_path / "one", tmp_path / "other"


def test_a_second_installation_has_the_kernels_of_the_first(clones, tmp_path):
    one, other = clones
    folder, warm = installed(one, tmp_path / "cache", ASK)
    assert Path(folder).parent == tmp_path / "cache" and not warm
    assert installed(other, tmp_path / "cache", ASK) == [folder, True]


def test_sources_that_hold_something_else_have_kernels_of_their_own(clones, tmp_path):
    one, other = clones
    folder, _ = installed(one, tmp_path / "cache", ASK)
    luck = other / "commonweal" / "model" / "luck.py"
    luck.write_text(luck.read_text() + "\n# another line\n")
    elsewhere, warm = installed(other, tmp_path / "cache", ASK)
    assert elsewhere != folder and not warm


def test_compiled_code_is_loaded_there_and_a_kernel_of_ones_own_is_no_other_ones(clones, tmp_path):
    one, other = clones
    assert installed(one, tmp_path / "cache", COMPILE) == [[0, 1], [0, 1]]
    assert installed(other, tmp_path / "cache", COMPILE) == [[1, 0], [0, 1]]
    (other / "mine.py").write_text(MINE.format(3))
    assert installed(other, tmp_path / "cache", COMPILE) == [[1, 0], [0, 1]]
    assert installed(one, tmp_path / "cache", COMPILE) == [[1, 0], [1, 0]]


def test_what_is_damaged_in_the_cache_is_compiled_anew(tmp_path):
    """Every file of it cut off, and then none of them a file."""
    assert installed(HOME, tmp_path, ASK)[1] is False
    files = [path for path in tmp_path.rglob("*.nb?")]
    assert len(files) >= 2
    for path in files:
        path.write_bytes(path.read_bytes()[:40])
    assert installed(HOME, tmp_path, ASK)[1] is False
    assert installed(HOME, tmp_path, ASK)[1] is True
    for path in files:
        path.unlink(missing_ok=True)
        path.mkdir()
    assert [installed(HOME, tmp_path, ASK)[1] for _ in range(2)] == [False, False]


def test_on_a_full_disk_kernels_are_compiled_and_not_kept(tmp_path):
    full = """
import numba.core.caching as caching, os
def save(self, *_):
    raise OSError(28, "No space left on device")
caching.IndexDataCacheFile.save = save
"""
    assert [installed(HOME, tmp_path, full + ASK)[1] for _ in range(2)] == [False, False]
    assert not [*tmp_path.rglob("*.nb?")]


def test_what_a_disk_took_half_of_is_not_there_and_is_kept_once_there_is_room(tmp_path):
    """Files of no more than so many bytes, as on a disk that fills up in the middle of one."""
    full = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, resource.RLIM_INFINITY))
"""
    assert [installed(HOME, tmp_path, full + ASK)[1] for _ in range(2)] == [False, False]
    assert not [*tmp_path.rglob("*.tmp.*")] and all(path.stat().st_size <= 2_000 for path in tmp_path.rglob("*.nb?"))
    assert [installed(HOME, tmp_path, ASK)[1] for _ in range(2)] == [False, True]


def test_two_machines_that_share_a_cache_have_code_of_their_own(tmp_path):
    other = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}
    folders, warm = zip(*(installed(HOME, tmp_path, ASK, **each) for each in ({}, other, {}, other)), strict=True)
    assert len(set(folders)) == 1 and warm == (False, False, True, True)


def test_without_a_folder_that_can_be_written_kernels_are_compiled_in_each_process(tmp_path):
    (tmp_path / "file").touch()
    assert [installed(HOME, tmp_path / "file" / "cache", ASK) for _ in range(2)] == [["None", False]] * 2


def test_code_that_another_process_kept_under_the_name_is_not_taken(tmp_path):
    """Two processes that write at once may leave an index of the one with the code of the other."""
    two = """
import numba.core.caching as caching
from commonweal.model import kernel
def doubled(x):
    return 2 * x
one = kernel.kernel(doubled)
print(json.dumps([one(2), one(2.0)]))
"""
    program = tmp_path / "two.py"
    program.write_text("import json\n" + two)
    run = [sys.executable, "-P", str(program)]
    environment = {**os.environ, "PYTHONPATH": str(HOME), "COMMONWEAL_CACHE": str(tmp_path), "NUMBA_DISABLE_JIT": "0",
                   "NUMBA_CACHE_DIR": str(tmp_path)}  # fmt: skip
    subprocess.run(run, check=True, env=environment, timeout=300)
    first, second = sorted(tmp_path.rglob("*doubled*.nbc"))
    swapped = first.read_bytes(), second.read_bytes()
    second.write_bytes(swapped[0])
    first.write_bytes(swapped[1])
    done = subprocess.run(run, capture_output=True, text=True, check=True, env=environment, timeout=300)
    assert json.loads(done.stdout) == [4, 4.0]


def test_every_source_of_kernels_is_in_the_name_of_the_cache():
    """Those that hold kernels, and those whose constants and helpers kernels read."""
    ours = {Path(each) for each in cache.OURS}
    holding = {path for path in cache.PACKAGE.rglob("*.py") if "\n@kernel\n" in path.read_text(encoding="utf-8")}
    assert len(holding) > 20 and holding <= ours
    for path in ours:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            name.asname or name.name: sys.modules.get(f"{each.module}.{name.name}", sys.modules.get(each.module))
            for each in tree.body if isinstance(each, ast.ImportFrom) for name in each.names
        }  # fmt: skip
        read = {
            name
            for each in tree.body if isinstance(each, ast.FunctionDef) and _is_kernel(each)
            for name in _outer(each)
        }  # fmt: skip
        for module in {imported[name] for name in read & imported.keys()}:
            if module.__name__.startswith("commonweal."):
                assert Path(inspect.getfile(module)) in ours, (path, module)


def _outer(function: ast.FunctionDef) -> set[str]:
    """Names in a function that are none of its own."""
    found = [node for node in ast.walk(ast.Module(function.body, [])) if isinstance(node, ast.Name)]
    return {node.id for node in found} - {node.id for node in found if isinstance(node.ctx, ast.Store)}


def _is_kernel(function: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id.endswith("kernel") for each in function.decorator_list)
