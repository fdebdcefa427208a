"""What a page may take from elsewhere, so that nothing is written twice.

A page whose first lines say `fill: true` is a Jinja template that may call the functions in FILL.
"""

import io
import json
import posixpath
import re
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = ROOT / "results" / "which_strategy" / "published"
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changes.md",
    "sim/ODD.md": "reference/model.md",
    "sim/DESIGN.md": "background/decisions.md",
    "results/README.md": "reference/results.md",
    "references.bib": "background/references.md",
}
"""files of the repository that are pages of the site"""


def whole(path: str, here: str) -> str:
    """A text of the repository, its links led to pages of the site; the table of parameters has its own page."""
    text = (ROOT / path).read_text(encoding="utf-8")
    text = re.sub(r"(?s)<!-- parameters: begin.*parameters: end -->", _link("parameters", here), text)
    return _relinked(text, path, here)


def section(path: str, heading: str, here: str) -> str:
    """What stands under one heading of a text of the repository."""
    text = (ROOT / path).read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^(#+) {re.escape(heading)}\n(.*?)(?=^\1 |\Z)", text)
    if found is None:
        raise KeyError(f"{path} has no heading {heading!r}")
    return _relinked(found[2].strip(), path, here)


def belongs(new: str, here: str) -> str:
    """Where a new thing goes, and what else it takes: its row of the table in CONTRIBUTING.md, the one place for it."""
    rows = section("CONTRIBUTING.md", "Where a new thing goes", here).splitlines()
    for cells in (row.strip("|").split(" | ") for row in rows if row.startswith("|")):
        if cells[0].strip() == new:
            place, more = (cell.strip() for cell in cells[1:])
            return f"**Goes where:** {place}.\n\n**And:** {more}."
    raise KeyError(f"CONTRIBUTING.md has no row for {new!r}")


def commands() -> str:
    """Every verb's help, as the command line prints it."""
    from commonweal.__main__ import main
    from commonweal.commands import verbs

    texts = []
    for words in (["--help"], *([verb, "--help"] for verb in verbs())):
        more = [[*words, name] for name in _told_besides(words[0])]
        texts.append(f"## {' '.join(['commonweal', *words[:-1]])}\n")
        for asked in (words, *more):
            printed = io.StringIO()
            with redirect_stdout(printed):
                main(asked)
            texts.append(f'```text title="{" ".join(["commonweal", *asked])}"\n{printed.getvalue()}```\n')
    return "\n".join(texts)


def _told_besides(verb: str) -> list[str]:
    """What a verb's help tells when it is asked for."""
    from commonweal.commands import verbs

    return list(getattr(import_module(f"commonweal.commands.{verb}"), "HELP_ON", {})) if verb in verbs() else []


def choices() -> str:
    """What each file of conf/ is chosen by, with the words it begins with."""
    lines = ["| choice | what it is |", "| --- | --- |"]
    for path in sorted((ROOT / "conf").glob("*/*.yaml")):
        said = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# @package")]
        words = said[0].lstrip("# ") if said and said[0].startswith("#") else ""
        lines.append(f"| `{path.parent.name}={path.stem}` | {words} |")
    return "\n".join(lines)


def parameters() -> str:
    """The table of every parameter."""
    from commonweal.configuration.parameters import table

    return table()


def levers() -> str:
    """What a strategy may set."""
    from commonweal.model.levers import LEVERS

    lines = ["| lever | kind | unit | largest | meaning |", "| --- | --- | --- | --- | --- |"]
    for name, each in LEVERS.items():
        kind = "dose" if each.dose else "setting"
        lines.append(f"| `{name}` | {kind} | {each.unit} | {each.high:g} | {each.meaning} |")
    return "\n".join(lines)


def measures() -> str:
    """What is measured each round."""
    from commonweal.model.measures import MEASURES

    better = {1: "more", -1: "less", 0: ""}
    lines = ["| measure | unit | better | meaning |", "| --- | --- | --- | --- |"]
    lines += [f"| `{name}` | {each.unit} | {better[each.better]} | {each.meaning} |" for name, each in MEASURES.items()]
    return "\n".join(lines)


def source(path: str, name: str) -> str:
    """A function or class as it stands in the code."""
    text = (ROOT / path).read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^((?:@\w+\n)?(?:def|class) {name}\b.*?)(?=^\S(?!\n\):)|\Z)", text)
    if found is None:
        raise KeyError(f"{path} has no {name}")
    return f'```{{.python title="{path}"}}\n{found[1].rstrip()}\n```'


def references() -> str:
    """Every work that is cited, by its key."""
    text = (ROOT / "references.bib").read_text(encoding="utf-8")
    entries = re.findall(r"(?ms)^@(\w+)\{(\w+),\n(.*?)\n\}", text)
    return "\n\n".join(_reference(key, dict(_fields(body))) for _, key, body in entries)


