"""A real Chromium without a window. Skipped only where there is none; .ci/run installs one."""

import os
import shutil
from collections.abc import Iterator

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
AS_OPENED = {
    "Emulation.clearDeviceMetricsOverride": {},
    "Emulation.setEmulatedMedia": {"features": []},
    "Network.clearBrowserCookies": {},
    "Network.clearBrowserCache": {},
    "Storage.clearDataForOrigin": {"origin": "*", "storageTypes": "all"},
}
"""what takes back whatever a test did to a browser"""


def opened(profile: str, width: int = 1280, height: int = 900):
    """A browser of its own."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    flags = ("headless=new", "no-sandbox", "disable-dev-shm-usage", "disable-gpu", f"window-size={width},{height}")
    for flag in (*flags, f"user-data-dir={profile}"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.set_script_timeout(60)
    return driver


@pytest.fixture(scope="session")
def chromium(tmp_path_factory) -> Iterator:
    """The one that tests look at pages with, one after the other."""
    if not (CHROMIUM and DRIVER):
        if os.environ.get("COMMONWEAL_NEEDS_CHROMIUM"):
            pytest.fail("chromium or chromedriver is missing, and .ci/run promised them")
        pytest.skip("there is no chromium with its chromedriver")
    driver = opened(str(tmp_path_factory.mktemp("browser") / "profile"))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium) -> Iterator:
    """It, as if it had just been opened."""
    yield chromium
    chromium.get("about:blank")
    for command, given in AS_OPENED.items():
        chromium.execute_cdp_cmd(command, given)
    chromium.get_log("browser")


def seen_as(driver, width: int, height: int) -> None:
    """Look at the page as a screen of this size does, whatever the least width of a window is."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def faults(driver) -> list[str]:
    """What axe finds against the accessibility of the page (WCAG 2.1, levels A and AA)."""
    from axe_selenium_python import Axe

    axe = Axe(driver)
    axe.inject()
    rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}"
    found = axe.run(options=rules)["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
