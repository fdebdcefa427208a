"""Numbers, headings and answers as people write them: read, and told in a line each."""

from io import BytesIO

import numpy as np
import openpyxl
import pytest
from forms import workbook
from numpy.testing import assert_array_equal

from commonweal.roster import RosterError, import_files

TWO = "id,{}\na,{}\nb,{}\n"


@pytest.mark.parametrize(
    ("heading", "cells", "wanted", "words"),
    [
        ("endowment", ('"1,5"', "2"), (1.5, 2), "with a decimal comma"),
        ("endowment", ('"1,500"', "20"), (1500, 20), "'1,500' is 1500"),
        ("endowment", ('"1.234,5"', "7"), (1234.5, 7), "with a decimal comma"),
        ("endowment", ("€ 1 200", "€300.50"), (1200, 300.5), "2 numbers of endowment"),
        ("endowment", ("1'000", "EUR 20"), (1000, 20), "other signs left out"),
        ("endowment", ("N/A", "20"), (np.nan, 20), "1 cell of endowment without a number (such as NA)"),
        ("endowment", ("10k", "1.5m"), (10_000, 1_500_000), "'10k' is 10000.0"),
        ("endowment", ('"€2,5 Mio"', '"800"'), (2_500_000, 800), "'€2,5 Mio' is 2500000.0"),
        ("endowment", ('"1,234.50"', '"2.345,50"'), (1234.5, 2345.5), "each cell by itself"),
        ("endowment", ('"€1,200,000"', "€24.50"), (1_200_000, 24.5), "with a decimal point"),
        ("endowment", ("1200 kr", "800 kr."), (1200, 800), "'1200 kr' is 1200"),
        ("endowment", ("1000.-", '"500,--"'), (1000, 500), "'1000.-' is 1000"),
        ("endowment", ('"₹1,20,000"', "₹500"), (120_000, 500), "'₹1,20,000' is 120000"),
        ("endowment", ('"R$ 1.200,00"', '"R$ 300,00"'), (1200, 300), "'R$ 1.200,00' is 1200.00"),
        ("endowment", ("CHF 12'000", "tbc"), (12_000, np.nan), "1 cell of endowment without a number"),
        (
            "endowment",
            ("1.000", "2.500"),
            (1, 2.5),
            "2 amounts such as 1.000 read with a decimal point; write them without",
        ),
        ("belief", ("50%", "0.25"), (0.5, 0.25), "'50%' is 0.5"),
        ("belief", ('"0,500"', "0"), (0.5, 0), "with a decimal comma"),
        ("Annual budget", ("12000", "1200"), (1000, 100), "a sum for a year, and turned into one for a month"),
        ("Weekly income", ("12", "24"), (52, 104), "a sum for a week"),
        ("quarterly budget", ("300", "900"), (100, 300), "a sum for a quarter"),
        ("Budget 2023", ("1200", "2400"), (100, 200), "a sum for a year"),
        ("Budget per month (kEUR)", ("1.5", "2"), (1500, 2000), "read in thousands"),
        ("Budget", ("15", "20"), (15, 20), "'Budget' names no period, and was read as a sum for a month"),
        ("Reliability", ("1", "5"), None, "promise_keeping: answers read on a scale from 1 (as 0) to 5 (as 1)"),
    ],
)
def test_numbers(bring, heading, cells, wanted, words):
    done = bring(leaders__csv=TWO.format(heading, *cells))
    assert any(words in note for note in done.roster.notes), done.roster.notes
    if wanted:
        column = "belief" if heading == "belief" else "endowment"
        np.testing.assert_allclose(getattr(done.roster, column), wanted)


@pytest.mark.parametrize("cells", [('"€1,200,000"', "€24.000"), ('"1,234.50"', '"1.234,50"', "24.000")])
def test_a_cell_of_which_the_sign_cannot_be_told_is_named(bring, cells):
    """Others of its column have both signs between thousands, or each its own."""
    rows = "".join(f"{name},{cell}\n" for name, cell in zip("abc", cells, strict=False))
    with pytest.raises(RosterError, match=r"24\.000' is a number or a thousand times it.* without signs") as refused:
        bring(leaders__csv=f"id,endowment\n{rows}")
    assert f"line {len(cells) + 1}, column endowment" in str(refused.value)
    plain = [cell.replace("24.000", "24000") for cell in cells]
    rows = "".join(f"{name},{cell}\n" for name, cell in zip("abc", plain, strict=False))
    assert bring(leaders__csv=f"id,endowment\n{rows}").roster.endowment[-1] == 24000


