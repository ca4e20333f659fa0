"""Issues on tracks of their own: their own sessions, their own threat, no linkage."""

from __future__ import annotations

import numpy as np
import pytest

from sim.scenario import Scenario
from sim.talks import TariffTalks
from sim.talks.tracks import Track
from tests.talks.conftest import play, small

FX = {"fx": {"table": "separate"}}


def track(**changes: object) -> Track:
    """The currency track of Japan, which opens first."""
    model = TariffTalks(small(issues=FX, **changes), 1, collect=False)
    return model.partner("JPN").tracks[0]


def events(model: TariffTalks, kind: str) -> list[tuple[str, int]]:
    return [(entry["partner"], entry["round"]) for entry in model.record.log if entry["event"] == kind]


def test_an_issue_apart_is_not_on_the_main_table() -> None:
    model = play(small(issues=FX, clock={"rounds": 30}, tracks={"sanction": 0.0}))
    japan = model.partner("JPN")
    assert japan.deal is not None
    assert japan.terms.counts[japan.terms.issues.index("fx")] == 1
    assert [t.issue for t in japan.tracks] == ["fx"]


def test_it_meets_every_fourth_week() -> None:
    japan = track(tracks={"interval": 4})
    assert [round_ for round_ in range(13) if japan.due(round_)] == [3, 7, 11]


def test_ministers_meet_whatever_the_capacity() -> None:
    crowded = {"attention": {"capacity": 1, "window": 1}}
    model = TariffTalks(small(issues=FX, mechanisms=crowded, tracks={"interval": 2, "sanction": 0.0}), collect=False)
    for _ in range(6):
        model.step()
    assert {p.iso: p.tracks[0].sessions for p in model.partners if p.opens == 0} == {"EUU": 3}
    assert sum(p.sessions for p in model.partners) == 6
    assert [p.tracks[0].sessions for p in sorted(model.partners, key=lambda p: p.opens)] == [3, 2, 2, 1, 1, 0]


def test_without_a_threat_of_its_own_it_comes_to_nothing() -> None:
    """Nothing is offered for a commitment that costs the partner, so it gives none: what linkage was good for."""
    model = play(small(issues=FX, clock={"rounds": 30}, tracks={"sanction": 0.0}))
    assert all(p.tracks[0].level is None for p in model.partners)
    assert events(model, "track_deal") == []


def test_the_value_of_no_agreement_by_hand() -> None:
    """Japan, week 0, deadline at week 13: rho A(13, 208) times a sanction of 0.8 x 1.48 bn a year."""
    japan = track(threat={"credibility": 0.5})
    delta = 1.05 ** (-1 / 52)
    later = sum(delta**week for week in range(13, 208)) / 52
    assert japan.apart.sanction == pytest.approx(0.8 * 1.48209)
    without = japan._without(japan.partner.model.spans(13, 0.0), japan.apart.sanction)
    assert without == pytest.approx(-0.5 * later * 0.8 * 1.48209)


def test_a_strong_threat_gets_a_commitment_and_a_carried_out_one_costs() -> None:
    strong = play(small(issues=FX, clock={"rounds": 30}, tracks={"sanction": 3.0}))
    assert all(p.tracks[0].level is not None for p in strong.partners)
    stubborn = play(small(issues={"fx": {"table": "separate", "cost": 10.0}}, clock={"rounds": 30}))
    japan = stubborn.partner("JPN")
    assert japan.tracks[0].level is None
    assert japan.tracks[0].yearly_cost == pytest.approx(0.8 * 1.48209)


def test_what_is_agreed_apart_is_paid_and_reported() -> None:
    model = play(small(issues=FX, clock={"rounds": 30}, tracks={"sanction": 3.0}))
    japan = model.partner("JPN")
    weight = model.hand.values(japan.index).weights[0, japan.tracks[0].apart.k]
    level = japan.tracks[0].level
    assert japan.tracks[0].yearly_cost == pytest.approx(weight * japan.tracks[0].apart.cost[level])
    assert japan.package["fx"] == japan.tracks[0].apart.values[level] > 0.0


def test_a_track_is_rational_for_both_by_the_values_at_agreement() -> None:
    seen = []
    original = Track._conclude

    def watch(self: Track, meeting: object) -> None:
        gains = self._gains(self.partner.model.look_around().deadline)[0]
        original(self, meeting)
        if self.level is not None:
            seen.append(gains[:, self.level])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Track, "_conclude", watch)
        for replication in range(3):
            play(small(issues=FX, clock={"rounds": 30}, tracks={"sanction": 1.0}), replication=replication)
    assert len(seen) > 3
    assert np.min(seen) >= -1e-9


def test_defence_can_go_its_own_way_too() -> None:
    model = play(small(issues={"defence": {"table": "separate"}}, clock={"rounds": 30}, tracks={"sanction": 3.0}))
    assert {t.issue for p in model.partners for t in p.tracks} == {"defence"}


def test_no_issue_apart_no_track() -> None:
    assert all(p.tracks == () for p in TariffTalks(small(), collect=False).partners)
    assert isinstance(small(), Scenario)
