"""Every example of a command can be pasted into bash, zsh and PowerShell: what these would take apart is quoted."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from commonweal.__main__ import HELP
from commonweal.commands import verbs

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*/README.md"))]
SAFE = r"[\w./+-][\w./:=+%~-]*"
"""words that no shell takes apart: a comma is a list in PowerShell, brackets and stars are patterns in zsh"""
QUOTED = r"'[^'\"]*'|\"[^\"$`!]*\""
"""whole words in quotes; in PowerShell no double ones within single ones"""
FOLLOWS = r"> \S+"


def examples_of(page: Path) -> list[str]:
    """Commands of a page's blocks of shell."""
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    blocks = [each.content for each in tokens if each.type == "fence" and each.info.strip() == "sh"]
    return [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]


def examples_of_help(text: str) -> list[str]:
    """Commands among a help's examples, without what is said of them."""
    told = text.partition("examples:\n")[2].partition("\n\n")[0].replace("\\\n", " ")
    return [re.split(r"\s{2,}", line.strip())[0] for line in told.splitlines() if line.startswith("  commonweal ")]


def unsafe(command: str) -> str:
    """What some shell would take apart; empty where there is nothing."""
    return re.sub(rf"(?<!\S)({SAFE}|{QUOTED}|{FOLLOWS})(?!\S)", "", command).strip()


def test_examples_of_pages_are_quoted():
    found = {f"{page.relative_to(ROOT)}: {line}": unsafe(line) for page in PAGES for line in examples_of(page)
             if line.startswith(("commonweal", "make"))}  # fmt: skip
    assert len(found) > 80
    assert {line: odd for line, odd in found.items() if odd} == {}


@pytest.mark.parametrize("verb", ["", *verbs()])
def test_examples_of_help_are_quoted(verb):
    text = (import_module(f"commonweal.commands.{verb}").__doc__ or "") if verb else HELP
    found = examples_of_help(text)
    assert found and [line for line in found if unsafe(line)] == []


@pytest.mark.parametrize(
    ("word", "odd"),
    [
        ("strategy=a,b", True), ("'strategy=a,b'", False), ("strategy='a,b'", True), ("x=[1]", True), ("x={a:1}", True),
        ("results/*", True), ("'results/*'", False), ("# said", True), ('"SELECT a FROM b"', False), ('"$x"', True),
        ("=x", True), ("my_town/", False), ("~x", True), ("""'a "b"'""", True),
    ],
)  # fmt: skip
def test_what_shells_take_apart(word, odd):
    assert bool(unsafe(f"commonweal run {word}")) == odd
