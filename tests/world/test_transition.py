"""Trade answers in its own time: paths of rates carried from week to week, weighted and averaged."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.horizon import SHOWN, closeness
from sim.world import Response, World
from sim.world.transition import averaged_value, carried_value, week_weights, weighted_value

WEEKS = 208
SLOW = Response(0.76, 2.0, 4.0)


@pytest.fixture
def paths() -> tuple[np.ndarray, np.ndarray]:
    """Short and long run of fifty paths whose rates change every week."""
    rng = np.random.default_rng(1)
    return rng.normal(-10.0, 3.0, (WEEKS, 50)), rng.normal(-12.0, 5.0, (WEEKS, 50))


@pytest.mark.parametrize("response", [SLOW, Response(0.76, 2.0, 0.3), Response(0.5, 4.0, 40.0)])
def test_weights_by_week_are_as_good_as_carrying(paths: tuple[np.ndarray, np.ndarray], response: Response) -> None:
    carried, weighted = (value(*paths, response, 0.05) for value in (carried_value, weighted_value))
    np.testing.assert_allclose(weighted, carried, rtol=1e-10)


def test_a_rate_counts_less_the_less_time_is_left() -> None:
    weights = week_weights(SLOW, WEEKS)
    assert weights.shape == (WEEKS,)
    assert (np.diff(weights) < 0.0).all()
    assert weights[-1] == 0.0
    assert weights.mean() == pytest.approx(SLOW.weight(WEEKS), abs=3e-3)


def test_a_rate_that_never_changes_is_worth_its_average() -> None:
    flows = np.full(WEEKS, -10.0), np.full(WEEKS, -14.0)
    assert averaged_value(*flows, SLOW) == pytest.approx(carried_value(*flows, SLOW), rel=1e-3)


def test_without_a_long_run_all_three_agree(paths: tuple[np.ndarray, np.ndarray]) -> None:
    found = [value(paths[0], paths[0], SLOW, 0.05) for value in (carried_value, weighted_value, averaged_value)]
    np.testing.assert_allclose(found[1:], [found[0], found[0]], rtol=1e-12)


def test_a_response_at_once_is_the_long_run_but_for_the_last_week(paths: tuple[np.ndarray, np.ndarray]) -> None:
    at_once = carried_value(*paths, Response(0.76, 2.0, 1e-4))
    np.testing.assert_allclose(at_once, (paths[0][-1] + paths[1][:-1].sum(axis=0)) / 52, rtol=1e-12)


def test_the_average_is_close_for_partners_and_not_for_the_united_states(world: World) -> None:
    found = {(one.iso3, one.flow): one for one in closeness(world, partners=SHOWN)}
    for iso in SHOWN:
        mine, theirs = found[iso, "gain"], found[iso, "home"]
        assert mine.share < 0.035
        assert mine.error() < 0.04
        assert all(gap < 0.0 for gap in mine.earlier), "here it costs to sign early at a higher rate than the pause's"
        assert theirs.share < 0.08
        assert 0.05 < theirs.error() < 0.25
