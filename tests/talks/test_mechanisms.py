"""Each mechanism alone in a world of two partners, worked by hand (scenarios/two_partners.yaml).

Japan opens in week 0 and Korea in week 1; a deal closes at once and shares what there is to share, half each. With all
seven off Japan gains 23.51 over no deal and pays 3.14 a year, Korea gains 20.49 and pays 2.24; nothing links the two.
The mechanisms are then switched on one at a time. Money moves in coins of 0.0014 a year, 0.0056 over the four years.
"""

from __future__ import annotations

import math

import pytest

from sim.scenario import load_scenario
from sim.study import only
from sim.talks import TariffTalks

COIN = 0.006


def talks(*names: str, settings: tuple[str, ...] = ()) -> TariffTalks:
    """Hold the talks with only the named mechanisms on."""
    scenario = only(load_scenario("two_partners", ["queue.position=1", *settings]), *names)
    return TariffTalks(scenario, 1, collect=False).run()


def gain(model: TariffTalks, iso: str) -> float:
    """Gain over no deal at signing, USD bn."""
    deal = model.partner(iso).deal
    assert deal is not None
    return deal.gain


def weeks(model: TariffTalks) -> dict[str, int]:
    return {deal.iso: deal.round for deal in model.us.deals}


@pytest.fixture(scope="module")
def without() -> TariffTalks:
    return talks()


def test_nothing_links_two_partners_with_all_seven_off(without: TariffTalks) -> None:
    assert weeks(without) == {"JPN": 0, "KOR": 1}
    assert gain(without, "JPN") == pytest.approx(23.513, abs=COIN)
    assert gain(without, "KOR") == pytest.approx(20.488, abs=COIN)
    assert all(deal.us_gain == pytest.approx(deal.gain, abs=COIN) for deal in without.us.deals)


@pytest.mark.parametrize("limit", ["capacity", "closings"])
def test_attention_makes_the_less_important_wait(limit: str) -> None:
    """All three could sign in week 0; with one session or one text a week the Union goes first, then Japan."""
    three = ("partners.include=[JPN, KOR, EUU]", "queue.per_week=3", f"mechanisms.attention.{limit}=1")
    assert weeks(talks(settings=three)) == {"EUU": 0, "JPN": 0, "KOR": 0}
    assert weeks(talks("attention", settings=three)) == {"EUU": 0, "JPN": 1, "KOR": 2}


def test_attention_is_nothing_where_there_is_room(without: TariffTalks) -> None:
    assert weeks(talks("attention")) == weeks(without)


def test_showcase_gives_each_half_of_the_win(without: TariffTalks) -> None:
    """The first win is worth 4 and the second 4 e^(-1/3) = 2.866: half of each goes to the partner."""
    shown = talks("showcase")
    assert gain(shown, "JPN") - gain(without, "JPN") == pytest.approx(2.0, abs=COIN)
    assert gain(shown, "KOR") - gain(without, "KOR") == pytest.approx(1.433, abs=COIN)


def test_a_small_economy_is_half_a_headline() -> None:
    """Where only a trade of twice Japan's makes a full headline, the win is worth 2, and Japan is given 1."""
    trade = talks().partner("JPN").terms.trade
    large = f"session.large_trade={2 * trade}"
    more = gain(talks("showcase", settings=(large,)), "JPN") - gain(talks(settings=(large,)), "JPN")
    assert more == pytest.approx(1.0, abs=COIN)


def test_precedent_makes_the_first_pay_for_what_the_second_may_ask(without: TariffTalks) -> None:
    """Korea is 0.700 like Japan, and pi is 0.1: what Japan concedes in money counts 1.07 times.

    At no money the United States would gain 23.51 - 4 x 3.140 = 10.95. Precedent takes off 4 x 0.07 x 7.07 = 1.98, the
    half of Korea's money it expects, and 0.61 for the rates. The rest, 8.36, is 7.82 in Japan's money; Japan at no
    money gains 23.51 + 12.56 = 36.07, and half of the sum of the two is 21.95. Korea comes last, when nobody is left to
    ask.
    """
    seen = talks("precedent")
    assert gain(seen, "JPN") == pytest.approx((36.07 + 8.36 / 1.07) / 2, abs=0.02)
    assert gain(seen, "JPN") == pytest.approx(21.947, abs=COIN)
    assert gain(seen, "KOR") == gain(without, "KOR")


def test_parity_gives_the_second_half_of_what_it_insists_on(without: TariffTalks) -> None:
    """Japan's terms would give Korea 16.9. Korea insists on half of that, 8.45, and gets half of 8.45 more."""
    reference = talks("parity")
    assert gain(reference, "JPN") == gain(without, "JPN")
    assert gain(reference, "KOR") - gain(without, "KOR") == pytest.approx(0.5 * 0.5 * 16.90, abs=COIN)


