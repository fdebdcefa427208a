"""What is wrong with a roster file, said so that its author can put it right."""

from commonweal.errors import InputError

LIMIT = 20  # problems kept of one file


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
    """Problems and notes of one file; `close` refuses the file as a whole if there is any problem."""

    def __init__(self, file: str):
        self.file = file
        self.notes: list[str] = []
        self._problems: list[tuple[int, int, str]] = []

    def problem(self, sentence: str, line: int = 0, column: str = "") -> None:
        """Keep a problem; raises RosterError at once when LIMIT of them are kept."""
        place = [self.file] + [f"line {line}"] * bool(line) + [f"column {column}"] * bool(column)
        self._problems.append((line, len(self._problems), f"{', '.join(place)}: {sentence}"))
        if len(self._problems) >= LIMIT:
            self.close()

    def note(self, sentence: str) -> None:
        """Keep something the author should know, though the file can be used."""
        self.notes.append(f"{self.file}: {sentence}")

    def close(self) -> None:
        """Raise RosterError, problems in the order of their lines, if there is any."""
        if self._problems:
            raise RosterError(*(sentence for _, _, sentence in sorted(self._problems)))
