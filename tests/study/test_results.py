"""Runs and their folder."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sim.scenario import Scenario, load_scenario
from sim.study import Results, ResultsError, collect, places, read_results, run_folder, run_twins
from sim.talks import prepare


def tiny(replications: int = 3, **changes: object) -> Scenario:
    parts = ["queue.per_week=1", f"replications={replications}", *(f"{k}={v}" for k, v in changes.items())]
    return load_scenario("classroom", parts)


@pytest.fixture(scope="module")
def results() -> Results:
    return collect(tiny(), run_twins(tiny()))


def test_last_is_the_number_of_partners() -> None:
    assert places(prepare(tiny())) == (1, 6)


def test_every_twin_has_its_rows(results: Results) -> None:
    assert len(results.outcomes) == 2 * 3
    assert len(results.partners) == 2 * 3 * 6
    assert len(results.weekly) == 2 * 3 * results.scenario.clock.rounds
    assert results.replications == 3


def test_processes_do_not_change_the_numbers(results: Results) -> None:
    two = collect(tiny(), run_twins(tiny(), jobs=2))
    assert two.outcomes.equals(results.outcomes)
    assert two.partners.equals(results.partners)


def test_more_replications_keep_the_first_ones(results: Results) -> None:
    more = collect(tiny(5), run_twins(tiny(5)))
    assert more.outcomes[more.outcomes["replication"] < 3].reset_index(drop=True).equals(results.outcomes)


def test_the_folder_holds_the_experiment_and_reads_back(results: Results, tmp_path: Path) -> None:
    folder = results.write(run_folder(tmp_path, results.scenario))
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["seed"] == results.scenario.seed
    assert set(manifest["versions"]) == {"python", "mesa", "numpy", "numba", "pandas"}
    again = read_results(folder)
    assert again.scenario == results.scenario
    assert again.outcomes.equals(results.outcomes)
    assert {p.suffix for p in folder.iterdir()} == {".csv", ".json", ".parquet", ".yaml"}


def test_the_same_experiment_writes_the_same_bytes(results: Results, tmp_path: Path) -> None:
    second = collect(tiny(), run_twins(tiny()))
    one, two = results.write(tmp_path / "one"), second.write(tmp_path / "two")
    for name in ("outcomes.csv", "outcomes.parquet", "partners.csv", "weekly.csv", "advantage.csv", "manifest.json"):
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


def test_a_rerun_replaces_the_folder_whole(results: Results, tmp_path: Path) -> None:
    folder = results.write(tmp_path / "run")
    (folder / "stale.txt").write_text("old")
    results.write(folder)
    assert not (folder / "stale.txt").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_a_failure_in_writing_leaves_what_was_there(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = results.write(tmp_path / "run")
    before = sorted(p.name for p in folder.iterdir())
    monkeypatch.setattr("sim.study.results.dump", lambda scenario: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        results.write(folder)
    assert sorted(p.name for p in folder.iterdir()) == before
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_an_interrupt_keeps_what_was_finished() -> None:
    def interrupted():
        twins = run_twins(tiny())
        yield next(twins)
        raise KeyboardInterrupt

    kept = collect(tiny(), interrupted())
    assert kept.replications == 1
    assert kept.summary()["replications"] == 1


def test_an_interrupt_before_anything_is_an_interrupt() -> None:
    def at_once():
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        collect(tiny(), at_once())


def test_another_folder_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match=r"no manifest\.json"):
        read_results(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(ResultsError, match=r"manifest\.json: damaged.*lacks scenario"):
        read_results(tmp_path)


@pytest.mark.parametrize("name", ["outcomes.parquet", "partners.parquet", "weekly.parquet", "scenario.yaml"])
def test_a_damaged_file_is_named(results: Results, tmp_path: Path, name: str) -> None:
    folder = results.write(tmp_path / "run")
    whole = (folder / name).read_bytes()
    for damaged in (b"", whole[:100], whole[:-1], whole + b"\n"):
        (folder / name).write_bytes(damaged)
        with pytest.raises(ResultsError, match=f"{name}: cut short or altered.*; run the scenario again"):
            read_results(folder)
    (folder / name).unlink()
    with pytest.raises(ResultsError, match=f"incomplete \\({name} is missing"):
        read_results(folder)


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b"\x80", b"[" * 100_000, b'{"advantage": 3}'])
def test_a_damaged_manifest_is_one_error(results: Results, tmp_path: Path, text: bytes) -> None:
    folder = results.write(tmp_path / "run")
    (folder / "manifest.json").write_bytes(text)
    with pytest.raises(ResultsError, match=r"manifest\.json: damaged"):
        read_results(folder)


def test_results_of_a_version_that_kept_no_digests_are_told_apart(results: Results, tmp_path: Path) -> None:
    folder = results.write(tmp_path / "run")
    told = json.loads((folder / "manifest.json").read_text())
    del told["files"]
    (folder / "manifest.json").write_text(json.dumps(told))
    with pytest.raises(ResultsError, match="earlier version"):
        read_results(folder)


def test_many_writers_of_one_folder_leave_it_whole(results: Results, tmp_path: Path) -> None:
    """Eight at once, and somebody who reads all the time: nobody meets an error, and nothing is left over."""
    folder = results.write(tmp_path / "run")
    with ThreadPoolExecutor(8) as pool:
        writers = [pool.submit(results.write, folder) for _ in range(40)]
        while not all(one.done() for one in writers):
            assert (folder / "manifest.json").is_file(), "there is no moment without results"
    assert {one.result() for one in writers} == {folder}
    assert read_results(folder).outcomes.equals(results.outcomes)
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_where_two_names_cannot_be_swapped_the_folder_is_put_in_place_all_the_same(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.study.whole._swapped", lambda one, other: False)
    folder = tmp_path / "run"
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: results.write(folder), range(12))) == {folder}
    assert read_results(folder).outcomes.equals(results.outcomes)
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_progress_counts_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    collect(tiny(2), run_twins(tiny(2), lambda done, total: seen.append((done, total))))
    assert seen == [(1, 2), (2, 2)]


def test_the_table_of_partners_keeps_the_text_that_was_signed_beside_the_rates_in_force() -> None:
    settings = [
        "replications=1",
        "clock.rounds=20",
        "mechanisms.parity={clause: 1.0, similarity: 0.0}",
        "united_states={revenue_weight: 3.0, deficit_weight: 1.5, price_weight: 8.0, beta: 1.0, toughness: 0.05}",
        "partners.beta=0.1",
        "threat.credibility=0.5",
    ]  # so that rates differ
    scenario = load_scenario("april_2025", settings)
    table = collect(scenario, run_twins(scenario)).partners
    deals, rest = table[table["deal"]], table[~table["deal"]]
    assert (deals["signed_tariff"] >= deals["tariff"]).all()
    assert (deals["signed_tariff"] > deals["tariff"]).any()  # a clause has levelled somebody down
    assert deals[["defence", "fx", "investment", "market_access"]].notna().all(axis=None)
    assert rest[["signed_tariff", "signed_auto_tariff", "investment", "day"]].isna().all(axis=None)
    assert (deals["day"] - 7 * deals["round"]).eq(7).all()  # Wednesday 16 April is the seventh day
