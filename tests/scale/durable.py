"""The durable operations of a process, counted, and one of them made the last or met by a full disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


class Kill(BaseException):
    """Stands for a kill: nothing that would be written after it is."""


OPERATIONS = ((os, "replace"), (os, "fsync"), (os, "unlink"), (os, "mkdir"), (os, "rmdir"),
              (Path, "write_bytes"), (Path, "write_text"))  # fmt: skip


class Disk:
    """Counts operations, and stops at one of them."""

    def __init__(self, stop: int | None, full: bool) -> None:
        self.stop, self.full, self.count = stop, full, 0

    def meet(self, name: str, given: tuple[Any, ...]) -> None:
        """Before an operation: let it be, or stop. What is being written is then half-written."""
        self.count += 1
        if self.stop is None or self.count < self.stop:
            return
        writes = name.startswith("write")
        if self.count == self.stop and writes:
            given[0].open("wb").write(b"PAR1 half")
        if not self.full:
            raise Kill
        if writes or name in ("fsync", "mkdir"):
            raise OSError(28, "No space left on device")


@contextmanager
def disk(stop: int | None = None, full: bool = False) -> Iterator[Disk]:
    """Meanwhile the disk counts; operation number `stop` is where the process is killed, or the disk is full from."""
    found = Disk(stop, full)
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in OPERATIONS:
            real = getattr(owner, name)

            def operation(*given, real=real, name=name, **more):
                found.meet(name, given)
                return real(*given, **more)

            patch.setattr(owner, name, operation)
        yield found
