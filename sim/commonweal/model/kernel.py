"""`kernel`: the compiler every hot loop goes through, with a cache that can be neither stale nor in the way.

numba's own cache notices a change of the file a kernel stands in, not of a helper in another module, takes every copy
of the package for another one, and makes the import fail where no folder is writable. So the cache folder's name is a
hash of every source file that holds kernels or constants of theirs, of numba and of Python, and what lies in it serves
whatever installation has these sources; where it cannot be made, kernels are compiled anew in each process.
"""

import hashlib
import inspect
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import reduce
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import platformdirs

from commonweal.alone import absent
from commonweal.model.calls import TABLES, Calls, is_small
from commonweal.model.flat import Fields, Kind, flatten, kind_of

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
    os.environ["NUMBA_CACHE_DIR"] = str(CACHE)

with absent("coverage"):  # which numba imports wherever it is installed, to tell one that runs what it compiled
    import numba  # (reads NUMBA_CACHE_DIR when it is imported)
import numba.core.config  # noqa: E402
from numba.core.caching import FunctionCache  # noqa: E402

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
    off = numba.config.DISABLE_JIT  # pyright: ignore[reportPrivateImportUsage, reportAttributeAccessIssue]
    return function if off else Kernel(function, options)


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


class Compiled(NamedTuple):
    """A kernel for one kind of tables."""

    function: Any
    """numba's, of columns"""
    places: tuple[tuple[int, Fields], ...]
    """for each column the argument of the kernel, and in it the fields, that it stands for"""


class Kernel:
    """A function that is compiled for the kinds of arguments it meets, of their tables the columns that it uses.

    What it is called with tells which compiled code that is (commonweal.model.calls).
    """

    def __init__(self, function: Callable[..., Any], options: dict[str, Any]) -> None:
        self.py_func, self.options = function, options
        self.__name__, self.__doc__, self.__module__ = function.__name__, function.__doc__, function.__module__
        self._flat: dict[tuple[tuple[Kind, ...], bool], Compiled] = {}
        self._calls: dict[tuple[type, ...], Calls] = {}
        self._at_hand: dict[int, tuple[Any, Callable[..., Any]]] = {}
        """by the identity of a table, the table, so that no other comes to have it, and the calls with it"""

    def __reduce__(self) -> str:
        """Other processes have it where it stands."""
        return self.__name__

    def has_a_place(self) -> bool:
        """Whether other processes find it there: not one made within a function, or in a program."""
        return self.__module__ != "__main__" and getattr(sys.modules[self.__module__], self.__name__, None) is self

    @property
    def _numba_type_(self) -> Any:
        """What compiled functions see of it that are no kernels; they can hand it no tables."""
        return self.flat((None,) * self.py_func.__code__.co_argcount).function._numba_type_

    def flat(self, kinds: tuple[Kind, ...], within: bool = False) -> Compiled:
        """What it becomes for arguments of these kinds; within a kernel it needs no way in from Python."""
        with LOCK:
            if (kinds, within) not in self._flat:
                function, places = flatten(self.py_func, kinds, _within)
                options: dict[str, Any] = {**self.options, "no_cfunc_wrapper": True}
                if within:
                    function.__qualname__ += ".within"  # by which it is kept
                    options["no_cpython_wrapper"] = True
                made = numba.njit(error_model="numpy", nogil=True, **options)(function)
                if CACHE is not None:
                    with _kept_by_content(function):
                        made._cache = Kept(function)  # pyright: ignore[reportAttributeAccessIssue]
                self._flat[kinds, within] = Compiled(made, places)
            return self._flat[kinds, within]

    def __call__(self, *arguments: Any) -> Any:
        if _rehearsal is not None:
            return _rehearsal.call(self, arguments)
        if arguments and (found := self._at_hand.get(id(arguments[0]))):
            return found[1](*arguments)
        return self._call(*arguments)

    def _call(self, *arguments: Any) -> Any:
        """With arguments of any classes."""
        classes = tuple([argument.__class__ for argument in arguments])
        calls = self._calls.get(classes)
        if calls is None:
            calls = self._calls[classes] = Calls(arguments, *self.flat(tuple(map(kind_of, arguments))), self._call)
        result = calls.any(*arguments)
        if arguments and is_small(arguments[0]) and (call := calls.at_hand(*arguments)):
            if len(self._at_hand) == TABLES:
                self._at_hand.pop(next(iter(self._at_hand)), None)
            self._at_hand[id(arguments[0])] = arguments[0], call
        return result


LOCK = threading.RLock()
"""while a function is made: where numba keeps what it compiles is a setting of the whole process"""


def _within(called: Any, kinds: tuple[Kind, ...]) -> Any:
    return called.flat(kinds, within=True) if isinstance(called, Kernel) else None


class Need(NamedTuple):
    """A kernel for some kinds of arguments."""

    kernel: Kernel
    kinds: tuple[Kind, ...]
    signature: tuple[Any, ...]
    """numba's types of the columns"""

    def is_there(self) -> bool:
        """Whether it has been compiled, in this process or in the cache."""
        made = self.kernel.flat(self.kinds).function
        return self.signature in made.overloads or (CACHE is not None and made._cache.has(self.signature, made))

    def compile(self) -> None:
        """Have it compiled, or loaded from the cache."""
        self.kernel.flat(self.kinds).function.compile(self.signature)


class _Rehearsal:
    """Kernels as plain Python, and what they were called with from outside of them."""

    def __init__(self) -> None:
        self.met: dict[Need, None] = {}
        self.within = False

    def call(self, kernel: Kernel, arguments: tuple[Any, ...]) -> Any:
        if self.within:
            return kernel.py_func(*arguments)
        kinds = tuple(map(kind_of, arguments))
        made, places = kernel.flat(kinds)
        columns = [reduce(getattr, fields, arguments[number]) for number, fields in places]
        self.met[Need(kernel, kinds, tuple(map(made.typeof_pyval, columns)))] = None
        self.within = True
        try:
            return kernel.py_func(*arguments)
        finally:
            self.within = False


_rehearsal: _Rehearsal | None = None


@contextmanager
def rehearsal() -> Iterator[dict[Need, None]]:
    """Meanwhile nothing is compiled, for the kernels run as plain Python; yields what would have been, in order."""
    global _rehearsal
    with LOCK, np.errstate(over="ignore"):
        _rehearsal = _Rehearsal()
        try:
            yield _rehearsal.met
        finally:
            _rehearsal = None
