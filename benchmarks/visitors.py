"""How many visitors the page bears: tabs of one Chromium that each move a slider in the same moment.

usage: python -m benchmarks.visitors [TABS ...]

For each number of tabs: seconds until the first numbers and until all of them, of the first visitor that has them and
of the last; processor seconds of the server for each visitor, and its memory. Chromium takes its share of the machine,
so that seconds are more than they are where visitors have machines of their own; processor seconds are the server's
alone. Needs chromium, chromedriver and selenium.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any, Final

TABS: Final = (1, 10, 20, 40)
LONGEST: Final = 300.0
"""seconds that answers are waited for"""
FLAGS: Final = (
    "headless=new", "no-sandbox", "disable-dev-shm-usage", "disable-gpu", "disable-background-timer-throttling",
    "disable-backgrounding-occluded-windows", "disable-renderer-backgrounding",
)  # fmt: skip
WATCH: Final = """
const before = document.querySelector('.cw-effects').innerText, begun = performance.now()
window.first = 0; window.whole = 0
setInterval(() => {
  const now = document.querySelector('.cw-effects'), done = performance.now() - begun
  if (!now || now.innerText === before || document.querySelector('.cw-effects.cw-stale')) return
  window.first = window.first || done
  const whole = [...document.querySelectorAll('h2')].some(e => e.innerText.startsWith('200 '))
  if (whole) window.whole = window.whole || done
}, 50)
const slider = document.querySelector('[data-slider=shared_vision-0]')
slider.value = 0.5; slider.dispatchEvent(new Event('input'))
"""


def main(arguments: list[str]) -> int:
    """Measure, and print a line for each number of tabs."""
    for tabs in map(int, arguments or map(str, TABS)):
        print(f"{tabs:3} visitors: {measured(tabs)}", flush=True)
    return 0


def measured(tabs: int) -> str:
    """One server and as many tabs, each with a setting of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "commonweal", "dashboard", "--no-open", "--port", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([*command, "--visitors", str(tabs)], cwd=folder, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait(lambda: urllib.request.urlopen(address, timeout=5).close() or True)
            return _asked(server.pid, address, tabs, folder)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


def _asked(pid: int, address: str, tabs: int, folder: str) -> str:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"user-data-dir={folder}/profile"):
        options.add_argument(f"--{flag}")
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        for tab in range(tabs):
            if tab:
                driver.switch_to.new_window("tab")
            driver.get(f"{address}?community=small_world&A=communication:{(tab + 1) / (tabs + 1):.3f}")
            _wait(lambda: "Spend" in driver.find_element("css selector", ".cw-effects").text)
        _still(pid)
        before, handles = _cpu(pid), driver.window_handles
        for handle in handles:
            driver.switch_to.window(handle)
            driver.execute_script(WATCH)
        _wait(lambda: all(_each(driver, handles, "whole")))
        taken = _cpu(pid) - before
        first, whole = (_each(driver, handles, name) for name in ("first", "whole"))
    finally:
        driver.quit()
    told = [f"{what} after {min(some) / 1e3:.1f} to {max(some) / 1e3:.1f} s"
            for what, some in (("first numbers", first), ("all", whole))]  # fmt: skip
    return f"{', '.join(told)}; {taken / tabs:.2f} processor seconds each; {_memory(pid):.0f} MB"


def _each(driver: Any, handles: list[str], name: str) -> list[float]:
    found = []
    for handle in handles:
        driver.switch_to.window(handle)
        found.append(float(driver.execute_script(f"return window.{name}")))
    return found


def _still(pid: int) -> None:
    """Wait until the server has played ahead what it plays while nobody asks."""
    was = -1.0
    while (now := _cpu(pid)) - was > 0.1:
        was = now
        time.sleep(3)


def _cpu(pid: int) -> float:
    """Processor seconds a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1e3


def _wait(found: Any) -> None:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        try:
            if found():
                return
        except Exception:  # not there yet
            pass
        time.sleep(0.2)
    raise SystemExit(f"no answer within {LONGEST:.0f} s")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
