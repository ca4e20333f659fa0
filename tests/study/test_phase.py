"""Maps over two numbers of a scenario."""

from __future__ import annotations

import pytest

from sim.scenario import Scenario, ScenarioError, load_scenario, scenario_at
from sim.study.advantage import mean_interval
from sim.study.assumptions import prior_of
from sim.study.phase import axis_of, phase_map
from sim.study.settings import differences


def lesson() -> Scenario:
    return load_scenario("classroom", ["clock.rounds=12", "replications=3"])


def test_a_map_says_at_every_pair_what_a_run_says_there() -> None:
    credibility, patience = axis_of("threat.credibility", [0.9, 0.4]), axis_of("clock.patience", [6, 20])
    table = phase_map(lesson(), credibility, patience)
    assert list(zip(table["x"], table["y"], strict=True)) == [(0.4, 6), (0.4, 20), (0.9, 6), (0.9, 20)]
    there = differences([scenario_at(lesson(), {"threat.credibility": 0.9, "clock.patience": 6})])[0]
    assert table.loc[2, ["mean", "low", "high"]].tolist() == list(mean_interval(there))
    assert (table["twins"] == 3).all()


def test_along_a_number_that_nothing_reads_nothing_changes() -> None:
    table = phase_map(lesson(), axis_of("session.power", steps=3), axis_of("clock.discount_rate", [0.02, 0.1]))
    spans = table.groupby("y")[["mean", "low", "high"]].agg(lambda values: values.max() - values.min())
    assert (spans == 0.0).all(axis=None)
    assert table["mean"].nunique() == 2


def test_steps_go_through_the_plausible_range() -> None:
    credibility, stance, sessions = (
        prior_of(key) for key in ("threat.credibility", "united_states.beta", "session.to_close_small")
    )
    assert (credibility.scale, stance.scale, sessions.whole) == ("linear", "log", True)
    assert axis_of("threat.credibility", steps=3).steps == pytest.approx(
        (credibility.low, (credibility.low + credibility.high) / 2, credibility.high)
    )
    assert axis_of("united_states.beta", steps=3).steps == pytest.approx(
        (stance.low, (stance.low * stance.high) ** 0.5, stance.high)
    )
    assert axis_of("mechanisms.attention.capacity", steps=3).steps == (1, 10, 100)
    assert axis_of("session.to_close_small", steps=20).steps == (*range(int(sessions.low), int(sessions.high) + 1),)
    assert axis_of("clock.patience", [8, 4, 8]).steps == (4, 8)


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("clock.patience", [500], "clock.patience: 500 is above 208 (allowed: 1 to 208)"),
        ("clock.patience", [4.5], "clock.patience: expected a whole number from 1 to 208, got 4.5"),
        ("clock.patienc", [4], "clock.patienc: is no number that can be varied; did you mean 'clock.patience'?"),
    ],
)
def test_what_will_not_do_is_said_in_one_line(key: str, values: list[float], said: str) -> None:
    with pytest.raises(ScenarioError) as error:
        phase_map(lesson(), axis_of(key, values), axis_of("threat.credibility"))
    assert str(error.value) == f"--set: {said}"
