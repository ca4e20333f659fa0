"""The bridge to NegMAS, where it is installed; and what is said where it is not."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from sim.bargaining import Domain, Moment, negotiate
from sim.bargaining.tactics import Boulware, Conceder
from sim.bargaining.tactics.options import OptionError
from sim.interop.by_name import find_kind
from sim.interop.negmas import NegmasSeat, to_negmas
from tests.bargaining.small import make_pie, make_trade

installed = pytest.mark.skipif(find_spec("negmas") is None, reason="NegMAS is not installed")


@pytest.mark.skipif(find_spec("negmas") is not None, reason="NegMAS is installed")
def test_its_absence_is_said() -> None:
    with pytest.raises(ImportError, match=r"AGPL-3\.0.*first-mover\[negmas\]"):
        to_negmas(make_trade(), 10)


@installed
def test_a_negotiator_of_theirs_in_a_seat_of_ours() -> None:
    from negmas.sao import BoulwareTBNegotiator

    theirs = negotiate(make_trade(), NegmasSeat(make=BoulwareTBNegotiator), Conceder(), 20)
    ours = negotiate(make_trade(), Boulware(), Conceder(), 20)
    assert theirs.agreement == ours.agreement
    assert theirs.step == ours.step


@installed
def test_a_domain_of_ours_in_a_mechanism_of_theirs() -> None:
    from negmas.sao import BoulwareTBNegotiator

    domain = make_trade()
    mechanism, utilities = to_negmas(domain, 20)
    for utility in utilities:
        mechanism.add(BoulwareTBNegotiator(), preferences=utility)
    agreement = mechanism.run().agreement
    ours = negotiate(domain, Boulware(), Boulware(), 20).agreement
    assert (agreement is None) == (ours is None)
    assert [utility.reserved_value for utility in utilities] == list(domain.reservation)
    assert utilities[0]((0.15, 100, "half")) == pytest.approx(domain.worth((1, 1, 1))[0])


def rates() -> Domain:
    """Two rates that share a table, and a pledge."""
    issues = {"tariff": (0.1, 0.15, 0.2), "autos": (0.1, 0.25), "pledge": (0, 100, 200)}
    pair = np.array([[0.0, -3.0], [-2.0, -6.0], [-5.0, -10.0]])
    partner = {("tariff", "autos"): pair, "pledge": [0.0, -1.0, -2.5]}
    other = {("tariff", "autos"): -0.6 * pair, "pledge": [0.0, 2.0, 3.0]}
    return Domain(issues, (partner, other), (-6.0, 1.5))


@installed
def test_a_shared_table_is_exported_too() -> None:
    from negmas.sao import BoulwareTBNegotiator

    domain = rates()
    mechanism, utilities = to_negmas(domain, 30)
    for outcome in mechanism.outcomes:
        levels = [issue.level(value) for issue, value in zip(domain.issues, outcome, strict=True)]
        assert [utility(outcome) for utility in utilities] == pytest.approx(domain.worth(levels))
    for utility in utilities:
        mechanism.add(BoulwareTBNegotiator(), preferences=utility)
    agreement = mechanism.run().agreement
    ours = negotiate(domain, Boulware(), Boulware(), 30).agreement
    assert ours is not None
    assert agreement == tuple(ours.package.values())


@installed
@pytest.mark.parametrize("name", ["BoulwareTBNegotiator", "AspirationNegotiator", "NaiveTitForTatNegotiator"])
def test_it_goes_on_after_values_have_moved(name: str) -> None:
    """The negotiator stays the same object, and goes by its new utility: what was dear is now for free."""
    import negmas.sao

    seat = NegmasSeat(make=getattr(negmas.sao, name))
    seat.start(rates().view(0))
    assert seat.propose(Moment(0, 10)) == (0, 0, 0)
    before = seat._table
    turned = rates().utilities[0][1].values
    moved = Domain(rates().issues, ({"pledge": -turned}, rates().utilities[1]), (0.0, 1.5))
    seat.resume(moved.view(0))
    assert seat._table is before
    assert seat.propose(Moment(1, 10))[2] == 2


@installed
def test_on_another_grid_it_starts_anew() -> None:
    from negmas.sao import LinearTBNegotiator

    seat = NegmasSeat(make=LinearTBNegotiator)
    seat.start(make_pie(10).view(0))
    assert seat.propose(Moment(4, 9)) == (5,)
    seat.resume(make_pie(4).view(0))
    assert seat.propose(Moment(4, 9)) == (2,)


@installed
def test_its_dice_are_its_own() -> None:
    """The same seed, the same offers, whatever else draws; and the generators of others are left as they were."""
    import random

    from negmas.sao import RandomNegotiator

    def offers(seed: int) -> list[object]:
        seat = NegmasSeat(make=RandomNegotiator, seed=seed)
        seat.start(make_pie(50).view(0))
        made = []
        for step in range(5):
            random.random()
            made.append(seat.propose(Moment(step, 9)))
        return made

    assert offers(1) == offers(1) != offers(2)
    random.seed(5)
    first = random.random()
    random.seed(5)
    NegmasSeat(make=RandomNegotiator).start(make_pie(50).view(0))
    random.seed(5)
    assert random.random() == first


@installed
def test_it_holds_a_seat_in_the_talks() -> None:
    """Japan, chosen by name; the deal, if any, is good for both."""
    from sim.scenario import Scenario
    from sim.talks import TariffTalks

    issues = {"investment": {"levels": 5}, "market_access": {"levels": 3}, "defence": {"table": "off"}}
    data = {
        "name": "seated", "title": "A guest in a seat", "clock": {"rounds": 14}, "issues": issues,
        "partners": {"include": ["JPN", "KOR"], "overrides": {"JPN": {"tactic": "negmas:BoulwareTBNegotiator"}}},
    }  # fmt: skip
    model = TariffTalks(Scenario.model_validate(data), collect=False, narrate=True).run()
    spoke = [
        offer
        for entry in model.record.log
        if entry["event"] == "session" and entry["partner"] == "JPN"
        for offer in entry["offers"]
        if offer["by"] == "partner"
    ]
    assert len(spoke) > 10
    assert isinstance(model.partner("JPN").seat.tactic, NegmasSeat)
    assert all(deal.gain >= 0.0 and deal.us_gain >= 0.0 for deal in model.us.deals)
    assert model.us.deals


@installed
def test_a_misspelt_negotiator_is_named_with_the_nearest() -> None:
    with pytest.raises(OptionError, match="no negotiator 'BoulwareTBNegotiatr'") as complaint:
        find_kind("negmas:BoulwareTBNegotiatr")
    assert complaint.value.nearest == "BoulwareTBNegotiator"


@pytest.mark.skipif(find_spec("negmas") is not None, reason="NegMAS is installed")
def test_a_scenario_that_needs_it_says_so_once() -> None:
    with pytest.raises(OptionError, match=r"this needs NegMAS \(AGPL-3\.0\)"):
        find_kind("negmas:BoulwareTBNegotiator")
