"""What is handed over: a report, an executed notebook, the page to play with."""

import subprocess
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from commonweal.front.results import Results, Sweep, folder_of


def report(results: str | Path | Results | Sweep) -> list[Path]:
    """Write report.html, and report.pdf where Chromium is installed, into the results' folder. Raises InputError."""
    from commonweal.report.report import write_report

    return write_report(folder_of(results))[0]


def notebook(study: str, results: str | Path | Results | None = None, **parameters: Any) -> list[Path]:
    """Execute a study's notebook on results, the newest of that study where they are None; what was written.

    study: a folder of experiments/ by its name or path, or a notebook of your own (jupytext's percent format).
    parameters: other values for names assigned in its cell of parameters. Raises InputError.
    """
    from commonweal.commands.notebook import executed

    return executed(study, None if results is None else folder_of(results), parameters)


class Page:
    """The page to play with, served by a process of its own."""

    def __init__(self, url: str, process: "subprocess.Popen[bytes]") -> None:
        self.url, self.process = url, process

    def stop(self) -> None:
        """Serve it no more."""
        self.process.terminate()
        self.process.wait()

    def __repr__(self) -> str:
        return f"<the page at {self.url}; .stop() ends it>"

    def _repr_html_(self) -> str:
        return f'<a href="{escape(self.url)}" target="_blank">{escape(self.url)}</a> (<code>.stop()</code> ends it)'


def dashboard(
    results: str | Path | Results | None = None, *, port: int = 8765, host: str = "127.0.0.1",
    allow_host: str | Sequence[str] = (), visitors: int | None = None, browser: bool = True,
) -> Page:  # fmt: skip
    """Serve the page to play with, beside this process, which goes on.

    results: the past studies that it shows, a folder of them or one; results/ where it is None. allow_host: names,
    besides localhost and addresses in numbers, that it answers to. visitors: how often it may be open at a time; 20
    where it is None. browser: open it there. The page ends with `stop()`, or with Python. Raises InputError.
    """
    import atexit
    import sys

    from commonweal.commands.dashboard import guarding, serving

    names = [allow_host] if isinstance(allow_host, str) else allow_host
    guarded = guarding([host, *names], visitors)
    folder = None if results is None else str(folder_of(results))
    command, environment = serving(host, port, folder, browser, guarded)
    process = subprocess.Popen(command, executable=sys.executable, env=environment)
    atexit.register(process.terminate)
    return Page(f"http://{host}:{port}", process)
