"""Places in the queue."""

from __future__ import annotations

from sim.talks import prepare
from sim.talks.queue import opening_rounds, queue_order
from tests.talks.conftest import small


def order(position: int | None, **changes: object) -> list[str]:
    setup = prepare(small(**changes))
    return [setup.terms[i].iso for i in queue_order(setup, position)]


def test_by_default_the_largest_trade_goes_first() -> None:
    assert order(None) == ["EUU", "JPN", "KOR", "VNM", "GBR", "IND"]


def test_moving_the_focal_partner_keeps_the_order_of_the_others() -> None:
    assert order(1) == ["JPN", "EUU", "KOR", "VNM", "GBR", "IND"]
    assert order(4) == ["EUU", "KOR", "VNM", "JPN", "GBR", "IND"]
    assert order(6) == ["EUU", "KOR", "VNM", "GBR", "IND", "JPN"]


def test_codes_put_first_go_first() -> None:
    assert order(None, queue={"order": ["IND", "GBR"]})[:3] == ["IND", "GBR", "EUU"]


def test_talks_open_so_many_a_week() -> None:
    setup = prepare(small(queue={"per_week": 2}))
    opens = opening_rounds(setup, 6)
    assert {t.iso: opens[i] for i, t in enumerate(setup.terms)} == {
        "EUU": 0, "KOR": 0, "VNM": 1, "GBR": 1, "IND": 2, "JPN": 2,
    }  # fmt: skip


def test_together_means_in_the_first_week() -> None:
    assert opening_rounds(prepare(small(queue={"opens": "together"})), 6) == [0] * 6


def test_the_calendar_opens_talks_when_they_opened() -> None:
    setup = prepare(small(queue={"opens": "calendar"}))
    opens = dict(zip([t.iso for t in setup.terms], opening_rounds(setup, None), strict=True))
    assert opens["JPN"] == 0  # 16 April 2025
    assert opens["KOR"] == 1  # 24 April 2025
