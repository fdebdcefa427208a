"""Every command and every line of code in README.md and docs/ is executed, page by page, as CONTRIBUTING.md says.

A page's blocks are carried out in their order in an empty folder, those of the README in a fresh clone as well, where a
study that is played and explained is there already.
`commonweal run` is made smaller in one way: SMALLER is added to it, as a reader could; a fit plays as few worlds as FEW
says. Commands of commonweal run in this process and start no others, neither workers nor a browser to print a PDF,
which have tests of their own; what is no command of commonweal runs in a shell.
"""

import importlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt

from commonweal.__main__ import main
from commonweal.commands import _kernels, _play, _sweep
from commonweal.fitting.fit import Size
from commonweal.report import pdf
from commonweal.study import pool

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SMALLER = ("run.replicates=2", "run.rounds=4", "figures=false", "workers=1")
"""what a command in the documentation is given besides, to take a moment"""
FEW = Size(first=60, later=30, waves=1, worlds=30, future=4)
"""what a fit in the documentation plays"""
NOT_RUN = re.compile(r"<!-- not run: (\S.*) -->\s*")
"""before a block that cannot be executed here, with the reason"""
SHOWN = "text"
"""the language of what is shown and neither code nor a command: output, a form"""


class Block(NamedTuple):
    """A fenced block of a page."""

    where: str
    language: str
    title: str
    """the file that the block is, empty where it is none"""
    text: str
    reason: str
    """why it is not executed, empty where it is"""


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in order."""
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    found = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type not in ("fence", "code_block"):
            continue
        language, _, rest = token.info.strip().partition(" ")
        title = re.search(r'title="([^"]+)"', rest)
        reason = NOT_RUN.fullmatch(before.content) if before and before.type == "html_block" else None
        where = f"{page.relative_to(ROOT)}:{token.map[0] + 1}"
        found.append(Block(where, language, title[1] if title else "", token.content, reason[1] if reason else ""))
    return found


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> Path:
    """An empty folder in which all that the README tells was carried out."""
    folder = tmp_path_factory.mktemp("readme")
    with pytest.MonkeyPatch.context() as patch:
        carry_out_page(ROOT / "README.md", folder, patch)
    return folder


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_tells_works(page, tmp_path, monkeypatch):
    carry_out_page(page, tmp_path, monkeypatch)


def test_what_the_readme_tells_works(played):
    assert {path.name for path in (played / "results").iterdir()} >= {"my_town", "factorial"}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a clone can be cloned")
def test_what_the_readme_tells_works_in_a_fresh_clone_too(played, tmp_path, monkeypatch):
    """All that git knows of is there, as it is now, and results that take long to play, and nothing else."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]
    assert len(names) > 100
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / name)
    shutil.copytree(played / "results" / "my_town", tmp_path / "results" / "my_town")
    carry_out_page(ROOT / "README.md", tmp_path, monkeypatch)


def carry_out_page(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All blocks of a page in a folder, but those that say why not."""
    for module in (_play, _sweep, _kernels):
        monkeypatch.setattr(module, "compile_model", lambda *_: None)
    monkeypatch.setattr("commonweal.fitting.fit.USUAL", FEW)
    monkeypatch.setattr(pool, "usable_cores", lambda: 1)
    monkeypatch.setattr(pdf, "BROWSERS", ())
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", [*sys.argv])
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=":")
    names = {"__name__": page.stem}
    try:
        for block in blocks(page):
            if not block.reason:
                carry_out(block, names)
    finally:
        ours = [name for name, module in sys.modules.items() if _stands_in(module, folder)]
        for name in ours:
            del sys.modules[name]


def carry_out(block: Block, names: dict) -> None:
    """Execute a block, or write the file that it is."""
    if block.title:
        path = Path(block.title)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        importlib.invalidate_caches()
    elif block.language == "python":
        exec(compile(block.text, block.where, "exec"), names)
    elif block.language == "sh":
        for line in block.text.replace("\\\n", " ").splitlines():
            code = command(line)
            assert code == 0, f"{block.where}: {line.strip()} ended with {code}"
    else:
        assert block.language == SHOWN, f"{block.where}: say what it is: sh, python, a file with its title, or {SHOWN}"


def command(line: str) -> int:
    """Carry out a line of a shell."""
    words = shlex.split(line, comments=True)
    match words:
        case []:
            return 0
        case ["commonweal", "fit", *rest]:
            return main(["fit", *rest, "run.rounds=4", "workers=1"])
        case ["commonweal", "run", *rest]:
            return main(["run", *rest, *(() if "--help" in rest else SMALLER)])
        case ["commonweal", *rest]:
            return main(rest)
    return subprocess.run(line, shell=True, timeout=60).returncode


def test_the_tutorial_shows_what_is_printed(tmp_path, monkeypatch, capsys):
    """At the size that readers play; commands of which nothing is shown are left out."""
    for module in (_play, _sweep, _kernels):
        monkeypatch.setattr(module, "compile_model", lambda *_: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")  # tests side by side have one of their own
    tutorial = blocks(ROOT / "docs" / "tutorial.md")
    for block in tutorial:
        if block.title:
            carry_out(block, {})
        for line in block.text.replace("\\\n", " ").splitlines() if block.language == "sh" else ():
            words = shlex.split(line)
            if "run=smoke" in words or "design=csv" in words:
                assert main([*words[1:], "workers=1", "figures=false"]) == 0
            elif "analyse" in words or "import" in words:
                assert main(words[1:]) == 0
    printed = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
    shown = [block.text for block in tutorial if block.language == SHOWN]
    assert len(shown) == 2
    assert [text for text in shown if text.strip() not in printed] == []


def _stands_in(module: object, folder: Path) -> bool:
    where = [getattr(module, "__file__", None) or "", *getattr(module, "__path__", [])]
    return any(path.startswith(str(folder)) for path in where)


def test_every_block_is_executed_or_says_why_not():
    """As many are executed, written or shown as there are, but for a few."""
    every = [block for page in PAGES for block in blocks(page)]
    assert [block.where for block in every if block.reason and block.language == SHOWN] == []
    fences = sum(len(re.findall(r"(?m)^```\w", page.read_text(encoding="utf-8"))) for page in PAGES)
    assert len(every) == fences
    executed = [block for block in every if not block.reason and block.language != SHOWN]
    assert len(executed) > 5 * sum(bool(block.reason) for block in every)
    marks = sum(len(re.findall("<!-- not run", page.read_text(encoding="utf-8"))) for page in PAGES)
    assert marks == sum(bool(block.reason) for block in every)


def test_a_page_that_tells_something_wrong_is_noticed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for language, text in {"sh": "commonweal run strategi=inclusion\n", "python": "1 / 0\n", "yaml": "a: 1\n"}.items():
        with pytest.raises((AssertionError, ZeroDivisionError)):
            carry_out(Block("a page:1", language, "", text, ""), {})
