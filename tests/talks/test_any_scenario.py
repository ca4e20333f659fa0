"""What must hold in every run (section 11 of the model), in scenarios drawn at random from the whole schema."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import attempt
from sim.scenario import MECHANISMS, Scenario, dump, parse_scenario, random_scenario
from sim.scenario.checks import FIRST_DAY
from sim.scenario.codes import requesting
from sim.study import run_twins
from sim.talks import Hand, Luck, Setup, TariffTalks, audit, prepare
from sim.talks.queue import opening_rounds, queue_order
from tests.random_scenarios import quick_scenarios, scenarios
from tests.talks.conftest import ALL_OFF, play, state
from tests.talks.turned import changed, in_other_money, reordered

few = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def deals(model: TariffTalks) -> list[tuple[Any, ...]]:
    """What was signed, in order."""
    return [(deal.iso, deal.round, tuple(deal.levels), deal.gain, deal.us_gain) for deal in model.us.deals]


@settings(few, max_examples=20)
@given(st.integers(0, 99_999))
def test_every_rule_is_kept(seed: int) -> None:
    """No error, nothing infinite, rates by calendar and deal, deals good for both, values that add up, and the rest."""
    assert attempt(seed).findings == ()


@few
@given(quick_scenarios())
def test_a_scenario_written_down_and_read_again_runs_the_same(scenario: Scenario) -> None:
    again = parse_scenario(dump(scenario))
    assert again == scenario
    one, other = play(scenario), play(again)
    assert state(one) == state(other)
    assert deals(one) == deals(other)


@few
@given(quick_scenarios(), st.data())
def test_place_does_not_matter_when_all_open_together_and_nothing_links_them(
    scenario: Scenario, data: st.DataObject
) -> None:
    setup = prepare(changed(scenario, queue={"opens": "together"}, mechanisms=ALL_OFF))
    places = st.integers(1, len(setup.terms))
    one, other = play(setup, data.draw(places)), play(setup, data.draw(places))
    assert state(one) == state(other)
    assert deals(one) == deals(other)


@few
@given(quick_scenarios(), st.data())
def test_twins_differ_in_the_queue_only(scenario: Scenario, data: st.DataObject) -> None:
    setup = prepare(scenario)
    places = st.integers(1, len(setup.terms))
    early, late = sorted((data.draw(places), data.draw(places)))
    hand = Hand(setup, Luck(scenario.seed, 0))
    one, other = (TariffTalks(hand, place, collect=False) for place in (early, late))
    focal = next(i for i, terms in enumerate(setup.terms) if terms.iso == scenario.queue.focal)
    orders = [[i for i in queue_order(setup, place) if i != focal] for place in (early, late)]
    assert orders[0] == orders[1]
    assert [p.beta for p in one.partners] == [p.beta for p in other.partners]
    assert one.us.toughness == other.us.toughness
    assert one.partners[focal].opens <= other.partners[focal].opens
    if opening_rounds(setup, early) == opening_rounds(setup, late):
        assert state(one.run()) == state(other.run())


@few
@given(quick_scenarios(), st.randoms(use_true_random=False))
def test_partners_listed_in_another_order_get_the_same(scenario: Scenario, luck: Any) -> None:
    assume(scenario.mechanisms.attention.importance > 0.0)  # ties go to the one listed first
    setup = prepare(scenario)
    order = list(range(len(setup.terms)))
    isos = tuple(setup.terms[i].iso for i in queue_order(setup, None))  # the list is an order of the queue in itself
    setup = prepare(changed(scenario, queue={"order": isos}))
    luck.shuffle(order)
    straight, turned = play(setup, 1), play(reordered(setup, order), 1)
    assert [p.iso for p in turned.partners] == [setup.terms[i].iso for i in order]
    for partner in straight.partners:
        same = turned.partner(partner.iso)
        assert same.value == pytest.approx(partner.value, rel=1e-9, abs=1e-9)  # sums over partners may round otherwise
        assert state(turned)[partner.iso][1:] == state(straight)[partner.iso][1:]


@few
@given(quick_scenarios(), st.randoms(use_true_random=False))
def test_the_order_in_which_a_file_lists_partners_is_nothing(scenario: Scenario, luck: Any) -> None:
    assert scenario.partners.include is not None
    listed = list(scenario.partners.include)
    luck.shuffle(listed)
    one, other = play(scenario), play(changed(scenario, partners={"include": listed}))
    assert state(one) == state(other)
    assert deals(one) == deals(other)


@few
@given(quick_scenarios())
def test_letters_to_others_and_extensions_of_nothing_are_nothing(scenario: Scenario) -> None:
    last = FIRST_DAY + timedelta(weeks=scenario.clock.rounds)  # nothing that is announced then is lived through
    calendar = [event.model_dump() for event in scenario.calendar if event.date <= last]
    absent = next(iso for iso in requesting() if iso not in (scenario.partners.include or ()))
    letter = {"date": last, "action": "letters", "rates": {absent: 1.0}}
    first = {**letter, "date": FIRST_DAY}
    late = {"date": last, "action": "extend", "until": last + timedelta(days=70)}
    data = scenario.model_dump()
    data["clock"]["horizon"] = max(data["clock"]["horizon"], data["clock"]["rounds"] + 12)
    runs = [
        play(Scenario.model_validate({**data, "calendar": c})) for c in (calendar, [first, *calendar, letter, late])
    ]
    assert state(runs[0]) == state(runs[1])


@settings(few, max_examples=20)
@given(quick_scenarios(), st.sampled_from([2.0**-10, 2.0, 2.0**10]))
def test_money_in_another_unit_is_the_same_money(scenario: Scenario, unit: float) -> None:
    """Bit by bit, since the units are powers of two."""
    setup = prepare(scenario)
    dollars, coins = play(setup, 1), play(in_other_money(setup, unit), 1)
    assert [(d.iso, d.round, tuple(d.levels)) for d in coins.us.deals] == [deal[:3] for deal in deals(dollars)]
    assert [d.gain for d in coins.us.deals] == [d.gain * unit for d in dollars.us.deals]
    assert [d.us_gain for d in coins.us.deals] == [d.us_gain * unit for d in dollars.us.deals]
    assert [p.value for p in coins.partners] == [p.value * unit for p in dollars.partners]


@pytest.mark.parametrize("name", MECHANISMS)
@settings(few, max_examples=4)
@given(one=quick_scenarios(), other=scenarios())
def test_at_strength_zero_nothing_else_of_a_mechanism_matters(name: str, one: Scenario, other: Scenario) -> None:
    """The other parameters are those of another scenario; likeness of partners matters to precedent and parity only."""
    off = {"strength": 0.0}
    as_is = {**getattr(one.mechanisms, name).model_dump(), **off}
    mixed = {**getattr(other.mechanisms, name).model_dump(), **off}
    linked = {} if name not in ("precedent", "parity") else {"precedent": off, "parity": off}
    runs = [
        play(changed(one, mechanisms={**linked, name: as_is})),
        play(changed(one, mechanisms={**linked, name: mixed, **({"reach": other.mechanisms.reach} if linked else {})})),
    ]
    assert state(runs[0]) == state(runs[1])
    assert deals(runs[0]) == deals(runs[1])


@few
@given(quick_scenarios())
def test_an_issue_that_nobody_values_changes_nothing(scenario: Scenario) -> None:
    idle = {"idle": {"cost": 0.0, "benefit": 0.0, "scale": 10.0, "levels": 5}}
    assume("idle" not in scenario.issues)
    plain, more = play(scenario), play(changed(scenario, issues=idle))
    at = more.partners[0].terms.issues.index("idle")
    for partner in plain.partners:
        (value, *rest, deal), (value_2, *rest_2, deal_2) = state(plain)[partner.iso], state(more)[partner.iso]
        assert (value, rest) == (value_2, rest_2)
        assert (deal is None) == (deal_2 is None)
        if deal and deal_2:
            assert (deal[0], deal[1]) == (deal_2[0], deal_2[1][:at] + deal_2[1][at + 1 :])


def test_the_number_of_processes_does_not_matter() -> None:
    data = random_scenario(34).model_dump()
    data |= {"replications": 3, "queue": {**data["queue"], "position": [1, "last"]}, "settlement": "tables"}
    scenario = Scenario.model_validate(data)
    one, two = (list(run_twins(scenario, jobs=jobs)) for jobs in (1, 2))
    assert repr(one) == repr(two)  # blanks are equal in print only


def spoiled(setup: Setup, spoil: str) -> TariffTalks:
    """A run whose books were tampered with."""
    model = play(setup, narrate=True)
    deal = next(event for event in model.record.log if event["event"] == "deal")
    partner = model.partner(deal["partner"])
    if spoil == "value":
        partner.value += 1e-3
    elif spoil == "nan":
        model.us.price_mean = float("nan")
    elif spoil == "package":
        deal["package"]["market_access"] = 1.5
    elif spoil == "gain":
        deal["us_gain"] = -0.1
    elif spoil == "rate":
        partner.tariff += 0.01
    elif spoil == "twice":
        model.record.log.append(deal)
    elif spoil == "waiting":
        partner.opens += 40
    elif spoil == "crowd":
        model.record.log += [event for event in model.record.log if event["event"] == "session"]
    return model


SPOILED = {
    "value": "its weeks add up to",
    "nan": "price_mean is nan",
    "package": "market_access 1.5 signed in round",
    "gain": "the United States gained -0.1",
    "rate": "calendar and deals say",
    "twice": "signed 2 times",
    "waiting": "its talks opened in round",
    "crowd": "and the log",
}


@pytest.mark.parametrize("spoil", SPOILED)
def test_the_audit_sees_what_is_wrong(spoil: str) -> None:
    scenario = Scenario.model_validate(
        {"name": "a", "title": "A", "clock": {"rounds": 30}, "partners": {"include": ["JPN", "GBR", "KOR"]}}
    )
    setup = prepare(scenario)
    assert audit(play(setup, narrate=True)) == []
    assert any(SPOILED[spoil] in finding for finding in audit(spoiled(setup, spoil)))


def test_the_audit_reads_a_run_of_the_headline(runs: list[TariffTalks]) -> None:
    assert [audit(run) for run in runs] == [[]] * len(runs)
    assert np.mean([len(run.us.deals) for run in runs]) > 5
