"""Every case that once failed, and others of its kind, have their right outcome."""

import pytest
from cases import CASES, weighted
from siblings import ties
from test_import_kinds import as_wanted

from commonweal.roster import RosterError


@pytest.mark.parametrize("case", CASES)
def test_case(bring, case):
    files, names, pairs, words = CASES[case]
    as_wanted(bring(**{name.replace(".", "__"): content for name, content in files.items()}), names, pairs, words)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            weighted("trust", "3", "-3"),
            "column trust: 2 cells are not a number from 0 to 1: '3' (line 1), '-3'",
        ),
        (weighted("trust", "0.5", "7"), "column trust: '7' is not a number from 0 to 1"),
        (weighted("Trust (1-4)", "5", "2"), "column trust: '5' is off the scale from 1 to 4; write a number on it"),
    ],
)
def test_numbers_off_a_scale_are_told_as_they_stand(bring, content, sentence):
    with pytest.raises(RosterError) as refused:
        bring(a__graphml=content)
    assert sentence in refused.value.problems[0]


@pytest.mark.parametrize("weights", [("3", "-3"), ("0.5", "7")])
def test_the_scale_that_a_refusal_advises_is_accepted(bring, weights):
    content = weighted("trust", *weights)
    with pytest.raises(RosterError) as refused:
        bring(a__graphml=content)
    advised = refused.value.problems[0].split("`")[1]
    trust = bring(mapping=advised, a__graphml=content).roster.trust
    assert trust.min() >= 0 and trust.max() == 1


@pytest.mark.parametrize("which", [1, 3])
def test_what_a_table_without_known_headings_is_told_to_say_is_accepted(bring, which):
    content = "einer,anderer\nMayor,Clinic\nClinic,Mayor\n"
    with pytest.raises(RosterError) as refused:
        bring(a__csv=content)
    advised = refused.value.problems[0].split("`")[which]
    assert len(bring(mapping=advised, a__csv=content).roster.source) == (0 if which == 1 else 2)


@pytest.mark.parametrize(
    ("heading", "cells", "wanted"),
    [
        ("Trust (1=low, 5=high)", ("3", "1", "2"), (0.5, 0, 0.25)),
        ("Trust (5 = low, 1 = high)", ("3", "1", "2"), (0.5, 1, 0.75)),
        ("Trust (1 = full trust, 4 = none)", ("4", "1", "2"), (0, 1, 2 / 3)),
        ("How much do you trust them? (1 = not at all, 4 = a great deal)", ("4", "1", "2"), (1, 0, 1 / 3)),
        ("trust", ("1 - fully", "5 - not at all", "3 - partly"), (1, 0, 0.5)),
        ("trust", ("1 - not at all", "5 - fully", "3 - partly"), (0, 1, 0.5)),
        ("Trust in per cent", ("50", "10", "20"), (0.5, 0.1, 0.2)),
        ("trust", ("10", "50", "100"), (0.1, 0.5, 1)),
        ("trust_level (0 to 10)", ("10", "5", "0"), (1, 0.5, 0)),
    ],
)
def test_which_end_of_a_scale_is_the_most(bring, heading, cells, wanted):
    trust = bring(a__csv=ties(heading, *cells)).roster.trust
    assert trust == pytest.approx(wanted)


@pytest.mark.parametrize("code", ["99", "-9", "88"])
def test_codes_for_no_answer_are_no_trust(bring, code):
    done = bring(a__csv=ties("trust", "4", code, "1"))
    assert done.roster.trust == pytest.approx((1, float("nan"), 0), nan_ok=True)
    assert any(
        f"trust: 1 cell of {code} read as no answer, beside numbers up to 4" in note for note in done.roster.notes
    )


def test_a_name_may_hold_a_semicolon(bring):
    done = bring(a__csv='id\n"b; c"\na\n', b__csv='Source,Target,Type\na,"b; c",Directed\n')
    assert done.roster.ids == ("b; c", "a") and len(done.roster.source) == 1
