"""Write the pages of the site, filled, with their pictures: python docs/generate.py OUT

OUT then holds plain Markdown, PNG, CSS and JavaScript, of which any generator that reads mkdocs.yml makes the site.
"""

import io
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from fill import FILL, PUBLISHED, ROOT, effects
from jinja2 import Environment, StrictUndefined

from commonweal.analysis.had import had
from commonweal.figures.forest import forest
from commonweal.figures.front import front
from commonweal.figures.over_scenarios import over_scenarios
from commonweal.figures.panels import for_phone
from commonweal.report.notebook_page import plots

DOCS = ROOT / "docs"
PHONE_DPI = 260
"""dots per inch of a picture that a phone shows in its own width"""
MARK = "---\nfill: true\n---\n"
"""how a page begins that is a template"""


def main(out: Path) -> None:
    """Write everything into `out`; what it held otherwise stays."""
    for name, content in (*pages(), *pictures()):
        place = out / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def pages() -> Iterator[tuple[str, bytes]]:
    """Path and content of every page, and of what else lies in docs/."""
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True)
    for path in sorted(path for path in DOCS.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")):
        content, at = path.read_bytes(), path.relative_to(DOCS)
        if content.startswith(MARK.encode()):
            here = at.parent.as_posix().removeprefix(".")
            template = environment.from_string(content.decode().removeprefix(MARK))
            content = template.render(FILL, here=here).encode()
        yield at.as_posix(), content


def pictures() -> Iterator[tuple[str, bytes]]:
    """Path and content of the published figures, and of those that are drawn from the published effects."""
    for path in sorted((PUBLISHED / "figures").glob("*.png")):
        yield f"published/{path.name}", path.read_bytes()
    budgets, *_ = plots(nbformat.read(PUBLISHED.parents[1] / "under_a_budget" / "published" / "notebook.ipynb", 4))
    yield "published/budgets.png", b64decode(budgets.data["image/png"])
    table = effects()
    net = table.query("measure == 'welfare_net' and basis == 'equal spend' and scenario in ('calm', 'polarised')")
    net = net.loc[had(net), :]
    rows = net.assign(panel=net["scenario"], row=net["strategy"])
    below = "effect on welfare per person, net of spend (MU per person and round)"
    equal = forest(rows, "Effects at equal spend", "Differences from doing nothing.", below)
    yield "published/forest.png", _png(equal)
    yield "published/over_scenarios.png", _png(over_scenarios(table))
    with for_phone():
        yield "published/over_scenarios_narrow.png", over_scenarios(table).png(PHONE_DPI)
    yield "published/front.png", _png(front(table, "calm", ["all"]))


def _png(figure: Any) -> bytes:
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=150)
    return written.getvalue()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python docs/generate.py OUT")
    main(Path(sys.argv[1]))
