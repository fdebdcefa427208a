"""Texts that are no UTF-8 are read in the encoding in which their letters make words, and it is said which."""

from itertools import pairwise

import pytest

from commonweal.roster import RosterError, import_files
from commonweal.roster.errors import Review
from commonweal.roster.file import decode

NAMES = {
    "cp1251": ("Мэрия города;Клиника;Приход;Школа №5", "Міська рада;Лікарня", "Община;Болница;Училище", "Дом;Сад"),
    "koi8_r": ("Мэрия города;Клиника;Приход",),
    "cp866": ("Мэрия города;Клиника;Приход",),
    "cp932": ("市役所;病院;消防署", "あおぞら保育園;みどりの会;ＮＰＯさくら", "田中;鈴木"),
    "euc_jp": ("あおぞら保育園;みどりの会",),
    "gb18030": ("市政府;医院;消防队", "王芳;李伟"),
    "big5": ("市政府;醫院;消防隊", "陳怡君;林志明"),
    "euc_kr": ("시청;병원;소방서", "김철수;이영희"),
    "cp1250": ("Urząd miasta;Szkoła;Straż pożarna", "Městský úřad;Dvořák;Jiří", "Kórház;Tűzoltóság;Erdő"),
    "iso8859_2": ("Urząd miasta;Szkoła;Parafia św. Anny",),
    "mac_roman": ("Bürgermeister;Müller;Schäfer", "Hôpital;École;Café", "Alcaldía;Muñoz;García"),
    "cp850": ("Bürgermeister;Müller", "Hôpital;École;Café"),
    "cp1253": ("Δημαρχείο;Νοσοκομείο",),
    "cp1254": ("Belediye Başkanı;Sağlık ocağı",),
    "cp1255": ("עירייה;בית חולים",),
    "cp1256": ("البلدية;المستشفى",),
    "cp874": ("เทศบาล;โรงพยาบาล",),
    "utf_16_le": ("Mayor;Café", "市政府;医院"),
    "utf_16_be": ("Mayor;Café",),
    "iso2022_jp": ("市役所;病院",),
}
READ = [(encoding, names) for encoding, several in NAMES.items() for names in several]


def leaders(names: str) -> str:
    return "id,name\n" + "".join(f"{at},{name}\n" for at, name in enumerate(names.split(";")))


@pytest.mark.parametrize(("encoding", "names"), READ)
def test_read_in_the_encoding_that_it_has(encoding, names):
    review = Review("a.csv")
    assert decode(leaders(names).encode(encoding), review) == leaders(names)
    (note,) = review.notes
    if "UTF" not in note and "2022" not in note:
        first = next(name for name in names.split(";") if not name.isascii())
        assert f"'{first}'" in note and "with encoding=NAME reads another" in note


WESTERN = """
Café Müller François Škoda Århus Ålesund Øst Æ Ö Été À Où São Coração Peña Íñigo Ñandú Þór Ægir Ýmir
Brontë naïve cœur Œuvre façade Straße GRÜN MÜNCHEN ÉCOLE Föhr Äö Éé “Ö” «À» £5 €9 100° §5 ¿Qué? ¡Olé! n°
ª ©2020 Citroën Hôtel-Dieu L’été Ça ßü Bjørn Bø Ø Å Óscar Guðmundsdóttir
""".split()  # noqa: SIM905


def test_a_short_text_of_western_europe_stays_one():
    for name, other in pairwise(WESTERN):
        for text in (f"id,name\n1,{name}\n2,Clinic\n", f"{name},{other}\n", name):
            review = Review("a.csv")
            assert decode(text.encode("cp1252"), review) == text
            assert "cp1252" in review.notes[0]


def test_what_is_not_clear_is_said_and_the_remedy_works(bring, tmp_path):
    """One letter that is another in each encoding."""
    file = leaders("Köln;Bonn").encode("mac_roman")
    done = bring(a__csv=file)
    assert (
        "it is not UTF-8 (line 2), and was read as Western European (Windows), cp1252: 'Kšln'" in done.roster.notes[0]
    )
    assert done.draft and "encoding: cp1252" in done.draft
    assert import_files([tmp_path / "a.csv"], encoding="mac_roman").roster.names[0] == "Köln"
    assert bring(a__csv=file, mapping=done.draft.replace("cp1252", "mac_roman")).roster.names[0] == "Köln"


def test_lines_of_another_encoding(bring):
    file = leaders("Мэрия;Больница;Žižkov").encode() + "3,Café\n".encode("cp1252")
    done = bring(a__csv=file)
    assert done.roster.names == ("Мэрия", "Больница", "Žižkov", "Café")
    assert "it is not UTF-8 (1 line, the first 5; all others are)" in done.roster.notes[0]


def test_an_encoding_that_is_said_is_for_what_is_no_unicode(bring, tmp_path):
    bring(a__csv=leaders("Мэрия;Клиника"), b__csv="source,target\nМэрия,Клиника\n".encode("cp1251"))
    done = import_files([tmp_path / "a.csv", tmp_path / "b.csv"], encoding="cp1251")
    assert len(done.roster.source) == 2 and "was not needed" in "".join(done.roster.notes)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("hex", "encoding is 'hex', which is none; write, for example, cp1251"),
        ("cp932", "a.csv, line 3: a byte there is none of the"),
    ],
)
def test_an_encoding_that_it_cannot_have(bring, tmp_path, said, words):
    bring(a__csv="id,name\n1,Bonn\n2,Café\n".encode("cp1252"))
    with pytest.raises(RosterError, match=words):
        import_files([tmp_path / "a.csv"], encoding=said)
