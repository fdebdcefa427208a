"""Serve the page: Solara's own start, guarded, without asking a registry whether there is a newer one."""

import os
import sys
import threading
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import solara.__main__ as solara
import uvicorn
from click.exceptions import Abort

from commonweal.dashboard.ensemble import FIRST, play, play_ahead
from commonweal.dashboard.guard import VISITORS, Guard
from commonweal.dashboard.setting import Setting
from commonweal.dashboard.story import alone, story
from commonweal.model.strategies import STRATEGIES


def main() -> int:
    """Serve, as the arguments of `solara` say, until interrupted, which nothing but Ctrl-C does in good order.

    uvicorn hands Ctrl-C on when it has closed what was open, but on a busy machine not always.
    """
    threading.Thread(target=ahead, daemon=True).start()
    solara.__dict__["rich"] = SimpleNamespace(print=lambda *_: None)  # it says where the page is before it is there
    solara.__dict__["_check_version"] = lambda: None
    solara.__dict__["uvicorn"] = UvicornWithGuard
    with suppress(Abort, KeyboardInterrupt):
        solara.cli(sys.argv[1:], standalone_mode=False)
    return 130


def ahead() -> None:
    """Play what visitors will ask for: the cards of the first screen, then what the laboratory begins with."""
    for name in STRATEGIES:
        play(alone(name), None, FIRST)
        story(name)
        play(alone(name), 0)
    play_ahead(Setting())


class UvicornWithGuard:
    """What Solara takes of uvicorn, which is given Solara's application behind a guard."""

    class Server(uvicorn.Server):
        """Says where the page is as soon as it is there, and not before."""

        async def startup(self, *arguments: Any, **more: Any) -> None:
            await super().startup(*arguments, **more)
            if self.started:
                print(f"The page is at http://{self.config.host}:{self.config.port}; Ctrl-C ends it.", flush=True)

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
