"""Tape: what the parts of a round call, recorded once for a world and a state, and played again without Python.

A part (talk, pledge, the table) is a method that calls kernels one after the other. What it calls depends on the state
only where a kernel returns something, or where it looks by itself, which it does by `between`. So its calls are a tree,
which branches where something was found. What was found before is played from blocks (commonweal.model.drive); where
it is found for the first time, the method is carried out from its start, with what has been played already left out,
and its calls are recorded. Levers and the round are written to places of the tape's own.

Parts of the user's own, and those in which something was put in the place of what they call before they were recorded,
are called as they are, and so is everything in the first rounds of a state and of a process, since short runs gain
less by a tape than it takes to record it, and to make what the first tape of a process needs.
"""

import threading
from collections.abc import Callable, Iterator
from functools import partial, reduce
from types import FunctionType, ModuleType
from typing import Any, Final

import numpy as np

from commonweal.model.drive import Block, Call, Round, drive
from commonweal.model.kernel import BLIND, Kernel, in_place_of_kernels, instead
from commonweal.model.params import Params
from commonweal.model.state import State

ROWS: Final = 20_000
"""leaders of all the states whose tapes are kept; a larger state would gain nothing by having one"""
BEFORE: Final = 12
"""rounds of a state that are played before its tape is recorded, which takes as long as ten rounds gain by it"""
ENOUGH: Final = 500
"""rounds of a process that are played before its first tape, for which code is made that takes as long as they gain"""
MOST: Final = 64
"""tapes that are kept"""
OURS: Final = "commonweal.model."
"""whose parts call nothing but kernels, and look at the state by `between` only"""


def between(function: Callable[..., Any], *arguments: Any) -> Any:
    """What Python does between kernels: function(*arguments), which on a tape is called with the same arguments again.

    What it returns says what is called next, and is a key: a number, a truth, None.
    """
    other = instead()
    return function(*arguments) if other is None else other.between(function, arguments)


def made_once(make: Callable[..., Any], *arguments: Any) -> Any:
    """make(*arguments), arrays to write to and to read from within a part; on a tape they are made once."""
    other = instead()
    return make(*arguments) if other is None else other.made_once(make, arguments)


class Stretch:
    """Blocks played one after the other; then what is found, and the stretch that follows where that is found."""

    __slots__ = ("blocks", "finds", "first", "follows", "last")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.first: Block | None = None
        self.last: Block | None = None
        self.finds: Callable[[], Any] | None = None
        self.follows: dict[Any, Stretch] = {}

    def add(self, block: Block) -> None:
        """A block more at its end."""
        if self.last is None:
            self.first = block
        else:
            self.last.link(block)
        self.last = block
        self.blocks.append(block)

    def results(self, found: Any) -> Iterator[Any]:
        """What each call of a kernel, or what is done between, returned."""
        for block in self.blocks:
            yield found if block.result else None
        if self.last is None or not self.last.result:
            yield found


