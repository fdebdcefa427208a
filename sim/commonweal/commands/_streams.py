"""The standard streams where a shell closed them, or where nobody reads them any more."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from commonweal.harmless import shown


def open_closed() -> None:
    """Let a stream that was closed (`>&-`) lead nowhere, not to the file that is opened next."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115  (open until the end)
            os.set_inheritable(stream.fileno(), True)
            setattr(sys, name, stream)


class SafeTerminal:
    """A terminal that is sent no control characters, whoever prints: names in somebody's results may hold them."""

    def __init__(self, terminal: IO[str]) -> None:
        self.terminal = terminal

    def write(self, text: str) -> int:
        self.terminal.write(shown(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.terminal, name)


@contextmanager
def guarded() -> Iterator[None]:
    """Standard output is guarded meanwhile, where it is a terminal."""
    before = sys.stdout
    sys.stdout = SafeTerminal(before) if before.isatty() else before
    try:
        yield
    finally:
        sys.stdout = before


def drop(stream: IO[str]) -> None:
    """Let what a stream still holds, and all that follows, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def write(stream: IO[str], *lines: object) -> None:
    """Write lines. Where nobody reads them any more (`2>&1 | head`), the work goes on."""
    try:
        print(*map(shown, lines), sep="\n", file=stream, flush=True)
    except OSError:
        drop(stream)
