"""How many visitors the page bears: visitors without a browser who each move a slider in the same moment.

usage: python -m benchmarks.visitors [VISITORS ...]

For each number of visitors: seconds until the first numbers and until all of them, of the first visitor who has them
and of the last; processor seconds of the server for each visitor, and its memory. A visitor speaks to the server as the
page does in a browser, and draws nothing: what is measured is the server alone, beside what else the machine does.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import websockets

VISITORS: Final = (1, 10, 20, 40)
LONGEST: Final = 300.0
"""seconds that answers are waited for"""
FIRST, WHOLE = "The first ", "200 "
"""how what is said of a part of the communities begins, and of all of them"""
CONTROL: Final = "solara.control"
"""what Solara calls the channel by which a browser asks for a page"""


def main(arguments: list[str]) -> int:
    """Measure, and print a line for each number of visitors."""
    for visitors in map(int, arguments or map(str, VISITORS)):
        print(f"{visitors:3} visitors: {measured(visitors)}", flush=True)
    return 0


def measured(visitors: int) -> str:
    """One server and as many visitors, each with a setting of their own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "commonweal", "dashboard", "--no-open", "--port", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [*command, "--visitors", str(visitors)], cwd=folder, stdout=subprocess.PIPE, text=True
        )
        try:
            assert server.stdout is not None
            server.stdout.readline()  # where it is, as soon as it is there
            return asyncio.run(_asked(server.pid, f"127.0.0.1:{port}", visitors))
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


class Visitor:
    """The page as it is open somewhere."""

    def __init__(self, address: str, query: str) -> None:
        self.address, self.query, self.session = address, query, uuid4().hex
        self.sliders, self.changed = "", asyncio.Event()
        self.shown: list[tuple[float, str]] = []
        """what was said of how many communities, and when"""

    async def open(self) -> None:
        """Ask for the page, as a browser does when it has loaded what the page is drawn with."""
        await asyncio.to_thread(lambda: urllib.request.urlopen(f"http://{self.address}/{self.query}").read())
        where = f"ws://{self.address}/jupyter/api/kernels/{uuid4()}/channels?session_id={self.session}"
        self.connection = await websockets.connect(where, max_size=None, open_timeout=LONGEST, ping_timeout=None)
        self.listening = asyncio.create_task(self.listen())
        page, themes = f"/{self.query}", {"light": {}, "dark": {}}
        arguments = {"path": page, "appName": "__default__", "themes": themes, "dark": False}
        await self.send("comm_open", {"comm_id": self.session, "target_name": CONTROL, "data": {}})
        await self.send("comm_msg", {"comm_id": self.session, "data": {"method": "run", "args": arguments}})

    async def move(self, value: float) -> None:
        """Move a slider."""
        event = {"event": "move", "data": {"name": "shared_vision", "column": 0, "value": value}}
        await self.send("comm_msg", {"comm_id": self.sliders, "data": {"method": "custom", "content": event}})

    async def send(self, kind: str, content: dict[str, Any]) -> None:
        """Send a message of Jupyter's."""
        header = {"msg_id": uuid4().hex, "msg_type": kind, "session": self.session, "username": "", "version": "5.3"}
        whole = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        await self.connection.send(json.dumps(whole | {"buffers": []}))

    async def listen(self) -> None:
        """Keep what the headings say, and which element the sliders of strategies are."""
        async for message in self.connection:
            content = json.loads(_text(message)).get("content", {})
            state = content.get("data", {}).get("state") or {}
            rows = state.get("rows") or [{}]
            if isinstance(rows[0], dict) and "values" in rows[0] and rows[0].get("name") != "budget":
                self.sliders = content["comm_id"]
            said = [each for each in state.values() if isinstance(each, str) and " communities, " in each]
            self.shown += [(time.monotonic(), said[0])] if said else []
            self.changed.set()

    async def until(self, begins: str, since: float) -> float:
        """When something that begins so was first said since then."""
        while True:
            if found := [when for when, said in self.shown if when >= since and said.startswith(begins)]:
                return found[0]
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), LONGEST)
            except TimeoutError:
                raise SystemExit(f"no answer within {LONGEST:.0f} s") from None


async def _asked(pid: int, address: str, visitors: int) -> str:
    there: list[Visitor] = []
    for number in range(1, visitors + 1):
        there.append(Visitor(address, f"?community=small_world&A=communication:{number / (visitors + 1):.3f}"))
        await there[-1].open()
        await there[-1].until(WHOLE, 0.0)
    await _still(pid)
    before = _cpu(pid)

    async def answered(visitor: Visitor) -> tuple[float, float]:
        begun = time.monotonic()
        await visitor.move(0.5)
        first = await visitor.until(FIRST, begun)
        return first - begun, await visitor.until(WHOLE, first) - begun

    first, whole = zip(*await asyncio.gather(*map(answered, there)), strict=True)
    taken = _cpu(pid) - before
    told = [f"{what} after {min(some):.1f} to {max(some):.1f} s"
            for what, some in (("first numbers", first), ("all", whole))]  # fmt: skip
    return f"{', '.join(told)}; {taken / visitors:.2f} processor seconds each; {_memory(pid):.0f} MB"


def _text(message: str | bytes) -> str | bytes:
    """A message without what follows it: numbers in four bytes say how many parts there are, and where each begins."""
    if isinstance(message, str):
        return message
    begins = [int.from_bytes(message[at : at + 4]) for at in range(0, 4 + 4 * int.from_bytes(message[:4]), 4)][1:]
    return message[begins[0] : begins[1] if len(begins) > 1 else None]


async def _still(pid: int) -> None:
    """Wait until the server has played ahead what it plays while nobody asks."""
    was = -1.0
    while (now := _cpu(pid)) - was > 0.1:
        was = now
        await asyncio.sleep(3)


def _cpu(pid: int) -> float:
    """Processor seconds a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1e3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
