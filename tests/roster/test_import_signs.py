"""Ties of what sets leaders apart never become ties like others: they are left out, or without trust, and named."""

# ruff: noqa: E501  (files as programs write them)

import json

import pytest
from forms import rows_of, workbook
from test_import_forms import same
from test_import_kinds import ties

from commonweal.roster import Import

XML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="r" for="edge" attr.name="{}"/>'
    '<graph edgedefault="directed"><node id="a"/><node id="b"/><node id="c"/><edge source="a" target="b"><data key="r">{}'
    '</data></edge><edge source="b" target="c"><data key="r">{}</data></edge></graph></graphml>'
)
GML = 'graph [ directed 1 node [ id 0 label "a" ] node [ id 1 label "b" ] node [ id 2 label "c" ] {} ]'
EDGES = "edge [ source 0 target 1 {0} {1} ] edge [ source 1 target 2 {0} {2} ]"
GEXF = (
    '<gexf><graph defaultedgetype="directed"><attributes class="edge"><attribute id="0" title="relation"/></attributes><nodes>'
    '<node id="a"/><node id="b"/><node id="c"/></nodes><edges><edge source="a" target="b"><attvalues><attvalue for="0" '
    'value="rivalry"/></attvalues></edge><edge source="b" target="c"/></edges></graph></gexf>'
)


def table(heading: str, *cells: str) -> dict[str, str | bytes]:
    return {
        "a.csv": rows_of(
            [["source", "target", "type", heading], ["a", "b", "directed", cells[0]], ["b", "c", "directed", cells[1]]]
        )
    }


NODES = [{"id": "a"}, {"id": "b"}, {"id": "c"}]
LINKS = [{"source": "a", "target": "b", "sign": -1}, {"source": "b", "target": "c", "sign": 1}]

# In each a > b is of what sets leaders apart, b > c a tie.
SIGNS: dict[str, dict[str, str | bytes]] = {
    f"{heading}: {apart} and {tie or 'nothing'}": table(heading, apart, tie)
    for heading, apart, tie in (
        ("sign", "-", "+"), ("sign", "-1", "1"), ("Sign", "negative", "positive"), ("sign", "\u2212", "+"), ("sign", "neg", "pos"),
        ("valence", "-0.5", "0.8"), ("polarity", "–", "+"), ("relation", "conflict", "cooperation"), ("valence", "n", "p"),
        ("Kind", "enemy", "ally"), ("Relationship", "Competitor", "Partner"), ("label", "rival", "friend"), ("Tie type", "competes with", "funds"),
        ("tags", "advice, conflict", "advice"), ("Beziehung", "Konflikt", "Zusammenarbeit"), ("relation", "ennemi", "ami"),
        ("Relación", "conflicto", "colaboración"), ("Отношение", "конфликт", "сотрудничество"), ("关系", "冲突", "合作"),
        ("conflict", "yes", "no"), ("conflict", "1", "0"), ("In conflict?", "x", ""), ("hostile", "TRUE", "FALSE"), ("negative", "1", ""),
        ("positive", "no", "yes"), ("weight", "-1", "1"), ("strength", "-2", "2"), ("weight", "-1,5", "2,5"), ("change", "-1", "1"),
        ("Stance", "opposes", "supports"), ("Quality", "bad", "good"), ("Type of tie", "Adversarial", "Supportive"),
    )
} | {
    "Type of Kumu, beside Direction": {"a.csv": "From,To,Direction,Type\na,b,directed,Conflict\nb,c,directed,Support\n"},
    "Type that is no direction": {"a.csv": "id\na\nb\nc\n", "b.csv": "Source,Target,Type\na,b,enemy\nb,c,ally\n"},
    "GML with -1": {"a.gml": GML.format(EDGES.format("sign", -1, 1))},
    "GML with signs": {"a.gml": GML.format(EDGES.format("sign", '"-"', '"+"'))},
    "GML with weights": {"a.gml": GML.format(EDGES.format("weight", -2.5, 1))},
    "GraphML with a relation": {"a.graphml": XML.format("relation", "conflict", "cooperation")},
    "GraphML with a sign": {"a.graphml": XML.format("sign", "-1", "1")},
    "GEXF": {"a.gexf": GEXF},
    "Pajek": {"a.net": '*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Arcs\n1 2 -1\n2 3 1\n'},
    "DL": {"a.dl": "dl n=3\nlabels:\na,b,c\ndata:\n0 -1 0\n0 0 1\n0 0 0\n"},
    "JSON": {"a.json": json.dumps({"directed": True, "nodes": NODES, "links": LINKS})},
    "a matrix of numbers": {"a.csv": ",a,b,c\na,0,-1,0\nb,0,0,1\nc,0,0,0\n"},
    "a matrix of signs": {"a.csv": ",a,b,c\na,,-,\nb,,,+\nc,,,\n"},
    "blanks and signs": {"a.txt": "a b -\nb c +\n"},
    "blanks and numbers": {"a.txt": "a b -1\nb c 1\n"},
    "a workbook": {"a.xlsx": workbook({"Links": [["From", "To", "Type", "Relation"], ["a", "b", "one-way", "dispute"], ["b", "c", "one-way", "help"]]})},
}  # fmt: skip


