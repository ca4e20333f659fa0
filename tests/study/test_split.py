"""The exact split of a twin difference (F2): what is exchanged, and what adds up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.ensemble import Engine, places
from sim.ensemble.engine import tables_by, unsuited
from sim.scenario import load_scenario, random_scenario
from sim.study import ResultsError, split_runs, split_table
from sim.study.split import PARTS, Paths, paths_of, value_along
from sim.talks import Setup, prepare

pytestmark = pytest.mark.xdist_group("compiled")
few = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def at_both_ends(setup: Setup) -> Setup:
    """Play the first place and the last, by the tables and without the courts, as a split asks for."""
    queue = setup.scenario.queue.model_copy(update={"position": (1, "last")})
    court = setup.scenario.court.model_copy(update={"hazard": 0.0, "date": None})
    updated = {"queue": queue, "court": court, "settlement": "tables"}
    return replace(setup, scenario=setup.scenario.model_copy(update=updated))


def adds_up(setup: Setup, twins: int) -> None:
    """Parts against the values that the runs themselves have counted."""
    engine = Engine.MESA if unsuited(setup) else Engine.COMPILED
    tables = tables_by(engine, setup, range(twins), "focal")
    paths = paths_of(tables["outcomes"], tables["weekly"])
    values = tables["outcomes"].pivot_table(index="replication", columns="position", values="value")
    for place, path in paths.items():
        assert value_along(setup, path, path, path) == pytest.approx(values[place].to_numpy(), abs=1e-9)
    first, last = min(paths), max(paths)
    parts = split_runs(setup, paths[first], paths[last])
    assert parts.sum(axis=1).to_numpy() == pytest.approx((values[first] - values[last]).to_numpy(), abs=1e-9)
    back = split_runs(setup, paths[last], paths[first])
    assert (parts + back).to_numpy() == pytest.approx(0.0, abs=1e-9)


@few
@given(st.integers(0, 99_999))
def test_the_parts_add_up_in_any_scenario(seed: int) -> None:
    setup = at_both_ends(prepare(random_scenario(seed)))
    if len(places(setup)) > 1:
        adds_up(setup, 2)


@pytest.mark.parametrize("name", ["japan_first", "union_answers", "fx_separate", "two_partners"])
def test_the_parts_add_up_where_partners_answer_and_tracks_are_apart(name: str) -> None:
    adds_up(at_both_ends(prepare(load_scenario(name))), 3)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("settlement=exact", "settlement: exact"),
        ("court.hazard=0.5", "a court may change"),
        ("court.date=2027-01-01", "a court may change"),
    ],
)
def test_what_the_tables_of_the_talks_do_not_hold_is_refused(setting: str, said: str) -> None:
    setup = prepare(load_scenario("classroom", [setting]))
    empty = Paths(*(np.zeros(0), *(np.zeros((0, 16)) for _ in range(5))))
    with pytest.raises(ResultsError, match=said):
        split_runs(setup, empty, empty)


def made_up(setup: Setup, signed: float, rate: float, omega: float = 0.6) -> Paths:
    """One run that bears 25 per cent until it signs, and `rate` from then on."""
    weeks = np.arange(setup.scenario.clock.rounds)[None, :]
    flat = np.zeros((1, weeks.size))
    borne = np.where(weeks < signed, 0.25, rate)
    return Paths(np.array([signed]), borne, flat, flat + omega, flat, flat > 0)


@pytest.mark.parametrize(
    ("one", "other", "part"),
    [
        ((4, 0.15), (np.inf, 0.15), "coverage"),
        ((4, 0.15), (9, 0.15), "timing"),
        ((4, 0.15), (4, 0.12), "terms"),
        ((4, 0.15, 0.5), (4, 0.15, 0.9), "world"),
        ((np.inf, 0.15, 0.5), (np.inf, 0.15, 0.9), "world"),
    ],
)
def test_each_part_is_what_its_name_says(one: tuple[float, ...], other: tuple[float, ...], part: str) -> None:
    """Twins that differ in one thing alone differ by that part alone."""
    setup = prepare(load_scenario("classroom"))
    parts = split_runs(setup, made_up(setup, *one), made_up(setup, *other)).iloc[0]
    assert abs(parts[part]) > 0.1
    assert parts.drop(part).to_numpy() == pytest.approx(0.0, abs=1e-12)


def test_signing_sooner_at_a_lower_rate_is_timing_and_terms() -> None:
    setup = prepare(load_scenario("classroom"))
    parts = split_runs(setup, made_up(setup, 4, 0.12), made_up(setup, 9, 0.15)).iloc[0]
    assert parts["timing"] > 0
    assert parts["terms"] > 0
    assert parts["coverage"] == parts["world"] == 0.0


def test_the_table_has_every_part_with_its_interval() -> None:
    setup = at_both_ends(prepare(load_scenario("classroom")))
    tables = tables_by(Engine.COMPILED, setup, range(6), "focal")
    paths = paths_of(tables["outcomes"], tables["weekly"])
    splits = split_runs(setup, paths[1], paths[6]).assign(position=1, versus=6)
    row = split_table(splits).iloc[0]
    assert row["total"] == pytest.approx(sum(row[name] for name in PARTS), abs=1e-9)
    for name in (*PARTS, "total"):
        assert row[f"{name}_low"] <= row[name] <= row[f"{name}_high"]
