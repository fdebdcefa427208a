"""Roles of headings: what people and programs call our columns."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from commonweal.roster.columns import GROUPS, LEADERS, LOG, TIES, Columns

TABLES: dict[str, Columns] = {"leaders": LEADERS, "ties": TIES, "groups": GROUPS}
"""the tables of a roster"""
KINDS: dict[str, Columns] = {**TABLES, "log": LOG}
"""these, and a log of months"""

NAMED = "the name of the column"
"""by which rule a heading that is our own name of a column means it"""

ORGANISATION = "organisation, organization, organisation name, organization name, org, agency, actor, person, full name"

# The first that is there is taken, so the surest come first.
CALLED: dict[str, dict[str, str]] = {
    "leaders": {
        "id": "identifier, key, node, node id, leader, leader id, org id, member id, respondent id, code, nr, number, "
        "nummer, numéro, número",
        "name": "label, shared name, leader name, your organisation, your organization, "
        f"{ORGANISATION}, display name, member, partner, title, who, "
        "respondent, drawn label, nom, nombre, nome, naam, bezeichnung, étiquette, etiqueta, etichetta, rótulo, namn, "
        "navn, nazwa, имя, название, организация, 名前, 名称, 名字, 组织, 組織, 組織名, 団体名, 氏名, 姓名, "
        "einrichtung, organización, organização, "
        "organizzazione, organisatie",
        "sector": "type, element type, type of organisation, type of organization, organisation type, "
        "organization type, org type, kind, category, field, industry, branche, secteur",
        "group": "area served, group served, community served, population served, people served, serves, area, "
        "neighbourhood, neighborhood, district, ward, community",
        "endowment": "budget, annual budget, yearly budget, monthly budget, income, annual income, turnover, revenue, "
        "funds, funding, resources, time, staff time, available time, time available, capacity, availability",
        "standing": "power, influence, power and influence, reputation",
        "seated": "seat, has a seat, on steering group, steering group, on the steering group, steering committee, "
        "on steering committee, board member, on board, on the board, at the table",
        "promise_keeping": "keeps promises, reliability",
    },
    "ties": {
        "source": "from, from id, source id, source name, sender, ego, respondent, respondent name, respondent id, "
        "respondent org, respondent organisation, respondent organization, quelle, von, origen, origine, origem, de, "
        "bron, källa, från, kilde, fra, źródło, od, откуда, источник, от, 起点, 源, 来源, i, u, "
        "reporter, who, node1, node 1, node a, person 1, person a, organisation a, organization a, organisation 1, "
        f"organization 1, your organisation, your organization, {ORGANISATION}, member, leader, name",
        "target": "to, to id, target id, target name, receiver, alter, partner, partner name, partner id, partner org, "
        "ziel, zu, an, nach, destino, para, cible, vers, à, destinazione, doel, naar, mål, till, til, cel, do, куда, "
        "цель, к, 终点, 終点, 目标, j, v, with, with whom, whom, works with, node2, node 2, node b, "
        "person 2, person b, organisation b, organization b, organisation 2, organization 2, partner organisation, "
        "partner organization, named partner",
        "type": "direction, directed, is directed, one way, undirected, mutual, is mutual, reciprocal, reciprocated, "
        "bidirectional, both ways, richtung, dirección",
        "strength": "weight, frequency, frequency of contact, how often, contact, intensity, tie strength, value",
        "trust": "trust level, level of trust, how much do you trust",
    },
    "groups": {
        "group": "name, label, id, area, area served, neighbourhood, neighborhood, district, ward, community",
        "size": "population, people, number of people, inhabitants, residents, members, persons",
        "marginalised": "marginalized, disadvantaged, deprived, underserved, little voice, vulnerable",
    },
    "log": {
        "month": "date, when, round, time, mois, monat, mes, datum, fecha, data, 日付, 日期",
        "who": "leader, member, name, from, source, organisation, organization, respondent",
        "with": "with whom, whom, to, target, partner",
        "gave": "given, giving, gift, contribution, contributed, share given",
        "trust": "trusted, trusts, trust level, level of trust",
        "expected": "expects, belief, expectation",
        "met": "meet, meeting, met with, contact, encounter",
        "tie": "named, works with, worked with, attends to",
        "agreed": "agree, agreement, agenda, accepted, accepts, decision",
        "attended": "attendance, attends, present, seated, seat",
    },
}

# What a heading in a sentence may hold.
HOLDS: dict[str, dict[str, str]] = {
    "leaders": {
        "seated": r"steering|\bboard\b|\bseat\b",
        "endowment": r"can (you )?(give|offer|contribute)|\bbudget|\bincome\b|turnover|\bmoney\b|時間|时间|"
        r"\b(time|hours?|hrs|days|fte|capacity|availability|zeit|stunden|temps|heures|tiempo|horas|tijd|uren|tempo)\b",
        "sector": r"(type|kind|sector) of (your )?organi[sz]ation|^sector",
        "group": r"\b(area|people|population|communit|neighbou?rhood).*\bserve",
        "name": r"^name of|organi[sz]ation.s name|name of (your )?organi[sz]ation|^(what|which) is your "
        r"(organi[sz]ation|name)|^your (organi[sz]ation|name)",
    },
    "ties": {"strength": r"how often|frequency|strength", "trust": r"\btrust\b"},
    "groups": {"size": r"number of people|how many people|population"},
    "log": {},
}
NEGATED = re.compile(
    r"\b(no|not|non|never|without|lack\w*|los[st]\w*|broken|breaks?|breach\w*|betray\w*|absence|low|poor|hardly|"
    r"neg|negative|trust (?:deficits?|gaps?|issues?|problems?|concerns?)|doubts?|suspici\w*|erosion|violat\w*|"
    r"infrequen\w*)\b"
)
"""words that turn a sentence round: trust that was lost is no trust"""
APART = re.compile(
    r"\b(conflict\w*|hostil\w*|rival\w*|antagoni\w*|enem\w*|enmity|disagree\w*|disput\w*|argu\w*|quarrel\w*|tensions?|"
    r"avoid\w*|dislik\w*|distrust\w*|mistrust\w*|opposed|opposes|opposing|opposition|opponents?|threat\w*|clash\w*|"
    r"fights?|fighting|foes?|adversar\w*|feud\w*|compet(?:es?|ing|itors?|ition|itive)|negativ\w*)\b"
)
"""words that tell of what sets people apart"""
LEGEND = re.compile(r"[(\[][^()\[\]]*(?:\d\s*[=:]|\bto\b|\d\s*[-–]\s*\d)[^()\[\]]*[)\]]|\d\s*=[^,;]*[,;]?")
"""what a heading says of its scale, whose words say nothing of the column: (1 = low, 5 = high)"""
OPPOSITE = re.compile(r"^(dis|mis|un|non|anti|no|not|lack of|low|loss of)[ _-]*(?=\w{3})", re.IGNORECASE)
ITEMS = {"openness": r"\bopen", "reliability": r"\breliab", "mission": r"\bmission\b"}
"""the three items of trust that surveys of partnerships ask, and how their headings are known"""


@dataclass(frozen=True, slots=True)
class Role:
    """Where a column of ours comes from: headings (of several the mean), and what is done to their numbers."""

    headings: tuple[str, ...]
    scale: tuple[float, float] | None = None
    """what becomes 0 and what becomes 1"""
    divide_by: float = 1.0
    times: float = 1.0
    words: dict[str, float] = field(default_factory=dict)
    """answers in words, and the number that each stands for"""
    missing: tuple[float | str, ...] | None = None
    """what stands for no answer; None to guess"""


@lru_cache(2**16)
def plain(heading: str) -> str:
    """A heading in small letters, with a blank for every sign."""
    return " ".join(re.sub(r"[_\W]+", " ", heading.casefold()).split())


EXACT: dict[str, dict[str, str]] = {
    kind: {plain(word): column for column, words in reversed(called.items()) for word in reversed(words.split(", "))}
    | {plain(column): column for column in KINDS[kind].known}
    for kind, called in CALLED.items()
}


def known(heading: str) -> bool:
    """Whether any table may have such a heading, by its very words."""
    return any(plain(heading) in EXACT[kind] or table.canonical(heading.strip()) for kind, table in TABLES.items())


def issue_of(heading: str, kind: str) -> str | None:
    """The column of weights that a heading means: `Priority: housing` is priority_housing."""
    columns = KINDS[kind]
    if not columns.issue:
        return None
    found = re.match(rf"{columns.issue.rstrip('_')}\s*[_:\-–]\s*(\S.*)", heading, re.IGNORECASE)
    return columns.issue + found[1].strip() if found else None


def candidates(headings: list[str], kind: str) -> dict[str, list[tuple[str, str]]]:
    """For each column of a table the headings that may mean it, the surest first, each with the rule."""
    found: dict[str, list[tuple[str, str]]] = {}
    columns = KINDS[kind]
    for heading in headings:
        column = columns.canonical(heading) or issue_of(heading, kind)
        if column:
            found.setdefault(column, []).append((heading, NAMED))
    said: dict[str, list[str]] = {}
    for heading in headings:
        if not columns.canonical(heading):
            said.setdefault(plain(asked(heading)), []).append(heading)
    for column, words in CALLED[kind].items():
        for word in map(plain, words.split(", ")):
            for heading in said.get(word, []):
                found.setdefault(column, []).append((heading, "another word for it"))
    for column, pattern in HOLDS[kind].items():
        for heading in headings:
            turned = OPPOSITE.match(heading) or (column not in columns.texts and is_turned(heading))
            if re.search(pattern, plain(asked(heading))) and not turned:
                found.setdefault(column, []).append((heading, "words in the heading"))
    return found


def items_of_trust(headings: list[str]) -> tuple[str, ...]:
    """The headings of the three items of trust, if all are there once."""
    found = [[each for each in headings if re.search(pattern, plain(each))] for pattern in ITEMS.values()]
    alone = all(len(each) == 1 for each in found) and len({each[0] for each in found}) == len(ITEMS)
    return tuple(each[0] for each in found) if alone else ()


def asked(heading: str) -> str:
    """A heading without what it says of its scale."""
    return LEGEND.sub(" ", heading)


def is_turned(heading: str) -> bool:
    """Whether words of a heading turn it round, or tell of what sets people apart."""
    return bool(NEGATED.search(plain(asked(heading)))) or sets_apart(heading)


def sets_apart(heading: str) -> bool:
    """Whether a heading, or the name of a table, tells of what sets people apart."""
    return bool(APART.search(plain(asked(heading))))


def opposite_of(heading: str, kind: str) -> str | None:
    """The column whose opposite a heading names: distrust, not seated, level of mistrust, broken trust."""
    heading = asked(heading)
    words, columns = plain(heading), KINDS[kind]
    rest = OPPOSITE.sub("", heading.strip())
    inside = re.search(r"\b(?:dis|mis|un) ?(\w+)", words)
    found = [rest] * (rest != heading.strip()) + ([inside[1]] if inside else [])
    found += words.split() if NEGATED.search(words) else []
    return next(filter(None, map(columns.canonical, found)), None)
