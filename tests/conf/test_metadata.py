"""What is said of commonweal to machines agrees with pyproject.toml, wherever it is said."""

import json
import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_codemeta_and_the_citation_are_of_this_version():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    codemeta, citation = json.loads(text("codemeta.json")), yaml.safe_load(text("CITATION.cff"))
    assert (codemeta["@context"], codemeta["@type"]) == ("https://w3id.org/codemeta/3.0", "SoftwareSourceCode")
    assert codemeta["name"] == project["name"] == citation["title"].partition(":")[0]
    assert codemeta["description"] == project["description"]
    assert codemeta["version"] == project["version"] == citation["version"]
    assert codemeta["license"] == f"https://spdx.org/licenses/{project['license']}"
    assert citation["license"] == project["license"]
    assert codemeta["keywords"] == project["keywords"] == citation["keywords"]
    assert [{"name": each["name"]} for each in codemeta["author"]] == project["authors"] == citation["authors"]
    assert codemeta["applicationCategory"] in [each.removeprefix("Topic :: ") for each in project["classifiers"]]


def test_the_changelog_has_this_version():
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    assert re.search(rf"(?m)^## \[{re.escape(version)}\]", text("CHANGELOG.md"))


def test_what_is_committed_is_looked_at_by_the_ruff_of_the_lock():
    """Where it is not: another `rev` in .pre-commit-config.yaml, after `make lock`."""
    (revision,) = (
        each["rev"] for each in yaml.safe_load(text(".pre-commit-config.yaml"))["repos"] if "ruff" in each["repo"]
    )
    locked = re.search(r"(?m)^ruff==(\S+)", text("requirements.lock"))
    assert locked and revision == f"v{locked[1]}"
