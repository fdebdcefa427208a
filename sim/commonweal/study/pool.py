"""Pool: tasks, and the processes that carry them out, whatever becomes of one of them."""

import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from commonweal import own_modules
from commonweal.errors import InputError

PATIENCE = 5.0
"""seconds without a result after which it is asked whether the workplace is still there"""
KILLED = "the process that ran it was killed"


class Failure(NamedTuple):
    """Why a task came to nothing."""

    error: str


class Task(NamedTuple):
    """A call to make somewhere. `name` is unique; `cost` is for the progress bar, in runs."""

    name: str
    cost: int
    call: Callable[..., Any]
    arguments: tuple[Any, ...]


def usable_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workplace(NamedTuple):
    """An executor that is not of this module's making, such as a cluster's."""

    executor: Executor
    slots: int
    """tasks it does at a time; twice as many are handed over"""
    name: str
    """what it is called in a sentence"""
    gone: Callable[[], bool] = lambda: False
    """whether it is no more; asked now and then while nothing comes back"""


def perform(tasks: Iterable[Task], workers: int, place: Workplace | None = None) -> Iterator[tuple[Task, Any]]:
    """Yield each task with what came of it, a Failure where it raised or killed its process, as they end.

    workers: processes; 0 for one per core, 1 for this very process. Within a worker of somebody else's pool
    everything runs in this process. place: does the work instead. Results do not depend on either.
    Raises InputError where the place is no more; what was yielded stands.
    """
    waiting = iter(tasks)
    if place is not None:
        yield from _elsewhere(waiting, place)
        return
    first = list(islice(waiting, workers or usable_cores()))  # of more tasks than that nobody knows how many there are
    waiting = chain(first, waiting)
    several = len(first) > 1 and multiprocessing.parent_process() is None
    if several and not _guarded():
        warnings.warn(
            "all is done in this one process, because others would run your script from its start: "
            'put what calls commonweal under `if __name__ == "__main__":`',
            stacklevel=2,
        )
        several = False
    if not several:
        for task in waiting:
            yield task, attempt(task.call, task.arguments)
        return
    yield from _bisected(waiting, len(first))


def _bisected(waiting: Iterator[Task], workers: int) -> Iterator[tuple[Task, Any]]:
    """Tasks by pools of processes, until each has a result, or is known to kill its process."""
    while True:
        suspects: list[Task] = []
        for task, result in _in_pool(waiting, workers):
            if isinstance(result, BrokenProcessPool):
                suspects.append(task)
            else:
                yield task, result
        if not suspects:
            return
        # After a pool has died, what it was doing goes on alone, one pool each, so that the culprit is known.
        for alone in suspects:
            for task, result in _in_pool(iter([alone]), 1):
                yield task, Failure(KILLED) if isinstance(result, BrokenProcessPool) else result


def _elsewhere(waiting: Iterator[Task], place: Workplace) -> Iterator[tuple[Task, Any]]:
    """Tasks by the executor of a workplace. A task that its engine gives up is a Failure."""
    futures: dict[Future[Any], Task] = {}
    try:
        while True:
            while len(futures) < 2 * place.slots and (task := next(waiting, None)) is not None:
                futures[_submit(place.executor, task)] = task
            if not futures:
                return
            done, _ = wait(futures, timeout=PATIENCE, return_when=FIRST_COMPLETED)
            if not done and place.gone():
                raise CancelledError
            for future in sorted(done, key=lambda each: futures[each].name):
                task = futures.pop(future)
                try:
                    result = future.result()
                except (CancelledError, BrokenExecutor):
                    raise
                except Exception as error:
                    result = Failure(f"{type(error).__name__}: {error}")
                yield task, result
    except (CancelledError, BrokenExecutor, OSError, RuntimeError) as error:
        detail = f" ({error})" if str(error) else ""
        raise InputError(f"{place.name} is gone{detail}; what was finished is kept: start it and go on") from None
    finally:
        for future in futures:
            future.cancel()


def attempt(call: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """The result of a call, or a Failure naming the error."""
    try:
        return call(*arguments)
    except Exception as error:
        return Failure(f"{type(error).__name__}: {error}")


def _guarded() -> bool:
    """Whether workers may import the program that runs: not a script that would start its study over."""
    main = sys.modules["__main__"]
    script = getattr(main, "__file__", None)
    if script is None or getattr(main, "__spec__", None) is not None:
        return True
    try:
        return "__name__" in Path(script).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True


def _in_pool(waiting: Iterator[Task], workers: int) -> Iterator[tuple[Task, Any]]:
    """Tasks by one pool, as long as it lives; those that it had when it died come with that error."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["commonweal.study.blocks"])
    start, others = (own_modules.allowed(),), multiprocessing.active_children()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=start)
    futures: dict[Future[Any], Task] = {}
    broken: BrokenProcessPool | None = None
    try:
        while True:
            while broken is None and len(futures) < 2 * workers and (task := next(waiting, None)) is not None:
                try:
                    with _ctrl_c_held():
                        futures[_submit(pool, task)] = task
                except BrokenProcessPool as error:
                    broken = error
                    yield task, error
            if not futures:
                break
            done, _ = wait(futures, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=lambda each: futures[each].name):
                task = futures.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool as error:
                    broken = result = error
                yield task, result
    finally:
        if futures:  # stopped: a worker must not outlive the semaphores that it is about to open
            for worker in set(multiprocessing.active_children()) - set(others):
                worker.kill()
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _ctrl_c_held() -> Iterator[None]:
    """Hold Ctrl-C back until the block's end, in this process; in those that are started meanwhile, for ever.

    The server of workers would else meet it while it imports what they need, a worker while it unpacks what it is told.
    """
    if threading.current_thread() is not threading.main_thread():  # which alone hears of signals
        yield
        return
    pressed: list[int] = []
    heard = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, heard)
        if pressed:
            signal.raise_signal(signal.SIGINT)


def _begin(allowed: tuple[str, ...]) -> None:
    """Make a worker find the modules that are allowed in the process that waits for it, leave Ctrl-C to that process,
    and end when it ends, however it does.
    """
    own_modules.allow(allowed)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()


def _submit(pool: Executor, task: Task) -> Future[Any]:
    return pool.submit(attempt, task.call, task.arguments)