class Recorder:
    """Meets the calls of a part: some that have been played already, then those to be recorded."""

    def __init__(self, played: list[Any], made: list[Any]) -> None:
        """played: what they returned. made: what the part has made to keep, in its order; it grows."""
        self._played, self._made, self._of_made = iter(played), made, 0
        self.met: list[tuple[Call | Callable[[], Any], Any]] = []
        """calls of kernels, and what is done between, each with what it returned"""

    def call(self, kernel: Kernel, arguments: tuple[Any, ...]) -> Any:
        for result in self._played:
            return result
        plain = _plain(arguments)
        result = kernel.call(*plain)
        compiled, places = kernel.made_for(plain)
        columns = [reduce(getattr, fields, arguments[number]) for number, fields in places]
        self.met.append((Call(kernel.__name__, compiled, columns), result))
        return result

    def between(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        for result in self._played:
            return result
        result = function(*arguments)
        self.met.append((partial(function, *arguments), result))
        return result

    def made_once(self, make: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        if self._of_made == len(self._made):
            self._made.append(make(*arguments))
        self._of_made += 1
        return self._made[self._of_made - 1]


def _plain(arguments: tuple[Any, ...]) -> list[Any]:
    return [int(each) if type(each) is Round else each for each in arguments]


def _of_model(what: Any) -> bool:
    return what.__module__.startswith(OURS)


def _is_ours(function: Callable[..., Any], of: type, seen: set[Any]) -> bool:
    """Whether a function is the model's, and so is all that it calls by name: none stands in for a kernel."""
    if not _of_model(function):
        return False
    if function in seen:
        return True
    seen.add(function)
    names = function.__code__.co_names
    known = [function.__globals__.get(name) for name in names]
    places = [of, *(each for each in known if isinstance(each, ModuleType) and each.__name__.startswith(OURS))]
    called = [*known, *(getattr(place, name, None) for place in places for name in names)]
    return all(_is_ours(each, of, seen) for each in called if isinstance(each, FunctionType))


def _is_own(part: Callable[..., Any], method: Any, arguments: tuple[Any, ...]) -> bool:
    """Whether a part of the round, or what it is of or given, is a user's own, so that it cannot be recorded."""
    of = getattr(part, "__self__", None)
    if any(isinstance(each, Params) and not _of_model(type(each)) for each in (of, *arguments)):
        return True
    return (of is None or isinstance(of, Params)) and not _is_ours(method, type(of), set())


class Tape:
    """The rounds of one state in one world."""

    played = 0
    """rounds of this process, of all states"""

    def __init__(self, world: Any, state: State) -> None:
        self.world, self.state = world, state
        self.rows = len(state.leaders.key)
        self._communities = len(state.islands.run)
        self.before = max(BEFORE, ENOUGH - Tape.played)
        """rounds that are played before it is recorded"""
        self._opened, self._plain = 0, True
        self._round = np.zeros(1, np.int64)
        self._levers, self._set, self._shown = np.empty(0), None, None
        self._rooms: dict[int, np.ndarray] = {}
        self._parts: dict[Callable[..., Any], Stretch | None] = {}
        """by method; None for one that is called as it is"""
        self._made: dict[Callable[..., Any], list[Any]] = {}
        """by method what it keeps"""
        self._first: Block | None = None
        self._last: Block | None = None

    def open(self, levers: Any, round_: int) -> tuple[Any, int]:
        """A round begins; its levers and its number, as they are handed to its parts."""
        self._opened += 1
        Tape.played += 1
        self._first = self._last = None
        self._plain = not BLIND or self._opened <= self.before or self.rows > ROWS or instead() is not None
        if self._plain:
            return levers, round_
        self._round[0] = round_
        if levers is not self._set:
            if self._shown is None:
                self._levers = np.empty((len(levers), self._communities))
                self._shown = type(levers)(*self._levers)
            np.concatenate(levers, out=self._levers.reshape(-1))
            self._set = levers
        return self._shown, Round(round_)

    def room(self, rows: int) -> np.ndarray:
        """(rows, B) numbers, the same every round."""
        if rows not in self._rooms:
            self._rooms[rows] = np.empty((rows, self._communities))
        return self._rooms[rows]

    def play(self, part: Callable[..., Any], *arguments: Any) -> None:
        """A part of the round. It may be played later, but not later than what follows or `finish`."""
        if self._plain:
            part(*arguments)
            return
        method = getattr(part, "__func__", part)
        if method not in self._parts:
            own = _is_own(part, method, arguments)
            self._parts[method] = None if own else self._record([], part, arguments)
            if not own:
                return
        at = self._parts[method]
        if at is None:
            self.finish()
            part(*[self._set if each is self._shown else each for each in _plain(arguments)])
            return
        played: list[tuple[Stretch, Any]] = []
        while True:
            self._lay(at)
            if at.finds is None:
                return
            self.finish()
            found = at.finds()
            following = at.follows.get(found)
            played.append((at, found))
            if following is None:
                at.follows[found] = self._record(played, part, arguments)
                return
            at = following

    def _lay(self, stretch: Stretch) -> None:
        """Put the calls of a stretch, if it has any, at the end of what is to be played."""
        if stretch.first is None:
            return
        if self._last is None:
            self._first = stretch.first
        else:
            self._last.link(stretch.first)
        self._last = stretch.last

    def finish(self) -> None:
        """Whatever is still to be played of what was asked for is played."""
        if self._first is not None and self._last is not None:
            self._last.link(None)
            first, self._first, self._last = self._first, None, None
            drive().play(first)

    def _record(self, played: list[tuple[Stretch, Any]], part: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Carry out a part from where it has been played to; the stretch that does it again."""
        self.finish()
        made = self._made.setdefault(getattr(part, "__func__", part), [])
        recorder = Recorder([result for stretch, found in played for result in stretch.results(found)], made)
        with in_place_of_kernels(recorder):
            part(*arguments)
        blocks = iter(drive().blocks([what for what, _ in recorder.met if isinstance(what, Call)], self._round))
        begin = at = Stretch()
        for what, result in recorder.met:
            if isinstance(what, Call):
                block = next(blocks)
                at.add(block)
                if result is None:
                    continue
                at.finds = block.value
            else:
                at.finds = what
            at.follows[result] = at = Stretch()
        return begin


_TAPES: Final[dict[tuple[int, int], Tape]] = {}
"""by the identities of world and state, which they hold, so that no others come to have them"""
_LOCK: Final = threading.Lock()


def tape_of(world: Any, state: State) -> Tape:
    """The tape of a state in a world, or a new one."""
    tape = _TAPES.get((id(world), id(state)))
    if tape is None:
        tape = Tape(world, state)
        if tape.rows <= ROWS:
            with _LOCK:
                _TAPES[id(world), id(state)] = tape
                while len(_TAPES) > MOST or sum(each.rows for each in _TAPES.values()) > ROWS:
                    _TAPES.pop(next(iter(_TAPES)))
    return tape
