"""Every case that once failed, and others of its kind, have their right outcome."""

import pytest
from cases import CASES, weighted
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
        (weighted("weight", "-1", "2"), "column strength: '-1' is not a number of 0 or more; delete such rows"),
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
