"""`kernel`: the compiler every hot loop goes through, with a cache that can be neither stale nor in the way.

numba's own cache notices a change of the file a kernel stands in, not of a helper in another module, takes every copy
of the package for another one, and makes the import fail where no folder is writable. So the cache folder's name is a
hash of every source file that holds kernels or constants of theirs, of numba and of Python, and what lies in it serves
whatever installation has these sources; where it cannot be made, kernels are compiled anew in each process.
"""

import hashlib
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

PACKAGE = Path(__file__).parent
SOURCES = (
    "kernel.py",
    "convener.py",
    "luck.py",
    "state.py",
    "levers.py",
    "measures.py",
    "community/*.py",
    "mechanisms/**/*.py",
)


TABLES = {"state", "leaders", "ties", "teams", "groups", "islands"}
"""parameters by which a kernel takes tables of the state"""


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
    os.environ["NUMBA_CACHE_DIR"] = str(CACHE)

import numba  # noqa: E402  (reads NUMBA_CACHE_DIR when it is imported)
import numba.core.config  # noqa: E402

if CACHE is not None:
    numba.core.config.__dict__["CACHE_DIR"] = str(CACHE)  # for when numba was imported before us


def kernel(function: Callable[..., Any]) -> Any:
    """Compile `function` on first use (IEEE arithmetic, no fast-math: results must not depend on the machine).

    It may not make arrays. Those it is given belong to the caller, so nothing counts references to them: counting
    takes several times as long as the arithmetic of a pass over ties.
    """
    return _compiled(function, _nrt=False)


def inlined_kernel(function: Callable[..., Any]) -> Any:
    """The same, written out wherever a kernel calls it: so a loop around it can be turned into vectors."""
    return _compiled(function, _nrt=False, forceinline=True)


def allocating_kernel(function: Callable[..., Any]) -> Any:
    """The same for a function that makes arrays of its own, or calls a kernel that does."""
    return _compiled(function)


def _compiled(function: Callable[..., Any], **options: Any) -> Any:
    with _kept_by_content(function):
        compiled = numba.njit(cache=CACHE is not None, error_model="numpy", nogil=True, **options)(function)
    takes_tables = not TABLES.isdisjoint(inspect.signature(function).parameters)
    return Kernel(compiled) if takes_tables and hasattr(compiled, "overloads") else compiled


OURS = set(map(str, _sources()))


@contextmanager
def _kept_by_content(function: Callable[..., Any]) -> Iterator[None]:
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


class Kernel:
    """A compiled function of tables, called at once where arguments of the same kind were met before.

    numba asks on each call what each of the state's hundred arrays is, which takes ten times as long as reading
    them. All arrays of a table have one layout, so that the table's class and its first array say as much.
    """

    def __init__(self, compiled: Any) -> None:
        self.compiled, self.py_func = compiled, compiled.py_func
        self._numba_type_ = compiled._numba_type_  # what other kernels see of it
        self._entries: dict[tuple[Any, ...], Callable[..., Any]] = {}

    def __call__(self, *arguments: Any) -> Any:
        kinds = tuple(map(_kind, arguments))
        entry = self._entries.get(kinds)
        if entry is not None:
            return entry(*arguments)
        result = self.compiled(*arguments)
        signature = tuple(map(self.compiled.typeof_pyval, arguments))
        if signature in self.compiled.overloads:
            self._entries[kinds] = self.compiled.overloads[signature].entry_point
        return result


def _kind(argument: Any) -> Any:
    """What decides how an argument is compiled: for a table its class and its first array, for an array its layout."""
    if isinstance(argument, np.ndarray):
        return argument.dtype, argument.ndim, argument.flags.num
    if hasattr(argument, "_fields"):
        return type(argument), _kind(argument[0])
    return (tuple, *map(type, argument)) if isinstance(argument, tuple) else type(argument)


MARKER = "complete"
"""the file of the cache that is there once every kernel was compiled"""


def warm() -> bool:
    """Whether these very kernels were all compiled before and lie in the cache."""
    return CACHE is not None and (CACHE / MARKER).exists()


def mark_warm() -> None:
    """Remember that all kernels have been compiled."""
    if CACHE is not None:
        (CACHE / MARKER).touch()
