"""Local: processes of this machine, as many as workers= says."""

from collections.abc import Iterator
from contextlib import contextmanager

from sim.executors.executor import Place
from sim.work import Workplace


class Local(Place):
    """The pool is built anew when a process is killed (sim.work)."""

    @contextmanager
    def open(self) -> Iterator[Workplace | None]:
        yield None
