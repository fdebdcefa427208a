"""The page answers to its own names, accepts connections from itself alone, and from so many at a time."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from commonweal.commands.dashboard import main
from commonweal.dashboard import ensemble
from commonweal.dashboard.guard import BUSY, KERNELS, REFUSED, Guard
from commonweal.dashboard.setting import Setting
from commonweal.errors import InputError

OURS = [
    "127.0.0.1:8765",
    "localhost:8765",
    "LOCALHOST:1",
    "[::1]:8765",
    "192.168.1.7:8765",
    "lab.example.org",
    "localhost.",
]
OTHERS = [
    "evil.example",
    "evil.example:8765",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "",
    "[::1",
    "a@b:c",
    "\x1b",
]


def asked(guard: Guard, host: str, origin: str | None = None, path: str = "/", kind: str = "http") -> list[dict]:
    """What is sent to somebody who asks; nothing by the guard itself where it lets them pass."""
    headers = [(b"host", host.encode())] + ([] if origin is None else [(b"origin", origin.encode())])
    sent: list[dict] = []

    async def send(message) -> None:
        sent.append(message)

    async def receive() -> None: ...

    asyncio.run(guard({"type": kind, "headers": headers, "path": path}, receive, send))
    return sent


def guarding(visitors: int = 2, there=()) -> Guard:
    async def passed(scope, receive, send) -> None:
        await send({"type": "passed"})

    return Guard(passed, ["lab.example.org"], visitors, there)


@pytest.mark.parametrize("host", OURS)
def test_its_own_names_are_answered(host):
    assert asked(guarding(), host) == [{"type": "passed"}]


@pytest.mark.parametrize("host", OTHERS)
def test_other_names_are_not(host):
    start, body = asked(guarding(), host)
    assert start["status"] == REFUSED and b"--allow-host NAME" in body["body"] and b"\x1b" not in body["body"]
    assert asked(guarding(), host, kind="websocket", path=f"{KERNELS}1/channels")[0]["type"] == "websocket.close"


@pytest.mark.parametrize(
    ("origin", "may"),
    [("http://127.0.0.1:8765", True), ("https://lab.example.org", True), (None, True), ("http://evil.example", False),
     ("http://127.0.0.1:3000", False), ("null", False), ("file://", False),
     ("http://lab.example.org.evil.example", False)],
)  # fmt: skip
def test_only_the_page_itself_may_open_a_connection(origin, may):
    sent = asked(guarding(), "127.0.0.1:8765", origin, f"{KERNELS}1/channels", "websocket")
    assert (sent == [{"type": "passed"}]) == may and (may or sent[0] == {"type": "websocket.close", "code": 1008})


def test_so_many_tabs_at_a_time():
    there = {"one": 1}
    guard = guarding(2, there)
    assert asked(guard, "localhost") == [{"type": "passed"}]
    there["two"] = 2
    start, body = asked(guard, "localhost")
    assert start["status"] == BUSY and (b"retry-after", b"10") in start["headers"]
    assert b"2 others are here" in body["body"] and b"location.reload() }, 10000)" in body["body"]
    del there["one"]
    assert asked(guard, "localhost") == [{"type": "passed"}]  # as the page does by itself when it tries again
    there["one"] = 1
    assert asked(guard, "localhost", path=f"{KERNELS}three/x", kind="websocket")[0]["type"] == "websocket.close"
    assert asked(guard, "localhost", path=f"{KERNELS}two/x", kind="websocket") == [{"type": "passed"}]
    assert asked(guard, "localhost", path="/static/main.js") == [{"type": "passed"}]


@pytest.mark.parametrize("words", [["--allow-host", "http://x/"], ["--allow-host", "a b"], ["--visitors", "0"]])
def test_what_the_guard_cannot_be_told(words):
    with pytest.raises(InputError, match=f"{words[0]} is"):
        main(words)


def test_what_is_not_wanted_any_more_is_not_played_when_its_turn_comes(monkeypatch):
    played = []
    monkeypatch.setattr(ensemble, "play", lambda *which: played.append(which))
    assert list(ensemble.answers(Setting(), ("A", "B"), lambda: False)) == [] and not played


@pytest.mark.slow
def test_the_page_that_is_served_is_guarded(tmp_path):
    pytest.importorskip("solara")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["dashboard", "--no-open", "--port", str(port), "--allow-host", "lab.example.org", "--visitors", "1"]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "commonweal", *words], cwd=tmp_path, stdout=log, stderr=log,
                                  env={**os.environ, "NUMBA_DISABLE_JIT": "1"})  # fmt: skip

    def status(host: str) -> int:
        request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": host})
        try:
            with urllib.request.urlopen(request, timeout=60) as page:
                return page.status
        except urllib.error.HTTPError as error:
            return error.code

    def handshake(origin: str) -> str:
        lines = [f"GET {KERNELS}a/channels?session_id=b HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: {origin}",
                 "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]  # fmt: skip
        with socket.create_connection(("127.0.0.1", port), 60) as there:
            there.sendall("\r\n".join([*lines, "", ""]).encode())
            return there.recv(64).decode().split("\r\n")[0]

    try:
        for _ in range(400):
            assert server.poll() is None, (tmp_path / "log").read_text()
            if said := (tmp_path / "log").read_text():
                break
            time.sleep(0.5)
        assert said == f"The page is at http://127.0.0.1:{port}; Ctrl-C ends it.\n"  # and answers from now on
        assert [status(host) for host in ("localhost", "lab.example.org", "evil.example")] == [200, 200, REFUSED]
        assert " 403 " in handshake("http://evil.example") and " 101 " in handshake(f"http://127.0.0.1:{port}")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)
