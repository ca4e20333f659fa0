"""Luck is data: the key decides the draw, and nothing else does."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.luck import Purpose, normal, uniform

few = settings(max_examples=30, deadline=None, derandomize=True)
Key = tuple[int, int, int, int, int]

#: One key: seed 2025, replication 1, partner 392 (Japan), purpose 5 (toughness), index 12.
JAPAN: Key = (2025, 1, 392, 5, 12)
numbers = st.integers(0, 2**40)
keys = st.tuples(numbers, numbers, st.integers(0, 999), st.sampled_from([int(p) for p in Purpose]), st.integers(0, 500))

MASK, GOLDEN = 2**64 - 1, 0x9E3779B97F4A7C15


def scramble(z: int) -> int:
    """The finaliser of SplitMix64 in whole numbers, as in the paper of 2014."""
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def on_paper(key: Key) -> float:
    z = 0
    for part in key:
        z = scramble(z ^ (part + GOLDEN & MASK))
    return ((z >> 11) + 0.5) / 2**53


def test_the_same_key_gives_the_same_draw() -> None:
    assert uniform(*JAPAN) == uniform(*JAPAN)
    assert normal(*JAPAN) == normal(*JAPAN)


@pytest.mark.parametrize(
    ("key", "flat", "bell"),
    [
        ((0, 0, 0, 1, 0), 0.25769811300292284, -1.4503505220235335),
        (JAPAN, 0.095126548204921, 0.563427675750378),
        ((7, 42, 0, 9, 3), 0.8155575915083335, 1.345669066487804),
    ],
)
def test_draws_never_change(key: Key, flat: float, bell: float) -> None:
    """Printed once and kept: published results must come out again. The logarithm may differ in its last bit."""
    assert uniform(*key) == flat
    assert normal(*key) == pytest.approx(bell, rel=1e-13)


def test_purposes_keep_their_numbers() -> None:
    """A purpose's number is part of the key, so a new one goes to the end."""
    assert {p.name: p.value for p in Purpose} == {
        "RESISTANCE": 1,
        "STANCE": 2,
        "PRICE_LEVEL": 3,
        "US_WEIGHT": 4,
        "TOUGHNESS": 5,
        "OPENER": 6,
        "REPRICING": 7,
        "SIGNAL": 8,
        "CLAUSE": 9,
        "ATTENDANCE": 10,
        "RATIFICATION": 11,
        "STATEMENT": 12,
        "STATEMENT_NOISE": 13,
        "ABSENCE": 14,
        "FIRST_WORD": 15,
        "RULING": 16,
        "TACTIC": 20,
    }


@few
@given(key=keys)
def test_machine_code_agrees_with_whole_numbers(key: Key) -> None:
    assert uniform(*key) == on_paper(key)


def test_a_normal_is_made_of_two_uniforms() -> None:
    """Box and Muller: index 12 uses the uniforms 24 and 25 of its key."""
    u, v = uniform(2025, 1, 392, 5, 24), uniform(2025, 1, 392, 5, 25)
    assert normal(*JAPAN) == pytest.approx(math.sqrt(-2 * math.log(u)) * math.cos(2 * math.pi * v), rel=1e-13)


@pytest.mark.parametrize("part", range(5), ids=["seed", "replication", "partner", "purpose", "index"])
def test_every_part_of_the_key_counts(part: int) -> None:
    other = [*JAPAN]
    other[part] += 1
    assert uniform(*other) != uniform(*JAPAN)
    assert normal(*other) != normal(*JAPAN)


def test_parts_of_the_key_are_not_interchangeable() -> None:
    """Seed 1, replication 2 is another world than seed 2, replication 1."""
    orders = [(1, 2, 3, 4, 5), (2, 1, 3, 4, 5), (1, 3, 2, 4, 5), (1, 2, 4, 3, 5), (1, 2, 3, 5, 4), (5, 4, 3, 2, 1)]
    assert len({uniform(*key) for key in orders}) == len(orders)


@few
@given(key=keys, part=st.integers(0, 4), step=st.integers(1, 1000))
def test_neighbouring_keys_differ(key: Key, part: int, step: int) -> None:
    other = [*key]
    other[part] += step
    assert uniform(*other) != uniform(*key)


def test_twenty_thousand_uniforms() -> None:
    """100 replications of 20 partners with 10 draws: mean 1/2, variance 1/12, ten equal tenths.

    The mean of 20,000 has a standard error of 0.002; a tenth holds 2,000 with a standard deviation of 42.
    """
    draws = np.array([uniform(1, r, p, 2, k) for r in range(100) for p in range(20) for k in range(10)])
    assert draws.size == np.unique(draws).size == 20_000
    assert 0.0 < draws.min() < draws.max() < 1.0
    assert draws.mean() == pytest.approx(1 / 2, abs=0.008)
    assert draws.var() == pytest.approx(1 / 12, abs=0.003)
    tenths = np.histogram(draws, bins=10, range=(0.0, 1.0))[0]
    assert np.abs(tenths - 2_000).max() < 200
    by_draw = draws.reshape(-1, 10)
    assert abs(np.corrcoef(by_draw[:, 0], by_draw[:, 1])[0, 1]) < 0.1, "one draw tells nothing about the next"


def test_twenty_thousand_normals() -> None:
    """Mean 0 with a standard error of 0.007; 68.3 per cent within one standard deviation."""
    draws = np.array([normal(1, r, p, 3, k) for r in range(100) for p in range(20) for k in range(10)])
    assert draws.mean() == pytest.approx(0.0, abs=0.03)
    assert draws.var() == pytest.approx(1.0, abs=0.05)
    assert (np.abs(draws) < 1.0).mean() == pytest.approx(0.683, abs=0.015)


def test_the_order_of_drawing_does_not_matter() -> None:
    """Forwards, backwards, and with draws of others in between: everybody keeps his luck."""
    table = [(9, r, p, 7, k) for r in range(3) for p in range(5) for k in range(4)]
    forwards = {key: uniform(*key) for key in table}
    backwards = {key: uniform(*key) for key in reversed(table)}
    interrupted = {}
    for r, p, purpose, k in [(key[1], key[2], key[3], key[4]) for key in sorted(table, key=lambda key: key[::-1])]:
        normal(9, r, p + 100, purpose, k)
        interrupted[9, r, p, purpose, k] = uniform(9, r, p, purpose, k)
    assert forwards == backwards == interrupted


def test_the_largest_draw_is_below_one() -> None:
    """This key scrambles to 64 ones; 2**53 - 1 + 0.5 is no floating-point number and rounds up to 2**53."""
    assert uniform(1, 0, 0, 1, 5227845434776230572) < 1.0
