"""The documentation site as a browser shows it: accessible by keyboard too, and no wider than a phone."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from conftest import faults, seen_as
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PAGES = "tutorial", "how-to/add-a-strategy", "how-to/size-a-study"
"""with commands, files and output; with Python; with a formula and tables"""
PHONE, LAPTOP = (390, 844), (1366, 768)
SCROLLED = """
    return [...document.querySelectorAll(".md-content *")].filter(
        each => each.scrollWidth > each.clientWidth && /auto|scroll/.test(getComputedStyle(each).overflowX))
"""


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing of what it serves."""

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def address(site) -> Iterator[str]:
    """The site on a server, where alone it has its search."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit_a_phone_and_a_laptop(browser, address, scheme):
    chosen = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", chosen)
    found = {}
    for page in PAGES:
        for width, height in (PHONE, LAPTOP):
            seen_as(browser, width, height)
            browser.get(f"{address}/{page}.html")
            colours = browser.execute_script("return document.body.dataset.mdColorScheme")
            assert colours == {"light": "default", "dark": "slate"}[scheme]
            if scheme == "light" or width == PHONE[0]:  # by night only the colours are others, which no width changes
                found[page, width] = faults_at_rest(browser)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    browser.find_element(By.CSS_SELECTOR, ".md-search__input").send_keys("interval")
    results = By.CSS_SELECTOR, ".md-search-result__item"
    WebDriverWait(browser, 20).until(lambda _: browser.find_elements(*results))
    found["search", width] = faults_at_rest(browser)
    assert {where: what for where, what in found.items() if what} == {}


def test_whatever_scrolls_sideways_is_reached_by_the_keyboard_and_nothing_else_is(browser, address):
    for page in ("reference/parameters", "how-to/designs", "contributing"):
        for size in (LAPTOP, PHONE, LAPTOP):  # the window is resized, the page stays
            seen_as(browser, *size)
            if browser.current_url != f"{address}/{page}.html":
                browser.get(f"{address}/{page}.html")
            WebDriverWait(browser, 10).until(lambda _: scrolled(browser) == focusable(browser))
        assert all(each.accessible_name.endswith("scrolls sideways") for each in scrolled(browser))


def faults_at_rest(driver) -> list[str]:
    """What axe finds once colours have changed from day to night, and what opens is open."""
    moving = "return document.getAnimations().some(each => each.playState === 'running')"
    WebDriverWait(driver, 20).until(lambda _: not driver.execute_script(moving))
    return faults(driver)


def scrolled(driver) -> list:
    return driver.execute_script(SCROLLED)


def focusable(driver) -> list:
    return driver.find_elements(By.CSS_SELECTOR, ".md-content [tabindex='0']")
