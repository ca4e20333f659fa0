"""What a calibration writes, says and refuses."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import ScenarioError, load_scenario
from sim.study.calibration import Posterior, Ruler, Talks, base_scenario
from sim.study.calibration.__main__ import main
from sim.study.calibration.design import Space
from sim.study.calibration.naive import benchmarks, rated
from sim.study.calibration.page import NOTHING, results_page
from sim.study.calibration.posterior import read_table, weighted_quantile
from sim.study.calibration.predictions import COLUMNS, predict
from sim.study.calibration.priors import Prior
from sim.study.calibration.progress import Lines, shown
from sim.study.calibration.result import posterior_of, quality_of
from sim.study.calibration.sampling import Chains
from sim.study.predicted import read_predicted

NEEDED = all(importlib.util.find_spec(name) for name in ("cma", "emcee"))
RATE = Prior("a.rate", 0.1, 10.0, "log", "", False, 1.0)
COUNT = Prior("b.count", 2, 4, "linear", "", True, 3)

# ---------------------------------------------------------------- posterior


def posterior() -> Posterior:
    points = pd.DataFrame({"a.rate": [0.5, 2.0, 4.0, 0.1001], "b.count": [2, 3, 3, 4]})
    about = {"seed": "7", "command": "python -m x: y"}
    return Posterior(points, np.array([0.25, 0.5, 0.25, 0.0]), about, 3, np.array([-1.0, -2.0, -3.0, np.nan]))


def test_weighted_quantiles_by_hand() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.5, 0.2, 0.3])
    assert weighted_quantile(values, weights, (0.05, 0.2, 0.5, 0.51, 0.95)) == [1.0, 1.0, 2.0, 3.0, 3.0]


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30))
def test_the_weighted_median_of_even_weights_splits_them(values: list[float]) -> None:
    (median,) = weighted_quantile(np.array(values), np.ones(len(values)), (0.5,))
    assert sum(v <= median for v in values) >= len(values) / 2
    assert sum(v >= median for v in values) >= len(values) / 2


def test_the_posterior_survives_its_file(tmp_path: Path) -> None:
    found = Posterior.read(posterior().write(tmp_path / "deep" / "posterior.csv"))
    assert found.about == posterior().about
    assert found.points.equals(posterior().points)
    assert found.weights.tolist() == posterior().weights.tolist()
    assert found.best() == {"a.rate": 0.1001, "b.count": 4}
    assert isinstance(found.best()["b.count"], int)
    assert found.draw(5, seed=3) == posterior().draw(5, seed=3)


def test_a_posterior_that_marks_no_point_has_its_heaviest_for_best() -> None:
    assert replace(posterior(), marked=None).best() == {"a.rate": 2.0, "b.count": 3}


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "a,weight\n", "a,weight\n1,0\n", "", 'a,weight\n1,1,1\n"'])
def test_what_is_no_posterior_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text)
    with pytest.raises(ScenarioError, match="not a"):
        Posterior.read(path)
    with pytest.raises(ScenarioError, match="cannot be read"):
        Posterior.read(tmp_path / "nowhere.csv")


def test_the_effective_number_by_hand() -> None:
    assert posterior().effective == pytest.approx(1 / (0.0625 + 0.25 + 0.0625))
    assert Posterior(posterior().points, np.ones(4) / 4).effective == pytest.approx(4.0)


def test_draws_follow_the_weights_and_the_seed() -> None:
    drawn = posterior().draw(400, seed=1)
    assert drawn == posterior().draw(400, seed=1)
    assert 160 < sum(row["a.rate"] == 2.0 for row in drawn) < 240
    assert not any(row["b.count"] == 4 for row in drawn)  # the best point has no weight here


def test_its_summary_and_its_ends() -> None:
    assert posterior().summary().loc["a.rate"].tolist() == [2.0, 0.5, 4.0]
    near = Posterior(pd.DataFrame({"a.rate": [0.105, 1.0, 9.9]}), np.array([0.2, 0.5, 0.3]))
    assert near.at_the_ends((RATE,))["a.rate"] == pytest.approx(0.5)


def test_draws_of_chains_become_weighted_points() -> None:
    space = Space((RATE, COUNT))
    cube = np.array([[0.5, 0.5], [0.5, 0.52], [0.0, 0.9]])  # the first two are the same talks
    chains = Chains(cube.reshape(1, 3, 1, 2), np.array([-1.0, -1.0, -2.0]).reshape(1, 3, 1), 0.3)
    found = posterior_of(space, chains, np.array([0.5, 0.5]), {})
    assert found.every() == [{"a.rate": 0.1, "b.count": 4}, {"a.rate": 1.0, "b.count": 3}]
    assert found.weights.tolist() == [pytest.approx(1 / 3), pytest.approx(2 / 3)]
    assert found.marked == 1
    other = posterior_of(space, chains, np.array([1.0, 0.1]), {})
    assert (other.marked, other.best(), other.weights[-1]) == (2, {"a.rate": 10.0, "b.count": 2}, 0.0)


# ---------------------------------------------------------------- predictions, quality, benchmarks


def classroom() -> Talks:
    return Talks(base_scenario(load_scenario("classroom")))


def test_predictions_are_medians_partner_by_partner() -> None:
    talks, points = classroom(), [{"partners.beta": 0.1}, {"partners.beta": 0.4}]
    parts, table = predict(talks, points, (5, 8))
    assert parts.shape == (2, 4, len(talks.looked_at))
    assert (parts[0] == talks(points[0], 5, 8))[~np.isnan(parts[0])].all()
    assert list(table.columns) == [name for name in COLUMNS if name not in ("weight", "fit")]
    assert sorted(table["iso"].unique()) == ["EUU", "GBR", "JPN", "KOR", "VNM"]
    deals = talks.deals(points[1], 5, 8)
    row = table[(table["point"] == 1) & (table["iso"] == "JPN")].iloc[0]
    column = deals.isos.index("JPN")
    assert row["signed"] == np.isfinite(deals.week[:, column]).mean()
    assert row["pledge"] == pytest.approx(np.nanmedian(deals.pledge[:, column]))
    assert row["rate"] == pytest.approx(np.nanmedian(deals.rate[:, column]) / 100.0)
    assert row["day"] == pytest.approx(7 * np.nanmedian(deals.week[:, column]) + 2)


def test_quality_is_a_weighted_mean() -> None:
    talks = classroom()
    ruler = Ruler.of(talks.looked_at)
    blank = np.zeros_like(ruler.observed)
    near, far = (np.array([ruler.observed + d, blank, blank + 8, blank]) for d in (0.0, 2.0))
    lost = np.full_like(near, np.nan)
    table = quality_of(ruler, talks.looked_at, {"trial": (np.array([near, far, lost]), np.array([3.0, 1.0, 1.0]))})
    found = table.set_index("measure")["trial"]
    assert found["distance"] == pytest.approx(ruler.distance(far) / 4)
    assert found["distance, 95 %"] == pytest.approx(ruler.distance(far))
    assert found["rates off, points"] == pytest.approx(0.5)
    assert found["rates shown"] == 1.0
    assert found["miss, rates"] == pytest.approx(1.0)  # root of a quarter of two points squared


def test_benchmarks_by_hand() -> None:
    rates = [deal.rate for deal in rated()]
    assert len(rates) == 12
    found = benchmarks()
    assert found["the median rate"][0] == pytest.approx(np.abs(np.array(rates) - 19.0).mean())
    # of the rich all have 15, of the others three have 20
    assert found["two medians, rich and poor"] == pytest.approx((0.25, 0.25))
    inside, left = found["a line through the rates of 2 April"]
    assert 1.2 < inside < left < 1.7


# ---------------------------------------------------------------- the command

SMALL = ["--scenario", "classroom", "--minutes", "0.01", "--runs", "4", "--keys", "partners.beta", "threat.credibility"]


@pytest.mark.skipif(not NEEDED, reason="cma and emcee are an extra, `calibration`")
def test_the_command_from_beginning_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(name: str, *more: str) -> dict[str, bytes]:
        assert main([*SMALL, "--kept", str(tmp_path / f"kept-{name}"), "--out", str(tmp_path / name), *more]) == 0
        return {path.name: path.read_bytes() for path in sorted((tmp_path / name).iterdir())}

    one = run("one", "--jobs", "1")
    said = capsys.readouterr()
    assert list(one) == ["parameters.csv", "posterior.csv", "predictions.csv", "quality.csv", "recovery.csv"]
    assert "calibration: 0%, ensembles of the priors" in said.err
    assert results_page(tmp_path / "one") in said.out
    assert one == run("two", "--jobs", "2")  # whatever the processes
    found = Posterior.read(tmp_path / "one" / "posterior.csv")
    assert found.best().keys() == {"partners.beta", "threat.credibility"}
    assert set(found.about) >= {"command", "scenario", "facts", "seed", "version", "date", "largest R-hat"}
    about, table = read_table(tmp_path / "one" / "predictions.csv")
    assert about == found.about
    assert tuple(table.columns) == COLUMNS
    assert np.isfinite(table["fit"]).all()
    predicted = read_predicted(tmp_path / "one" / "predictions.csv")  # the backtest leaves partners out with it
    assert predicted is not None
    assert predicted.left_out("JPN", 0.15).effective > 0.0
    assert table.groupby("point")["weight"].first().tolist() == pytest.approx(found.weights.tolist(), abs=1e-5)


@pytest.mark.skipif(not NEEDED, reason="cma and emcee are an extra, `calibration`")
def test_the_command_stops_after_the_search_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SMALL, "--kept", str(tmp_path), "--jobs", "1", "--search-only"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("# log-likelihood -")
    assert "\npartners.beta=0." in said


@pytest.mark.parametrize(
    "words",
    [
        ["--scenario", "nowhere"],
        ["--set", "clock.round=3"],
        ["--priors", "nowhere.csv"],
        ["--keys", "partners.betta"],
        ["--set", "session.protocol=nash"],
    ],
)
def test_the_command_refuses_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--minutes", "0.01"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[-1].startswith("calibration: ")


@pytest.mark.parametrize("words", [["--minutes", "0"], ["--minutes", "nan"], ["--runs", "0"], ["--luck", "2"]])
def test_the_command_refuses_odd_numbers(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_nothing_calibrated_is_said_so(tmp_path: Path) -> None:
    assert results_page(tmp_path) == NOTHING


def test_lines_say_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with shown(200) as said:
        assert isinstance(said, Lines)
        said.told(50)
        said.say("drawing")
    assert capsys.readouterr().err.startswith("calibration: 25%, drawing, about 0 minutes left")