@pytest.mark.parametrize(
    ("heading", "cells", "wanted"),
    [
        ("Budget", ('"1,200/yr"', "100 per month"), (100, 100)),
        ("Budget", ("€12k pro Jahr", "€600 p.a."), (1000, 50)),
        ("Budget", ("12 a week", "12 weekly"), (52, 52)),
        ("endowment", ("1200 yearly", "100"), (100, 100)),
        ("Annual budget", ("1200 per year", "100 per month"), (100, 100)),
    ],
)
def test_a_cell_says_for_which_period_it_is(bring, heading, cells, wanted):
    files = {"leaders__csv": TWO.format(heading, *cells)}
    done = bring(**files)
    np.testing.assert_allclose(done.roster.endowment, wanted)
    notes = "\n".join(done.roster.notes)
    assert "as its cell says, turned into one for a month" in notes and "names no period" not in notes
    if done.draft:
        np.testing.assert_allclose(bring(mapping=done.draft, **files).roster.endowment, wanted)


def test_a_share_is_no_amount(bring):
    with pytest.raises(RosterError, match="'50%' is not a number"):
        bring(leaders__csv="id,endowment\na,50%\nb,1000\n")


def test_three_decimals_are_decimals_where_no_cell_has_thousands(bring):
    assert_array_equal(bring(leaders__csv="id,endowment\na,24.125\nb,1200.5\n").roster.endowment, [24.125, 1200.5])


@pytest.mark.parametrize(
    ("column", "cells", "wanted"),
    [
        ("trust", ("strongly agree", "Disagree", "neutral"), (1, 0.25, 0.5)),
        ("trust", ("somewhat agree", "agree", "strongly disagree"), (4 / 6, 5 / 6, 0)),
        ("trust", ("high", "low", "medium"), (1, 0, 0.5)),
        ("trust", ("very high", "low", "Medium"), (1, 0.25, 0.5)),
        ("trust", ("often", "never", "daily"), (0.8, 0, 1)),
        ("trust", ("not at all", "a lot", "completely"), (0, 0.75, 1)),
        ("strength", ("high", "low", "medium"), (1, 1 / 3, 2 / 3)),
        ("strength", ("weak", "strong", "weak"), (1 / 3, 1, 1 / 3)),
    ],
)
def test_answers_in_words_of_a_known_scale(bring, column, cells, wanted):
    rows = "".join(f"{pair},{cell}\n" for pair, cell in zip(("a,b", "b,c", "c,a"), cells, strict=True))
    files = {"ties__csv": f"source,target,{column},type\n" + rows.replace("\n", ",directed\n")}
    done = bring(**files)
    np.testing.assert_allclose(getattr(done.roster, column), wanted)
    assert any(f"{column}: answers in words read as" in note for note in done.roster.notes)
    assert done.draft and "words:" in done.draft
    np.testing.assert_allclose(getattr(bring(mapping=done.draft, **files).roster, column), wanted)


def test_answers_in_words_about_leaders(bring):
    done = bring(leaders__csv="id,Reliability\na,high\nb,low\nc,\n")
    assert_array_equal(done.roster.promise_keeping, [1, 0, np.nan])
    assert done.draft and "words:" in done.draft


@pytest.mark.parametrize("cells", [("high", "agree"), ("strongly agree", "often")])
def test_words_of_two_scales_are_not_guessed_at(bring, cells):
    with pytest.raises(RosterError, match="2 cells are not a number"):
        bring(ties__csv=f"source,target,trust\na,b,{cells[0]}\nb,c,{cells[1]}\n")


def test_points_are_thousands_where_the_sheet_is_of_the_continent(bring):
    done = bring(leaders__csv="id;endowment;belief\na;1.500;0,5\nb;2.000;1\n")
    assert_array_equal(done.roster.endowment, [1500, 2000])
    assert_array_equal(done.roster.belief, [0.5, 1])


