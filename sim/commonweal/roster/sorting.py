"""Which of the tables found holds the leaders, which the ties, which the groups."""

from dataclasses import dataclass

from commonweal.roster.attendance import split_attendance
from commonweal.roster.codebook import explained
from commonweal.roster.describe import listed, or_known, quote
from commonweal.roster.ends import one_each, with_ends
from commonweal.roster.errors import RosterError
from commonweal.roster.found import Found, Sheet
from commonweal.roster.lists import split_lists
from commonweal.roster.mapping import Mapping, line_of
from commonweal.roster.matrix import split_matrix
from commonweal.roster.partners import columns_of, partners_of, respondent_of, split_partners
from commonweal.roster.roles import candidates, sets_apart
from commonweal.roster.shapes import kind_of
from commonweal.roster.stacked import Kinds, stacked
from commonweal.roster.two_modes import project

SHAPES = ("ties", "matrix", "two modes", "attendance", "partners", "lists")
"""kinds of tables that hold ties"""


@dataclass(slots=True)
class Tables:
    """One table of each kind, where there is one. `says` is the format where it says which ties are directed."""

    leaders: Sheet | None = None
    ties: Sheet | None = None
    groups: Sheet | None = None
    says: str = ""


def sort(found: list[tuple[Found, str]], mapping: Mapping) -> Tables:
    """One table of each kind out of files, each of which may be given as leaders, ties or groups.

    Raises RosterError: ties given twice, a table that the mapping names and that there is not, nothing to read.
    """
    found = explained(found, mapping)
    kinds = stacked(_kinds(found, mapping))
    if not any(kind in SHAPES and not _lacks_ends(sheet, kind, mapping) for sheet, kind, _ in kinds):
        kinds = with_ends(kinds, mapping)
    _refuse_ties_twice(found, kinds)
    tables, people = _ties_of(kinds, mapping)
    named = [sheet for sheet in _of(kinds, "leaders") if sheet.rows or not tables.ties]
    named.sort(key=lambda sheet: _covered(sheet, tables.ties), reverse=True)
    tables.leaders = _chosen("leaders", named, mapping) or people
    if tables.ties:
        tables.ties = one_each(tables.ties, tables.leaders, mapping)
    tables.groups = _chosen("groups", _of(kinds, "groups"), mapping)
    if not (tables.leaders or tables.ties):
        _refuse(kinds[0][0])
    _tell_unused(tables, _of(kinds, ""))
    return tables


def _of(kinds: Kinds, *wanted: str) -> list[Sheet]:
    return [sheet for sheet, kind, _ in kinds if kind in wanted]


def _ties_of(kinds: Kinds, mapping: Mapping) -> tuple[Tables, Sheet | None]:
    """The ties, and the leaders that stand in the same table, if any."""
    tied = _chosen("ties", sorted(_of(kinds, *SHAPES), key=lambda sheet: sets_apart(sheet.name)), mapping)
    if not tied:
        return Tables(), None
    if sets_apart(tied.name):
        what = f"{quote(tied.name)} tells of what sets leaders apart, and was read as who attends to whom"
        tied.review.note(f"{what}; leave it out if they do not, and never give it as trust")
    kind, each = next((kind, each) for sheet, kind, each in kinds if sheet is tied)
    people, ties = _split(tied, kind, mapping)
    return Tables(ties=ties, says=each.says), people


def _lacks_ends(sheet: Sheet, kind: str, mapping: Mapping) -> bool:
    """Whether a table was given as ties, though no heading says whom it ties."""
    return kind == "ties" and not _mapped(sheet, mapping) and kind_of(sheet) != "ties"


def _kinds(found: list[tuple[Found, str]], mapping: Mapping) -> Kinds:
    """What each sheet is: a file of one sheet may be given as something, those of a workbook tell themselves."""
    kinds, hints = [], []
    for each, hint in found:
        for sheet in each.sheets:
            kinds.append((sheet, _expected(sheet, hint if len(each.sheets) == 1 else "", mapping), each))
            hints.append(hint)
    return _as_given(kinds, hints)


def _tell_unused(tables: Tables, sheets: list[Sheet]) -> None:
    for sheet in sheets:
        used = (tables.leaders or tables.ties or sheet).review
        which = quote(sheet.name) if used is sheet.review else "it"
        sheet.review.note(f"{which} is no table of leaders, ties or groups, and was ignored")
        if used is not sheet.review:
            used.notes.append(sheet.review.notes[-1])
            used.log.append(sheet.review.log[-1])


def _refuse(sheet: Sheet) -> None:
    """Raise RosterError for a table in which nothing tells who the leaders are."""
    names = [heading for heading in sheet.headings if heading]
    remedy = "the first line must name the columns"
    if names:
        says = line_of("leaders", "id", names[0])
        ends = f" or {line_of('ties', 'source', names[0])[:-2]}, target: {names[1]}}}`" if len(names) > 1 else ""
        remedy += f", and it names {listed([quote(each) for each in names], 5)}; {says}{ends} in a mapping file says "
        remedy += "what they are (commonweal roster import)"
    if len(names) == 2:
        remedy += "; if the first line ties two leaders as the others do, put a line source,target above it"
    sheet.review.problem(f"there is no column 'id'; {remedy}", sheet.lines[0] - 1)
    sheet.review.close()


