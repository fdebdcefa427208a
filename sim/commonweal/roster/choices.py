"""Questions with several choices: the marks by which each was chosen."""

import re

from commonweal.roster.people import folded
from commonweal.roster.unsaid import is_missing
from commonweal.roster.values import ANSWERS

MARKS = ANSWERS | {
    "checked": "yes", "selected": "yes", "quoted": "yes", "on": "yes",
    "unchecked": "no", "not selected": "no", "not quoted": "no", "off": "no",
}  # fmt: skip
"""how survey tools write that something was chosen"""
NO_PARTNER = re.compile(
    r"(an ?)?(others?|none|nobody|no one|not applicable|n/?a|comments?|andere|sonstige|keiner?|autres?|aucun|otros?|"
    r"ninguno)(\s*[(:,].*|\s+(of (these|the above)|please specify|partners?))?",
    re.IGNORECASE,
)
"""choices that are nobody"""
CHOICE = re.compile(r"\(choice ?=")
"""how REDCap's headings, and those that a dictionary explains, name a choice"""


def as_marks(cells: list[str], option: str) -> list[str]:
    """'1' where a choice was made, '0' where it was not; the cells themselves where they are no marks."""
    read = [_mark(cell, option) for cell in cells]
    return cells if None in read else [mark or "" for mark in read]


def _mark(cell: str, option: str) -> str | None:
    word = cell.lower()
    if not cell or is_missing(cell):
        return ""
    if folded(cell) == folded(option):
        return "1"
    return {"yes": "1", "no": "0"}.get(MARKS.get(word, ""))


def are_marks(cells: dict[str, list[str]], options: dict[str, str]) -> bool:
    """Whether all under the headings of a question, each with its option, are marks.

    Mere 0 and 1 are, where headings say that they are choices.
    """
    read = [(cell, _mark(cell, options[heading])) for heading, found in cells.items() for cell in found if cell]
    sure = all(CHOICE.search(heading) for heading in cells)
    return all(mark is not None for _, mark in read) and (sure or any(cell not in ("0", "1") for cell, _ in read))
