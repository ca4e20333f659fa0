"""Many settings of one experiment: the same hands under all of them, and nothing played twice."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import joblib
import numpy as np
import pytest

from sim.scenario import Scenario, load_scenario, scenario_at
from sim.study import run_twins
from sim.study.assumptions import assumptions
from sim.study.settings import WEEKLY, differences, ready, values_at_ends
from sim.talks.setup import prepare


def lesson(replications: int = 3, **values: float) -> Scenario:
    scenario = load_scenario("classroom", ["clock.rounds=12", f"replications={replications}"])
    return scenario_at(scenario, {key.replace("__", "."): value for key, value in values.items()})


def made_ready(scenario: Scenario) -> dict[str, str]:
    """Digests of all that is made ready before the first week."""
    setup = replace(prepare(scenario), scenario=lesson())
    return {part.name: joblib.hash(getattr(setup, part.name)) for part in fields(setup)}


def test_values_are_those_of_the_twins() -> None:
    values = values_at_ends([lesson()])
    twins = [[twin.outcome["value"] for twin in pair] for pair in run_twins(lesson(), jobs=1)]
    assert values.tolist() == [twins]
    assert differences([lesson()]).tolist() == [[first - last for first, last in twins]]


def test_a_number_that_nothing_reads_makes_exactly_no_difference() -> None:
    one, other = differences([lesson(), lesson(session__power=0.9)])
    assert (one == other).all()


def test_a_number_that_matters_makes_one_under_the_same_hands() -> None:
    one, other = differences([lesson(), lesson(clock__discount_rate=0.2)])
    assert (one != other).any()


def test_only_what_is_missing_is_played(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))

    first = differences([lesson(2)], progress, root=tmp_path)
    assert seen == [(0, 2), (2, 2)]
    seen.clear()
    more = differences([lesson(3), lesson(3, partners__beta=0.4)], progress, root=tmp_path)
    assert seen[0] == (2, 6)
    assert seen[-1] == (6, 6)
    assert (more[0, :2] == first[0]).all()
    seen.clear()
    assert (differences([lesson(3)], progress, root=tmp_path) == more[0]).all()
    assert seen == [(3, 3)]


def test_equal_settings_are_played_once() -> None:
    seen: list[tuple[int, int]] = []
    found = differences([lesson(2)] * 5, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (2, 2)]
    assert (found == found[0]).all()


def test_an_interrupt_keeps_what_is_finished(tmp_path: Path) -> None:
    settings, seen = [lesson(2), lesson(2, partners__beta=0.4)], []

    def impatient(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        differences(settings, impatient, root=tmp_path, jobs=1)
    differences(settings, lambda done, total: seen.append((done, total)), root=tmp_path, jobs=1)
    assert seen == [(2, 4), (4, 4)]


def test_processes_do_not_change_the_numbers() -> None:
    settings = [lesson(2), lesson(2, threat__credibility=0.5)]
    assert (differences(settings, jobs=1) == differences(settings, jobs=2)).all()


@pytest.mark.parametrize("end", [0, 1])
def test_what_only_weekly_rules_read_changes_nothing_that_is_made_ready(end: int) -> None:
    scenario = lesson()
    usual = made_ready(scenario)
    for prior in assumptions(WEEKLY):
        moved = scenario_at(scenario, {prior.key: prior.value(prior.ends[end])})
        assert made_ready(moved) == usual, prior.key


def test_settings_that_differ_in_more_are_made_ready_anew() -> None:
    usual, patient, costly = ready([lesson(), lesson(clock__patience=20), lesson(issues__investment__cost=0.02)])
    assert patient.terms is usual.terms
    assert patient.scenario.clock.patience == 20
    assert not np.array_equal(costly.terms[0].cost, usual.terms[0].cost)
