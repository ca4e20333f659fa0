"""Learning: what the record tells."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import bounded_mean, bounded_variance, revise_mean, revise_variance, signal_variance

few = settings(max_examples=30, deadline=None, derandomize=True)
means, variances, noises = st.floats(-5.0, 5.0), st.floats(0.01, 4.0), st.floats(0.01, 4.0)


@pytest.mark.parametrize(
    ("transparency", "variance"),
    [
        (0.5, 0.04),  # half published: the noise itself, 0.2 squared
        (1.0, 0.01),  # all published: half the noise, 0.1 squared
        (0.25, 0.16),  # a quarter: twice the noise, 0.4 squared
        (0.0, math.inf),  # nothing published, nothing learnt
    ],
)
def test_noise_of_one_deal(transparency: float, variance: float) -> None:
    assert signal_variance(0.2, transparency) == pytest.approx(variance)


def test_equally_sure_meet_half_way() -> None:
    """Prior 0.5, signal 0.9, both of variance 0.04: mean 0.7, variance 0.02."""
    assert revise_mean(1.0, 0.5, 0.04, 0.9, 0.04) == pytest.approx(0.7)
    assert revise_variance(1.0, 0.04, 0.04) == pytest.approx(0.02)


def test_a_vague_signal_moves_little() -> None:
    """Variance 1 against noise 3: a quarter of the surprise of 4 is believed, a quarter of the doubt goes."""
    assert revise_mean(1.0, 0.0, 1.0, 4.0, 3.0) == 1.0
    assert revise_variance(1.0, 1.0, 3.0) == 0.75


def test_half_strength_makes_half_the_revision() -> None:
    assert revise_mean(0.5, 0.0, 1.0, 4.0, 3.0) == 0.5
    assert revise_variance(0.5, 1.0, 3.0) == 0.875


def test_two_deals_tell_as_much_as_one_of_half_the_noise() -> None:
    """Prior 0 of variance 1; signals 3 and 6 of variance 2 are together 4.5 of variance 1: mean 2.25, variance 0.5."""
    mean, variance = revise_mean(1.0, 0.0, 1.0, 3.0, 2.0), revise_variance(1.0, 1.0, 2.0)
    mean, variance = revise_mean(1.0, mean, variance, 6.0, 2.0), revise_variance(1.0, variance, 2.0)
    assert (mean, variance) == (pytest.approx(2.25), pytest.approx(0.5))


@few
@given(mean=means, variance=variances, signal=means, noise=noises, strength=st.floats(0.0, 1.0))
def test_a_belief_ends_between_prior_and_signal(
    mean: float, variance: float, signal: float, noise: float, strength: float
) -> None:
    low, high = min(mean, signal), max(mean, signal)
    assert low - 1e-12 <= revise_mean(strength, mean, variance, signal, noise) <= high + 1e-12


@few
@given(variance=variances, noise=noises, strength=st.floats(0.1, 1.0))
def test_every_deal_leaves_less_doubt_but_some(variance: float, noise: float, strength: float) -> None:
    assert 0.0 < revise_variance(strength, variance, noise) < variance


@few
@given(mean=means, variance=variances, signal=means, noise=noises)
def test_strength_nought_is_absent(mean: float, variance: float, signal: float, noise: float) -> None:
    assert revise_mean(0.0, mean, variance, signal, noise) == mean
    assert revise_variance(0.0, variance, noise) == variance


def test_nothing_is_learnt_behind_closed_doors() -> None:
    noise = signal_variance(0.2, 0.0)
    assert revise_mean(1.0, 0.5, 0.04, 0.9, noise) == 0.5
    assert revise_variance(1.0, 0.04, noise) == 0.04


def test_who_is_certain_learns_nothing() -> None:
    assert revise_mean(1.0, 0.5, 0.0, 0.9, 0.04) == 0.5
    assert revise_variance(1.0, 0.0, 0.04) == 0.0


def test_a_bound_at_the_mean_by_hand() -> None:
    """Prior 0.5 of variance 0.0036, bound 0.5 with noise 0.0064: sd of the difference 0.1, a = 0.

    l(0) = phi(0) / Phi(0) = 0.3989 / 0.5 = 0.7979: the mean falls by 0.0036 / 0.1 x 0.7979 = 0.0287 to 0.4713, and the
    variance by the share 0.36 x 0.7979^2 = 0.2292 to 0.002775.
    """
    assert bounded_mean(1.0, 0.5, 0.0036, 0.5, 0.0064) == pytest.approx(0.47128, abs=1e-5)
    assert bounded_variance(1.0, 0.5, 0.0036, 0.5, 0.0064) == pytest.approx(0.002775, abs=1e-6)


def test_a_generous_deal_says_little_and_a_poor_one_much() -> None:
    """Settling for 0.9 is no news to who believes 0.45; settling for 0.3 is."""
    assert bounded_mean(1.0, 0.45, 0.0064, 0.9, 0.01) == pytest.approx(0.4499, abs=1e-4)
    assert bounded_mean(1.0, 0.45, 0.0064, 0.3, 0.01) == pytest.approx(0.3668, abs=1e-4)


def test_where_nothing_was_paid_or_published_nothing_is_learnt() -> None:
    for bound, noise in ((math.inf, 0.01), (0.3, math.inf)):
        assert bounded_mean(1.0, 0.45, 0.0064, bound, noise) == 0.45
        assert bounded_variance(1.0, 0.45, 0.0064, bound, noise) == 0.0064
    assert bounded_mean(1.0, 0.45, 0.0, 0.3, 0.01) == 0.45


@few
@given(mean=means, variance=variances, bound=st.floats(-50.0, 50.0), noise=noises, strength=st.floats(0.0, 1.0))
def test_a_bound_only_lowers_a_belief_and_its_doubt(
    mean: float, variance: float, bound: float, noise: float, strength: float
) -> None:
    assert bounded_mean(strength, mean, variance, bound, noise) <= mean
    assert 0.0 <= bounded_variance(strength, mean, variance, bound, noise) <= variance


@few
@given(mean=means, variance=variances, bound=means, noise=noises)
def test_a_bound_at_strength_nought_is_absent(mean: float, variance: float, bound: float, noise: float) -> None:
    assert bounded_mean(0.0, mean, variance, bound, noise) == mean
    assert bounded_variance(0.0, mean, variance, bound, noise) == variance


def test_the_tail_joins_smoothly() -> None:
    """Thirty deviations below the mean l(a) = phi / Phi is -a to one part in a thousand, and is -a beyond."""
    near, far = (bounded_mean(1.0, 0.0, 1.0, bound, 0.0) for bound in (-29.9, -30.1))
    assert near == pytest.approx(-29.9, abs=0.05)
    assert far == pytest.approx(-30.1, abs=0.05)