def test_a_clause_gives_the_first_the_seconds_rate() -> None:
    """Japan signs at 11 per cent, Korea a week before at 12: by its clause Korea pays 11 from then on."""
    turned = ("queue.focal=KOR", "united_states.revenue_weight=0.7")
    clause = ("mechanisms.parity.strength=1.0e-9", "mechanisms.parity.clause=1.0")
    without, levelled = talks(settings=turned), talks("parity", settings=(*turned, *clause))
    korea, before = levelled.partner("KOR"), without.partner("KOR")
    assert (before.tariff, korea.tariff) == (pytest.approx(0.12, abs=0.005), pytest.approx(0.11, abs=0.005))
    assert [e["after"] for e in levelled.record.log if e["event"] == "clause"] == ["JPN"]
    assert korea.value - before.value == pytest.approx(2.459, abs=COIN)
    assert levelled.partner("JPN").value == without.partner("JPN").value


# Alternating offers, a hasty Korea that opens a week before Japan, and a record that shows all.
OPEN_RECORD = (
    "session.protocol=offers",
    "clock.rounds=16",
    "queue.position=2",
    "mechanisms.learning={transparency: 1.0, noise: 0.05}",
    "united_states.toughness_sd=0.08",
    "partners.price_level_sd=0.15",
    "partners.beta=0.15",
    "partners.overrides={KOR: {beta: 3.0}}",
    "united_states.beta=0.15",
    "united_states.toughness=0.45",
)


def second(*names: str, settings: tuple[str, ...] = OPEN_RECORD) -> TariffTalks:
    scenario = only(load_scenario("two_partners", list(settings)), *names)
    return TariffTalks(scenario, 2, collect=False).run()


def test_learning_teaches_both_sides() -> None:
    """Korea pays so much in week 9 that the United States think resistance 5 per cent lower.

    Japan thinks them a little less tough and holds out for a week more; it ends up 2.77 worse off.
    """
    off, on = second(), second("learning")
    assert weeks(off) == {"KOR": 9, "JPN": 11}
    assert weeks(on) == {"KOR": 9, "JPN": 12}
    assert (off.toughness_belief[0], off.us.price_mean) == (0.45, 0.0)
    assert on.toughness_belief[0] == pytest.approx(0.4499, abs=1e-4)
    assert on.us.price_mean == pytest.approx(-0.0499, abs=1e-4)
    assert gain(on, "KOR") == gain(off, "KOR")
    assert on.partner("JPN").value - off.partner("JPN").value == pytest.approx(-2.77, abs=0.005)


def test_behind_closed_doors_only_the_united_states_learn() -> None:
    secret = tuple(s.replace("transparency: 1.0", "transparency: 0.0") for s in OPEN_RECORD)
    on = second("learning", settings=secret)
    assert on.toughness_belief[0] == 0.45
    assert on.us.price_mean == pytest.approx(-0.0499, abs=1e-4)


def test_diversion_takes_from_the_first_what_the_second_is_granted(without: TariffTalks) -> None:
    """Korea's duty falls in week 1, from 14 to 11 per cent with autos: Japan loses 1.20 a year of diverted trade.

    For 207 weeks that is 4.76. Korea meets a Japan that has already signed, so that its threat bites less.
    """
    diverted = talks("diversion")
    assert gain(diverted, "JPN") == gain(without, "JPN")
    loss = diverted.partner("JPN").value - without.partner("JPN").value
    assert loss == pytest.approx(-1.1955 * 207 / 52, abs=0.01)
    assert diverted.partner("KOR").value - without.partner("KOR").value == pytest.approx(1.011, abs=0.01)


def test_pressure_favours_the_side_that_has_borne_less(without: TariffTalks) -> None:
    """Value moves by half of A (p_US - p_i): half the joint relief is the partner's, and all of its own pain.

    Korea, second, has borne 15 per cent for a week, Psi = 1 - e^(-0.3 x 0.1482) or so; the United States the average
    rate, which Japan's deal has lowered. Japan, first, has borne nothing, and nothing changes.
    """
    pressed = talks("pressure")
    assert pressed.partner("JPN").value == without.partner("JPN").value
    korea, clock = pressed.partner("KOR"), 207 / 52
    borne = without.setup.pause
    us = (without.setup.imports * [without.partner("JPN").effective_rate, borne[1]]).sum() / without.setup.imports.sum()
    duties = 0.1 * korea.terms.economy.us_imports * borne[1]
    psi_us, psi = 1 - math.exp(-0.3 * us), 1 - math.exp(-0.3 * borne[1])
    moved = korea.value - without.partner("KOR").value
    assert moved == pytest.approx(0.5 * clock * duties * (psi_us - psi), abs=COIN)
    assert moved < 0.0
