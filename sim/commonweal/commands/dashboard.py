"""Open the page to play with: drag strategies and budget, watch a community, compare.

usage: commonweal dashboard [--port N] [--host ADDRESS] [--allow-host NAME ...] [--visitors N] [--results DIR]
                            [--no-open]

The page is served on this machine alone, at http://127.0.0.1:8765, until the command is interrupted. --host 0.0.0.0
serves it to everybody who can reach this machine; there is no password. It answers to localhost and to addresses in
numbers; by --allow-host to further names, such as that of this machine or of a proxy before it. It may be open
--visitors times at once, 40 where that is left out; who comes then waits for their turn. Needs the extra dashboard.

DIR holds the past studies that the page shows, or is one itself; results/ where it is left out.

examples:
  commonweal dashboard
  commonweal dashboard --port 9000 --results results
  commonweal dashboard --results results/first          one study
  commonweal dashboard --host 0.0.0.0 --allow-host lab.example.org

exit codes: 2 bad input, 130 interrupted
"""

import os
import re
import socket
import sys
from collections.abc import Sequence

from commonweal.commands._parser import Parser
from commonweal.errors import InputError
from commonweal.extras import need

QUIET = {
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False", "SOLARA_THEME_SHOW_BANNER": "False", "SOLARA_CHECK_HOOKS": "off",
    "SOLARA_THEME_TITLE": "commonweal", "SOLARA_THEME_LOADER": "plain", "PYTHONWARNINGS": "ignore",
    "SOLARA_KERNEL_CULL_TIMEOUT": "10m",
}  # fmt: skip
"""nothing is told to anybody, nothing fetched from elsewhere; a tab that was left is forgotten soon"""


def main(arguments: list[str]) -> int:
    """Serve the page."""
    parser = Parser("dashboard")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--allow-host", action="append", default=[], metavar="NAME")
    parser.add_argument("--visitors", type=int)
    parser.add_argument("--results", metavar="DIR")
    parser.add_argument("--no-open", action="store_true")
    given = parser.parse_args(arguments)
    guarded = guarding([given.host, *given.allow_host], given.visitors)
    command, environment = serving(given.host, given.port, given.results, not given.no_open, guarded)
    os.execve(sys.executable, command, environment)


def serving(
    host: str, port: int, results: str | None, opened: bool, guarded: dict[str, str]
) -> tuple[list[str], dict[str, str]]:
    """The command that serves the page, and its environment; the model is compiled. Raises InputError.

    guarded: what `guarding` says.
    """
    need("dashboard", "the page")
    if results is not None and not os.path.isdir(results):
        raise InputError(f"--results is {results!r}; there is no such folder; name one that holds results")
    _free(host, port)
    from commonweal.commands._kernels import compile_model
    from commonweal.configuration.compose import compose
    from commonweal.configuration.conf import session
    from commonweal.model.world import build_world

    with session():
        usual = compose([])
        compile_model([build_world(usual.values, usual.choices)], quiet=False)
    environment = {**os.environ, **QUIET, "COMMONWEAL_RESULTS": results or "results", **guarded}
    where = ["--host", host, "--port", str(port), "--open" if opened else "--no-open", "--production"]
    served = ["-m", "commonweal.dashboard.serve", "run", "commonweal.dashboard.page", *where]
    return [sys.executable, "-P", *served], environment  # -P: nothing is imported from the folder it is started in


def guarding(hosts: Sequence[str], visitors: int | None) -> dict[str, str]:
    """What the guard is told (commonweal.dashboard.guard): the address served, further names, and how many may come.

    Raises InputError.
    """
    for name in hosts[1:]:
        if not re.fullmatch(r"[\w-]+(\.[\w-]+)*", name):
            raise InputError(f"--allow-host is {name!r}; give a name alone, such as lab.example.org")
    if visitors is not None and visitors < 1:
        raise InputError(f"--visitors is {visitors}; it must be at least 1")
    told = {"COMMONWEAL_HOSTS": " ".join(hosts)}
    return told if visitors is None else told | {"COMMONWEAL_VISITORS": str(visitors)}


def _free(host: str, port: int) -> None:
    """Raise InputError where the port cannot be had."""
    if not 1 <= port <= 65535:
        raise InputError(f"--port is {port}; it must be from 1 to 65535")
    try:
        family = socket.getaddrinfo(host, port)[0][0]
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OSError as error:
        remedy = f"another: --port {port + 1 if port < 65535 else 8765}"
        raise InputError(f"{host}:{port} cannot be used ({error.strerror or error}); give {remedy}") from None
