"""A real Chromium without a window. Skipped only where there is none; .ci/run installs one."""

import os
import shutil
from collections.abc import Iterator

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")


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


@pytest.fixture
def browser(tmp_path) -> Iterator:
    if not (CHROMIUM and DRIVER):
        if os.environ.get("COMMONWEAL_NEEDS_CHROMIUM"):
            pytest.fail("chromium or chromedriver is missing, and .ci/run promised them")
        pytest.skip("there is no chromium with its chromedriver")
    driver = opened(str(tmp_path / "profile"))
    yield driver
    driver.quit()


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