def test_headings_in_the_words_of_people(bring):
    done = bring(town__csv="Organisation,Type,Area served,On steering group?,Annual budget (EUR),Staff hours,Notes\n"
                 "Clinic,health,Hill,yes,12000,30,x\nPort,trade,Dale,No,24000,8,\n")  # fmt: skip
    roster = done.roster
    assert (
        roster.ids == ("Clinic", "Port") and roster.sectors == ("health", "trade") and roster.groups == ("Dale", "Hill")
    )
    assert_array_equal(roster.seated, [1, 0])
    assert_array_equal(roster.endowment, [1000, 2000])
    notes = "\n".join(roster.notes)
    assert "'Staff hours' is no money; `leaders: {endowment: {column: Staff hours, times: 6.25}}`" in notes
    assert "these columns were ignored: 'Staff hours', 'Notes'" in notes
    assert done.draft and "sector: Type" in done.draft


def test_what_a_note_advises_is_accepted(bring):
    """Word for word, as a mapping: hours are worth money, and distrust is turned round."""
    files = {
        "leaders__csv": "id,Staff hours\na,30\nb,8\n",
        "ties__csv": "source,target,distrust\na,b,0.9\nb,a,0.25\n",
    }
    done = bring(**files)
    assert np.isnan(done.roster.trust).all()
    advised = [note.split("`")[1] for note in done.roster.notes if "`" in note]
    assert len(advised) == 2
    again = bring(mapping="\n".join(advised), **files).roster
    assert_array_equal(again.endowment, [187.5, 50])
    np.testing.assert_allclose(again.trust, [0.1, 0.75])


@pytest.mark.parametrize(
    ("heading", "cell", "wanted"), [("Hours per week", 3, 81.25), ("FTE", 0.5, 500), ("days a month", 2, 100)]
)
def test_what_time_is_worth_is_told_by_its_unit(bring, heading, cell, wanted):
    table = f"id,{heading}\na,{cell}\nb,1\n"
    (advice,) = [note.split("`")[1] for note in bring(leaders__csv=table).roster.notes if "`" in note]
    np.testing.assert_allclose(bring(mapping=advice, leaders__csv=table).roster.endowment[0], wanted, rtol=1e-4)


@pytest.mark.parametrize("heading", ["distrust", "Mistrust", "un-trust", "lack of trust", "no trust"])
def test_the_opposite_of_trust_is_never_trust(bring, heading):
    done = bring(ties__csv=f"source,target,{heading}\na,b,5\nb,a,1\n")
    assert np.isnan(done.roster.trust).all()
    (advice,) = [note.split("`")[1] for note in done.roster.notes if "is the opposite of trust" in note]
    again = bring(mapping=advice, ties__csv=f"source,target,{heading}\na,b,5\nb,a,1\n").roster
    assert_array_equal(again.trust, [0, 1])


def test_weights_off_the_scale_are_divided_by_the_largest(bring):
    done = bring(ties__csv="source,target,weight,trust\na,b,5,4\nb,c,2,1\n")
    assert_array_equal(done.roster.strength, [1, 1, 0.4, 0.4])
    assert_array_equal(done.roster.trust, [1, 1, 0, 0])
    notes = "\n".join(done.roster.notes)
    assert "'weight' runs from 2 to 5, and was divided by 5" in notes
    assert "trust: answers read on a scale from 1 (as 0) to 4 (as 1)" in notes


def test_nothing_and_repetition_are_counted(bring):
    rows = "a,a,0.5\nb,b,1\na,b,0.5\na,b,0.75\nb,c,0\nc,b,0.25\n"
    done = bring(leaders__csv="id\na\nb\nc\n", ties__csv="source,target,strength\n" + rows)
    assert_array_equal(done.roster.strength, [0.75, 0.75, 0.25, 0.25])
    notes = "\n".join(done.roster.notes)
    for words in (
        "2 rows tying a leader to itself left out",
        "1 row of strength 0 left out",
        "1 row repeating a tie merged with it; the largest strength and trust of each pair were kept",
        "2 rows mirrored",
    ):
        assert words in notes


