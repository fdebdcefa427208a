"""One name written in several ways: the same where nobody can see a difference or one is clearly meant, else named."""

# ruff: noqa: E501  (tables of cases)

import pytest
from test_import_kinds import ties

from commonweal.roster import Import, RosterError


def said(done: Import) -> str:
    return "\n".join(done.roster.notes)


@pytest.mark.parametrize(
    ("name", "written"),
    [("Mayor", "MAYOR"), ("Mayor ", " Mayor"), ("Old\u00a0Town", "Old Town"), ("Old Town\u00a0", "Old  Town"), ("Mayor\u200b", "\ufeffMayor"),
     ("Cafe\u0301", "Café"), ("Ｍａｙｏｒ", "Mayor"), ("O’Brien", "O'Brien"), ("«Hope» club", "“Hope” club"), ("Old\u2003Town", "Old Town"),
     ("„Hof“", "'Hof'".replace("'", "”")), ("Old\u00adTown", "OldTown"), ("Straße", "STRASSE")],
)  # fmt: skip
def test_who_is_meant(bring, name, written):
    done = bring(a__csv=f"id,name\n1,{name}\n2,Clinic\n", b__csv=f"source,target,type\n{written},Clinic,directed\n")
    assert ties(done).keys() == {("1", "2")}


@pytest.mark.parametrize(
    "other", ["City\u00a0Hall", "City  Hall", "City Hall\u200b", "\u2002City Hall", "City Hall\ufeff"]
)
def test_what_nobody_can_see_makes_no_second_leader(bring, other):
    done = bring(b__csv=f"source,target,type\nCity Hall,Clinic,directed\n{other},Park,directed\n")
    assert ties(done).keys() == {("City Hall", "Clinic"), ("City Hall", "Park")}


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [("City Hall", "CITY HALL", "differ only in capitals"), ("Old-Town", "Old–Town", "differ only in"), ("The City Hall", "City Hall", "may be one"),
     ("Parks & Rec", "Parks and Rec", "may be one"), ("St. Mary", "St Mary", "may be one"), ("Acme Ltd.", "Acme", "may be one"),
     ("Die Tafel", "Tafel", "may be one"), ("Women's Aid", "Women Aid", "may be one"), ("Town Hall", "Town Hill", "")],
)  # fmt: skip
def test_what_may_be_one_is_named_and_kept_apart(bring, one, other, words):
    for files in ({"b__csv": f"source,target,type\n{one},Clinic,directed\n{other},Park,directed\n"},
                  {"a__csv": f"id,name\n1,{one}\n2,{other}\n3,Clinic\n"}):  # fmt: skip
        done = bring(**files)
        assert {one, other} <= {*done.roster.names}
        told = [f"{first!r} and {second!r} {words}" in said(done) for first, second in ((one, other), (other, one))]
        assert any(told) if words else "may be one" not in said(done)


def test_one_name_for_several_leaders_is_named(bring):
    done = bring(a__csv="id,name\n1,Mayor\n2,Mayor\n3,Clinic\n")
    assert "the leaders '1', '2' are all called 'Mayor', and were read as 2; delete all rows but one" in said(done)
    with pytest.raises(RosterError, match=r"'Mayor' is already in line 2"):
        bring(a__csv="name,sector\nMayor,x\nMayor,y\nClinic,z\n")
