"""How far a study has come, where somebody is looking: a bar in a notebook or on a terminal, else nothing."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from time import monotonic
from typing import Any, Final

from commonweal.commands._terminal import is_live
from commonweal.commands._terminal import progress as of_terminal

Notify = Callable[[str, int, int], None]
EVERY: Final = 0.2
"""seconds between two looks of a notebook's bar"""


@contextmanager
def progress() -> Iterator[Notify]:
    """Something to notify of what is being done, the runs done and the runs to do."""
    if in_notebook():
        bar = _Bar()
        try:
            yield bar
        finally:
            bar.clear()
        return
    with of_terminal(sys.stderr, quiet=not is_live(sys.stderr)) as notify:
        yield notify


def watched() -> bool:
    """Whether somebody is looking."""
    return in_notebook() or is_live(sys.stderr)


def in_notebook() -> bool:
    """Whether this is a cell of Jupyter's, or of one of its kind."""
    python = sys.modules.get("IPython")
    shell: Any = python.get_ipython() if python else None
    return shell is not None and hasattr(shell, "kernel")


class _Bar:
    """HTML's own progress bar, drawn over as it grows; it needs no widgets."""

    def __init__(self) -> None:
        self.handle: Any = None
        self.last = -EVERY

    def __call__(self, what: str, done: int, total: int) -> None:
        if self.handle is not None and monotonic() - self.last < EVERY:
            return
        self.last = monotonic()
        self._show(
            f'{escape(what)} <progress value="{done}" max="{max(total, 1)}"></progress> {done:,} of {total:,} runs'
        )

    def clear(self) -> None:
        """Leave nothing behind."""
        if self.handle is not None:
            self._show("")

    def _show(self, text: str) -> None:
        from IPython.display import HTML, display  # pyright: ignore[reportMissingImports]

        if self.handle is None:
            self.handle = display(HTML(text), display_id=True)
        else:
            self.handle.update(HTML(text))
