"""Public statements, and what the others make of them."""

from __future__ import annotations

import math

import pytest

from sim.mechanisms import revise_mean
from sim.talks import TariffTalks
from sim.talks.announcing import progress, what_is_said
from tests.talks.conftest import play, small, state


def test_progress_by_hand() -> None:
    assert progress(30.0, 40.0) == 0.25
    assert progress(50.0, 40.0) == 0.0
    assert progress(0.0, 0.0) == progress(-5.0, 40.0) == 1.0
    assert [what_is_said(x) for x in (0.9, 0.5, 0.1, -0.2)] == [
        "big progress", "constructive talks", "no point of agreement yet", "no point of agreement yet"
    ]  # fmt: skip


def statements(model: TariffTalks) -> list[dict]:
    return [e for e in model.record.log if e["event"] == "statement"]


def test_one_statement_by_hand() -> None:
    """Prior 0.45 with variance 0.0064, noise 1: 0.64 per cent of a surprise is believed."""
    assert revise_mean(1.0, 0.45, 0.0064, 0.95, 1.0**2) == pytest.approx(0.45 + 0.0064 / 1.0064 * 0.5)


@pytest.mark.parametrize("silent", [{"announcements": {"strength": 0.0}}, {"announcements": {"frequency": 0.0}}])
def test_nobody_listens_or_nothing_is_said(silent: dict) -> None:
    assert statements(play(small(**silent))) == []


def test_no_statements_is_the_same_as_deaf_ears() -> None:
    off, never = {"announcements": {"strength": 0.0}}, {"announcements": {"frequency": 0.0}}
    assert state(play(small(**off))) == state(play(small(**never)))


def test_statements_come_after_sessions_that_signed_nothing() -> None:
    model = play(small(announcements={"frequency": 1.0}), narrate=True)
    signed = {(e["round"], e["partner"]) for e in model.record.log if e["event"] == "deal"}
    met = {(e["round"], e["partner"]) for e in model.record.log if e["event"] == "session"}
    said = {(e["round"], e["partner"]) for e in statements(model)}
    assert said <= met
    assert not said & signed


def test_spin_makes_the_united_states_sound_tougher() -> None:
    def belief(spin: float) -> float:
        loud = {"frequency": 1.0, "spin": spin, "noise": 0.2}
        talks = TariffTalks(small(announcements=loud, mechanisms={"learning": {"strength": 0.0}}), collect=False)
        for _ in range(8):
            talks.step()
        return talks.toughness_belief[0]

    assert belief(0.3) > belief(0.0) > belief(-0.3)


def test_what_is_said_never_leaves_the_range_of_what_can_be() -> None:
    wild = play(small(announcements={"frequency": 1.0, "noise": 10.0, "spin": 0.5}))
    mean, variance = wild.toughness_belief
    assert 0.0 <= mean <= 0.95
    assert variance > 0.0
    assert math.isfinite(mean)
