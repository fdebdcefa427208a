"""Guard: who is answered, and how many at a time.

A browser sends what any page asks it to, to this machine too. So a name that is not this page's (DNS rebinding) is not
answered, and a connection that another page opens (its Origin says so) is not accepted. Addresses in numbers are: no
name that somebody else owns leads there.
"""

from collections.abc import Awaitable, Callable, Collection, MutableMapping
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HERE: Final = ("localhost",)
VISITORS: Final = 40
"""tabs that the page is open in at a time, where nothing else is said"""
KERNELS: Final = "/jupyter/api/kernels/"
"""where a tab's connection is, by the number that it has"""
REFUSED, BUSY = 421, 503
AGAIN: Final = 10
"""seconds after which a page that waits for its turn asks again, and again"""
WAIT: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>commonweal: full for now</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<script>setInterval(async () => {{ if ((await fetch(location)).ok) location.reload() }}, {again}000)</script></head>
<body style="font: 18px/1.5 system-ui, sans-serif; max-width: 34em; margin: 3em auto; padding: 0 1em"><main>
<h1 style="font-size: 1.4em">{visitors} others are here</h1>
<p>That is as many as this page is open to at a time. It opens by itself as soon as one of them leaves.</p>
<p>Whoever serves it can let in more: <code>commonweal dashboard --visitors {more}</code></p>
</main></body></html>
"""


class Guard:
    """Stands before an ASGI application."""

    def __init__(self, app: Any, hosts: Collection[str], visitors: int, there: Collection[str]) -> None:
        """hosts: names, besides this machine's own, that the page is reached by. there: the tabs that it is open in."""
        self.app, self.hosts, self.visitors, self.there = app, {each.lower() for each in hosts}, visitors, there

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and (refused := self.refusal(scope)):
            await _refuse(scope, send, *refused)
        else:
            await self.app(scope, receive, send)

    def refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Why a request is not answered, as a status and what is said of it; None where it is."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = headers.get(b"host", ""), headers.get(b"origin")
        if not self._is_ours(host):
            return REFUSED, (
                f"This page is not called {ascii(_name(host))[1:-1]}; if it is to be, start it with "
                "commonweal dashboard --allow-host NAME\n"
            )
        if origin is not None and not self._is_same(origin, host):
            return REFUSED, "Another page has asked, not this one; open this page itself\n"
        if self._is_new(scope) and len(self.there) >= self.visitors:
            return BUSY, WAIT.format(visitors=self.visitors, more=2 * self.visitors, again=AGAIN)
        return None

    def _is_ours(self, host: str) -> bool:
        name = _name(host)
        return name in self.hosts or name in HERE or _is_address(name)

    def _is_same(self, origin: str, host: str) -> bool:
        """Whether a page's origin is this page: as it is asked for, or by a name that it has behind a proxy."""
        place = urlsplit(origin).netloc.lower()
        return place == host.lower() or _name(place) in self.hosts

    def _is_new(self, scope: Scope) -> bool:
        path = scope["path"]
        tab = path.removeprefix(KERNELS).partition("/")[0] if path.startswith(KERNELS) else ""
        return (path == "/" or tab != "") and tab not in self.there


def _name(host: str) -> str:
    """The name in a host, without its port; '' where there is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


async def _refuse(scope: Scope, send: Send, status: int, said: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    if status == BUSY:
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"retry-after", b"%d" % AGAIN)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": said.encode()})
