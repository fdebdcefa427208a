"""The columns a roster may have: what each means, and which values it may hold."""

from dataclasses import dataclass, field

MOST = 1e12  # no endowment, standing, size or weight is larger


@dataclass(frozen=True, slots=True)
class Number:
    """A number a cell may hold: meaning, example, bounds; `above` leaves the lower bound itself out."""

    meaning: str
    example: str
    low: float = 0.0
    high: float = 1.0
    above: bool = False

    @property
    def words(self) -> str:
        if self.high == MOST:
            return "a positive number" if self.above else "a number of 0 or more"
        if self.above:
            return f"a number above {self.low:g} and at most {self.high:g}"
        return f"a number from {self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table. `issue` is the prefix of its columns of weights, one per issue."""

    required: tuple[str, ...]
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    issue: str = ""
    issue_meaning: str = ""

    @property
    def known(self) -> tuple[str, ...]:
        return (*self.texts, *self.numbers, *self.answers)

    def canonical(self, heading: str) -> str | None:
        """The column a heading names, whatever its capitals, or None."""
        if heading.lower() in self.known:
            return heading.lower()
        prefix, rest = heading[: len(self.issue)].lower(), heading[len(self.issue) :].strip()
        return self.issue + rest if self.issue and prefix == self.issue and rest else None


LEADERS = Columns(
    required=("id",),
    texts={
        "id": "what this leader is called in the ties table, once per leader",
        "name": "the name to show; the id if empty",
        "sector": "the sector this leader works in",
        "group": "the group of people this leader serves",
    },
    numbers={
        "endowment": Number("the money and time this leader has per round, in MU", "1000", 0, MOST, above=True),
        "standing": Number("the attention this leader commands, relative to others", "1.0", 0, MOST, above=True),
        "slope": Number("how far this leader's giving follows what the others are expected to give", "0.7", 0, 2),
        "intercept": Number("the share this leader gives when expecting nothing of the others", "0.1"),
        "promise_keeping": Number("how far this leader keeps promises", "0.8"),
        "belief": Number("the share this leader expects the others to give", "0.5"),
        "reservation": Number("the least overlap with own priorities that this leader accepts", "0.5"),
    },
    answers={"seated": "whether this leader has a seat where the agenda is made"},
    issue="priority_",
    issue_meaning="the share of this leader's concern that goes to the issue",
)

TIES = Columns(
    required=("source", "target"),
    texts={
        "source": "the id, or the name, of the leader who attends",
        "target": "the id, or the name, of the leader attended to",
        "sign": "negative (or -, -1, conflict, rival) if the row is of what sets leaders apart, and so is no tie",
        "type": "directed if the tie counts from source to target only, undirected if both ways",
    },
    numbers={
        "strength": Number("the attention source gives target", "0.5", above=True),
        "trust": Number("the good faith source expects of target", "0.5"),
    },
)

GROUPS = Columns(
    required=("group",),
    texts={"group": "the group of people, as in the leaders table"},
    numbers={"size": Number("the number of people in the group", "1200", 0, MOST, above=True)},
    answers={"marginalised": "whether the group has little voice: leaders of low standing, few seats"},
    issue="need_",
    issue_meaning="the share of this group's need that is for the issue",
)

LOG = Columns(
    required=("month",),
    texts={
        "month": "counted from the roster, which is 0, so that 1 is the first; or a date such as 2026-03",
        "who": "the id, or the name, of the leader the row is about",
        "with": "the id, or the name, of the other leader, where there is one",
    },
    numbers={
        "gave": Number("the share that this leader, or all on the mean, gave of what was free", "0.2"),
        "trust": Number("the good faith that who expects of with, or of all others", "0.5"),
        "expected": Number("the share this leader expected the others to give", "0.4"),
    },
    answers={
        "met": "whether who and with met in this month",
        "tie": "whether who attended to, or named, with",
        "agreed": "whether the table agreed on an agenda; with who, whether that leader accepted it",
        "attended": "whether this leader had a seat at the table",
    },
)
"""a log of months: of months that have passed what was seen, all of it optional"""

WEIGHT = Number("shares that sum to 1, or scores such as 0 to 10", "0.25", 0, MOST)


def column_help() -> str:
    """Every column of the three tables with its values and meaning, a line each."""
    return _help({"leaders": LEADERS, "ties": TIES, "groups (optional)": GROUPS})


def log_help() -> str:
    """The same of a log of months."""
    return _help({"log": LOG})


def _help(tables: dict[str, Columns]) -> str:
    lines = []
    for name, table in tables.items():
        lines.append(f"{name}:")
        for column in table.known:
            kind = "text"
            if column in table.numbers:
                kind = table.numbers[column].words
            elif column in table.answers:
                kind = "yes or no"
            meaning = (table.texts | table.answers).get(column) or table.numbers[column].meaning
            must = "; required" if column in table.required else ""
            lines.append(f"  {column} ({kind}{must}): {meaning}")
        if table.issue:
            weight = f"{WEIGHT.words}; one column per issue"
            lines.append(f"  {table.issue}<issue> ({weight}): {table.issue_meaning}")
    return "\n".join(lines)
