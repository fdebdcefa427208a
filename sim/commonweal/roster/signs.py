"""Signs of ties: which are of what sets leaders apart, and so are no ties, or ties without trust."""

import re

from commonweal.roster.describe import counted, listed, quote
from commonweal.roster.headings import Choice
from commonweal.roster.mapping import NO_TRUST
from commonweal.roster.roles import APART, Role, asked, candidates, opposite_of, plain, sets_apart
from commonweal.roster.unsaid import codes_among, is_missing
from commonweal.roster.values import ANSWERS, as_number

HEADINGS = re.compile(
    r"\b(signs?|signed|valenc[ey]|valences?|polarity|sentiment|attitude|affect|positive or negative|vorzeichen|signe|"
    r"signo|segno)\b"
)
"""what a column is called whose numbers below 0 are of what sets leaders apart"""
NEGATIVE = re.compile(
    rf"{APART.pattern}|\b(neg|minus|bad|hate[sd]?|blocks?|blocked|blocking|hinder\w*|obstruct\w*|undermin\w*|inhibit\w*|sabotag\w*|"
    r"konflikt\w*|feind\w*|gegner\w*|konkurren\w*|streit|conflits?|concurren(t|ce)s?|ennemis?|enemig\w+|inimig\w+|nemic\w+|"
    r"conflicto\w*|conflitt?o\w*|vijand\w*|tegenstander\w*|wrog\w*|konkurent\w*)\b|враг|конфликт|соперник|конкурент|"
    r"敌|敵|冲突|衝突|对立|対立|競合|竞争|競争|갈등|경쟁"
)
"""words for what sets leaders apart"""
SETTLED = re.compile(
    r"\b(resol\w*|mediat\w*|prevent\w*|manage\w*|transform\w*|reduc\w*|free|lösung|no|not|non|never|without|kein\w*|sans|sin|nicht|"
    r"un|ohne|nie|nincs)\b"
)
"""words beside them that say that it does not, or is settled"""
MINUS, PLUS = frozenset({"-", "–", "—", "\u2212", "--", "\u2212\u2212"}), frozenset({"+", "++", "±", "+1"})
LETTERS = frozenset({"n", "neg", "neg."})
WORDS, KINDS, MOST = 5, 12, 200
"""words that a kind of tie has at most, kinds that a table of few rows has, and that one of many has"""


def find_signs(choice: Choice) -> None:
    """Put the columns that say which ties are of what sets leaders apart into the mapping, where it does not say it.

    They are told by their heading and by their answers; strengths below 0 are of it too.
    """
    if choice.kind != "ties" or _is_said(choice.roles):
        return
    sheet, roles, given = choice.sheet, choice.roles, choice.roles.get("sign")
    weights = _weights(roles.get("strength"))
    free = [each for each in sheet.headings if each not in choice.taken and not opposite_of(each, "ties")]
    words = {each: _words_of(each, sheet.column(each)) for each in (given.headings if given else free)}
    found = [
        each
        for each in dict.fromkeys((*words, *weights))
        if words.get(each) or _has_numbers(each, sheet.column(each), signs=each in weights or given is not None)
    ]
    if found:
        roles["sign"] = Role(tuple(found), words={word: sign for each in words.values() for word, sign in each.items()})
        choice.taken |= {*found}
        choice.guessed = True


def _is_said(roles: dict[str, Role | None]) -> bool:
    """Whether a mapping says that there are no signs, or which answers are negative."""
    given = roles.get("sign")
    return "sign" in roles and (given is None or bool(given.words))


def _weights(strength: Role | None) -> tuple[str, ...]:
    """The headings of strengths of which nobody has said on which scale they are."""
    return strength.headings if strength and not strength.scale and not strength.words else ()


