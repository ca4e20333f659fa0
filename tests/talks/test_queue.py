"""Places in the queue."""

from __future__ import annotations

import pytest

from sim.scenario import ScenarioError, load_scenario
from sim.talks import TariffTalks, prepare
from sim.talks.queue import opening_rounds, queue_order
from tests.talks.conftest import play, small


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


def test_a_partner_that_holds_back_signs_no_sooner() -> None:
    """Japan would sign by 1 August; held back, it signs afterwards or not at all. The first to sign does so anyway."""
    freely, held = (play(small(queue={"sign_from": n}, clock={"rounds": 40})) for n in (0, 18))
    rounds = [{p.iso: p.deal.round for p in model.partners if p.deal is not None} for model in (freely, held)]
    assert rounds[0]["JPN"] < 16
    assert rounds[1].get("JPN", 40) >= 18
    first = min(rounds[0], key=lambda iso: rounds[0][iso])
    assert first == "JPN" or rounds[0][first] == rounds[1][first]


def test_what_a_partner_is_worth_to_the_united_states_is_counted_too() -> None:
    """Without a deal and at the rate it is measured from, nothing; a deal brings concessions and duties."""
    never = play(small(queue={"sign_from": 150}, calendar=[]), position=1).partner("JPN")
    signed = play(small(), position=1).partner("JPN")
    assert never.deal is None
    assert signed.us_value > 0.0
    assert signed.us_value != never.us_value


@pytest.mark.parametrize("place", [0, -1, 7, 99])
def test_a_place_that_is_not_there_is_refused(place: int) -> None:
    with pytest.raises(ScenarioError, match=f"there is no place {place} .allowed: 1 to 6"):
        TariffTalks(load_scenario("classroom"), place)


@pytest.mark.parametrize("replication", [-1, 1.5])
def test_luck_that_is_not_there_is_refused(replication: float) -> None:
    with pytest.raises(ScenarioError, match="there is no replication"):
        TariffTalks(load_scenario("classroom"), 1, replication)  # type: ignore[arg-type]
