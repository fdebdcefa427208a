"""Headings in two rows, as survey tools export them: codes above questions, or questions above what each is about."""

import re

from commonweal.roster.describe import quote, text
from commonweal.roster.errors import Review
from commonweal.roster.roles import known, plain
from commonweal.roster.values import as_number

ANSWER = frozenset(
    plain(words)
    for words in (
        "response", "responses", "open-ended response", "response text", "answer", "text", "antwort", "offene antwort",
        "réponse", "réponse ouverte", "respuesta", "respuesta abierta", "risposta", "resposta", "antwoord", "svar",
        "odpowiedź", "ответ", "回答", "自由回答",
    )
)  # fmt: skip
"""what stands below a question that is about nothing in particular"""
CODE = re.compile(
    r"(?i:[a-z]{0,12}\d+([._]\w{1,12})*|(start|end|recorded) ?date|response ?id|status|progress|finished|ip ?address|"
    r"duration.*|(recipient|distribution|user|external|location).*)"
)
"""what survey tools call a question, or what they note themselves"""


def headings_of(rows: list[list[str]], start: int, review: Review) -> tuple[list[str], int, int]:
    """The headings of a table, and the rows in which they begin and end; `start` is where they seem to begin."""
    if _is_import_id(rows, start + 2) or _are_codes(rows, start):
        review.note("its second row holds the questions, which were taken for headings (as Qualtrics exports them)")
        return [*map(text, rows[start + 1])], start, start + (2 if _is_import_id(rows, start + 2) else 1)
    for first in (start, start - 1):
        if 0 <= first < len(rows) - 2 and (both := _together(rows[first], rows[first + 1])):
            example = quote(next(heading for heading in both if heading.endswith("]")))
            review.note(f"its headings are in two rows, questions and what each is about, and were joined: {example}")
            return both, first, first + 1
    return [*map(text, rows[start])], start, start


def _is_import_id(rows: list[list[str]], at: int) -> bool:
    return at < len(rows) and any(cell.startswith('{"ImportId"') for cell in rows[at])


def _are_codes(rows: list[list[str]], at: int) -> bool:
    """Whether a row has but codes of questions, and the next these questions."""
    if at + 2 >= len(rows) or len(rows[at]) < 2 or not all(rows[at]):
        return False
    codes, said = rows[at], rows[at + 1]
    if 2 * sum(bool(CODE.fullmatch(cell)) for cell in codes) < len(codes) or len({*said}) < len(said):
        return False
    sentences = sum(" " in cell for cell in said)
    below = {cell for row in rows[at + 2 :] for cell in row}
    return sentences > 1 and any(known(cell) or "?" in cell for cell in said) and not {*said} & (below - {""})


def _together(above: list[str], below: list[str]) -> list[str]:
    """Each question with what it is about; none where the two rows are not such."""
    width = max(len(above), len(below))
    above, below = ([*map(text, row), *[""] * (width - len(row))] for row in (above, below))
    width = max((at + 1 for at in range(width) if above[at] or below[at]), default=0)
    runs = _runs(above, width)
    if len(runs) < 2 or not _is_alone(above[0], below[0]) or runs[0][1] > 1:
        return []
    asked = [(start, end) for start, end in runs if end - start > 1]
    if not asked or not all(_are_options(below[start:end]) for start, end in asked):
        return []
    return [_joined(above[start], below[at]) for start, end in runs for at in range(start, end)]


def _runs(above: list[str], width: int) -> list[tuple[int, int]]:
    """Where each heading begins and ends: with those that are empty, or the same, behind it."""
    last, runs = "", list[int]()
    for at in range(width):
        if not last or above[at] not in ("", last):
            runs.append(at)
        last = above[at] or last
    return [*zip(runs, [*runs[1:], width], strict=True)]


def _is_alone(above: str, below: str) -> bool:
    """Whether a column has one heading, in either row."""
    return not above or not below or below == above or plain(below) in ANSWER


def _are_options(cells: list[str]) -> bool:
    """Whether these are what a question is about: all given, none twice, no numbers."""
    return all(cells) and len({*cells}) == len(cells) and all(as_number(cell) is None for cell in cells)


def _joined(above: str, below: str) -> str:
    if _is_alone(above, below):
        return above or below
    return f"{above.rstrip()}: {below}" if "[" in below else f"{above.rstrip()} [{below}]"
