"""What is no roster is refused in a sentence that says what would be right, and nothing of it is carried out."""

import os
import zipfile
from io import BytesIO

import pytest
from forms import workbook

from commonweal.roster import RosterError, import_files
from commonweal.roster.from_workbook import UNPACKED_LIMIT


def zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def edited(**parts: bytes) -> bytes:
    """A workbook with some of its parts replaced."""
    with zipfile.ZipFile(BytesIO(workbook({"leaders": [["id"], ["a"], ["b"]], "ties": [["x"], ["y"]]}))) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    twice = {"xl/workbook.xml": old["xl/workbook.xml"].replace(b'name="ties"', b'name="leaders"')}
    new = parts or twice
    return zipped(
        old
        | {
            name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): content
            for name, content in new.items()
        }
    )


BOMB = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
REFUSED = {
    "wide.csv": (b",".join([b"c"] * 20_000) + b"\n", "it has 20,000 columns, and a table has 16,384 at most"),
    "matrix.csv": (b",a,b,c\na,0,1,1\nb,1,0,1\n", "it is a matrix that is not square: 'c' has a column but no row"),
    "twice.csv": (b",a,b,b\na,0,1,1\nb,1,0,1\nb,1,0,1\n", "it is a matrix in which 'b' stands twice"),
    "bomb.xlsx": (zipped({"xl/workbook.xml": b"0" * (UNPACKED_LIMIT + 1)}), "unpacked it is over 128 MiB"),
    "entities.xlsx": (edited(xl__workbook_xml=BOMB + b"<workbook/>"), "a document type or entities"),
    "names.xlsx": (edited(), "two sheets are called 'leaders'; give each a name of its own"),
    "damaged.xlsx": (edited(xl__workbook_xml=b"<workbook>"), "the workbook is damaged"),
    "bomb.graphml": (BOMB + b"<graphml/>", "a document type or entities"),
    "bomb.gexf": (BOMB + b"<gexf/>", "a document type or entities"),
    "deep.graphml": (b"<graphml>" + b"<a>" * 200 + b"</a>" * 200 + b"</graphml>", "nested 100 deep"),
    "moving.gexf": (
        b'<gexf><graph mode="dynamic"><nodes><node id="1"><attvalues><attvalue for="0" value="1" end="1"/>'
        b'<attvalue for="0" value="2" start="1"/></attvalues></node></nodes></graph></gexf>',
        "with values that change over time; export one moment of it"),
    "layers.graphml": (b"<graphml><graph/><graph/></graphml>", "line 1: a second graph begins; keep one graph"),
    "hidden.xlsx": (
        edited(xl__worksheets__sheet1_bin=BOMB), "a document type or entities"),  # of a name that openpyxl would follow
    "page.html": (b"<html></html>", "it is a web page; open it in a spreadsheet and save it as .xlsx or CSV"),
    "net.xgmml": (b'<graph label="x"/>', "it is XGMML; export it as GraphML"),
    "net.cx": (b'[{"CXVersion": "2.0"}]', "this is CX, which is not read"),
    "pairs.json": (b'[["a", "b"]]', "it is JSON without a list of nodes or links"),
    "number.json": (b"5", "it is JSON without a list of nodes or links"),
    "script.json": (b"var x = {};", "it begins as JSON but is not"),
    "arcs.net": (b"*Arcs\n1 2\n", "there are no *Vertices in it"),
    "word.gml": (b"node [ id 1 ]", "there is no graph in it"),
    "two.gexf": (b"<gexf><graph/><graph/></gexf>", "line 1: a second graph begins; keep one"),
    "spans.gexf": (
        b'<gexf><graph><nodes><node id="1"><attvalues><attvalue for="0" value="&lt;[1,2,0]; [2,3,1]&gt;"/></attvalues>'
        b"</node></nodes></graph></gexf>", "with values that change over time"),
    "twice.graphml": (
        b'<graphml><key id="k" for="node" attr.name="name"/><key id="k" for="node" attr.name="sector"/></graphml>',
        "the key 'k' is declared twice for one kind of element; give each its own id"),
    "twice.dl": (b"dl n=2\nlabels:\na,a\ndata:\n0 1\n1 0\n", "column id: 'a' is there twice; give each row its own"),
    "count.dl": (b"dl n=2 format=nodelist1b\ndata:\n2 2\n0\n", "line 3: '2' is not how many follow it"),
    "layers.xml": (b"<Metamatrix/>", "it is XML but not GraphML"),
    "open.gml": (b'graph [ node [ id 1 label "x" ]', "it ends before its last bracket closes"),
    "quote.gml": (b'graph [ node [ id 1 label "x ] ]', "a text in quotes is not closed"),
    "list.json": (b'{"a": 1}', "JSON without a list of nodes or links"),
    "bad.json": (b'{"nodes": [', "it begins as JSON but is not"),
    "ragged.net": (b"*Vertices 2\n*Matrix\n0 1\n0\n", "line 4: 1 cell in a row of a matrix of 2 vertices"),
    "none.net": (b"*Vertices many\n", "*Vertices needs the number of vertices"),
    "short.dl": (b"dl n=3\ndata:\n0 1 1\n1 0\n", "its data end before its last row is full"),
    "long.dl": (b"dl n=2\ndata:\n0 1\n1 0\n1 1\n", "2 values more than its rows and columns hold"),
    "form.dl": (b"dl n=2 format=cube\ndata:\n0 1\n1 0\n", "its format is 'cube'"),
    "number.dl": (b"dl n=2 format=edgelist1\ndata:\n1 7\n", "'7' is no label, and no number up to 2"),
    "nothing.csv": (b"a,b\n1,2\n3,4\n", "no column 'id'; the first line must name the columns, and it names 'a', 'b'"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(refusal, name):
    content, words = REFUSED[name]
    assert words in (said := refusal(name, content)) and said.startswith(name)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(RosterError, match="is a folder; name the file inside it"):
        import_files([tmp_path])


def test_macros_and_links_are_left_alone(bring):
    page = workbook({"leaders": [["id", "name"], ["a", '=HYPERLINK("http://x.org","y")'], ["b", "Dock"]]})
    done = bring(town__xlsm=page)
    assert done.roster.names == ("a", "Dock")
    assert any("its macros were ignored" in note for note in done.roster.notes)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RosterError, match="is not a plain file"):
        import_files([tmp_path / "pipe"])


MAPPINGS = {
    "ties: [": "is not YAML",
    "- a": "it must hold leaders:, ties: or groups:",
    "a: &x [1]\nb: *x": "it repeats values by",
    "people: {}": "there is no 'people' in a mapping; known are directed, encoding, units, leaders, ties, groups",
    "leaders: {nam: Label}": "there is no column 'nam'; did you mean name?",
    "leaders: {name: Lable}": "mapping, leaders: name: there is no heading 'Lable'; did you mean 'Label'?",
    "leaders: {name: Qqqq}": "there is no heading 'Qqqq'; there are 'id', 'Label'",
    "leaders: {endowment: {column: Label, scale: [1, 1]}}": "its numbers or lists cannot be used; write, for example",
    "leaders: {endowment: {colum: Label}}": "'colum' is not known; known are column, mean, scale",
    "leaders: {endowment: !!python/object/apply:os.system [ls]}": "is not YAML",
    "directed: perhaps": "directed is 'perhaps'; write true or false",
    "leaders: {table: other}": "mapping, leaders: there is no table 'other' of leaders",
}


@pytest.mark.parametrize("text", MAPPINGS)
def test_a_mapping_is_refused(bring, text):
    with pytest.raises(RosterError) as refused:
        bring(mapping=text, leaders__csv="id,Label\na,A\nb,B\n")
    assert MAPPINGS[text] in refused.value.problems[0]


def test_a_hundred_thousand_leaders_in_a_workbook(bring):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("leaders")
    page.append(["id", "name"])
    for at in range(100_000):
        page.append([at, f"Name {at}"])
    file = BytesIO()
    book.save(file)
    assert len(bring(town__xlsx=file.getvalue()).roster.ids) == 100_000


def test_pairs_without_headings_in_which_nobody_comes_twice(bring):
    """They may be leaders with anything; the remedy keeps the first row."""
    with pytest.raises(RosterError, match=r"ties two leaders as the others do, put a line source,target above it"):
        bring(pairs__csv="Port,Dock\nInn,Bay\nMill,Farm\n")
    assert len(bring(pairs__csv="source,target\nPort,Dock\nInn,Bay\nMill,Farm\n").roster.ids) == 6
