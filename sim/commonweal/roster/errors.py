"""What is wrong with a roster file, said so that its author can put it right."""

from commonweal.errors import InputError
from commonweal.roster.describe import counted, listed, quote

LIMIT = 20  # problems kept of one file
PLACES = 3  # places named of a problem that many cells have


class RosterError(InputError):
    """A roster file that cannot be used; `problems` holds up to 20 sentences, the message is the first."""

    def __init__(self, *problems: str):
        super().__init__(*problems)
        self.problems: tuple[str, ...] = problems

    def __str__(self) -> str:
        more = len(self.problems) - 1
        if more < 1:
            return "".join(self.problems)
        return f"{self.problems[0]} (and {'at least ' if more + 1 >= LIMIT else ''}{more} more)"


class Review:
    """Problems, notes and decisions of one file; `close` refuses the file as a whole if there is any problem."""

    def __init__(self, file: str):
        self.file = file
        self.notes: list[str] = []
        self.log: list[str] = []
        self.encoding = ""
        """in which the file was read, where that was guessed"""
        self._problems: list[tuple[int, int, str]] = []

    def problem(self, sentence: str, line: int = 0, column: str = "") -> None:
        """Keep a problem; raises RosterError at once when LIMIT of them are kept."""
        place = [self.file] + [f"line {line}"] * bool(line) + [f"column {column}"] * bool(column)
        self._problems.append((line, len(self._problems), f"{', '.join(place)}: {sentence}"))
        if len(self._problems) >= LIMIT:
            self.close()

    def cells(self, what: str, remedy: str, places: list[tuple[int, str]], column: str = "") -> None:
        """One problem of all cells (line and text of each) that are no `what`, with the first places."""
        if len(places) == 1:
            line, cell = places[0]
            self.problem(f"{quote(cell)} is {what}; {remedy}", line, column)
        elif places:
            shown = ", ".join(f"{quote(cell)} (line {line})" for line, cell in places[:PLACES])
            more = f" and {len(places) - PLACES:,} more" if len(places) > PLACES else ""
            start = f"column {column}: " if column else ""
            sentence = f"{self.file}, {start}{counted(len(places), 'cell')} are {what}: {shown}{more}; {remedy}"
            self._problems.append((places[0][0], len(self._problems), sentence))

    def note(self, sentence: str) -> None:
        """Keep something the author should know, though the file can be used."""
        self.notes.append(f"{self.file}: {sentence}")
        self.log.append(f"{self.file}: {sentence}")

    def frames(self, names: list[str]) -> None:
        """Note the nodes that are left out since they are only drawn around others."""
        if names:
            what = f"{counted(len(names), 'frame')} drawn around leaders left out, with what they mean"
            self.note(f"{what}: {listed([quote(name) for name in names])}")

    def decision(self, what: str, rule: str) -> None:
        """Keep in the log what was decided, and by which rule."""
        self.log.append(f"{self.file}: {what} [{rule}]")

    def close(self) -> None:
        """Raise RosterError, problems in the order of their lines, if there is any."""
        if self._problems:
            raise RosterError(*(sentence for _, _, sentence in sorted(self._problems)))
