"""Cite: how to cite commonweal, as CITATION.cff has it."""

from typing import Any

from commonweal.files import shipped
from commonweal.model.numbers import NUMBERS


def cite() -> str:
    """In words, with the version and that of the numbers, and as BibTeX."""
    about, authors = _citation(), ", ".join(each["name"] for each in _citation()["authors"])
    version = f"Version {about['version']}, numbers version {NUMBERS}"
    whole = f"{{ {{{authors}}} }}"  # braces twice: one name; apart, because in pairs they are a template's
    return (
        f"{authors}. {about['title']}. {version} [computer software].\n\n"
        f"@software{{commonweal,\n"
        f"  author = {whole},\n"
        f"  title = {{{about['title']}}},\n"
        f"  version = {{{about['version']}}},\n"
        f"  note = {{numbers version {NUMBERS}}}\n"
        "}\n\n"
        "Say besides which command made your results: it stands in their manifest.json, and in the report.\n"
    )


def _citation() -> dict[str, Any]:
    import yaml

    return yaml.safe_load(shipped("CITATION.cff").read_text(encoding="utf-8"))
