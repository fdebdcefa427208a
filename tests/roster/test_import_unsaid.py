"""What says that there is no answer, in words or by a code, is none: read as not given, named, and asked about."""

# ruff: noqa: E501  (tables of cases)

import numpy as np
import pytest
from numpy.testing import assert_allclose
from test_import_forms import same
from test_import_kinds import ties

from commonweal.roster import Import
from commonweal.roster.unsaid import is_missing

PAIRS = ("a,b", "b,c", "c,a", "a,c", "b,a")
NAN = float("nan")


def rows(heading: str, *cells: object) -> str:
    return f'source,target,type,"{heading}"\n' + "".join(
        f'{pair},directed,"{cell}"\n' for pair, cell in zip(PAIRS, cells, strict=True)
    )


def said(done: Import) -> str:
    return "\n".join(done.roster.notes)


# Heading, the third answer beside 1, 5, 3 and 2, and what is said of it.
CODED = [("trust", code, "read as no answer, beside numbers up to 5") for code in
         ("9", "99", "-9", "999", "8888", "8", "-99", "77", "98", "-1", "9999", "-7")]  # fmt: skip
CODED += [(heading, code, "read as no answer") for heading in
          ("How often do you meet?", "frequency", "weight (1-5)", "Trust (1 = low, 5 = high, 9 = don't know)")
          for code in ("9", "99")]  # fmt: skip
CODED += [("weight", code, "read as no answer") for code in ("99", "888", "-9", "8888")]
CODED += [("trust", word, "without a number") for word in
          ("n/a", "refused", "don't know", "don’t know", "k.A.", "—", "DK", "weiß nicht", "No opinion", "99 - don't know",
           "(9) refused", "[n/a]", "не знаю", "不明", "Refused (99)")]  # fmt: skip


@pytest.mark.parametrize(("heading", "code", "words"), CODED)
def test_an_answer_that_is_none(bring, heading, code, words):
    files = {"a__csv": rows(heading, 1, 5, code, 3, 2)}
    done = bring(**files)
    column = "trust" if "rust" in heading else "strength"
    found = getattr(done.roster, column)
    wanted = [0, 0.5, 0.25, 1, NAN] if column == "trust" else [0.2, 0.6, 0.4, 1, NAN]
    assert_allclose(found, wanted)
    assert words in said(done)
    if done.draft:
        assert same(done.roster, bring(mapping=done.draft, **files).roster)


def test_the_remedy_makes_a_code_a_number(bring):
    files = {"a__csv": rows("trust", 1, 5, 9, 3, 2)}
    note = next(note for note in bring(**files).roster.notes if "read as no answer" in note)
    advised = note.split("`")[1]
    assert advised == "ties: {trust: {column: trust, missing: []}}"
    assert_allclose(bring(mapping=advised, **files).roster.trust, (np.array([1, 3, 2, 5, 9]) - 1) / 9)


def test_a_number_that_may_be_one_is_asked_about(bring):
    """A 9 of counts is a 9, unless it is said."""
    files = {"a__csv": rows("weight", 1, 5, 9, 3, 2)}
    done = bring(**files)
    assert_allclose(done.roster.strength, np.array([1, 3, 2, 5, 9]) / 9)
    note = next(note for note in done.roster.notes if "may be a code for no answer" in note)
    assert_allclose(bring(mapping=note.split("`")[1], **files).roster.strength, [0.2, 0.6, 0.4, 1, NAN])


@pytest.mark.parametrize(
    "answers",
    [
        (1, 5, 10, 9, 2),
        (1, 7, 9, 8, 6),
        (1, 5, 7, 3, 2),
        (0.5, 0.25, 1, 0, 1),
        (12, 55, 99, 130, 88),
        (-2, 2, 1, -1, 0),
    ],
)
def test_numbers_that_are_none(bring, answers):
    done = bring(a__csv=rows("weight" if max(answers) > 10 or min(answers) < 0 else "trust", *answers))
    assert "no answer" not in said(done)


@pytest.mark.parametrize(
    ("heading", "cells", "column", "wanted"),
    [("Reliability", ("1", "4", "99"), "promise_keeping", (0, 1, NAN)), ("Influence", ("3", "4", "9"), "standing", (3, 4, NAN)),
     ("endowment", ("1000", "-9", "500"), "endowment", (1000, NAN, 500)), ("belief", ("0.5", "9", "0.25"), "belief", (0.5, NAN, 0.25)),
     ("seated", ("yes", "no", "refused"), "seated", (1, 0, NAN)), ("seated", ("1", "0", "9"), "seated", (1, 0, NAN)),
     ("On board", ("yes", "no", "n/a"), "seated", (1, 0, NAN)), ("standing", ("1", "4", "99"), "standing", (1, 4, 99)),
     ("endowment", ("1000", "9999", "999"), "endowment", (1000, 9999, 999))],
)  # fmt: skip
def test_leaders(bring, heading, cells, column, wanted):
    done = bring(a__csv=f"id,{heading}\n" + "".join(f"{at},{cell}\n" for at, cell in zip("abc", cells, strict=True)))
    assert_allclose(getattr(done.roster, column), wanted)
    assert ("no answer" in said(done) or "not given" in said(done)) == (
        wanted[2] != wanted[2] or wanted[1] != wanted[1]
    )


def test_names_that_are_none(bring):
    done = bring(a__csv="id,name\n1,n/a\n2,Port\n3,—\n")
    assert done.roster.names == ("1", "Port", "3") and "2 cells of name without one (such as 'n/a')" in said(done)


def test_priorities_of_which_one_is_none(bring):
    done = bring(a__csv="id,priority_a,priority_b\n1,3,4\n2,99,2\n3,5,5\n")
    assert_allclose(done.roster.priorities, [[3 / 7, 4 / 7], [NAN, NAN], [0.5, 0.5]])
    assert "priority_...: 1 row without an answer for each issue read as not given" in said(done)


def test_ends_of_ties_that_are_none(bring):
    ties_of = "source,target,type\na,b,directed\nn/a,c,directed\nb,refused,directed\nc,—,directed\n"
    for files in ({"b__csv": ties_of}, {"a__csv": "id\na\nb\nc\n", "b__csv": ties_of}):
        done = bring(**files)
        assert done.roster.ids == ("a", "b", "c") and ties(done).keys() == {("a", "b")}
        assert "3 rows without a leader at one end ('n/a', 'refused', '—') left out" in said(done)
    named = bring(a__csv="id\na\nNA\n", b__csv="source,target,type\na,NA,directed\n")
    assert ties(named).keys() == {("a", "NA")}


@pytest.mark.parametrize(
    ("content", "words"),
    [(",a,b,c\na,0,3,99\nb,2,0,1\nc,99,1,0\n", "2 cells without an answer read as no tie"),
     (",a,b,c\na,0,3,don't know\nb,2,0,1\nc,refused,1,0\n", "2 cells not known (such as NA) read as none"),
     ("Respondent,How often? [a],How often? [b],How often? [c]\na,,3,99\nb,2,,1\nc,9,1,\n", "2 cells without an answer read as no tie")],
)  # fmt: skip
def test_cells_about_a_partner_that_are_none(bring, content, words):
    done = bring(a__csv=content)
    assert ties(done).keys() == {("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")}
    assert words in said(done)


def test_words_that_are_names():
    assert not any(map(is_missing, ("Port", "Nothing", "7 Seas", "1000.-", "No 5", "R & D", "Don", "None of us")))
