"""Weighted points, and what they say of a partner they have not seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.study.predicted import COLUMNS, Predicted, read_predicted, weighted_median, write_predicted
from sim.world import WorldDataError

HEAD = f"# version: 9.9\n{','.join(COLUMNS)}\n"


def points(**more: list[float]) -> Predicted:
    """Three points that give Japan 14, 15 and 18 per cent; the middle one is likeliest."""
    table = pd.DataFrame({"point": ["1", "2", "3"], "weight": [0.2, 0.7, 0.1], "iso": "JPN"})
    rest = {"rate": [0.14, 0.15, 0.18], "auto_rate": 0.15, "pledge": 500.0, "day": 99.0, "signed": 0.9}
    return Predicted(table.assign(**rest, **more))


def test_weighted_medians_by_hand() -> None:
    assert weighted_median(np.array([0.2, 0.1, 0.3]), np.array([1.0, 2.0, 1.0])) == 0.1
    assert weighted_median(np.array([0.2, np.nan, 0.3]), np.array([1.0, 9.0, 2.0])) == 0.3
    assert np.isnan(weighted_median(np.array([np.nan]), np.array([1.0])))


def test_what_a_partner_has_put_into_the_weights_is_taken_out() -> None:
    found = points(fit=np.log([1.0, 7.0, 0.2]).tolist()).left_out("JPN", observed=0.15)
    assert found.rate == 0.18  # weights 0.2, 0.1 and 0.5 once the factors are gone
    assert found.effective == pytest.approx(0.8**2 / (0.2**2 + 0.1**2 + 0.5**2))
    assert points().rate("JPN") == 0.15


def test_without_a_fit_the_error_of_a_rate_is_one_point() -> None:
    weights = np.array([0.2, 0.7, 0.1]) * np.exp([0.5, 0.0, 4.5])
    found = points().left_out("JPN", observed=0.15)
    assert found.rate == 0.18
    assert found.effective == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


def test_who_signs_at_no_point_has_no_rate() -> None:
    silent = points()
    silent.table["rate"] = np.nan
    assert np.isnan(silent.left_out("JPN", 0.15).rate)
    assert np.isnan(points().left_out("KOR", 0.15).rate)


def test_points_survive_their_file(tmp_path: Path) -> None:
    made = points(fit=[0.0, 1.5, np.nan])
    read = read_predicted(write_predicted(made.table, tmp_path / "predicted.csv", {"version": "9.9"}))
    assert read is not None
    assert (read.about, read.points) == ({"version": "9.9"}, 3)
    pd.testing.assert_frame_equal(read.table, made.table)


@pytest.mark.parametrize(
    ("row", "line", "column"),
    [
        ("1,-1,JPN,0.15,,,,", 3, "weight"),
        ("1,,JPN,0.15,,,,", 3, "weight"),
        ("1,1,JPN,15,,,,", 3, "rate"),
        ("1,1,JPN,0.15,,much,,", 3, "pledge"),
        ("1,1,JPN,0.15,,,,\n1,2,KOR,0.15,,,,", 4, "weight"),
    ],
)
def test_a_bad_point_is_named(tmp_path: Path, row: str, line: int, column: str) -> None:
    path = tmp_path / "points.csv"
    path.write_text(f"{HEAD}{row}\n")
    with pytest.raises(WorldDataError) as caught:
        read_predicted(path)
    assert (caught.value.file, caught.value.line, caught.value.column) == ("points.csv", line, column)


def test_the_points_of_the_package_were_made_from_its_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """With other facts they would be told to be stale; points that do not say what they are made from are let be."""
    shipped = read_predicted()
    assert shipped is not None
    assert not shipped.stale
    assert not points().stale
    monkeypatch.setattr("sim.study.predicted.facts_digest", lambda: "another")
    assert shipped.stale
    assert not points().stale
