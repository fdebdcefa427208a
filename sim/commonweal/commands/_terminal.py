"""What is said while a run goes on, and how: on a terminal a live bar, elsewhere a line now and then."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import IO

from rich.console import Console
from rich.text import Text

from commonweal.commands import _ctrl_c
from commonweal.commands._streams import SafeTerminal, write
from commonweal.harmless import shown

Notify = Callable[[str, int, int], None]
"""called with what is being done, the runs done and the runs to do"""

EVERY = 10.0
"""seconds between lines where there is no terminal"""
WIDTH = 120
"""columns where there is no terminal"""


class Plain(Console):
    """A console that leaves it to the command line what to do where nobody reads it."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(stream: IO[str]) -> Console:
    """A console that takes nothing for markup, and sends control characters to terminals only."""
    live = is_live(stream)
    stream = stream.terminal if isinstance(stream, SafeTerminal) else stream  # what colours it is our own
    width = None if live or "COLUMNS" in os.environ else WIDTH
    return Plain(
        file=stream, markup=False, highlight=False, emoji=False, soft_wrap=False, width=width,
        force_terminal=live, color_system="auto" if live else None,
    )  # fmt: skip


def text(words: object, style: str = "") -> Text:
    """Words of a table, whatever names are among them."""
    return Text(shown(words), style)


def is_live(stream: IO[str]) -> bool:
    """Whether a stream is a terminal that can be written over."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def say(*lines: str) -> None:
    """Write lines to standard error, if anybody reads it."""
    write(sys.stderr, *lines)


@contextmanager
def stage(stream: IO[str], what: str, quiet: bool = False) -> Iterator[None]:
    """Show that something takes its time: a spinner on a terminal, which goes when it is done."""
    if quiet or not is_live(stream):
        yield
        return
    with console(stream).status(what):
        yield


@contextmanager
def progress(stream: IO[str], quiet: bool, of: str = "runs") -> Iterator[Notify]:
    """Something to notify of what is done, `of` runs or others: it draws a bar, writes lines, or does nothing."""
    with _shown(stream, quiet, of) as show:

        def notify(what: str, done: int, total: int) -> None:
            _ctrl_c.raise_lost()
            show(what, done, total)

        yield notify


def _shown(stream: IO[str], quiet: bool, of: str) -> AbstractContextManager[Notify]:
    if quiet:
        return nullcontext(lambda *_: None)
    return _bar(stream, of) if is_live(stream) else nullcontext(_Lines(stream, of))


@contextmanager
def _bar(stream: IO[str], of: str) -> Iterator[Notify]:
    from rich import progress as parts

    class Speed(parts.ProgressColumn):
        def render(self, task: parts.Task) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
            return f"{task.speed:,.0f} {of}/s" if task.speed else ""

    columns = (
        parts.TextColumn("{task.description}", markup=False),
        parts.BarColumn(bar_width=None),
        parts.MofNCompleteColumn(),
        Speed(),
        parts.TimeRemainingColumn(),
    )
    there = console(stream)
    with parts.Progress(*columns, console=there, transient=True, expand=True, speed_estimate_period=60) as bar:
        task, last, before = bar.add_task("starting", total=None), "", 0

        def notify(what: str, done: int, total: int) -> None:
            nonlocal last, before
            kind = what.partition(" (")[0]
            found = kind != last and done > before  # what a stage begins with was there, and tells no speed
            last, before = kind, done
            (bar.reset if found else bar.update)(task, description=what, completed=done, total=total)

        yield notify


class _Lines:
    """A line per stage and then one every EVERY seconds."""

    def __init__(self, stream: IO[str], of: str = "runs", clock: Callable[[], float] = time.monotonic) -> None:
        self.stream, self.of, self.clock = stream, of, clock
        self.what, self.last, self.done = "", -EVERY, 0
        self.began: tuple[float, int] | None = None

    def __call__(self, what: str, done: int, total: int) -> None:
        now = self.clock()
        kind = what.partition(" (")[0]
        if self.began is None:
            self.began = now, done
        elif kind != self.what:  # what a stage begins with was there, and tells no speed
            self.began = self.began[0], self.began[1] + done - self.done
        self.done = done
        if kind == self.what and now - self.last < EVERY:
            return
        self.what, self.last = kind, now
        write(self.stream, f"{what}: {done:,} of {total:,} {self.of}{self._speed(now, done, total)}")

    def _speed(self, now: float, done: int, total: int) -> str:
        assert self.began is not None
        seconds, runs = now - self.began[0], done - self.began[1]
        if seconds <= 0 or runs <= 0:
            return ""
        return f", {runs / seconds:,.0f} {self.of}/s, {(total - done) * seconds / runs:,.0f} s left"
