"""What a player sees, and what stays hidden."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import numpy as np
import pytest

from sim.lab.board import board_of, worth_of
from sim.lab.hints import HINTS, hint_of
from sim.lab.moves import Act, Move
from sim.lab.public import public_record
from sim.lab.reply import reply_of
from sim.lab.session import Standing, table_of, with_move
from sim.lab.sight import clock_of, sight_of
from sim.lab.voices import voices_on
from sim.talks.situation import Side
from tests.lab.games import MODEST, begin, play, yielding


def numbers_in(data: Any) -> list[float]:
    """All numbers of plain data, also those written in sentences."""
    text = json.dumps(data, default=str)
    return [float(part) for part in "".join(c if c in "0123456789.-" else " " for c in text).split() if _is(part)]


def _is(part: str) -> bool:
    try:
        float(part)
    except ValueError:
        return False
    return True


def test_the_first_week_of_a_lesson() -> None:
    sight = sight_of(begin())
    assert (sight.name, sight.clock.week, sight.clock.weeks, sight.clock.left) == ("Japan", 1, 16, 13)
    assert (f"{sight.clock.deadline}", sight.threat) == ("2025-07-09", 0.24)
    assert sight.ask == (0, 0, 0, 0, 15, 4)
    assert sight.can == (Act.OFFER, Act.ACCEPT, Act.WAIT, Act.WALK)
    assert not sight.may_close
    assert sight.to_close == 7


def test_the_board_marks_what_is_in_force_what_they_ask_and_what_home_lets_pass() -> None:
    at = with_move(begin(), Move(Act.OFFER, MODEST))
    cells = {cell.key: cell for cell in board_of(at)}
    assert (cells["tariff"].in_force, cells["auto_tariff"].in_force) == ("10 %", "25 %")
    pledge = cells["investment"]
    assert (pledge.words[pledge.asked or 0], pledge.offered) == ("USD 302 bn", 6)
    assert pledge.words[pledge.passes] == "USD 684 bn"
    assert not cells["defence"].open  # only with the President at the table


def test_a_package_is_worth_what_the_table_says() -> None:
    at = begin()
    worth = worth_of(at, MODEST)
    assert worth.gain == table_of(at).partner_gain(np.array(MODEST))
    assert worth.rate == pytest.approx(0.15)
    assert worth.exports > 0
    assert worth.costs[4] > 0


def test_home_says_no_for_a_reason() -> None:
    voices = {voice.name: voice for voice in voices_on(begin(), (0, 0, 0, 0, 30, 8))}
    assert voices["farm lobby"].objects
    assert "market access beyond 50 %" in voices["farm lobby"].reason
    assert not voices["cabinet"].objects
    assert voices["cabinet"].used == 0.0
    assert "own word" not in voices  # nothing was promised at home


def test_the_gauge_agrees_with_what_can_be_carried_home() -> None:
    at = begin()
    table = table_of(at)
    rng = np.random.default_rng(1)
    for _ in range(200):
        levels = tuple(int(rng.integers(n)) for n in table.terms.counts)
        objects = any(voice.objects for voice in voices_on(at, levels))
        assert objects == (table.win_set.opponent(np.array(levels)) is not None)


def test_the_answer_says_what_changed_and_whether_one_came_nearer() -> None:
    at = with_move(begin(), Move(Act.OFFER, MODEST))
    reply = reply_of(at)
    assert reply.verdict == "They say no: they expect to get more than this."
    assert reply.ask == "Their ask is the same again."
    at = with_move(at, Move(Act.OFFER, (0, 0, 0, 0, 8, 2)))
    assert "nearer to what they want" in reply_of(at).verdict
    assert reply_of(at).ask == "It is yours to open this session."
    at = with_move(at, Move(Act.OFFER, (0, 0, 0, 0, 7, 2)))
    assert "further from what they want" in reply_of(at).verdict
    changed = {change.label: (change.before, change.after, change.towards) for change in reply_of(at).changes}
    assert changed["investment pledge"] == ("USD 302 bn", "USD 362 bn", -1)
    assert changed["market access"] == ("40 % of the list", "20 % of the list", 1)


def everything_seen(at: Standing) -> list[Any]:
    sight = dataclasses.asdict(sight_of(at))
    hints = [dataclasses.asdict(hint_of(at, number)) for number in range(1, HINTS + 1)]
    voices = [dataclasses.asdict(voice) for voice in voices_on(at, MODEST)]
    return [sight, hints, voices, dataclasses.asdict(worth_of(at, MODEST))]


def test_the_values_of_the_united_states_are_nowhere_in_it() -> None:
    at = with_move(begin(), Move(Act.OFFER, MODEST))
    table, seen, said = table_of(at), numbers_in(everything_seen(at)), json.dumps(everything_seen(at), default=str)
    for levels in (at.turn.offer.levels, np.array(MODEST)):  # type: ignore[union-attr]
        secret = table.us_gain(levels)
        assert not [number for number in seen if abs(number - secret) < 1e-3]
        assert f"{secret:.1f} bn" not in said
    short = [s.decision.short for s in at.spoken if s.offer.by is Side.PARTNER]
    assert short[0] > 1.0
    assert not [number for number in seen if abs(number - short[0]) < 1e-3]
    assert f"{short[0]:.1f} bn" not in said
    assert not [number for number in seen if abs(number - at.talks.us.toughness) < 1e-6]


def test_the_record_tells_what_is_public_and_no_more() -> None:
    end = play(yielding)
    lines = public_record(end)
    others = [line for line in lines if line.kind == "deal" and not line.own]
    assert all("the rest is not published" in line.text and "market access" not in line.text for line in others)
    own = [line for line in lines if line.kind == "deal" and line.own]
    assert len(own) == 1
    assert own[0].text.startswith("Japan signs in the week of")
    assert [line.round for line in lines] == sorted(line.round for line in lines)


def test_drafting_is_told() -> None:
    at = with_move(begin(), Move(Act.ACCEPT))
    drafts = [line.text for line in public_record(at) if line.own and line.kind == "session"]
    assert drafts
    assert "agree in principle" in drafts[0]


def test_a_clock_that_has_run_out_says_so() -> None:
    at = begin()
    while not at.over and at.round < 14:
        at = with_move(at, Move(Act.WAIT))
    assert clock_of(at).deadline is None
    assert at.over or "No deadline lies ahead" in reply_of(at).why or reply_of(at).why == ""


def test_hints_know_only_what_the_player_could() -> None:
    at = begin()
    trade, time, offer = (hint_of(at, number) for number in (1, 2, 3))
    assert "investment pledge" in trade.text
    assert "6 more sessions" in time.text
    assert "13 weeks are left" in time.text
    assert offer.levels is not None
    assert table_of(at).partner_gain(np.array(offer.levels)) > 0.0
    with_move(at, Move(Act.OFFER, offer.levels))  # what it advises can be done


@pytest.mark.parametrize("number", [0, HINTS + 1])
def test_there_are_three_hints(number: int) -> None:
    with pytest.raises(ValueError, match="no such hint"):
        hint_of(begin(), number)
