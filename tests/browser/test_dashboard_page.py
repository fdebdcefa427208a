"""The page in a real browser: it loads without a network, plays, answers sliders, takes rosters and refuses others."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import faults, opened, seen_as
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from commonweal.model.strategies import STRATEGIES

RESULTS = Path(__file__).parents[2] / "results"
HOSTILE = (
    "id,name\na,<img src=x onerror=\"document.title='owned'\">\nb,<script>document.title='owned'</script>\nc,Cleo\n"
)
OWN = "your own roster"
LABORATORY = "?community=small_world"
"""an address with a setting opens it; without, it is the invitation"""
WATCH_FOR_GREY = """
window.grey = false
new MutationObserver(() => { window.grey = window.grey || !!document.querySelector('.cw-effects.cw-stale') }).observe(
  document.body, { subtree: true, childList: true, attributes: true })
"""
NAMES_IN_THE_NETWORK = """
const names = [...document.querySelectorAll('.cw-names text')], boxes = names.map(e => e.getBoundingClientRect())
const apart = (a, b) => a.left >= b.right - 1 || b.left >= a.right - 1 || a.top >= b.bottom - 4 || b.top >= a.bottom - 4
const over = boxes.map((a, n) => boxes.findIndex((b, k) => k > n && !apart(a, b)))
return [names.map(e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a), over.filter(k => k >= 0)]
"""
TOUCH_BESIDE = """
const mark = arguments[0].getBoundingClientRect(), place = {clientX: mark.left - 4, clientY: mark.top - 4}
document.querySelector('.cw-network').dispatchEvent(new MouseEvent('click', place))
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    pytest.importorskip("solara")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("page")
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with (folder / "log").open("w") as log:
        command = [
            sys.executable,
            "-m",
            "commonweal",
            "dashboard",
            "--no-open",
            "--port",
            str(port),
            "--results",
            str(RESULTS),
        ]
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment)
    where = f"http://127.0.0.1:{port}/"
    for _ in range(240):
        try:
            urllib.request.urlopen(where, timeout=5).close()
            break
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, (folder / "log").read_text()
            time.sleep(0.5)
    yield where
    server.send_signal(signal.SIGINT)
    assert server.wait(60) == 130


def in_scheme(driver, scheme: str) -> None:
    """By day, or by night."""
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )


def text(driver) -> str:
    return driver.find_element(By.TAG_NAME, "body").text


def until(driver, found, seconds=90):
    return WebDriverWait(driver, seconds, 0.2, ignored_exceptions=[Exception]).until(lambda _: found())


def effects(driver) -> str:
    return driver.find_element(By.CSS_SELECTOR, ".cw-effects").text


def month(driver) -> int:
    return int(re.search(r"month (\d+) of", text(driver))[1])  # pyright: ignore


def press(driver, label: str) -> None:
    next(each for each in driver.find_elements(By.TAG_NAME, "button") if each.text.strip() == label).click()


def slide(driver, name: str, value: float) -> None:
    driver.execute_script(
        "const it = document.querySelector(`[data-slider=${arguments[0]}]`); it.value = arguments[1];"
        "it.dispatchEvent(new Event('input'))", name, value,
    )  # fmt: skip


def pick(driver, choice: str, value: str) -> None:
    Select(driver.find_element(By.CSS_SELECTOR, f"[data-choice='{choice}']")).select_by_value(value)


def test_the_page_in_two_browsers(browser, address, tmp_path):
    for width in (390, 1366):
        seen_as(browser, width, 900)
        in_scheme(browser, "dark" if width < 1000 else "light")
        browser.get(address + LABORATORY)
        until(browser, lambda: "Spend" in effects(browser))
        until(browser, lambda: not faults(browser), 20)  # what fades in is pale until it is there
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert browser.find_element(By.CSS_SELECTOR, ".cw-brief").is_displayed() == (width < 1000)
        sizes, overlaps = browser.execute_script(NAMES_IN_THE_NETWORK)
        assert len(sizes) > 15 and min(sizes) > 11.9 and overlaps == []
    assert "A against B" in effects(browser)
    assert [name for name in fetched(browser) if not name.startswith(address)] == []

    # It plays: a month at a time, and by itself.
    press(browser, "Step")
    until(browser, lambda: month(browser) == 1)
    press(browser, "▶")
    until(browser, lambda: month(browser) >= 4)
    press(browser, "❚❚")

    # A leader is chosen by keys, another by a finger beside the mark: priorities, ties and history are there.
    leaders = browser.find_elements(By.CSS_SELECTOR, ".cw-leader")
    assert [each.get_attribute("tabindex") for each in leaders].count("0") == 1
    leaders[0].send_keys(Keys.ARROW_RIGHT)
    browser.switch_to.active_element.send_keys(Keys.SPACE)
    until(browser, lambda: "wants effort spent on" in text(browser) and "believed the others give" in text(browser))
    assert [each.get_attribute("aria-selected") for each in leaders[:2]] == ["false", "true"]
    browser.execute_script(TOUCH_BESIDE, leaders[0])
    until(browser, lambda: [each.get_attribute("aria-selected") for each in leaders[:2]] == ["true", "false"])
    assert "Leader 1" in browser.find_element(By.CSS_SELECTOR, ".cw-chosen").text
    small = browser.execute_script(
        "return [...document.querySelectorAll('button, select, input')].filter(e => e.offsetHeight < 24).length"
    )
    assert small == 0

    # A slider moves numbers, here and not in another browser.
    other = opened(str(tmp_path / "other"))
    try:
        other.get(address + LABORATORY)
        until(other, lambda: "Spend" in effects(other))
        before, theirs = effects(browser), effects(other)
        browser.execute_script(WATCH_FOR_GREY)
        slide(browser, "communication-0", 0.6)
        until(browser, lambda: effects(browser) != before)
        assert browser.execute_script("return window.grey")  # old numbers, while new ones are computed
        until(browser, lambda: not browser.find_elements(By.CSS_SELECTOR, ".cw-stale"))
        assert "communication.intensity=0.6 " in browser.find_element(By.CSS_SELECTOR, ".cw-command-A").text
        assert effects(other) == theirs
    finally:
        other.quit()

    # A published study is looked at, scenario by scenario.
    pick(browser, "study", "which_strategy/published")
    until(browser, lambda: "all seven" in text(browser) and "helps" in text(browser))
    calm = browser.find_elements(By.CSS_SELECTOR, ".cw-table")[-1].text
    pick(browser, "scenario of the study", "scarce, full strength")
    until(browser, lambda: browser.find_elements(By.CSS_SELECTOR, ".cw-table")[-1].text != calm)

    # A reload brings it back, with what was chosen: the address has it.
    assert "A=communication:0.6" in browser.current_url
    slide(browser, "budget-0", 10)
    until(browser, lambda: "budget=600" in browser.current_url)  # 10 MU a month, over 60 months
    browser.refresh()
    until(browser, lambda: "Spend" in effects(browser) and month(browser) == 0)
    command = browser.find_element(By.CSS_SELECTOR, ".cw-command-A").text
    assert "communication.intensity=0.6 " in command and "convener.budget=600 " in command