def _expected(sheet: Sheet, hint: str, mapping: Mapping) -> str:
    """The kind of a table as the mapping says, by what it holds, or, where that may be either, as it was given."""
    kind = _mapped(sheet, mapping) or kind_of(sheet)
    if not kind and _has(sheet, mapping, "leaders", "id"):
        kind = "leaders"
    if not hint or kind in SHAPES or sheet.kind:
        return kind
    fits = {"leaders": {"id", "name"}, "groups": {"group"}}.get(hint, set())
    return hint if not kind or fits & candidates(sheet.headings, hint).keys() else kind


def _mapped(sheet: Sheet, mapping: Mapping) -> str:
    """What a table is in which there are the headings of ties that the mapping names."""
    asked = [heading for about in mapping.partners.values() for heading in about]
    if not sheet.kind and asked and {*asked} <= {*sheet.headings}:
        return "partners"
    ends = [_has(sheet, mapping, "ties", end) for end in ("source", "target")]
    return "ties" if all(ends) and not sheet.kind else ""


def _has(sheet: Sheet, mapping: Mapping, kind: str, column: str) -> bool:
    role = mapping.roles[kind].get(column)
    return bool(role and role.headings and {*role.headings} <= {*sheet.headings})


def _as_given(kinds: Kinds, hints: list[str]) -> Kinds:
    """A second table of leaders that was given as ties or groups is meant for these, though columns are missing."""
    leaders = [kind for _, kind, _ in kinds].count("leaders")
    given = []
    for (sheet, kind, each), hint in zip(kinds, hints, strict=True):
        if kind == "leaders" and leaders > 1 and hint in ("ties", "groups") and not sheet.kind:
            kind, leaders = hint, leaders - 1
        given.append((sheet, kind, each))
    return given


def _refuse_ties_twice(found: list[tuple[Found, str]], kinds: Kinds) -> None:
    first = found[0][0]
    within = any(each is first and kind in SHAPES for _, kind, each in kinds)
    for each, hint in found[1:]:
        if within and hint == "ties" and any(other is each and kind in SHAPES for _, kind, other in kinds):
            file = each.review.file
            raise RosterError(f"{file}: the ties are already in {first.review.file}; give one of the two")


def _chosen(kind: str, sheets: list[Sheet], mapping: Mapping) -> Sheet | None:
    """The table that the mapping names, else the first; others are named in a note, with what would choose them."""
    names = [sheet.name for sheet in sheets]
    wanted = mapping.tables.get(kind)
    if wanted is not None and wanted not in names:
        guess = or_known(wanted, names)
        raise RosterError(f"mapping, {kind}: there is no table {quote(wanted)} of {kind}{guess}")
    if not sheets:
        return None
    sheet = sheets[names.index(wanted)] if wanted is not None else sheets[0]
    others = [quote(each.name) for each in sheets if each is not sheet]
    if others and len({*names}) == len(names):
        mapping.tables[kind] = sheet.name
        remedy = f"`{kind}: {{table: {others[0]}}}` in a mapping file reads another (commonweal roster import)"
        sheet.review.note(
            f"of {len(sheets)} tables of {kind}, {quote(sheet.name)} was read, not {listed(others, 5)}; {remedy}"
        )
    elif others:
        sheet.review.note(f"of {len(sheets)} tables of {kind}, the first was read")
    return sheet


def _covered(sheet: Sheet, ties: Sheet | None) -> tuple[int, int]:
    """How many names of ties a table of leaders has, and how many columns it has."""
    if ties is None:
        return 0, len(sheet.headings)
    ends = {cell for row in ties.rows for cell in row[:2]}
    return max(len(ends & {row[at] for row in sheet.rows}) for at in range(len(sheet.headings))), len(sheet.headings)


def _split(sheet: Sheet, kind: str, mapping: Mapping) -> tuple[Sheet | None, Sheet]:
    """The leaders that a table of ties has in it, if any, and its ties as a list."""
    if kind == "matrix":
        return split_matrix(sheet)
    if kind == "two modes":
        return project(sheet)
    if kind == "attendance":
        return split_attendance(sheet)
    if kind == "lists":
        return split_lists(sheet)
    if kind != "partners":
        return None, sheet
    if not mapping.partners:
        mapping.partners = columns_of(partners_of(sheet)[1], sheet)
    if odd := [heading for about in mapping.partners.values() for heading in about if heading not in sheet.headings]:
        guess = or_known(odd[0], sheet.headings)
        raise RosterError(f"mapping, ties: partners: there is no heading {quote(odd[0])}{guess}")
    return split_partners(sheet, mapping, respondent_of(sheet, mapping))
