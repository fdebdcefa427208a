"""`commonweal validate` and `commonweal calibrate`: exit codes, files, refusals."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from commonweal.__main__ import main
from commonweal.validation import calibration, figures, identification, report, search
from commonweal.validation.laboratory import Behaviour, effect_size, error_of_ratio
from commonweal.validation.rows import Measurement, Row, exact, near


def rows(met: bool) -> list[Row]:
    return [
        exact("a theorem", "degroot_1974", 1.0, 1.0 if met else 1.1, "share"),
        near("calibrated", "an effect", "balliet_2010", 0.7, 3.0, 0.1, "d", error=0.05),
    ]


@pytest.mark.parametrize(("met", "code"), [(True, 0), (False, 1)])
def test_only_a_missed_theorem_fails(monkeypatch, capsys, met, code):
    monkeypatch.setattr(report, "measured", lambda size, notify, data=None: iter(rows(met)))
    assert main(["validate", "--quick"]) == code
    said = capsys.readouterr().out
    assert f"theory {int(met)} of 1 reproduced; evidence 0 of 1" in said and "an effect" in said


def test_files_of_a_report(monkeypatch, tmp_path):
    monkeypatch.setattr(report, "measured", lambda size, notify, data=None: iter(rows(True)))
    monkeypatch.setattr(report, "QUICK", report.Size(1, 4, 4, 4, 1))
    assert main(["validate", "--quick", f"out={tmp_path / 'new'}"]) == 0
    frame = pd.read_parquet(tmp_path / "new" / "validation.parquet")
    assert frame.verdict.tolist() == ["reproduced", "missed"]
    page = (tmp_path / "new" / "validation.html").read_text()
    for name in ("ten_periods.png", "erosion.png", "effects.png"):
        assert f'src="{name}"' in page and (tmp_path / "new" / name).read_bytes().startswith(b"\x89PNG")


def test_the_notebook_reads_what_validate_wrote(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(report, "measured", lambda size, notify, data=None: iter(rows(True)))
    monkeypatch.setattr(report, "QUICK", report.Size(1, 4, 4, 4, 1))
    assert main(["validate", "--quick", f"out={tmp_path}"]) == 0
    tables = Path(__file__).parents[2] / "experiments" / "validation"
    assert main(["notebook", "validation", "--results", str(tmp_path), f"tables_folder={tables}"]) == 0
    page = (tmp_path / "notebook.html").read_text()
    assert "a theorem" in page and "an effect" in page and "data:image/png;base64" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["validate", "here"], "write out=DIR"),
        (["validate", "out="], "write out=DIR"),
        (["validate", "--screen"], "needs a folder"),
        (["calibrate", "set=moon"], "write set=lab, set=field, out=DIR or data=DIR"),
        (["calibrate", "set"], "write set=lab, set=field, out=DIR or data=DIR"),
    ],
)
def test_what_cannot_be_understood_is_refused(capsys, given, said):
    assert main(given) == 2
    assert said in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_refused(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    assert main(["validate", f"out={tmp_path / 'file' / 'below'}"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_calibrate_writes_what_it_found(monkeypatch, tmp_path, capsys):
    def residuals(values):
        return {"it": np.array([(values["a"] - 0.3) / 0.1])}

    block = calibration.Block("one", (calibration.Parameter("a", 0.0, 1.0, 0.5, "choose/lab.yaml"),), residuals, 6)
    for module in (search, identification):
        monkeypatch.setattr(module, "blocks", lambda which, data=None: (block,))
    assert main(["calibrate", "set=lab", f"out={tmp_path}", "--check"]) == 0
    found = pd.read_csv(tmp_path / "calibrated_lab.csv")
    assert found.value[0] == pytest.approx(0.3, abs=0.15) and found.error[0] == pytest.approx(0.1)
    left = pd.read_csv(tmp_path / "left_out_lab.csv")
    assert left.predicted_off[0] == pytest.approx(2.0) and left.off[0] < 1.5
    assert left.verdict[0] == "no prediction"
    assert (tmp_path / "calibration_lab.journal").stat().st_size > 0


def test_figures_show_what_they_say(tmp_path):
    drawn = figures.effects(rows(True))
    (axes,) = drawn.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["an effect"]
    drawn_from_to = {str(each.get_label()): list(map(float, each.get_xdata())) for each in axes.get_lines()}
    assert drawn_from_to[figures.PUBLISHED] == [0.7] and drawn_from_to[figures.LABORATORY] == [3.0]
    assert drawn_from_to[f"{figures.PUBLISHED}, 95 %"] == pytest.approx([0.6, 0.8])
    assert drawn_from_to[f"{figures.LABORATORY}, 95 %"] == pytest.approx([3 - 0.098, 3 + 0.098])
    assert {figures.PUBLISHED, figures.LABORATORY} <= {text.get_text() for text in axes.texts}


def test_the_error_of_an_effect_and_of_a_ratio_is_that_of_groups_played_anew():
    luck = np.random.default_rng(1)
    made = [groups_of(luck) for _ in range(300)]
    for numbers in zip(*made, strict=True):
        found = np.array([each.value for each in numbers])
        assert np.mean([each.error for each in numbers]) == pytest.approx(found.std(), rel=0.15)


def groups_of(luck: np.random.Generator) -> tuple[Measurement, Measurement]:
    """An effect and a ratio among forty groups of four, whose members are alike."""
    before = luck.uniform(0.2, 0.5, (40, 1)) + luck.uniform(-0.1, 0.1, (40, 4))
    after = before + luck.uniform(0.0, 0.4, (40, 1))
    control, treated = (np.broadcast_to(each.reshape(1, -1), (1, 160)) for each in (before, after))
    none = np.zeros(160)
    one, other = (Behaviour(gift, none, none, none, none, none, none) for gift in (treated, control))
    ratio = Measurement(float(after.mean() / before.mean()), error_of_ratio(after.mean(axis=1), before.mean(axis=1)))
    return effect_size(one, other, 40), ratio