def test_ends_may_be_names_and_numbers_written_otherwise(bring):
    done = bring(leaders__csv="id,name\n7,Port\n8,Dock\n010,Inn\n", ties__csv="source,target\nPort,8.0\n007,10\n")
    assert [(int(i), int(j)) for i, j in zip(done.roster.source, done.roster.target, strict=True)] == [
        (0, 1), (0, 2), (1, 0), (2, 0),
    ]  # fmt: skip
    notes = "\n".join(done.roster.notes)
    assert "1 end of ties given by name: 'Port' is the name of leader '7'" in notes
    assert "3 ends of ties given by the same number written otherwise: '007' is leader '7'" in notes


def test_ids_that_are_the_same_number_are_named(bring):
    notes = bring(leaders__csv="id\n1\n1.0\n2\n").roster.notes
    assert "leaders.csv: the ids '1' and '1.0' are the same number, and were read as 2 leaders" in notes


def test_a_name_that_two_leaders_have_is_nobodys_id(bring):
    with pytest.raises(
        RosterError, match="'Port' is the name of several leaders; write the id of the one who is meant"
    ):
        bring(leaders__csv="id,name\n1,Port\n2,Port\n", ties__csv="source,target\nPort,2\n")


MIRRORED = "ties.csv: 1 row mirrored: they count both ways"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("a,b\n", f"{MIRRORED}, since nothing says that they count one way; if they do, say --directed"),
        ("a,b\nb,a\nb,c\n", f"{MIRRORED}, though 2 others are listed in both directions"),
        ("a,b\nb,a\n", ""),
    ],
)
def test_rows_that_are_mirrored_are_counted(read, rows, words):
    notes = "\n".join(read("id\na\nb\nc\n", f"source,target\n{rows}").notes)
    assert words in notes and (bool(words) == ("community.directed=true" in notes))


@pytest.mark.parametrize(
    ("heading", "cells", "count"),
    [("Type", "Directed Undirected", 3), ("Direction", "directed mutual", 3), ("directed", "true false", 3),
     ("type", "friend ally", 4)],
)  # fmt: skip
def test_a_column_may_say_which_way_a_tie_goes(bring, heading, cells, count):
    one, other = cells.split()
    done = bring(ties__csv=f"source,target,{heading}\na,b,{one}\nb,c,{other}\n")
    assert len(done.roster.source) == count
    assert ("mirrored" in "\n".join(done.roster.notes)) == (count == 4)


def test_a_type_that_is_no_direction_is_named(bring):
    done = bring(ties__csv="From,To,Type\na,b,works with\nb,c,funds\n")
    assert "ties.csv: these columns were ignored: 'Type'" in done.roster.notes


def test_gaps_in_a_matrix_are_counted(bring):
    done = bring(matrix__csv=",a,b\na,,NA\nb,1,\n")
    assert "1 cell with a tie, 1 cell not known (such as NA) read as none" in done.roster.notes[0]


def test_a_matrix_may_have_sums_and_tell_of_leaders(bring):
    roster = bring(matrix__csv="Name,Sector,a,b,Total\na,trade,0,1,1\nb,health,1,0,1\nTotal,,1,1,2\n").roster
    assert roster.ids == ("a", "b") and roster.sectors == ("health", "trade") and len(roster.source) == 2
    assert "its rows and columns of sums were left out" in roster.notes[0]


def test_codes_of_a_survey_are_read_by_a_mapping(bring):
    """As a survey tool exports them, without a word of the questions; a scale is kept, and 0 is off it."""
    answers = "leaders: {id: Q1}\nties:\n  trust: {scale: [1, 5]}\n  partners: {trust: {Q2_1: Port, Q2_2: Dock}}\n"
    done = bring(mapping=answers, survey__csv="Q1,Q2_1,Q2_2\nPort,,3\nDock,1,\n")
    assert_array_equal(done.roster.trust, [0.5, 0])
    with pytest.raises(RosterError, match="column trust: '0' is off the scale from 1 to 5"):
        bring(mapping=answers, survey__csv="Q1,Q2_1,Q2_2\nPort,,3\nDock,0,\n")


def test_three_items_in_columns_about_partners_are_their_mean(bring):
    heads = ",".join(f"{item}: {name}" for item in ("Frequency", "Openness", "Reliability", "Mission") for name in "ab")
    roster = bring(survey__csv=f"Organisation,{heads}\na,,3,,4,,2,,4\nb,4,,1,,1,,2,\n").roster
    np.testing.assert_allclose(roster.trust, [7 / 9, 1 / 9])
    np.testing.assert_allclose(roster.strength, [0.75, 1])


