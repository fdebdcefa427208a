"""`kernel`: the compiler every hot loop goes through; what it makes is kept (commonweal.model.cache)."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from commonweal.alone import absent

with absent("coverage"):  # which numba imports wherever it is installed, to tell one that runs what it compiled
    import numba
from commonweal.model.cache import CACHE, Kept, kept_by_content
from commonweal.model.calls import TABLES, Calls, is_small
from commonweal.model.flat import Fields, Kind, flatten, kind_of


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


COMPILED = not numba.config.DISABLE_JIT  # pyright: ignore[reportPrivateImportUsage, reportAttributeAccessIssue]
"""whether kernels are compiled at all"""
BLIND = COMPILED and not numba.config.BOUNDSCHECK  # pyright: ignore[reportPrivateImportUsage, reportAttributeAccessIssue]
"""whether nothing looks at places while they run, so that all that can go wrong in them is want of room"""


def _compiled(function: Callable[..., Any], **options: Any) -> Any:
    return Kernel(function, options) if COMPILED else function


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
                    with kept_by_content(function):
                        made._cache = Kept(function)  # pyright: ignore[reportAttributeAccessIssue]
                self._flat[kinds, within] = Compiled(made, places)
            return self._flat[kinds, within]

    def __call__(self, *arguments: Any) -> Any:
        if _INSTEAD and (other := instead()) is not None:
            return other.call(self, arguments)
        return self.call(*arguments)

    def call(self, *arguments: Any) -> Any:
        """Call what is compiled, whatever is called in its place."""
        if arguments and (found := self._at_hand.get(id(arguments[0]))):
            return found[1](*arguments)
        return self._call(*arguments)

    def made_for(self, arguments: Sequence[Any]) -> Compiled:
        """What arguments of these classes, with which it was called before, are handed to."""
        calls = self._calls[tuple([argument.__class__ for argument in arguments])]
        return Compiled(calls.compiled, calls.places)

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

    def between(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        return function(*arguments)

    def made_once(self, make: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        return make(*arguments)

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


_INSTEAD: dict[int, Any] = {}
"""by thread what its calls of kernels go to, with `call`, `between` and `made_once` (commonweal.model.tape)"""


def instead() -> Any:
    """What this thread's calls of kernels go to, or None."""
    return _INSTEAD.get(threading.get_ident())


@contextmanager
def in_place_of_kernels(other: Any) -> Iterator[None]:
    """Meanwhile this thread's calls of kernels go to `other`."""
    thread = threading.get_ident()
    before = _INSTEAD.get(thread)
    _INSTEAD[thread] = other
    try:
        yield
    finally:
        if before is None:
            del _INSTEAD[thread]
        else:
            _INSTEAD[thread] = before


@contextmanager
def rehearsal() -> Iterator[dict[Need, None]]:
    """Meanwhile nothing is compiled, for the kernels run as plain Python; yields what would have been, in order."""
    rehearsed = _Rehearsal()
    with LOCK, np.errstate(over="ignore"), in_place_of_kernels(rehearsed):
        yield rehearsed.met