def test_an_invitation_is_played_and_leads_to_the_laboratory(browser, address):
    in_scheme(browser, "dark")
    seen_as(browser, 390, 844)
    browser.get(address)
    until(browser, lambda: len(browser.find_elements(By.CSS_SELECTOR, ".cw-card")) == len(STRATEGIES))
    assert browser.find_element(By.TAG_NAME, "h1").text == "Thirty leaders. What would you do?"
    until(browser, lambda: not faults(browser), 20)
    assert not browser.find_element(By.CSS_SELECTOR, ".cw-go").is_enabled()
    for what in ("[data-card=incentives]", "[data-guess=harms]", ".cw-go"):
        browser.find_element(By.CSS_SELECTOR, what).click()
    until(browser, lambda: month(browser) >= 2 and browser.find_element(By.CSS_SELECTOR, ".cw-event").text)
    first = browser.find_element(By.CSS_SELECTOR, ".cw-answer").text
    press(browser, "To the end")
    until(browser, lambda: "In 200 towns like this one" in browser.find_element(By.CSS_SELECTOR, ".cw-answer").text)
    said = browser.find_element(By.CSS_SELECTOR, ".cw-answer").text
    assert first == "" and re.search(r"You guessed (so|otherwise)\.$", said), said
    assert month(browser) == 60 and faults(browser) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    browser.execute_script("document.querySelector('.cw-further button').click()")
    until(browser, lambda: "Spend" in effects(browser))
    assert "A=incentives:1" in browser.current_url
    browser.get(address + "?community=nowhere")
    until(browser, lambda: "The address has 'nowhere'" in browser.find_element(By.CSS_SELECTOR, "[role=alert]").text)


def test_rosters_are_read_and_hostile_ones_refused(browser, address, tmp_path):
    browser.get(address + LABORATORY)
    until(browser, lambda: "Spend" in effects(browser))
    files = {
        "names.csv": HOSTILE.encode(),
        "zip.csv": b"PK\x03\x04" + b"x" * 99,
        "big.csv": b"id\n" + b"a\n" * 25_000_000,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    leaders = browser.find_element(By.CSS_SELECTOR, "input[data-kind=leaders]")
    for name, says in (("zip.csv", "damaged"), ("big.csv", "larger than 2 MiB")):
        leaders.send_keys(str(tmp_path / name))
        until(browser, lambda says=says: says in browser.find_element(By.CSS_SELECTOR, ".cw-wrong").text)
        assert browser.find_element(By.CSS_SELECTOR, ".cw-wrong").text.startswith(f"{name}: ")
        assert "community=small_world" in browser.find_element(By.CSS_SELECTOR, ".cw-command-A").text
    leaders.send_keys(str(tmp_path / "names.csv"))
    until(browser, lambda: "3 leaders" in browser.find_element(By.CSS_SELECTOR, ".cw-read").text)
    until(browser, lambda: len(browser.find_elements(By.CSS_SELECTOR, ".cw-leader")) == 3)
    until(browser, lambda: "Cleo" in text(browser))
    assert "<img src=x" in text(browser)
    assert browser.title != "owned" and not browser.find_elements(By.CSS_SELECTOR, "img[src=x]")
    assert Select(browser.find_element(By.CSS_SELECTOR, "[data-choice=community]")).first_selected_option.text == OWN
    assert "community=roster" in browser.find_element(By.CSS_SELECTOR, ".cw-command-A").text


def fetched(driver) -> list[str]:
    return driver.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
