"""Local: processes of this machine, as many as workers= says."""

from collections.abc import Iterator
from contextlib import contextmanager

from commonweal.study.executors.executor import Place
from commonweal.study.pool import Workplace


class Local(Place):
    """The pool is built anew when a process is killed (commonweal.study.pool)."""

    @contextmanager
    def open(self) -> Iterator[Workplace | None]:
        yield None