def _words_of(heading: str, cells: list[str]) -> dict[str, float]:
    """The answers under a heading that are of what sets leaders apart, each -1; none where it is no column of signs."""
    given = {cell.lower() for cell in cells if cell}
    if _are_marks(given):
        return dict.fromkeys(sorted(given & MINUS), -1.0)
    said = {cell for cell in given if not is_missing(cell)}
    if len(said) > max(KINDS, min(MOST, len(cells) // 2)) or max(map(_words_in, said), default=0) > WORDS:
        return {}
    if all(ANSWERS.get(cell) for cell in said):
        apart = said & _turned(heading)
    elif HEADINGS.search(plain(heading)) and said & LETTERS:
        apart = said & LETTERS
    else:
        apart = {cell for cell in said if is_negative(cell)}
    return dict.fromkeys(sorted(apart), -1.0)


def _are_marks(given: set[str]) -> bool:
    """Whether answers are + and -, and nothing else."""
    return bool(given & MINUS and given & PLUS) and given <= MINUS | PLUS | {"0"}


def _words_in(answer: str) -> int:
    return len(answer.split())


def _turned(heading: str) -> set[str]:
    """The answers of yes and no by which a heading says that leaders are set apart."""
    if plain(heading) in ("positive", "is positive", "friendly"):
        return {answer for answer, means in ANSWERS.items() if means == "no"}
    apart = sets_apart(heading) or plain(heading) in ("negative", "is negative")
    return {answer for answer, means in ANSWERS.items() if means == "yes"} if apart else set()


def is_negative(answer: str) -> bool:
    """Whether an answer, one of several parted by signs, is of what sets leaders apart."""
    return any(
        NEGATIVE.search(part) and not SETTLED.search(part) for part in map(plain, re.split(r"[,;|/]", asked(answer)))
    )


def _has_numbers(heading: str, cells: list[str], signs: bool) -> bool:
    """Whether numbers of a column are signs: as it is called, or as all are 1, -1 and nothing else."""
    values = {value for value in _numbers(cells) if value is not None}
    signs = signs or bool(HEADINGS.search(plain(heading))) or values in ({1.0, -1.0}, {1.0, -1.0, 0.0})
    return signs and bool(values) and min(values) < 0


def _numbers(cells: list[str]) -> list[float | None]:
    """The numbers of a column; none where one is a code for no answer."""
    values = [as_number(cell.replace(",", ".").replace("\u2212", "-")) for cell in cells]
    codes = codes_among([value for value in values if value is not None], digits=False, below_zero=False)
    return [None if value in codes else value for value in values]


def signs_of(choice: Choice, role: Role) -> list[str]:
    """'negative' for each row that any of its columns says is of what sets leaders apart, else ''."""
    found = [""] * len(choice.sheet.rows)
    for heading in role.headings:
        cells = choice.sheet.column(heading)
        for row, (cell, value) in enumerate(zip(cells, _numbers(cells), strict=True)):
            if role.words.get(cell.lower(), value or 0) < 0:
                found[row] = "negative"
    return found


def apply_signs(choice: Choice, cells: dict[str, list[str]]) -> None:
    """Put into the cells of ties which are of what sets leaders apart, as the mapping wants them; they are noted."""
    role = choice.roles.get("sign") if choice.kind == "ties" else None
    if not role:
        return
    signs = signs_of(choice, role)
    _tell_negative(choice, role, signs, cells)
    if choice.mapping.negative != NO_TRUST:
        cells["sign"] = signs
        return
    trust = cells.get("trust") or [""] * len(signs)
    cells["trust"] = ["0" if sign else cell for sign, cell in zip(signs, trust, strict=True)]


def _tell_negative(choice: Choice, role: Role, signs: list[str], cells: dict[str, list[str]]) -> None:
    """Note how many rows are of what sets leaders apart, and what becomes of them."""
    rows = [row for row, sign in enumerate(signs) if sign]
    if not rows or not {"source", "target"} <= cells.keys():
        return
    sheet = choice.sheet
    where = ", ".join(map(quote, role.headings))
    shown = listed([f"{cells['source'][row]} - {cells['target'][row]} (line {sheet.lines[row]})" for row in rows])
    what = f"{counted(len(rows), 'row')} of what sets leaders apart, as {where} says"
    if choice.mapping.negative == NO_TRUST:
        sheet.review.note(f"{what}, read as ties without trust: {shown}")
        return
    weights = {heading for heading, _ in candidates(sheet.headings, "ties").get("strength", [])}
    alike = "" if weights & {*role.headings} else ", `ties: {sign: null}` as ties like the others"
    how = f"`ties: {{negative: {NO_TRUST}}}` in a mapping file reads them as ties without trust"
    sheet.review.note(
        f"{what}, left out, since a tie is attention and good faith: {shown}; {how} (commonweal roster import){alike}"
    )
