"""XML as a light tree, read so that nothing in it can expand or lead elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from commonweal.roster.errors import Review, RosterError
from commonweal.roster.file import MARKS, decode

DEEPEST = 100
DECLARED = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)")
"""the coding that a file says it has; where it has a mark, or says nothing, it is found as that of a table"""


@dataclass(slots=True)
class Element:
    """An element: its name without the namespace, its attributes, the line it begins on, what is inside."""

    tag: str
    given: dict[str, str]
    line: int
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, tag: str) -> Iterator["Element"]:
        """The elements of this name at any depth, in their order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.all(tag)

    def own(self, tag: str) -> Iterator["Element"]:
        """The elements of this name right below."""
        return (child for child in self.children if child.tag == tag)


def read_xml(data: bytes, review: Review, encoding: str = "") -> Element:
    """The outermost element; of a text that is not in the encoding it declares, in this one, or '' to guess.

    Raises RosterError: not well-formed, nested too deep, a document type or entities."""
    file, content = review.file, _decoded(data, review, encoding)
    begins = len(content) - len(content.lstrip())
    above = content.count("\n", 0, begins)
    # Names keep their prefixes: expat would refuse a namespace with a blank or a line break, or one nobody declares.
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    root = Element("", {}, 0)
    inside = [root]

    def refuse(*_: object) -> None:
        danger = "a document type or entities, which can hide other files or endless text"
        raise RosterError(f"{file}: it holds {danger}; delete the <!DOCTYPE ...> part")

    def start(tag: str, given: dict[str, str]) -> None:
        element = Element(_local(tag), _without_prefixes(given), parser.CurrentLineNumber + above)
        inside[-1].children.append(element)
        inside.append(element)
        if len(inside) > DEEPEST:
            raise RosterError(f"{file}, line {element.line}: elements are nested {DEEPEST} deep; export it again")

    def end(_: str) -> None:
        inside.pop()

    def characters(text: str) -> None:
        inside[-1].text += text

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(content[begins:].encode(errors="surrogatepass"), True)
    except expat.ExpatError as error:
        line, why = error.lineno + above, expat.ErrorString(error.code)
        raise RosterError(f"{file}, line {line}: it is not well-formed XML ({why}); export it again") from None
    return root.children[0]


def _decoded(data: bytes, review: Review, encoding: str) -> str:
    """The text, in the coding that it declares, whatever expat itself knows (it has none of many bytes a letter)."""
    declared = DECLARED.search(data[:200])
    if declared and not any(data.startswith(mark) for mark in MARKS):
        try:
            return data.decode(declared[1].decode())
        except (LookupError, ValueError):
            review.note(f"it is not {declared[1].decode()}, though it says so")
    return decode(data, review, encoding)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _without_prefixes(given: dict[str, str]) -> dict[str, str]:
    """Attributes by their names without prefixes; one that has none goes before others, declarations say nothing."""
    names = {name: value for name, value in given.items() if not re.match(r"xmlns(:|$)", name)}
    return {_local(name): value for name, value in names.items()} | {
        name: value for name, value in names.items() if ":" not in name
    }
