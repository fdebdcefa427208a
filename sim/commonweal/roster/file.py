"""The bytes and the text of a roster file, refused early when it is not what it says it is."""

from pathlib import Path

from commonweal.roster.describe import counted, quote
from commonweal.roster.encodings import guessed, is_utf8, mostly_utf8, named, sample, unmarked
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.not_read import refuse_binary

SIZE_LIMIT = 64 * 2**20  # bytes

# First bytes of a file -> encoding (longest first: the UTF-32 mark begins like the UTF-16 one).
MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "zstd", b"PK\x03\x04": "zip"}
"""first bytes of a packed file, and by what it was packed; a workbook is a zip file"""


def refuse_packed(path: object, data: bytes) -> None:
    """RosterError for a file that is packed, or a workbook: one form of a table is read everywhere, plain text."""
    if kind := next((kind for mark, kind in PACKED.items() if data.startswith(mark)), None):
        remedy = "save the table as CSV" if kind == "zip" else "unpack it first"
        what = "a workbook or zip file" if kind == "zip" else f"packed ({kind})"
        raise RosterError(f"{path}: this is {what}, not text; {remedy}")


def read_bytes(path: Path, size_limit: int = SIZE_LIMIT) -> bytes:
    """The file's bytes; RosterError if missing, no plain file, unreadable, empty or over `size_limit`."""
    try:
        if path.is_dir():
            raise RosterError(f"{path} is a folder; name the file inside it")
        if path.exists() and not path.is_file():
            raise RosterError(f"{path} is not a plain file; save the table to a file first")
        with path.open("rb") as file:
            data = file.read(size_limit + 1)
    except FileNotFoundError:
        remedy = "check the path, or write an example with `commonweal roster template my_town`"
        raise RosterError(f"{path}: there is no such file; {remedy}") from None
    except PermissionError:
        raise RosterError(f"{path}: it may not be read; give yourself permission to read it") from None
    except OSError as error:
        why = error.strerror or error
        raise RosterError(f"{path}: it could not be read ({why}); check the path and the disk") from None
    if len(data) > size_limit:
        raise RosterError(
            f"{path}: it is larger than {size_limit / 2**20:g} MiB; leave out what the roster does not need"
        )
    refuse_binary(path.name, data)
    if not data.startswith(b"PK"):
        refuse_packed(path, data)
    if not data.strip():
        raise RosterError(f"{path}: the file is empty; its first line must name the columns")
    return data


def decode(data: bytes, review: Review, said: str = "") -> str:
    """The text of a table: UTF-8, UTF-16 or UTF-32, else in the encoding that is said, or the likeliest (noted).

    said: one that Python knows, or '' to guess. Raises RosterError: bytes that the encoding does not have, NUL bytes.
    """
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "") or unmarked(data)
    try:
        text = data.decode(encoding or "utf-8")
        if said and not encoding and not text.isascii():
            review.note(f"it is UTF-8, so that the encoding {said} was not needed")
    except UnicodeDecodeError as error:
        if encoding:
            raise RosterError(
                f"{review.file}: it begins as {encoding.removesuffix('-sig').upper()} but byte {error.start} "
                f"does not fit; save it as CSV UTF-8"
            ) from None
        text = _otherwise(data, error.start, review, said)
    text = text.rstrip("\0\x1a")  # how some programs fill up or end a file
    if encoding and encoding != "utf-8-sig":
        marked = "" if encoding in MARKS.values() else ", which it is, though it has no mark of it"
        review.note(f"it was read as {named(encoding.upper())}{marked}")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        kind = "the file is binary, or UTF-16 without its mark"
        raise RosterError(f"{review.file}, line {line}: there is a NUL byte, so {kind}; save it as CSV UTF-8")
    return text


def _otherwise(data: bytes, at: int, review: Review, said: str) -> str:
    """The text of bytes that are no UTF-8; where most lines are, only the others are read otherwise."""
    line = data.count(b"\n", 0, at) + 1
    lines = [data] if said or not mostly_utf8(data) else data.splitlines(keepends=True)
    odd = [each for each in lines if not is_utf8(each)]
    encoding = said or guessed(b"".join(odd))
    try:
        text = "".join(each.decode("utf-8" if is_utf8(each) else encoding) for each in lines)
    except UnicodeDecodeError as error:
        bad = data.count(b"\n", 0, error.start) + 1
        what = f"a byte there is none of the encoding {said}"
        raise RosterError(f"{review.file}, line {bad}: {what}; say another, or save it as CSV UTF-8") from None
    if not said:
        review.encoding = encoding
        place = f"line {line}" if len(lines) == 1 else f"{counted(len(odd), 'line')}, the first {line}; all others are"
        shown = quote(sample(b"".join(odd).decode(encoding)))
        remedy = (
            "commonweal roster import with encoding=NAME reads another, such as encoding=cp1250, cp1251 or mac_roman"
        )
        how = f"read as {named(encoding)}: {shown}; if that is not right, {remedy}"
        review.note(f"it is not UTF-8 ({place}), and was {how}")
    return text
