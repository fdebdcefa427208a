"""The documentation site: it builds without a warning, fetches nothing, and shows every figure and every verb."""

import inspect
import json
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pandas as pd
import pytest
import yaml
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal import figures
from commonweal.__main__ import verbs
from commonweal.configuration.parameters import parameters
from commonweal.model.levers import LEVERS
from commonweal.model.measures import MEASURES

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT / "results" / "which_strategy" / "published" / "figures"


def text(site: Path, page: str) -> str:
    return (site / page).read_text(encoding="utf-8")


def test_it_holds_what_is_to_be_read_and_nothing_else(site):
    assert [path for path in site.rglob("*") if path.suffix in (".py", ".pyc")] == []


def test_pages_are_written_before_any_generator_runs():
    """The one in use ends in May 2027: what is written does not hang on it."""
    scripts = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.py")]
    assert scripts and [text for text in scripts if re.search(r"(?m)^\s*(import|from) mkdocs", text)] == []
    assert "hooks" not in yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def test_nothing_is_fetched_from_elsewhere(site):
    """What a browser loads without being asked to: scripts, styles, fonts, pictures, frames."""
    where = r"[\"']?(?:https?:)?//[^\"'\s>]+"
    loads = rf"<(?:script|img|iframe|source|audio|video|embed)\b[^>]*\bsrc={where}"
    links = rf"<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|pre|icon))[^>]*href={where}"
    for page in site.rglob("*.html"):
        assert re.findall(f"{loads}|{links}", page.read_text(encoding="utf-8")) == [], page
    for style in site.rglob("*.css"):
        assert re.findall(rf"(?:@import|url\()\s*{where}", style.read_text(encoding="utf-8")) == [], style


def test_the_reference_has_every_verb_parameter_lever_and_measure(site):
    commands, table, levers = (
        text(site, f"reference/{page}.html") for page in ("commands", "parameters", "levers-and-measures")
    )
    assert [verb for verb in verbs() if f'id="commonweal-{verb}"' not in commands] == []
    assert "commonweal roster --help columns" in commands and "columns of the log" in commands
    named = {each.name for each in parameters() if each.meaning}
    assert [name for name in named if f"<code>{name}</code>" not in table] == []
    assert [name for name in (*LEVERS, *MEASURES) if f"<code>{name}</code>" not in levers] == []


def test_no_template_is_left_unfilled(site):
    pages = [page for page in site.rglob("*.html") if re.search(r"\{\{|\{%", page.read_text(encoding="utf-8"))]
    assert pages == []


UNPUBLISHED = ("mechanisms.mechanisms",)
"""figures of which no published study has one yet"""


def drawn() -> list[str]:
    """Public functions of commonweal.figures that return a figure, or its axes: module and name."""
    found = []
    for each in iter_modules(figures.__path__):
        module = import_module(f"commonweal.figures.{each.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            here = function.__module__ == module.__name__ and not name.startswith("_")
            if here and function.__annotations__.get("return") in (Figure, Axes):
                found.append(f"{each.name}.{name}")
    return found


def test_every_figure_is_in_the_gallery_with_a_picture(site):
    page = text(site, "reference/figures.html")
    assert len(drawn()) >= 6
    assert [name for name in drawn() if f'id="commonweal.figures.{name}"' not in page] == []
    pictures = re.findall(r'<img alt="([^"]{60,})" src="\.\./(published/[^"]+)"', page)
    assert len(pictures) == len(drawn()) - len(UNPUBLISHED)
    for _, picture in pictures:
        assert (site / picture).read_bytes().startswith(b"\x89PNG")


def test_published_numbers_are_those_of_the_table(site):
    page = text(site, "how-to/read-an-interval.html")
    rows = (PUBLISHED.parent / "effects.csv").read_text(encoding="utf-8").splitlines()
    row = next(each for each in rows if each.startswith("calm,communication,full strength,welfare_net,"))
    effect, low, high = (f"{float(value):+.3f}" for value in row.split(",")[4:7])
    assert f"<strong>{effect}</strong>" in page and f"<strong>{low} to {high}</strong>" in page


def test_the_first_page_says_what_all_cost_beside_one():
    effects = pd.read_csv(PUBLISHED.parent / "effects.csv")
    full = effects.query("basis == 'full strength' and measure == 'welfare_net'")
    spend = full.pivot(index="scenario", columns="strategy", values="spend")
    times = spend["all"].to_numpy()[:, None] / spend.drop(columns="all").to_numpy()
    said = f"for {times.min():.0f} to {times.max():.0f} times the spend of any one of them"
    assert said in " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())


def test_every_page_is_in_the_navigation_once():
    """mkdocs warns of pages that are left out; of pages named twice it does not."""
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.findall(r"[\w/-]+\.md", str(yaml.safe_load(configuration)["nav"]))
    assert sorted(named) == sorted(path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))


NAMED = re.compile(r"`((?:sim|conf|tests|benchmarks|experiments)/[\w./-]+)`")
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("*/*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_that_a_text_names_are_there(page):
    named = NAMED.findall(page.read_text(encoding="utf-8"))
    assert [each for each in named if not (ROOT / each).exists()] == []


def test_what_the_first_page_links_to_is_there():
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(links) > 20 and [each for each in links if not (ROOT / each).exists()] == []


READERS = ("convene", "study", "teach", "build")


def test_there_is_a_page_for_each_kind_of_reader_and_the_first_page_says_so(site):
    first = text(site, "index.html")
    assert [name for name in READERS if f'href="readers/{name}.html"' not in first] == []


@pytest.mark.parametrize(
    ("word", "page"),
    [("excel", "readers/convene.html"), ("dollars", "readers/convene.html"), ("cite", "background/cite.html"),
     ("windows", "how-to/install.html"), ("gini", "background/glossary.html")],
)  # fmt: skip
def test_the_search_finds_what_people_ask_for(site, word, page):
    """By the index that the search reads; a heading that has the word comes first."""
    entries = json.loads(text(site, "search/search_index.json"))["docs"]
    found = [each["location"] for each in entries if word in f"{each['title']} {each['text']}".lower()]
    assert any(place.partition("#")[0] == page for place in found)
