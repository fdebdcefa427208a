"""The report as a browser shows it: accessible, no wider than a phone, and nothing fetched or executed."""

import pytest
from conftest import faults, seen_as

from commonweal.__main__ import main
from commonweal.analysis.results import load
from commonweal.report import comparison
from commonweal.report.report import read, render


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    size = ("run.replicates=3", "run.rounds=4", "community.leaders=8", "workers=1", "figures=false", "quiet=true")
    chosen = ("experiment=which_strategy", "experiment.strategies=[inclusion,communication]")
    assert main(["run", *chosen, "experiment.scenarios=[calm,crisis]", *size, "out=here"]) == 0
    results = load(tmp_path / "here")
    results.effects.loc[results.effects["strategy"] == "inclusion", "strategy"] = "<script>alert(1)</script>"
    path = tmp_path / "report.html"
    path.write_text(render(comparison.tell(results), tmp_path))
    return path


@pytest.fixture
def page_of_a_design(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    size = ("run.replicates=3", "run.rounds=4", "community.leaders=8", "workers=1", "quiet=true")
    (tmp_path / "mine.csv").write_text("name,learn.public,scenario\nas it is,,\n<script>alert(1)</script>,0.9,crisis\n")
    assert main(["run", "design=csv", "design.file=mine.csv", *size, "out=here"]) == 0
    path = tmp_path / "report.html"
    path.write_text(render(read(tmp_path / "here"), tmp_path))
    return path


@pytest.mark.parametrize(("made", "pictures"), [("page", 5), ("page_of_a_design", 2)])
def test_it_is_accessible_and_fits_a_phone_and_a_screen(browser, request, made, pictures):
    page = request.getfixturevalue(made)
    for width, height in ((390, 844), (1280, 900)):
        seen_as(browser, width, height)
        browser.get(page.as_uri())
        assert faults(browser) == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.execute_script("return document.scripts.length") == 0
    assert "<script>alert(1)" in browser.find_element("tag name", "body").text
    fetched = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert all(name.startswith("data:") for name in fetched)
    images = browser.execute_script("return [...document.images].map(i => [i.naturalWidth, i.alt.length])")
    assert len(images) >= pictures and all(width > 300 and alt > 30 for width, alt in images)


def test_a_study_of_ten_scenarios_is_read_in_six_screens_of_a_phone(browser, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    size = ("run.replicates=3", "run.rounds=4", "community.leaders=9", "workers=1", "figures=false", "quiet=true")
    assert main(["run", "experiment=which_strategy", *size, "out=here"]) == 0
    path = tmp_path / "report.html"
    path.write_text(render(read(tmp_path / "here"), tmp_path / "here"))
    seen_as(browser, 390, 844)
    browser.get(path.as_uri())
    assert browser.execute_script("return document.documentElement.scrollHeight") <= 6 * 844
    first = browser.find_element("css selector", "figure .scroll")
    assert browser.execute_script("return arguments[0].scrollWidth <= arguments[0].clientWidth", first)
    folded = browser.find_element("css selector", "details.annex")
    assert "Calm" not in folded.text
    folded.find_element("tag name", "summary").click()
    assert "Calm" in folded.text and faults(browser) == []
