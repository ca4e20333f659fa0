"""Earlier runs side by side, and runs until the answer is sharp enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.ensemble import Store, fill
from sim.scenario import Scenario, load_scenario
from sim.study import (
    Results,
    ResultsError,
    collect,
    compare,
    list_results,
    results_of,
    run_folder,
    run_twins,
    run_until,
)
from sim.study.advantage import gap_interval, per_year
from sim.study.enough import FEWEST, headline_interval, wanted_next
from sim.study.kept import changed, damaged_results


def tiny(replications: int = 6, **changes: object) -> Scenario:
    short = ("queue.position=[1,last]", f"replications={replications}")
    return load_scenario("classroom", [*short, *(f"{key}={value}" for key, value in changes.items())])


@pytest.fixture(scope="module")
def results() -> Results:
    return collect(tiny(), run_twins(tiny()))


def test_kept_runs_make_the_same_results_as_fresh_ones(results: Results, tmp_path: Path) -> None:
    store = Store.of(tmp_path / "store", tiny())
    with pytest.raises(ResultsError, match="no replication is finished"):
        results_of(tiny(), store)
    fill(tiny(), store, jobs=1)
    one, two = results.write(tmp_path / "one"), results_of(tiny(), store).write(tmp_path / "two")
    for path in sorted(one.iterdir()):
        assert (two / path.name).read_bytes() == path.read_bytes(), path.name


def test_results_of_a_run_that_was_stopped_hold_what_was_finished(results: Results, tmp_path: Path) -> None:
    store = Store.of(tmp_path, tiny())
    fill(tiny(2), store, jobs=1)
    stopped = results_of(tiny(), store)
    assert (stopped.replications, stopped.scenario.replications) == (2, 6)
    assert stopped.outcomes.equals(results.outcomes[results.outcomes["replication"] < 2])


def test_the_list_tells_the_headline_of_every_run(results: Results, tmp_path: Path) -> None:
    assert list_results(tmp_path).empty
    folder = results.write(run_folder(tmp_path, results.scenario))
    (row,) = list_results(tmp_path).to_dict("records")
    head = results.advantage.iloc[0]
    assert (row["scenario"], row["replications"], row["folder"]) == ("classroom", 6, str(folder))
    assert (row["place"], row["versus"]) == (1, 6)
    assert [row["mean"], row["low"], row["high"]] == pytest.approx(
        [head["mean_per_year"], head["low_per_year"], head["high_per_year"]]
    )


def test_damaged_runs_do_not_hide_the_others(results: Results, tmp_path: Path) -> None:
    folder = results.write(run_folder(tmp_path, results.scenario))
    for number, text in enumerate((b"", b"{", b"[]", b"{}", b"null", b"\x80")):
        (tmp_path / "classroom" / f"half{number}").mkdir()
        (tmp_path / "classroom" / f"half{number}" / "manifest.json").write_bytes(text)
    assert list(list_results(tmp_path)["folder"]) == [str(folder)]
    said = damaged_results(tmp_path)
    assert len(said) == 6
    assert all("manifest.json: damaged" in words and "half" in words for words in said)


def test_runs_of_one_seed_are_compared_twin_by_twin(results: Results) -> None:
    other = collect(tiny(8, **{"issues.investment.cost": 0.02}), run_twins(tiny(8, **{"issues.investment.cost": 0.02})))
    table = compare(results, other)
    assert list(table["place"]) == [1, 6]
    assert table["paired"].all()
    assert (table["twins"] == 6).all()
    at = [r.outcomes.query("position == 6 and replication < 6")["value"].to_numpy() for r in (results, other)]
    assert table["mean"][1] == pytest.approx(float((at[1] - at[0]).mean()) * per_year(results.scenario), rel=1e-9)
    same = compare(results, results)
    assert (same[["mean", "low", "high"]] == 0.0).all(axis=None)


def test_runs_of_other_seeds_are_independent(results: Results) -> None:
    other = collect(tiny(seed=9), run_twins(tiny(seed=9)))
    table = compare(results, other)
    assert not table["paired"].any()
    factor = per_year(results.scenario)
    values = [run.outcomes.query("position == 1")["value"].to_numpy() * factor for run in (other, results)]
    assert list(table.loc[0, ["mean", "low", "high"]]) == pytest.approx(gap_interval(*values), rel=1e-9)


def test_runs_without_anything_in_common_are_not_compared(results: Results) -> None:
    korea = collect(tiny(1, **{"queue.focal": "KOR"}), run_twins(tiny(1, **{"queue.focal": "KOR"})))
    with pytest.raises(ResultsError, match="JPN and KOR are not the same partner"):
        compare(results, korea)
    middle = collect(tiny(1, **{"queue.position": 3}), run_twins(tiny(1, **{"queue.position": 3})))
    with pytest.raises(ResultsError, match="no place in the queue in common"):
        compare(results, middle)


def test_what_was_changed_is_told_by_key() -> None:
    other = tiny(**{"mechanisms.parity.strength": 0.125, "seed": 3})
    assert changed(tiny(), other) == [("seed", "2025", "3"), ("mechanisms.parity.strength", "0.25", "0.125")]
    assert changed(tiny(), tiny()) == []


def test_twins_are_added_until_the_interval_is_as_narrow_as_asked(tmp_path: Path) -> None:
    store = Store.of(tmp_path, tiny())
    start = run_until(tiny(2), store, 1e9, jobs=1)
    assert start.replications == FEWEST
    low, high = headline_interval(start)
    target = 0.7 * (high - low)
    found = run_until(tiny(2), store, target, jobs=1, most=200)
    assert found.replications > FEWEST
    low, high = headline_interval(found)
    assert high - low <= target or found.replications == 200
    assert found.scenario.replications == found.replications
    assert run_until(tiny(2), store, target, jobs=1, most=200).outcomes.equals(found.outcomes)


def test_it_gives_up_in_the_end(tmp_path: Path) -> None:
    store = Store.of(tmp_path, tiny())
    assert run_until(tiny(2), store, 1e-9, jobs=1, most=12).replications == 12
    with pytest.raises(ValueError, match="more than 0"):
        run_until(tiny(2), store, 0.0)


def test_an_interval_narrows_with_the_square_root_of_the_twins() -> None:
    assert wanted_next(100, 2.0, 2.0 / 1.5**0.5) == 158
    assert wanted_next(100, 1.0, 1.0) == 105
    assert wanted_next(100, 1.0, 0.001) == 400
    assert wanted_next(1, float("nan"), 0.1) == FEWEST
