"""Serve the page: Solara's own start, guarded, without asking a registry whether there is a newer one."""

import os
import sys
import threading
from contextlib import suppress
from typing import Any

import solara.__main__ as solara
import uvicorn
from click.exceptions import Abort

from commonweal.dashboard.ensemble import play_ahead
from commonweal.dashboard.guard import VISITORS, Guard
from commonweal.dashboard.setting import Setting


def main() -> int:
    """Serve, as the arguments of `solara` say, until interrupted, which nothing but Ctrl-C does in good order.

    uvicorn hands Ctrl-C on when it has closed what was open, but on a busy machine not always.
    """
    threading.Thread(target=play_ahead, args=(Setting(),), daemon=True).start()
    solara.__dict__["_check_version"] = lambda: None
    solara.__dict__["uvicorn"] = UvicornWithGuard
    with suppress(Abort, KeyboardInterrupt):
        solara.cli(sys.argv[1:], standalone_mode=False)
    return 130


class UvicornWithGuard:
    """What Solara takes of uvicorn, which is given Solara's application behind a guard."""

    Server = uvicorn.Server

    @staticmethod
    def Config(**settings: Any) -> uvicorn.Config:
        return uvicorn.Config(**settings | {"app": guarded, "factory": True})


def guarded() -> Guard:
    """Solara's application, guarded as COMMONWEAL_HOSTS and COMMONWEAL_VISITORS say."""
    from solara.server import kernel_context, starlette  # here, because it reads what Solara's start has set

    hosts, visitors = os.environ.get("COMMONWEAL_HOSTS", ""), os.environ.get("COMMONWEAL_VISITORS", VISITORS)
    return Guard(starlette.app, hosts.split(), int(visitors), kernel_context.contexts)


if __name__ == "__main__":
    sys.exit(main())
