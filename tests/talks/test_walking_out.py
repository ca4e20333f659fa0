"""Walking out and coming back."""

from __future__ import annotations

from sim.talks import Status, TariffTalks
from tests.talks.conftest import play, small, state


def story(model: TariffTalks) -> list[tuple[str, int]]:
    return [(e["event"], e["round"]) for e in model.record.log
            if e["event"] in ("walked_out", "came_back") and e["partner"] == "JPN"]  # fmt: skip


def proud(**changes: object) -> TariffTalks:
    """Japan meets United States who ask for more than it can give; one such session is enough for it."""
    return play(
        small(
            politics={"walk_after": 1, "return_after": 4, **changes},
            united_states={"toughness": 0.9, "toughness_sd": 0.0, "beta": 0.05},
            partners={"skill": 0.0, "resistance_sd": 1.0},  # nobody knows what hurts the other
            queue={"opens": "together"},
            mechanisms={"attention": {"strength": 0.0}},
        )
    )


def test_nobody_walks_out_unless_the_scenario_says_so() -> None:
    assert not [e for e in play(small()).record.log if e["event"] == "walked_out"]


def test_it_stays_away_for_so_many_weeks() -> None:
    events = story(proud())
    assert events[0][0] == "walked_out"
    first, second = events[0][1], events[1]
    assert second == ("came_back", first + 4)


def test_while_away_it_holds_no_session() -> None:
    model = proud()
    away = [(story(model)[0][1], story(model)[1][1])]
    met = {e["round"] for e in play(small(), narrate=True).record.log if e["event"] == "session"}
    assert met  # others go on
    start, end = away[0]
    assert model.partner("JPN").sessions <= 18 - (end - start - 1)


def test_a_letter_or_a_moved_deadline_ends_it_sooner() -> None:
    """The deadline is moved in week 12 (7 July), when the letter to Japan arrives as well."""
    events = story(proud(return_after=30))
    assert ("came_back", 12) in events


def test_a_deadline_that_has_been_moved_calls_nobody_back_on_its_old_day() -> None:
    """The pause of 90 days ends on 9 July (week 13), or after a move on 5 May in week 16; Japan leaves in between."""
    moved = {"date": "2025-05-05", "action": "extend", "until": "2025-08-01"}
    for calendar, back in (((), 13), ((moved,), 16)):
        snap = {"date": "2025-07-09", "action": "snap"}
        model = TariffTalks(
            small(politics={"walk_after": 1, "return_after": 104}, calendar=[*calendar, snap]), collect=False
        )
        while model.round < 10:
            model.step()
        model.partner("JPN").walk_out()
        while model.round < 17:
            model.step()
        assert [when for what, when in story(model) if what == "came_back" and when > 10] == [back]
        assert [entry["round"] for entry in model.record.log if entry["event"] == "snap"] == [back]


def test_the_patience_counts_hopeless_sessions_in_a_row() -> None:
    patient, soon = proud(walk_after=3), proud(walk_after=1)
    assert story(soon)[0][1] < story(patient)[0][1]


def test_who_is_away_has_not_signed() -> None:
    model = TariffTalks(small(politics={"walk_after": 1, "return_after": 104}), collect=False)
    japan = model.partner("JPN")
    japan.status = Status.TALKING
    japan.walk_out()
    assert (japan.status, japan.deal) == (Status.WALKED_OUT, None)
    assert japan.status.value == "walked out"


def test_patience_nobody_loses_changes_nothing() -> None:
    assert state(play(small(politics={"walk_after": 50}))) == state(play(small()))
