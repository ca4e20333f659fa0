"""What must hold in every run (section 11 of the model)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario import MECHANISMS, Scenario
from sim.talks import Hand, Luck, Setup, TariffTalks, prepare
from sim.talks.setup import tables_for
from sim.world import load_world
from tests.talks.conftest import ALL_OFF, SIX, play, small, state


def test_place_does_not_matter_at_all_when_talks_open_together_and_nothing_links_them() -> None:
    scenario = Scenario(
        name="off", title="All off", clock={"rounds": 20}, queue={"opens": "together"}, mechanisms=ALL_OFF
    )
    setup = prepare(scenario)
    assert len(setup.terms) >= 76
    first, middle, last = (play(setup, place) for place in (1, 20, 80))
    assert state(first) == state(middle) == state(last)


def test_place_matters_when_talks_open_in_turn() -> None:
    setup = prepare(small())
    first, last = (
        [play(setup, place, replication).partner("JPN").value for replication in range(4)] for place in (1, 6)
    )
    assert first != last


def test_every_deal_is_good_for_both_when_signed(runs: list[TariffTalks]) -> None:
    deals = [deal for run in runs for deal in run.us.deals]
    assert len(deals) > 20
    assert all(deal.gain >= 0 and deal.us_gain >= 0 for deal in deals)


def test_nobody_pays_more_than_it_stood_to_lose(runs: list[TariffTalks]) -> None:
    """What Japan gives is worth less to it than the difference between its deal's rate and the threat, for ever."""
    for run in runs:
        japan = run.partner("JPN")
        assert japan.deal is not None
        values = run.hand.values(japan.index)
        paid = sum(values.cost[k, level] for k, level in enumerate(japan.deal.levels))
        at = japan.terms.gain
        worst = at[round(japan.threat * 100)].min()  # the lowest flow at the threatened rate, in any state of the world
        best = at[round(japan.effective_rate * 100)].max()
        assert 0 <= paid <= best - worst + 3.0  # plus the pain of going on without a deal, below USD 3 bn a year


def test_packages_stay_on_their_grid(runs: list[TariffTalks]) -> None:
    for run in runs:
        for deal in run.us.deals:
            terms = run.partner(deal.iso).terms
            assert np.all(deal.levels >= 0)
            assert np.all(deal.levels < terms.counts)


def test_no_deal_leaves_the_rate_of_the_calendar(runs: list[TariffTalks]) -> None:
    without = [p for run in runs for p in run.partners if p.deal is None]
    assert without
    assert all(p.tariff == p.threat and p.auto_tariff == 0.25 for p in without)


def test_a_rate_only_changes_by_calendar_or_deal() -> None:
    slow = dict.fromkeys(("to_close_small", "to_close_middle", "to_close_large"), 40)
    model = play(small(clock={"rounds": 10}, session=slow))
    assert not model.us.deals
    assert all(p.tariff == 0.10 for p in model.partners)


def test_clauses_only_lower_rates() -> None:
    sure = small(
        mechanisms={"parity": {"clause": 1.0, "similarity": 0.0}},
        clock={"rounds": 30},
    )
    lowered = 0
    for replication in range(4):
        model = play(sure, replication=replication)
        signed = {e["partner"]: e["package"] for e in model.record.log if e["event"] == "deal"}
        for iso, package in signed.items():
            partner = model.partner(iso)
            assert partner.tariff <= package["tariff"] and partner.auto_tariff <= package["auto_tariff"]  # noqa: PT018
        lowered += sum(e["event"] == "clause" for e in model.record.log)
    assert lowered > 0


CHANGED = {
    "attention": {"capacity": 1, "window": 2},
    "showcase": {"value": 50.0},
    "parity": {"clause": 1.0, "similarity": 0.0},
    "learning": {"noise": 0.01, "transparency": 1.0},
    "pressure": {"growth": 4.0, "cost": 2.0, "haste": 2.0},
}


@pytest.mark.parametrize("name", sorted(CHANGED))
def test_strength_zero_is_absence(name: str) -> None:
    """At strength 0 nothing else of a mechanism can matter; at full strength it does."""
    off, changed = {"strength": 0.0}, CHANGED[name]
    assert state(play(small(mechanisms={name: off}))) == state(play(small(mechanisms={name: {**off, **changed}})))
    on = [play(small(mechanisms={name: extra}), replication=1) for extra in ({}, changed)]
    assert (state(on[0]), on[0].toughness_belief) != (state(on[1]), on[1].toughness_belief)


