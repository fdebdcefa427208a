"""The standard streams where a shell closed them, or where nobody reads them any more."""

import os
import sys
from typing import IO


def open_closed() -> None:
    """Let a stream that was closed (`>&-`) lead nowhere, not to the file that is opened next."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115  (open until the end)
            os.set_inheritable(stream.fileno(), True)
            setattr(sys, name, stream)


def drop(stream: IO[str]) -> None:
    """Let what a stream still holds, and all that follows, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def write(stream: IO[str], *lines: object) -> None:
    """Write lines. Where nobody reads them any more (`2>&1 | head`), the work goes on."""
    try:
        print(*lines, sep="\n", file=stream, flush=True)
    except OSError:
        drop(stream)
