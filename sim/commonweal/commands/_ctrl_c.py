"""Ctrl-C in a process that is a command's own: it is heard once, and what it began is then left to come to its end."""

import signal
import time
from types import FrameType
from typing import Final

STOPPING: Final = 5.0
"""seconds within which a stop comes to its end; who presses later than that is heard again"""


def hear_once() -> None:
    """From now on. Where Ctrl-C is ignored, as a shell has it of what runs in the background, it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _Once())


class _Once:
    """What is done when Ctrl-C is pressed."""

    def __init__(self) -> None:
        self.last = -STOPPING

    def __call__(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if now - self.last >= STOPPING:
            self.last = now
            raise KeyboardInterrupt


def raise_lost() -> None:
    """Raise KeyboardInterrupt where Ctrl-C was pressed and this goes on: Python loses what is raised in cleaning up."""
    handler = signal.getsignal(signal.SIGINT)
    if isinstance(handler, _Once) and handler.last > -STOPPING:
        raise KeyboardInterrupt
