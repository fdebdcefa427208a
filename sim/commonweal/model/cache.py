"""Where compiled kernels are kept: a cache that can be neither stale nor in the way.

numba's own notices a change of the file a kernel stands in, not of a helper in another module, takes every copy of the
package for another one, and makes the import fail where no folder is writable. So the cache folder's name is a hash of
every source file that holds kernels or constants of theirs, of numba and of Python, and what lies in it serves
whatever installation has these sources; where it cannot be made, kernels are compiled anew in each process.
"""

import hashlib
import inspect
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numba
import numba.core.config
import platformdirs
from numba.core.caching import FunctionCache

PACKAGE = Path(__file__).parent
SOURCES = (
    "kernel.py",
    "flat.py",
    "order.py",
    "convener.py",
    "luck.py",
    "state.py",
    "levers.py",
    "measures.py",
    "community/*.py",
    "mechanisms/**/*.py",
)


def _fingerprint() -> str:
    digest = hashlib.blake2b(f"{sys.version} numba {version('numba')}".encode(), digest_size=8)
    for source in _sources():
        digest.update(source.relative_to(PACKAGE).as_posix().encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _sources() -> list[Path]:
    return sorted(file for pattern in SOURCES for file in PACKAGE.glob(pattern))


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
    os.environ["NUMBA_CACHE_DIR"] = str(CACHE)  # which numba read when it was imported, and reads again in time
    numba.core.config.__dict__["CACHE_DIR"] = str(CACHE)

OURS = set(map(str, _sources()))
"""files of the package that hold kernels"""


@contextmanager
def kept_by_content(function: Callable[..., Any]) -> Iterator[None]:
    """Meanwhile numba asks Shelf where compiled code is kept, if the function is one of the package's own.

    Kernels of the user's own are kept as numba does it: by where their source stands, and what it holds.
    """
    settings = numba.core.config.__dict__
    before = settings["CACHE_LOCATOR_CLASSES"]
    if CACHE is not None and inspect.getfile(function) in OURS:
        settings["CACHE_LOCATOR_CLASSES"] = f"{__name__}.Shelf"
    try:
        yield
    finally:
        settings["CACHE_LOCATOR_CLASSES"] = before


class Shelf:
    """Where numba keeps what it compiles of a function: in CACHE, wherever the package is installed."""

    def __init__(self, function: Callable[..., Any], file: str) -> None:
        self._py_file, self._lineno = file, function.__code__.co_firstlineno  # as numba's warnings call them
        self._folder = Path(str(CACHE)) / Path(file).parent.relative_to(PACKAGE)

    @classmethod
    def from_function(cls, function: Callable[..., Any], file: str) -> "Shelf":
        return cls(function, file)

    def ensure_cache_path(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)

    def get_cache_path(self) -> str:
        return str(self._folder)

    def get_source_stamp(self) -> str:
        """All sources are in the name of the folder."""
        return Path(str(CACHE)).name

    def get_disambiguator(self) -> str:
        return str(self._lineno)


class Kept(FunctionCache):
    """numba's cache of a function, in which what cannot be kept or read is compiled anew: a disk may be full."""

    def has(self, signature: tuple[Any, ...], made: Any) -> bool:
        """Whether code for this signature is there, and not only noted: a disk may have been full after that."""
        key = self._index_key(signature, made.targetctx.codegen())
        try:
            name = self._cache_file._load_index().get(key)
            return name is not None and os.path.isfile(self._cache_file._data_path(name))
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            return False

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            found = super().load_overload(sig, target_context)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            with suppress(OSError):
                self._cache_file.flush()  # else what is compiled anew could not be kept either
            return None
        return found if found is not None and found.signature.args == sig else None  # two may have written at once

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(OSError, EOFError, ValueError, pickle.UnpicklingError):
            super().save_overload(sig, data)