def said(done: Import) -> str:
    return "\n".join(done.roster.notes)


@pytest.mark.parametrize("case", SIGNS)
def test_left_out_and_named_or_kept_without_trust(bring, case):
    files = {name.replace(".", "__"): content for name, content in SIGNS[case].items()}
    done = bring(**files)
    assert set(done.roster.ids) == {*"abc"}
    assert {frozenset(pair) for pair in ties(done)} == {frozenset("bc")}
    assert "1 row of what sets leaders apart" in said(done) and "left out" in said(done) and "a - b (line" in said(done)
    assert done.draft and "negative: left out" in done.draft
    again = bring(mapping=done.draft, **files)
    assert same(done.roster, again.roster) and again.draft in (None, done.draft)
    kept = bring(mapping="ties: {negative: no trust}", **files).roster
    trust = {
        (kept.ids[i], kept.ids[j]): float(trust)
        for i, j, trust in zip(kept.source, kept.target, kept.trust, strict=True)
    }
    assert trust["a", "b"] == 0 and trust["b", "c"] != 0
    assert all(strength > 0 or strength != strength for strength in kept.strength)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [("relation", ("conflict resolution", "funding")), ("relation", ("no conflict", "funding")), ("notes", ("we had a long dispute in 2019 "
      "but meet again", "")), ("relation", ("not hostile", "")), ("conflict", ("no", "no")), ("sign", ("+", "+")), ("type", ("undirected", "")),
     ("Kind", ("conflict mediation", "advice")), ("x", ("-3.2", "4.1")), ("sign", ("1", "1"))],
)  # fmt: skip
def test_other_answers_leave_ties_as_they_are(bring, heading, cells):
    done = bring(a__csv=rows_of([["source", "target", heading], ["a", "b", cells[0]], ["b", "c", cells[1]]]))
    assert {frozenset(pair) for pair in ties(done)} == {frozenset("ab"), frozenset("bc")}
    assert "sets leaders apart" not in said(done)


def test_a_tie_is_not_mirrored_against_what_sets_apart(bring):
    done = bring(a__csv="source,target,sign\na,b,-1\nb,a,1\nb,c,1\n")
    assert ties(done).keys() == {("b", "a"), ("b", "c"), ("c", "b")}
    assert "1 tie kept, though another row says that its leaders are set apart" in said(done)


def test_a_column_of_signs_can_be_left_alone(bring):
    files = {"a__csv": "source,target,type,kind\na,b,directed,rival\nb,c,directed,ally\n"}
    note = said(bring(**files))
    assert "`ties: {sign: null}` as ties like the others" in note
    assert ties(bring(mapping="ties: {sign: null}", **files)).keys() == {("a", "b"), ("b", "c")}
    words = "ties: {sign: {column: kind, words: {ally: -1}}}"
    assert ties(bring(mapping=words, **files)).keys() == {("a", "b")}


def test_lists_of_those_one_is_in_conflict_with_are_no_partners(bring):
    done = bring(a__csv="Name,Works with,In conflict with\na,b; c,\nb,a,c\nc,a,b\n")
    assert ties(done).keys() == {("a", "b"), ("a", "c"), ("b", "a"), ("c", "a")}
    assert "'In conflict with'" in said(done)


def test_a_mapping_says_one_of_two_things(bring):
    from commonweal.roster import RosterError

    with pytest.raises(RosterError, match="ties: negative is 'kept'; write left out or no trust"):
        bring(mapping="ties: {negative: kept}", a__csv="source,target,sign\na,b,-1\n")
