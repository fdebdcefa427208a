"""Words for taking part: headings of what people take part in, cells of who does and who does not."""

import re
from collections.abc import Mapping

from commonweal.roster.dates import is_day
from commonweal.roster.matrix import NO, YES
from commonweal.roster.unsaid import is_missing
from commonweal.roster.values import ANSWERS, as_number

THING = re.compile(
    r"\b(committees?|boards?|forums?|fora|councils?|panels?|(working|steering|advisory) groups?|task (groups?|forces?)|"
    r"coalitions?|meetings?|events?|sessions?|workshops?|clubs?|projects?|affiliations?|alliances?|partnerships?|"
    r"networks?|assembl(y|ies)|gremi(um|en)|ag|arbeits(kreis|gruppe)n?|vorstand|verein|projekt|sitzung(en)?|treffen|"
    r"veranstaltung(en)?|comités?|commissions?|conseils?|réunions?|groupe de travail|comisi(ón|ones)|consejos?|"
    r"reuni(ón|ones)|mesas?|comitati|riunion[ei]|werkgroep(en)?|vergadering(en)?)\b|"
    r"\w(ausschuss|beirat|rat|forum|kreis|netzwerk)\b|^beirat\b|"
    r"委員会|委员会|会議|会议|協議会|部会|フォーラム|论坛|위원회|комитет|совет",
    re.IGNORECASE,
)
"""how headings call what people take part in"""
KINDS_OF_THING = re.compile(
    r"(committee|event|meeting|coalition|working group|forum|project|affiliation|club|board|session|workshop|gremium|"
    r"ausschuss|sitzung|treffen|comité|réunion|comisión|reunión|委員会|会議|会议|委员会)(s|en|es)?( name)?",
    re.IGNORECASE,
)
"""the heading of a column of them"""
ROLE = re.compile(
    r"(vice|deputy|co|past|acting|founding|lead)?[- ]?(chair(man|woman|person)?|president|secretary|treasurer|member|"
    r"lead(er)?|convenor|convener|facilitator|co-?ordinator|observer|guest|delegate|participant|organi[sz]er|speaker|"
    r"representative|rep|host|alternate|head|present|attended|there|in person|online|remote|late|"
    r"(stellv\w*\.? )?(vorsitz\w*|mitglied|schriftführ\w*|kassen\w*|leitung|beisitz\w*|gast|anwesend|sprecher\w*)|"
    r"présidente?|membre|secrétaire|trésori\w+|présente?|invitée?|presidente?a?|miembro|secretari[oa]|vocal|presente|"
    r"voorzitter|lid|委員長?|会長|副会長|議長|幹事|委员|主席|成员|出席|○|◯|●|◎|председатель|член)"
    r"( \(.*\))?|\(x\)|xx|\*|•|✅|☑|■|✗?✓",
    re.IGNORECASE,
)
"""what stands in a cell of who takes part"""
ABSENT = frozenset({"absent", "apologies", "apology", "excused", "sent apologies", "did not attend", "not present",
                    "away", "abwesend", "entschuldigt", "excusé", "excusée", "absente", "ausente", "afwezig", "欠席",
                    "缺席", "✗", "✘", "☐", "□", "×"})  # fmt: skip
"""what stands in a cell of who was not there"""
REGISTER = ({"p": 1.0, "a": 0.0, "e": 0.0}, {"p": 1.0, "a": 0.0})
"""letters of attendance registers"""
NO_THING = re.compile(
    r"\b(roles?|positions?|functions?|titles?|status|rolle|funktion|amt|rôle|fonction|cargo)\b|"
    r"^(has|have|is|are|do|does)\b|^(number|no\.?|#|count|anzahl|nombre|número) |"
    r"^(events|meetings|projects|sessions|workshops|committees|forums|boards|networks|partnerships)"
    r"( (held|attended|run))?$",
    re.IGNORECASE,
)
"""headings of what people are, or how many of something they have, not of what they take part in"""


def is_thing(heading: str) -> bool:
    """Whether a heading is a date, or names something that people take part in."""
    return bool(THING.search(heading)) or is_day(heading)


def letters_of(given: list[str]) -> Mapping[str, float]:
    """What the letters of a register mean, if it is one."""
    words = {cell.lower() for cell in given}
    return next((letters for letters in REGISTER if "p" in words and words <= letters.keys()), {})


def amount_of(cell: str, letters: Mapping[str, float]) -> float | None:
    """How often someone takes part as a cell says; None where it says something else."""
    word = cell.lower()
    if word in letters:
        return letters[word]
    if word in NO or is_missing(cell) or word in ABSENT or ANSWERS.get(word) == "no":
        return 0.0
    if word in YES or ANSWERS.get(word) == "yes" or ROLE.fullmatch(cell):
        return 1.0
    number = as_number(cell.replace(",", "."))
    return number if number is not None and number >= 0 else None


def is_cross(cell: str) -> bool:
    """Whether a mark is such as one makes in a list of members, and no answer to a question."""
    return not cell or cell.lower() in ("x", "✓", "✔") or bool(ROLE.fullmatch(cell))