def _fields(body: str) -> list[tuple[str, str]]:
    found = re.findall(r"(\w+) = \{((?:[^{}]|\{[^{}]*\})*)\}", body)
    return [(name, re.sub(r"[{}]", "", value).replace("--", "–")) for name, value in found]


def _reference(key: str, of: dict[str, str]) -> str:
    authors = "; ".join(of.get("author", of.get("editor", "")).split(" and "))
    where = of.get("journal") or of.get("booktitle") or of.get("publisher") or of.get("howpublished") or ""
    volume = of.get("volume", "") + (f"({of['number']})" if "number" in of else "")
    parts = [f"*{where}*" if where else "", volume, of.get("pages", "")]
    place = ", ".join(part for part in parts if part)
    doi = f" doi:{of['doi']}" if "doi" in of else ""
    return f"`{key}` {{#{key}}}\n:   {authors} ({of.get('year', 'n.d.')}). {of['title']}. {place}.{doi}"


@cache
def effects() -> pd.DataFrame:
    """The published study's table of effects."""
    return pd.read_csv(PUBLISHED / "effects.csv")


def effect(strategy: str, scenario: str = "calm", measure: str = "welfare_net", basis: str = "full strength") -> Any:
    """A row of the published study's effects."""
    keys = {"strategy": strategy, "scenario": scenario, "measure": measure, "basis": basis}
    found = effects()
    for name, value in keys.items():
        found = found[found[name] == value]
    (row,) = found.itertuples(index=False)
    return row


def ranked(scenario: str = "calm", basis: str = "full strength", measure: str = "welfare_net") -> str:
    """One table of the published study's effects, best first."""
    from commonweal.analysis.had import UNHAD

    table = effects().query("scenario == @scenario and basis == @basis and measure == @measure").sort_values("rank")
    columns = ["strategy", "effect", "95 % interval", "Holm's p", "spend", "sure its mean is the best"]
    columns += ["best in communities", "best in worlds"]
    lines = [f"| {' | '.join(columns)} |", "| --- " * len(columns) + "|"]
    for row in table.itertuples():
        if row.intensity == 0:
            lines.append(f"| {row.strategy.replace('_', ' ')} | {UNHAD}{' |' * (len(columns) - 1)}")
            continue
        interval = f"{row.low:+.3f}\u00a0to\u00a0{row.high:+.3f}"
        cells = (
            row.strategy.replace("_", " "),
            f"{row.effect:+.3f}",
            interval,
            probability(row.p_holm),
            f"{row.spend:.1f}",
            f"{row.prob_best:.2f}",
            f"{100 * row.best_communities:.0f} %",
            f"{100 * row.best_worlds:.0f} %",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines).replace("-0.", "−0.")


def probability(p: float) -> str:
    """A p in words where it is too small to write."""
    return f"{p:.3f}" if p >= 0.001 else "below .001"


def manifest(name: str) -> Any:
    """A value of the published study's manifest."""
    return json.loads((PUBLISHED / "manifest.json").read_text(encoding="utf-8"))[name]


def practice() -> str:
    """What each strategy means on Monday, in the published study."""
    from commonweal.report.practice import practices

    about = json.loads((PUBLISHED / "manifest.json").read_text(encoding="utf-8"))
    found = practices(about, effects(), [name for name in about["strategies"] if name != "laissez_faire"])
    return "\n\n".join(
        f"**{each.strategy.replace('_', ' ').capitalize()}.** {each.done} {each.takes}" for each in found
    )


def cite() -> str:
    """How to cite commonweal."""
    from commonweal.commands._cite import cite as said

    return said().rstrip()


def resamples() -> int:
    """How often replicates are resampled to tell how sure a mean is the best."""
    from commonweal.analysis.effects import RESAMPLES

    return RESAMPLES


def _relinked(text: str, path: str, here: str) -> str:
    """The text with its relative links led to pages of the site; those to other files of the repository name them."""
    folder = posixpath.dirname(path)

    def led(found: re.Match[str]) -> str:
        words, target = found[1], found[2]
        if re.match(r"\w+:|#", target):
            return found[0]
        name, _, anchor = target.partition("#")
        of_site = _page(posixpath.normpath(posixpath.join(folder, name)))
        if of_site is None:
            return words
        return f"[{words}]({posixpath.relpath(of_site, here or '.')}{'#' + anchor if anchor else ''})"

    return re.sub(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)", led, text)


def _page(path: str) -> str | None:
    return path.removeprefix("docs/") if path.startswith("docs/") else PAGES.get(path)


def _link(name: str, here: str) -> str:
    target = posixpath.relpath(f"reference/{name}.md", here or ".")
    return f"The table is long and has [a page of its own]({target})."


FILL = {
    each.__name__: each
    for each in (
        whole, section, belongs, commands, choices, parameters, levers, measures, source, references, effect, ranked,
        probability, manifest, practice, resamples, cite,
    )
}  # fmt: skip
"""what a template may call"""
