"""Python's search for garbage, which passes over what a command has imported, since that stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def passed_over() -> Iterator[None]:
    """Meanwhile nothing is searched, and what is there at the end is passed over by every search to come.

    A command imports half a million objects. Each of the searches that Python makes as more are made goes through all
    of them, which takes a quarter of what a small study takes.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if searching:
            gc.enable()