def test_columns_that_are_none(bring):
    done = bring(leaders__csv=",id,name,,\n0,x,Port,,\n1,y,Dock,,\n")
    assert done.roster.names == ("Port", "Dock")
    assert "its first column only numbers the rows" in done.roster.notes[0]
    done = bring(leaders__csv="id,name,\nx,Port,5\ny,Dock,\n")
    assert "these columns were ignored: a column without heading" in done.roster.notes[0]


def test_a_title_above_the_headings(bring):
    done = bring(leaders__csv="Our members in 2024,,\n,,\nid,name,sector\nx,Port,trade\ny,Dock,trade\n")
    assert done.roster.names == ("Port", "Dock")
    assert "1 row above the headings ignored: 'Our members in 2024'" in done.roster.notes[0]


def test_excel_says_which_separator(bring):
    assert bring(leaders__csv="sep=;\nid;name\na;Low, Ann\nb;Bo\n").roster.names == ("Low, Ann", "Bo")


def test_a_workbook_keeps_values_and_nothing_else(bring):
    book = openpyxl.load_workbook(BytesIO(workbook({"leaders": [
        ["id", "sector", "seated", "endowment", "standing"], [7, "trade", True, 1200.0, "=1+1"],
        [8, None, False, 1.5, None], ["9", "health", None, None, 2]]})))  # fmt: skip
    book["leaders"].merge_cells("B2:B3")
    file = BytesIO()
    book.save(file)
    roster = bring(town__xlsx=file.getvalue()).roster
    assert roster.ids == ("7", "8", "9")
    assert [roster.sectors[at] for at in roster.sector] == ["trade", "trade", "health"]
    assert_array_equal(roster.seated, [1, 0, np.nan])
    assert_array_equal(roster.endowment, [1200, 1.5, np.nan])
    assert_array_equal(roster.standing, [np.nan, np.nan, 2])
    notes = "\n".join(roster.notes)
    assert "1 merged range read with its value in every row" in notes
    assert "1 formula without a saved value read as empty; open the workbook and save it" in notes


def test_questions_are_asked_where_someone_can_answer(tmp_path):
    (tmp_path / "town.csv").write_text("Name,Type,Annual budget\nPort,trade,120\nDock,port,1200\n")
    asked = []

    def no(question: str) -> bool:
        asked.append(question)
        return "Type" not in question and "year" not in question

    roster = import_files([tmp_path / "town.csv"], ask=no).roster
    assert asked == [
        "town.csv: is 'Type' the sector of leaders?",
        "town.csv: is 'Annual budget' the endowment of leaders?",
        "town.csv: is 'Annual budget' a sum for a year?",
    ]
    assert roster.sectors == () and list(roster.endowment) == [120, 1200]


def test_our_own_columns_are_no_questions_about_partners(bring):
    done = bring(leaders__csv="id,priority_0,priority_1\n0,0.5,0.5\n1,0.25,0.75\n")
    assert done.roster.issues == ("0", "1") and not len(done.roster.source)


def test_whom_codes_mean_is_said_as_the_note_advises(bring):
    """To the letter, with names in the place of NAME."""
    files = {"a__csv": "record_id,org,partner___1,partner___2\n7,Port,0,1\n8,Dock,1,0\n"}
    (note,) = [note for note in bring(**files).roster.notes if "by their codes" in note]
    advised = note.split("`")[1].replace("NAME", "Port", 1).replace("NAME", "Dock")
    again = bring(mapping=advised, **files).roster
    assert [(again.ids[i], again.ids[j]) for i, j in zip(again.source, again.target, strict=True)] == [
        ("Port", "Dock"), ("Dock", "Port")]  # fmt: skip
    assert not any("by their codes" in note for note in again.notes)


def test_a_codebook_that_knows_but_some_of_the_codes_is_another_survey_s(bring):
    done = bring(
        a__csv="record_id,org,partner___1,partner___2\n7,Port,0,1\n8,Dock,1,0\n", b__csv="Code,Label\n1,Port\n3,Inn\n"
    )
    assert not len(done.roster.source)
    assert any("by their codes" in note for note in done.roster.notes)
