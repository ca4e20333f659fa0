"""Order in theory: who gains from being first, and by how much."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bargaining.theory import sequential_hub, sequential_hub_myopic, sequential_hub_sets

few = settings(max_examples=30, deadline=None, derandomize=True)
values = st.lists(st.integers(0, 50), min_size=1, max_size=6).map(lambda steps: [0.0, *_sums(steps)])


def _sums(steps: list[int]) -> list[float]:
    return [float(sum(steps[: at + 1])) for at in range(len(steps))]


@pytest.mark.parametrize(("v1", "v2"), [(6.0, 10.0), (5.0, 10.0), (3.0, 10.0)])
def test_two_partners(v1: float, v2: float) -> None:
    """V(2)/4 and (V(2) - V(1))/2, worked by hand in docs/bargaining.md."""
    result = sequential_hub([0.0, v1, v2], 2)
    assert result.shares == pytest.approx((v2 / 4, (v2 - v1) / 2))
    assert result.hub == pytest.approx(v2 - v2 / 4 - (v2 - v1) / 2)


@pytest.mark.parametrize("partners", [2, 3, 4, 5, 8])
@pytest.mark.parametrize(("curve", "sign"), [(math.sqrt, 1), (float, 0), (lambda n: n**2, -1)])
def test_the_sign_of_the_advantage(partners: int, curve: object, sign: int) -> None:
    """Concave values favour the first, convex ones the last, linear ones nobody."""
    advantage = sequential_hub(lambda n: 7.0 * curve(n), partners).first_mover_advantage  # type: ignore[operator]
    assert (abs(advantage) < 1e-12 and sign == 0) or advantage * sign > 0.0


def test_three_partners_by_hand() -> None:
    """V = 0, 4, 6, 7. Last: half of what it adds to n deals. Then each stage halves the distance between two futures.

    Hub before the third: n=2: 6.5, n=1: 5, n=0: 2. Before the second: n=1: 5.75, n=0: 3.5. First: (5.75 - 3.5)/2.
    """
    result = sequential_hub([0, 4, 6, 7], 3)
    assert result.shares == pytest.approx((1.125, 0.75, 0.5))
    assert result.hub == pytest.approx(4.625)


@few
@given(value=values, weight=st.sampled_from([0.0, 0.25, 0.5, 0.8, 1.0]))
def test_nothing_is_lost(value: list[float], weight: float) -> None:
    result = sequential_hub(value, len(value) - 1, weight)
    signed = sum(result.signed)
    assert sum(result.shares) + result.hub == pytest.approx(value[signed])


@few
@given(value=values)
def test_sets_and_numbers_agree(value: list[float]) -> None:
    partners = len(value) - 1
    by_set = sequential_hub_sets(lambda a: value[len(a)], [f"p{i}" for i in range(partners)])
    assert by_set.shares == pytest.approx(sequential_hub(value, partners).shares)


def test_a_bad_deal_is_not_struck() -> None:
    """The second partner's deal would cost the hub more than it is worth to the partner."""
    result = sequential_hub([0.0, 10.0, 4.0], 2, own=1.0)
    assert result.signed[1] is False
    assert result.shares[1] == 0.0


def test_different_partners() -> None:
    """Alone worth 8 and 2, together 9: the big one gets more in either place, and more when first."""
    worth = {frozenset(): 0.0, frozenset("a"): 8.0, frozenset("b"): 2.0, frozenset("ab"): 9.0}
    first = sequential_hub_sets(worth.__getitem__, "ab").shares[0]  # after it b adds 1 rather than 2
    last = sequential_hub_sets(worth.__getitem__, "ba").shares[1]
    assert (first, last) == pytest.approx(((0.5 * (8 + 9) - 0.5 * (0 + 2)) / 2, (9 - 2) / 2))


def test_weight_one_takes_all() -> None:
    assert sequential_hub([0, 4, 6], 2, weight=1.0).shares == (0.0, 0.0)
    assert sequential_hub_myopic([0, 4, 6], 2, weight=1.0).hub == 6.0


def test_complaints() -> None:
    with pytest.raises(ValueError, match=r"need V\(0\)"):
        sequential_hub([0.0, 1.0], 2)
    with pytest.raises(ValueError, match="weight"):
        sequential_hub([0.0, 1.0], 1, weight=2.0)
    with pytest.raises(ValueError, match="once"):
        sequential_hub_sets(len, ["a", "a"])
