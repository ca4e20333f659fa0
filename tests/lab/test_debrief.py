"""What a game teaches once it is over."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sim.lab.debrief import WEEKS, debrief, offers_by_issue, twins_of
from sim.lab.debrief_figures import FIGURES, on_phone
from sim.lab.echo import agreed_on, echoed
from sim.lab.left import left_on_table
from sim.lab.moves import Act, Move
from sim.lab.rivals import STANCES, first_pays, rivals
from sim.lab.session import Standing, played, table_of, with_move
from sim.plots.style import Provenance
from sim.talks.packages import nash_package
from sim.talks.space import frontier
from tests.lab.games import begin, patient, play, yielding


@pytest.fixture(scope="module")
def end() -> Standing:
    return play(yielding)


@pytest.fixture(scope="module")
def refused() -> Standing:
    at = begin()
    while not at.over:
        at = with_move(at, Move(Act.WAIT))
    return at


@pytest.mark.parametrize("plan", [yielding, patient])
def test_the_same_moves_opened_in_the_same_week_are_the_same_game(plan) -> None:
    for place, luck in ((1, 0), (3, 1), (6, 2)):
        end = play(plan, begin(place, luck))
        twin = echoed(end, end.player.opens)
        assert twin.value == end.value
        assert twin.talks.record.log == end.talks.record.log


def test_a_twin_differs_in_its_opening_and_in_nothing_of_its_luck(end: Standing) -> None:
    twin = echoed(end, 5)
    assert twin.player.opens == 5
    assert twin.talks.us.toughness == end.talks.us.toughness
    assert twin.player.beta == end.player.beta


def test_in_a_twin_one_takes_what_is_worth_what_one_agreed_on(end: Standing) -> None:
    twin = echoed(end, 5)
    aim = agreed_on(end.spoken)
    taken = [s for s in twin.spoken if s.decision.accepted and s.offer.by.value == "us"]
    if taken and aim is not None:
        table = table_of(twin)
        assert table.partner_gain(taken[-1].offer.levels) >= table.partner_gain(aim) - 1e-9


def test_the_twins_open_in_three_weeks_for_player_and_computer(end: Standing) -> None:
    twins = twins_of(end)
    assert [*twins["opened"]] == [*WEEKS, *WEEKS]
    assert twins["played"].sum() == 1
    assert twins.loc[twins["played"], "value"].item() == end.value
    computer = twins[twins["who"] == "computer"].set_index("opened")["value"]
    assert computer[1] == played(end.game).value


def test_nothing_better_could_be_had_than_a_deal_on_the_frontier(end: Standing) -> None:
    table = table_of(end)
    best = nash_package(table, 0.5)
    assert best is not None
    assert left_on_table(table, best) == ()


def test_what_is_left_leads_to_the_frontier_and_costs_them_nothing(end: Standing) -> None:
    table = table_of(end)
    wasteful = np.array([5, 5, 0, 1, 3, 0])  # a high tariff that pays for nothing
    left = left_on_table(table, wasteful)
    own, us = sum(line.own for line in left), sum(line.us for line in left)
    assert own > 0.0
    assert us >= -0.02
    front = frontier(table)
    reached = table.partner_gain(wasteful) + own
    there = np.interp(reached, front["partner_gain"], front["us_gain"])
    assert table.us_gain(wasteful) + us == pytest.approx(there, abs=0.6)


def test_without_a_deal_the_lines_add_up_to_the_nash_solution(refused: Standing) -> None:
    table = table_of(refused)
    left = left_on_table(table, None)
    best = nash_package(table, 0.5)
    assert best is not None
    assert sum(line.own for line in left) == pytest.approx(table.partner_gain(best), abs=0.02)
    assert sum(line.us for line in left) == pytest.approx(table.us_gain(best), abs=0.02)
    assert {line.signed for line in left} == {"no deal"}


def test_rivals_share_the_luck_and_the_usual_stance_lies_among_them(end: Standing) -> None:
    found = rivals(end.game.text, 1, 0)
    assert len(found) == len(STANCES)
    usual = played(end.game).value
    assert found["value"].min() <= usual <= found["value"].max()


def test_the_score_is_the_percentile_less_the_hints(end: Standing) -> None:
    none, two = debrief(end), debrief(end, hints=2)
    below = (none.simulated["value"] < none.value).mean() + (none.simulated["value"] == none.value).mean() / 2
    assert none.percentile == below
    assert (none.score, two.score) == (round(100 * below), max(0, round(100 * below) - 10))


def test_the_prediction_is_set_against_many_twins(end: Standing) -> None:
    answer = first_pays(end.game.text)
    assert answer["low"] < answer["mean"] < answer["high"]
    assert answer["twins"] == 200
    found = "same" if answer["low"] <= 0 <= answer["high"] else "first" if answer["mean"] > 0 else "last"
    assert "That is what comes out" in debrief(end, found).verdict
    other = "last" if found != "last" else "first"
    assert "What comes out is that" in debrief(end, other).verdict
    assert debrief(end).verdict == ""


def test_never_agreeing_is_what_it_is_set_against(end: Standing, refused: Standing) -> None:
    assert debrief(end).without == refused.value
    assert debrief(refused).without == refused.value


def test_offers_are_listed_issue_by_issue(end: Standing) -> None:
    offers = offers_by_issue(end)
    assert offers.groupby("issue")["step"].nunique().max() == len(end.spoken)
    assert "defence" not in set(offers["issue"])  # never on the table
    assert offers.loc[offers["issue"] == "tariff", "status_quo"].unique() == pytest.approx([0.10])


def test_there_are_four_questions_from_ones_own_game(end: Standing, refused: Standing) -> None:
    assert len(debrief(end).questions) == len(debrief(refused).questions) == 4
    assert "You have no deal" in debrief(refused).questions[1]
    assert "never changed your offer" in debrief(refused).questions[3]


def test_all_can_be_taken_home_as_plain_data(end: Standing) -> None:
    data = json.loads(json.dumps(debrief(end, "first").plain()))
    assert data["value"] == end.value
    assert len(data["twins"]) == 6


def test_a_game_that_goes_on_has_no_debrief() -> None:
    with pytest.raises(ValueError, match="once the talks are over"):
        debrief(begin())


@pytest.mark.parametrize("plate", FIGURES, ids=lambda plate: plate.stem)
def test_every_figure_is_drawn_for_a_deal_and_without_one(plate, end: Standing, refused: Standing) -> None:
    origin = Provenance.of(end.talks.experiment, 1)
    for game in (end, refused):
        found = debrief(game)
        assert plate.alt(found)
        assert plate.data(found) is not None
        assert plate.draw(found, origin, None).get_axes() or plate.instead(found)
        assert on_phone(plate, found, origin).get_size_inches()[0] == pytest.approx(3.7)
