"""Value by place for all places, and the answers that theory knows."""

from __future__ import annotations

import numpy as np
import pytest

from sim.bargaining.theory import sequential_hub
from sim.ensemble import places
from sim.scenario import load_scenario
from sim.study import like_places, study_openings, theory_curves
from sim.talks import Hand, Luck, TariffTalks, prepare

pytestmark = pytest.mark.xdist_group("compiled")

#: What a place is worth moves in steps of the smallest coin, over the time that is left when it is signed.
COIN = 0.012
VALUES = {
    "concave": [60, 110, 150, 180, 200],
    "linear": [40, 80, 120, 160, 200],
    "convex": [20, 50, 90, 140, 200],
}


@pytest.mark.parametrize("shape", VALUES)
def test_the_study_finds_what_theory_knows(shape: str) -> None:
    """An advantage where deals add less and less, none where they add alike, a disadvantage where they add more."""
    scenario = load_scenario("textbook_hub", [f"united_states.deal_values={VALUES[shape]}"])
    found = study_openings(scenario).advantage["mean"].to_numpy()
    shares = np.array(sequential_hub([0, *VALUES[shape]], 5, 0.9).shares)
    assert found == pytest.approx(shares - shares[-1], abs=COIN)
    assert {"concave": found[0] > 0.3, "linear": abs(found[0]) < COIN, "convex": found[0] < -0.3}[shape]


def test_places_that_open_in_the_same_weeks_are_alike() -> None:
    setup = prepare(load_scenario("classroom", ["queue.per_week=4"]))
    assert like_places(setup) == {1: 1, 2: 1, 3: 1, 4: 1, 5: 5, 6: 5}


def test_every_place_has_its_value_and_what_it_is_made_of() -> None:
    scenario = load_scenario("classroom", ["queue.per_week=2", "replications=4"])
    found = study_openings(scenario)
    assert found.advantage["position"].tolist() == [1, 2, 3, 4, 5, 6]
    assert set(found.advantage["versus"]) == {6}
    assert found.split["position"].tolist() == [1, 2, 3, 4]
    totals = found.split.set_index("position")["total"]
    assert totals.to_numpy() == pytest.approx(found.advantage["mean"].to_numpy()[:4], abs=1e-9)
    hand = Hand(prepare(scenario), Luck(scenario.seed, 3))
    gap = [TariffTalks(hand, place, collect=False).run().partner("JPN").value for place in (4, 6)]
    pair = found.pairs.query("position == 3 and replication == 3").iloc[0]
    assert pair["difference"] == gap[0] - gap[1]


def test_where_all_talks_open_together_no_place_is_worth_more() -> None:
    found = study_openings(load_scenario("classroom", ["queue.opens=together", "replications=2"]))
    assert (found.advantage["mean"] == 0.0).all()
    assert found.pairs.empty


@pytest.mark.parametrize("court", ["court.hazard=0.5", "court.date=2027-01-04"])
def test_where_courts_may_rule_places_have_their_value_and_no_parts(court: str) -> None:
    scenario = load_scenario("classroom", ["queue.per_week=2", "replications=4", court])
    found = study_openings(scenario)
    assert found.split.empty
    assert list(found.pairs.columns) == ["position", "versus", "replication", "difference"]
    means = found.pairs.groupby("position")["difference"].mean()
    assert means.to_numpy() == pytest.approx(found.advantage["mean"].to_numpy()[[0, 2]])
    hand = Hand(prepare(scenario), Luck(scenario.seed, 3))
    gap = [TariffTalks(hand, place, collect=False).run().partner("JPN").value for place in (4, 6)]
    pair = found.pairs.query("position == 3 and replication == 3").iloc[0]
    assert pair["difference"] == gap[0] - gap[1]


def test_the_textbook_by_hand() -> None:
    """Two partners: the first gets V(2)/4, the second (V(2) - V(1))/2."""
    table = theory_curves(2).set_index(["curve", "place"])["advantage"]
    for curve, power in (("linear", 1.0), ("convex: each deal adds more", 2.0)):
        one = 0.5**power
        assert table[curve, 1] == pytest.approx(0.25 - (1.0 - one) / 2)
        assert table[curve, 2] == 0.0


def test_a_study_does_not_depend_on_the_places_that_a_scenario_compares() -> None:
    one, other = (
        study_openings(load_scenario("classroom", ["replications=2", f"queue.position={where}"]))
        for where in ("[1, last]", "3")
    )
    assert one.advantage.equals(other.advantage)
    assert places(prepare(load_scenario("classroom"))) == (1, 6)
