"""Markdown of a report and a page made of it, in which nothing of anybody else's making is markup."""

import re
from collections.abc import Iterator, Sequence

from commonweal.harmless import shown


def as_html(text: str) -> str:
    """Markdown as a page by itself."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>Fit: report of commonweal</title>\n"
        "<style>body { font: 17px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 60rem; "
        "margin: 0 auto; padding: 1rem; } table { border-collapse: collapse; font-size: .9rem; display: block; "
        "overflow-x: auto; } th, td { text-align: left; padding: .25rem .9rem .25rem 0; vertical-align: top; "
        "border-bottom: 1px solid #d5d5d5; } code { overflow-wrap: anywhere; }</style>\n"
        f"</head>\n<body>\n<main>\n{body_of(text)}</main>\n"
        "</body>\n</html>\n"
    )


def body_of(text: str) -> str:
    """Markdown as HTML, without a page around it."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").render(text)


def harmless(text: object) -> str:
    """A text of anybody's making, in which nothing is markup."""
    return re.sub(r"([\\`*_{}\[\]<>()#+\-!|~&])", r"\\\1", shown(text).replace("\n", " "))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table."""
    yield "| " + " | ".join(headings) + " |"
    yield "| --- " * len(headings) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"