def test_without_diversion_the_world_stays_as_it_was() -> None:
    model = play(small(mechanisms={"diversion": {"strength": 0.0}}))
    assert np.array_equal(model.states(), model.setup.start)
    assert not np.array_equal(play(small()).states(), model.setup.start)


def test_precedent_makes_generosity_dear_and_toughness_cheap() -> None:
    without, with_it = (
        TariffTalks(small(mechanisms={"precedent": {"strength": s}}), collect=False) for s in (0.0, 1.0)
    )

    def gain(model: TariffTalks, share: float) -> float:
        japan = model.partner("JPN")
        package = np.floor(share * (japan.terms.counts - 1)).astype(np.int64)
        return model.table(japan, model.look_around()).us_gain(package)

    assert gain(with_it, 0.0) < gain(without, 0.0)  # the red line on both rates, and nothing given
    assert gain(with_it, 1.0) > gain(without, 1.0)  # no cut at all, and all given
    worlds = [small(mechanisms={"precedent": {"strength": s}}) for s in (0.0, 0.5)]
    ends = [[state(play(world, replication=r)) for r in range(3)] for world in worlds]
    assert ends[0] != ends[1]


def test_all_seven_are_covered() -> None:
    assert set(CHANGED) | {"diversion", "precedent"} == set(MECHANISMS)


def test_relabelling_partners_permutes_results() -> None:
    setup = prepare(small())
    order = [3, 1, 5, 0, 4, 2]
    turned = Setup(
        setup.scenario,
        tuple(setup.terms[i] for i in order),
        setup.alike[np.ix_(order, order)],
        setup.timeline,
        setup.openings,
        tables_for(setup.scenario, load_world()).market([setup.terms[i].iso for i in order]),
        tuple(setup.homes[i] for i in order),
        tuple(setup.benches[i] for i in order),
        setup.answers,
    )
    straight, other = state(play(setup, 2)), state(play(turned, 2))
    assert straight.keys() == other.keys()
    for iso, (value, *rest) in straight.items():
        assert other[iso][0] == pytest.approx(value, rel=1e-9)  # sums over partners may round differently
        assert list(other[iso][1:]) == rest


def test_the_same_seed_gives_the_same_run() -> None:
    assert state(play(small(), 3)) == state(play(small(), 3))
    assert state(play(small(), 3)) != state(play(small(), 3, replication=1))


def test_an_added_issue_changes_no_other_draw() -> None:
    plain = prepare(small())
    added = prepare(small(issues={"alaska_lng": {"scale": 44.0, "partners": ["JPN"]}}))
    before, after = (Hand(setup, Luck(1, 0)).values(1) for setup in (plain, added))
    assert np.array_equal(before.cost, after.cost[: len(before.cost), : before.cost.shape[1]])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    beta=st.floats(0.06, 9.0),
    credibility=st.floats(0.0, 1.0),
    toughness=st.floats(0.0, 0.9),
    reciprocity=st.floats(0.0, 1.0),
    skill=st.floats(0.0, 1.0),
    strengths=st.lists(st.floats(0.0, 1.0), min_size=7, max_size=7),
    place=st.integers(1, 6),
    replication=st.integers(0, 1000),
)
def test_whatever_the_scenario_deals_are_good_for_both(
    beta: float, credibility: float, toughness: float, reciprocity: float, skill: float,
    strengths: list[float], place: int, replication: int,
) -> None:  # fmt: skip
    scenario = small(
        mechanisms={name: {"strength": s} for name, s in zip(MECHANISMS, strengths, strict=True)},
        partners={"include": SIX, "beta": beta, "reciprocity": reciprocity, "skill": skill},
        united_states={"toughness": toughness},
        threat={"credibility": credibility},
    )
    model = play(scenario, place, replication)
    assert all(np.isfinite(p.value) for p in model.partners)
    assert all(d.gain >= 0 and d.us_gain >= 0 for d in model.us.deals)
    assert all(p.last_met < model.round for p in model.partners)
