"""PDF of a page, printed by a Chromium where there is one."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from commonweal.files import write_whole

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
SECONDS: Final = 120


def browser() -> str | None:
    """A browser that prints without a window, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def print_pdf(page: Path, target: Path) -> str | None:
    """Print `page` to `target`; None, or one sentence that says why there is no PDF."""
    program = browser()
    if program is None:
        return "No PDF was written, because no Chromium is installed; print report.html from any browser instead."
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "report.pdf"
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer",
            f"--user-data-dir={scratch}/profile", f"--print-to-pdf={made}", page.resolve().as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            data = made.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            return f"No PDF was written ({type(error).__name__}); print report.html from any browser instead."
    write_whole(target, lambda path: path.write_bytes(data))
    return None
