"""The bytes and the text of a roster file, refused early when it is not what it says it is."""

from pathlib import Path

from commonweal.roster.errors import Review, RosterError

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
    if not data.startswith(b"PK"):
        refuse_packed(path, data)
    if not data.strip():
        raise RosterError(f"{path}: the file is empty; its first line must name the columns")
    return data


def decode(data: bytes, review: Review) -> str:
    """The text of a table: UTF-8, UTF-16 or UTF-32 by its mark, else Latin-1 (noted); RosterError if none."""
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise RosterError(
                f"{review.file}: it begins as {encoding.removesuffix('-sig').upper()} but byte {error.start} "
                f"does not fit; save it as CSV UTF-8"
            ) from None
        text = _latin(data)
        line = data.count(b"\n", 0, error.start) + 1
        remedy = "check the accents, or save it as UTF-8"
        review.note(f"it is not UTF-8 (line {line}), so it was read as Latin-1; {remedy}")
    text = text.rstrip("\0\x1a")  # how some programs fill up or end a file
    if encoding in ("utf-16", "utf-32"):
        review.note(f"it was read as {encoding.upper()}")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        kind = "the file is binary, or UTF-16 without its mark"
        raise RosterError(f"{review.file}, line {line}: there is a NUL byte, so {kind}; save it as CSV UTF-8")
    return text


def _latin(data: bytes) -> str:
    """Latin-1 as Windows writes it (with curly quotes and the euro sign) where possible."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
