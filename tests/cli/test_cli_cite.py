"""`commonweal --cite`: what CITATION.cff says, from a wheel as from a clone."""

import tomllib
from pathlib import Path

import yaml

from commonweal import files
from commonweal.model.numbers import NUMBERS

ROOT = Path(__file__).resolve().parents[2]


def test_it_says_who_what_and_which_version(command):
    done = command("--cite")
    assert (done.code, done.err) == (0, "")
    about = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    first, *_ = done.out.splitlines()
    assert first.startswith(f"{about['authors'][0]['name']}. {about['title']}.")
    assert f"Version {about['version']}, numbers version {NUMBERS}" in first
    assert f"title = {{{about['title']}}}" in done.out and done.out.count("{") == done.out.count("}")


def test_the_citation_travels_with_the_package():
    """Inside it in a wheel, beside sim/ in a clone."""
    assert files.shipped("CITATION.cff") == ROOT / "CITATION.cff"
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert built["wheel"]["force-include"] == {"CITATION.cff": "commonweal/CITATION.cff"}
    assert "CITATION.cff" in built["sdist"]["only-include"]
