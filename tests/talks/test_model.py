"""The Mesa model, as a Mesa user meets it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sim.talks import Offer, Partner, Situation, Status, TariffTalks, TimedSeat, UnitedStates, narrate
from sim.talks.levers import lever_bite, lever_paid
from tests.talks.conftest import play, small


def test_a_step_is_a_week() -> None:
    model = TariffTalks(small())
    model.step()
    model.step()
    assert model.steps == model.round == 2
    assert {type(a) for a in model.agents} == {UnitedStates, Partner}
    assert len(model.agents) == 7


def test_the_collector_has_a_row_a_week_and_a_row_a_partner() -> None:
    model = play(small(), collect=True)
    weeks = model.datacollector.get_model_vars_dataframe()
    assert list(weeks["round"]) == list(range(18))
    assert weeks["deals"].is_monotonic_increasing
    partners = model.datacollector.get_agenttype_vars_dataframe(Partner)
    assert len(partners) == 18 * 6
    assert set(partners["status"]) <= {status.value for status in Status}
    assert partners["effective_rate"].between(0, 1).all()


class Stubborn(TimedSeat):
    """Offers nothing but its favourite and accepts nothing else."""

    def propose(self, situation: Situation) -> Offer | None:
        return Offer(situation.side, situation.ladder[0])

    def respond(self, situation: Situation, offer: Offer):
        answer = super().respond(situation, offer)
        return answer if np.array_equal(offer.levels, situation.ladder[0]) else type(answer)(False, answer.reason)


def test_a_subclass_brings_its_own_negotiator() -> None:
    class Hardliner(Partner):
        def make_seat(self):
            return Stubborn(0.0) if self.iso == "JPN" else super().make_seat()

    class Talks(TariffTalks):
        partner_class = Hardliner

    model = Talks(small(), narrate=True, collect=False).run()
    said = [o for e in model.record.log if e["event"] == "session" and e["partner"] == "JPN"
            for o in e["offers"] if o["by"] == "partner"]  # fmt: skip
    assert len({tuple(o["levels"]) for o in said}) == 1
    assert play(small()).partner("KOR").deal is not None


def test_texts_take_time() -> None:
    model = play(small(clock={"rounds": 30}))
    assert model.us.deals
    assert all(d.sessions >= model.partner(d.iso).terms.to_close for d in model.us.deals)


def test_the_president_can_close_at_once() -> None:
    at_once = small(politics={"president_rounds": list(range(18))}, united_states={"beta": 3.0},
                    partners={"beta": 3.0})  # fmt: skip
    deal = play(at_once, 1).partner("JPN").deal
    assert deal is not None
    assert deal.sessions < play(at_once, 1).partner("JPN").terms.to_close


def test_some_issues_wait_for_the_president() -> None:
    kept_back = small(issues={"defence": {"table": "president", "benefit": 9.0}}, clock={"rounds": 30})
    assert play(kept_back, 1).partner("JPN").package["defence"] == 0.0
    his = small(issues={"defence": {"table": "president", "benefit": 9.0}}, clock={"rounds": 30},
                politics={"president_rounds": list(range(30))})  # fmt: skip
    assert play(his, 1).partner("JPN").package["defence"] > 0.0


def test_japan_signs_only_with_autos_at_the_general_rate_when_it_says_so() -> None:
    cheap_autos = {"auto_tariff": {"cost": 0.0, "benefit": 9.0}}
    talks = {"issues": cheap_autos, "clock": {"rounds": 30}}
    free = [play(small(**talks), 1, luck).partner("JPN").package for luck in range(4)]
    assert any(package and package["auto_tariff"] > package["tariff"] for package in free)
    whole = small(**talks, politics={"all_tariffs": ["JPN"]})
    bound = [play(whole, 1, luck).partner("JPN").package for luck in range(4)]
    assert all(package is None or package["auto_tariff"] <= package["tariff"] for package in bound)


def test_limits_bind_until_their_date() -> None:
    limits = {"JPN": {"limits": {"investment": 0.05}, "limits_until": "2025-07-20"}}
    model = TariffTalks(small(partners={"overrides": limits}), collect=False)
    japan, k = model.partner("JPN"), model.setup.terms[0].issues.index("investment")
    assert japan.win_set(13).top[k] == 2  # 5 per cent of forty steps; round 13 begins on 14 July
    assert japan.win_set(14).top[k] == 34  # round 14 begins on 21 July; the finance ministry still minds
    assert japan.win_set(13).opponent(np.full(6, 0) + 3 * (np.arange(6) == k)) == ("own word", k)


@pytest.mark.parametrize(("stance", "bite", "paid"), [("ruled_out", 0.0, 0.0), ("card", 0.15, 0.0), ("used", 1.0, 1.0)])
def test_treasuries_hurt_both_when_used_and_only_worry_when_shown(stance: str, bite: float, paid: float) -> None:
    model = TariffTalks(small(politics={"treasuries": stance}), collect=False)
    japan, korea = model.partner("JPN"), model.partner("KOR")
    assert lever_bite(japan) == pytest.approx(bite * 0.002 * 1130.8)
    assert lever_paid(japan) == pytest.approx(paid * 0.003 * 1130.8)
    assert lever_bite(korea) == 0.0


def test_the_trace_tells_the_story_and_is_plain_data() -> None:
    model = play(small(), 1, narrate=True)
    story = "\n".join(narrate(model))
    assert "Japan meets the United States (session 1)" in story
    assert "The deadline is moved to 2025-08-01." in story
    assert "expects more from its own next offer" in story
    assert "DEAL with" in story
    assert json.loads(json.dumps(model.record.log)) == model.record.log


def test_a_year_of_the_pause_costs_japan_billions_not_trillions() -> None:
    """A loss of 5 bn a year per five points of tariff (section 2 of the model) makes about 10 bn at 15 per cent."""
    japan = play(small(clock={"rounds": 13, "horizon": 52}, partners={"beta": 0.05})).partner("JPN")
    assert japan.deal is None
    assert -16 < japan.value < -4
