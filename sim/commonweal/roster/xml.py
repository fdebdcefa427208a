"""XML as a light tree, read so that nothing in it can expand or lead elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from commonweal.roster.errors import RosterError

DEEPEST = 100


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


def read_xml(data: bytes, file: str) -> Element:
    """The outermost element. Raises RosterError: not well-formed, nested too deep, a document type or entities."""
    # A line break separates a name from its namespace: no URI holds one, though some hold blanks.
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    root = Element("", {}, 0)
    inside = [root]

    def refuse(*_: object) -> None:
        danger = "a document type or entities, which can hide other files or endless text"
        raise RosterError(f"{file}: it holds {danger}; delete the <!DOCTYPE ...> part")

    def start(tag: str, given: dict[str, str]) -> None:
        names = {name.rpartition("\n")[2]: value for name, value in given.items()}
        element = Element(tag.rpartition("\n")[2], names, parser.CurrentLineNumber)
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
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise RosterError(
            f"{file}, line {error.lineno}: it is not well-formed XML ({expat.ErrorString(error.code)}); export it again"
        ) from None
    return root.children[0]
