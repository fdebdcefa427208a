"""`kernel`: the compiler every hot loop goes through, with a cache that can be neither stale nor in the way.

numba's own cache notices a change of the file a kernel stands in, not of a helper in another module, and
makes the import fail where no folder is writable. So the cache folder's name is a hash of every source file
that holds kernels or constants of theirs, of numba and of Python; where it cannot be made, kernels are compiled
anew in each process.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

SOURCES = (
    "kernel.py",
    "luck.py",
    "state.py",
    "levers.py",
    "measures.py",
    "community/*.py",
    "mechanisms/**/*.py",
)


def _fingerprint() -> str:
    digest = hashlib.blake2b(f"{sys.version} numba {version('numba')}".encode(), digest_size=8)
    package = Path(__file__).parent
    for source in sorted(file for pattern in SOURCES for file in package.glob(pattern)):
        digest.update(source.relative_to(package).as_posix().encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _cache_folder() -> Path | None:
    """A writable folder for this very version of the kernels, or None."""
    root = Path(os.environ.get("COMMONWEAL_CACHE") or platformdirs.user_cache_path("commonweal"))
    folder = root / f"kernels-{_fingerprint()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    return folder


CACHE = _cache_folder()
if CACHE is not None:
    os.environ["NUMBA_CACHE_DIR"] = str(CACHE)

import numba  # noqa: E402  (reads NUMBA_CACHE_DIR when it is imported)
import numba.core.config  # noqa: E402

if CACHE is not None:
    numba.core.config.__dict__["CACHE_DIR"] = str(CACHE)  # for when numba was imported before us


def kernel(function: Callable[..., Any]) -> Any:
    """Compile `function` on first use (IEEE arithmetic, no fast-math: results must not depend on the machine)."""
    return numba.njit(cache=CACHE is not None, error_model="numpy")(function)


def warm() -> bool:
    """Whether the kernels of this version were compiled before and lie in the cache."""
    return CACHE is not None and (CACHE / "complete").exists()


def mark_warm() -> None:
    """Remember that the kernels of this version have been compiled."""
    if CACHE is not None:
        (CACHE / "complete").touch()
