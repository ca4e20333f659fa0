"""A game is a list of moves, and everything follows from it."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim.lab
from sim.lab.moves import Act, Move, MoveError
from sim.lab.seat import PlayerSeat
from sim.lab.session import Game, Standing, hand_of, played, standing, with_move
from sim.scenario import ScenarioError
from sim.talks import TariffTalks
from sim.talks.agents import Partner
from sim.talks.deal import Status
from sim.talks.situation import Refusal, Side
from tests.lab.games import MODEST, begin, classroom, patient, play, yielding


def test_the_talks_stop_where_the_first_move_is_due() -> None:
    at = begin()
    assert (at.over, at.round, at.turn is not None) == (False, 0, True)
    assert at.turn is not None
    assert at.turn.offer is not None
    assert at.turn.offer.by is Side.US


def test_a_game_is_its_moves_however_often_it_is_played() -> None:
    end = play(yielding)
    again = standing(end.game)
    assert again.over
    assert again.value == end.value
    assert [s.round for s in again.spoken] == [s.round for s in end.spoken]


def test_every_beginning_of_the_moves_is_a_game_that_waits_for_the_next() -> None:
    end = play(yielding)
    for n in range(len(end.game.moves)):
        at = standing(replace(end.game, moves=end.game.moves[:n]))
        assert not at.over
    assert with_move(at, end.game.moves[-1]).value == end.value


def test_the_player_signs_what_both_said_yes_to() -> None:
    end = play(yielding)
    assert end.deal is not None
    last = end.spoken[-1]
    assert last.decision.accepted
    changed = last.offer.levels != end.deal.levels
    assert changed.any() == end.deal.repriced  # unless the President asks for more
    assert end.player.status is Status.SIGNED


def test_left_to_the_negotiator_of_the_scenario_it_is_the_run_that_everybody_knows() -> None:
    game = Game.of(classroom(), "JPN", 3, 2)
    hand = hand_of(game.text, 2)
    run = TariffTalks(hand, 3, collect=False).run()
    assert played(game).value == run.partner("JPN").value


def test_a_player_who_says_what_the_negotiator_would_say_gets_what_it_gets() -> None:
    game = Game.of(classroom(), "JPN", 1, 0)
    record = played(game).talks.record

    class Copy(PlayerSeat):
        """Asks the built-in negotiator what to do."""

        def __init__(self, partner: Partner) -> None:
            super().__init__(partner, ())
            self.other = Partner.make_seat(partner)

        def propose(self, situation):
            return self.other.propose(situation)

        def respond(self, situation, offer):
            return self.other.respond(situation, offer)

    assert played(game, Copy).talks.record.log == record.log


def test_another_seat_can_be_played() -> None:
    at = begin(place=2, iso="KOR")
    assert at.player.name == "South Korea"
    assert at.player.opens == 1


def test_a_seat_that_is_not_in_the_scenario_is_refused() -> None:
    with pytest.raises(ScenarioError):
        Game.of(classroom(), "CHE", 1)


@pytest.mark.parametrize(
    ("move", "word"),
    [
        (Move(Act.OFFER, (0, 0, 0, 0, 99, 0)), "99 is no level of investment"),
        (Move(Act.OFFER, (-1, 0, 0, 0, 0, 0)), "-1 is no level of tariff"),
        (Move(Act.OFFER, (0, 0, 3, 0, 0, 0)), "is no level of defence: at this table they go from 0 to 0"),
        (Move(Act.OFFER, (0, 0)), "names a level for each of"),
        (Move(Act.OFFER), "names a level for each of"),
    ],
)
def test_offers_that_do_not_exist_get_a_sentence(move: Move, word: str) -> None:
    with pytest.raises(MoveError, match=word):
        with_move(begin(), move)


def test_moves_that_were_kept_under_other_rules_are_refused_too() -> None:
    game = replace(begin().game, moves=(Move(Act.OFFER, (999,) * 6),))
    with pytest.raises(MoveError, match="999 is no level of tariff"):
        standing(game)


def test_nothing_can_be_accepted_that_was_not_asked() -> None:
    at = begin()
    while at.turn is not None and at.turn.offer is not None:
        at = with_move(at, Move(Act.WAIT))
    with pytest.raises(MoveError, match="no ask on the table"):
        with_move(at, Move(Act.ACCEPT))


def test_there_is_no_counter_offer_at_the_end_of_a_session() -> None:
    at = begin()
    while at.turn is not None and not at.turn.last:
        at = with_move(at, Move(Act.OFFER, MODEST))
    with pytest.raises(MoveError, match="session ends"):
        with_move(at, Move(Act.OFFER, MODEST))


def test_nothing_is_left_to_do_when_it_is_over() -> None:
    with pytest.raises(MoveError, match="over"):
        with_move(play(yielding), Move(Act.WAIT))


@pytest.mark.parametrize("data", [None, 3, "offer", {}, {"act": "bribe"}, {"act": "offer", "levels": [0.5]}])
def test_what_is_no_move_is_not_read_as_one(data: object) -> None:
    with pytest.raises(MoveError):
        Move.read(data)


@given(st.sampled_from(list(Act)), st.lists(st.integers(-5, 50), max_size=8))
def test_moves_survive_being_written_down(act: Act, levels: list[int]) -> None:
    move = Move(act, tuple(levels)) if act is Act.OFFER else Move(act)
    assert Move.read(move.plain()) == move


def test_who_walks_out_is_away_for_a_while_and_comes_back() -> None:
    at = with_move(begin(), Move(Act.WALK))
    away = at.talks.experiment.politics.return_after
    assert at.round >= away
    events = [entry["event"] for entry in at.talks.record.log if entry.get("partner") == "JPN"]
    assert events[:3] == ["walked_out", "session", "came_back"]


def test_one_can_walk_out_before_anything_was_asked() -> None:
    at = begin()
    while at.turn is not None and at.turn.offer is not None:
        at = with_move(at, Move(Act.WAIT))
    week = at.round
    after = with_move(at, Move(Act.WALK))
    assert after.round > week
    assert {"round": week, "event": "walked_out", "partner": "JPN"} in after.talks.record.log


def test_what_is_accepted_before_the_text_is_ready_is_agreed_in_principle_and_signed_later() -> None:
    at = begin()
    at = with_move(at, Move(Act.ACCEPT))
    assert at.spoken[0].decision.reason is Refusal.NOT_READY
    assert at.over or at.round > 0


def test_promises_that_home_would_not_keep_cannot_be_signed() -> None:
    at = begin()
    while not at.over:
        move = Move(Act.WAIT) if at.turn is None or at.turn.last else Move(Act.OFFER, (9, 10, 0, 2, 40, 10))
        at = with_move(at, move)
    assert at.deal is None
    voids = [entry for entry in at.talks.record.log if entry["event"] == "void" and entry["partner"] == "JPN"]
    assert voids
    assert "outside the win-set" in voids[0]["reason"]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 5), st.integers(1, 6), st.randoms(use_true_random=False))
def test_whatever_is_played_ends_and_nobody_signs_what_is_worse_than_no_deal(luck, place, random) -> None:
    def anything(at: Standing) -> Move:
        assert at.turn is not None
        acts = [Act.WAIT, *([Act.ACCEPT] if at.turn.offer is not None else []), *([] if at.turn.last else [Act.OFFER])]
        act = random.choice(acts)
        counts = at.player.terms.counts
        levels = [random.randrange(int(n)) for n in counts]
        levels[2] = 0  # defence waits for the President
        return Move(act, tuple(levels) if act is Act.OFFER else None)

    end = play(anything, begin(place, luck))
    assert end.over
    assert np.isfinite(end.value)
    assert end.deal is None or (end.deal.gain >= -1e-9 and end.deal.us_gain >= -1e-9)


def test_only_pages_know_a_browser() -> None:
    folder = Path(sim.lab.__file__).parent
    for file in folder.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = [n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names]
        names += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert not [name for name in names if name.split(".")[0] in ("nicegui", "fastapi", "starlette")], file.name


def test_patience_is_a_plan_too() -> None:
    assert play(patient).over
