"""A seat at the table: predict, then negotiate round by round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nicegui import run, ui

from sim.lab.board import worth_of
from sim.lab.clock import clock_in
from sim.lab.hints import HINTS, PRICE, Hint, hint_of
from sim.lab.lab import Lab
from sim.lab.moves import Act, Move, MoveError
from sim.lab.pages import look
from sim.lab.pages.play_parts import (
    HomeFront,
    Offering,
    ask_card,
    clock_strip,
    marks_legend,
    record_card,
    reply_card,
    said_card,
    worth_words,
)
from sim.lab.public import public_record
from sim.lab.refused import Refused
from sim.lab.room import Room, Seat, game_of, why_not_now, why_not_yet
from sim.lab.session import Standing, standing, with_move
from sim.lab.sight import Sight, sight_of
from sim.lab.store import Store
from sim.lab.voices import voices_on
from sim.plots.numbers import signed

__all__ = ["register"]

#: Seconds between two looks at whether the class goes on.
LOOK = 1.5
PREDICTIONS = {
    "first": "Yes: who opens first gets more out of it",
    "last": "No: who waits gets more out of it",
    "same": "It makes no difference",
}


def register(lab: Lab) -> None:
    """Declare the page of a seat."""
    store = Store(lab.folder)

    @ui.page("/play/{code}/{key}")
    async def play(code: str, key: str) -> None:
        try:
            room, seat = store.room(code.upper()), store.seat(code.upper(), key)
        except Refused as no:
            look.error_page("This seat cannot be opened", str(no), (("Join a class", "/join"), ("Explore", "/")))
            return
        with look.frame(f"{seat.name} at the table"):
            desk = Desk(store, room, seat, key)
            await desk.open()


@dataclass
class Desk:
    """One browser at one seat; all that counts is in the store."""

    store: Store
    room: Room
    seat: Seat
    key: str
    at: Standing | None = None
    seen: int = 0
    busy: bool = False
    halted: str | None = None
    body: Any = None
    trouble: Any = None
    offering: Any = None

    async def open(self) -> None:
        """Lay out the page where the game stands."""
        self.trouble = look.text("", "p", "lab-trouble", role="alert")
        self.body = look.element("div", "lab-play")
        await self.resume()
        ui.timer(LOOK, self.watch)

    async def resume(self) -> None:
        """Play what is kept of this seat, and show where it stands."""
        try:
            self.at = await run.io_bound(self._played)
        except MoveError as no:
            self.trouble.set_text(f"This game was begun under other rules, and cannot go on. {no}")
            return
        except Refused as no:
            self.trouble.set_text(str(no))
            return
        self.show()

    def _played(self) -> Standing:
        """Play the game as far as it goes; the scenario of the room is read for it, so not on the event loop."""
        self.seat = self.store.seat(self.room.code, self.key)
        return standing(game_of(self.room, self.seat, self.store.moves(self.seat)))

    def watch(self) -> None:
        """Look whether the class has been paused, goes on, or has been revealed."""
        try:
            self.room = self.store.room(self.room.code)
            self.store.seat(self.room.code, self.key)
        except Refused as no:
            self.body.clear()
            self.trouble.set_text(str(no))
            return
        if not self.busy and self.at is not None and self.why_not() != self.halted:
            self.show()

    def why_not(self) -> str | None:
        """Say why nothing can be done or shown now."""
        assert self.at is not None
        if self.at.over:
            return why_not_yet(self.room, self.at.ended)
        return why_not_now(self.room, self.at.round)

    # ------------------------------------------------------------------ what is shown

    def show(self) -> None:
        """Show the page that fits where the game stands."""
        assert self.at is not None
        self.halted = self.why_not()
        self.body.clear()
        self.body.props["data-moves"] = len(self.at.game.moves)
        self.body.update()
        with self.body:
            if self.seat.prediction is None:
                self._show_question()
            elif self.halted is not None:
                self._show_wait()
            elif self.at.over:
                self._show_end()
            else:
                self._show_turn(sight_of(self.at))

    def _show_question(self) -> None:
        """Ask for the prediction before anything else."""
        assert self.at is not None
        scenario, name = self.at.talks.experiment, self.at.player.name
        partners = len(self.at.talks.partners)
        with look.card():
            look.heading(f"You are {name}", 1)
            look.text(
                f"{partners} economies want a deal with the United States before their tariffs go up. You are number "
                f"{self.seat.place} of {partners} in the queue: your talks open in week {self.at.player.opens + 1}. "
                "You negotiate tariffs, autos, an investment pledge and what else is on the table, and a deal must "
                "pass at home too. The talks are simulated; nothing can be taken back."
            )
            look.text(scenario.question, classes="lab-soft")
            look.heading("Before you begin: will it pay to be first?")
            with look.element("fieldset", "lab-choices"):
                look.text("What do you predict?", "legend")
                for value, words in PREDICTIONS.items():
                    self._choice(value, words)

    def _choice(self, value: str, words: str) -> None:
        look.button(words, lambda: self.predict(value))

    async def predict(self, value: str) -> None:
        """Keep the prediction, and begin."""
        try:
            self.store.predict(self.seat, {"pays": value})
        except Refused as no:
            self.trouble.set_text(str(no))
        await self.resume()

    def _show_wait(self) -> None:
        """Say what is waited for."""
        assert self.at is not None
        now = self.room.week if self.room.pace == "together" else self.at.round
        clock_strip(clock_in(self.at.talks.experiment, now), "")
        with look.card():
            look.heading("One moment", 1)
            look.sentence(self.halted or "", "")
        record_card([line for line in public_record(self.at) if line.round <= now])

    def _show_turn(self, sight: Sight) -> None:
        """Show the table, and what can be done."""
        assert self.at is not None
        at, news = self.at, sight.record[self.seen :]
        clock_strip(sight.clock, _session_words(sight))
        title = look.heading(f"{sight.name}: your move", 1)
        title.props["tabindex"] = "-1"
        with look.element("div", "lab-split lab-table"):
            with look.element("div"):
                reply_card(sight.reply, news)
                if sight.ask is not None:
                    objections = [voice for voice in voices_on(at, sight.ask) if voice.objects]
                    accept = (lambda: self.make(Move(Act.ACCEPT))) if Act.ACCEPT in sight.can else None
                    ask_card(sight, worth_of(at, sight.ask), objections, accept)
                self._show_hints(at, sight)
            with look.element("div"):
                self._show_offer(at, sight)
        said_card(at)
        record_card(sight.record)

    def _show_offer(self, at: Standing, sight: Sight) -> None:
        """Show sliders, what the offer is worth, and who at home would refuse it."""
        levels = _beginning(sight)
        with look.card(label="Your offer"):
            look.heading("Your offer" if Act.OFFER in sight.can else "No time for a counter-offer in this session")
            if Act.OFFER in sight.can:
                worth = look.sentence("", "lab-sentence lab-sticky")
                marks_legend()
                offering = Offering(sight.cells, levels, lambda package: changed(package))
                self.offering = offering
            with look.element("div", "lab-row"):
                if Act.OFFER in sight.can:
                    look.button("Send the offer", lambda: self.make(Move(Act.OFFER, offering.levels)), main=True)
                look.button(_wait_words(sight), lambda: self.make(Move(Act.WAIT)))
                self._walk_button()
        home = HomeFront(voices_on(at, levels))

        def changed(package: tuple[int, ...]) -> None:
            found = worth_of(at, package)
            worth.set_text(worth_words(found))
            offering.say_costs(found)
            home.show(voices_on(at, package))

        if Act.OFFER in sight.can:
            changed(levels)

    def _walk_button(self) -> None:
        """Walking out takes two clicks."""
        asked = False

        async def walk() -> None:
            nonlocal asked
            if asked:
                await self.make(Move(Act.WALK))
            asked = True
            button.set_text("Yes, walk out")

        button = look.button("Walk away", walk)

    def _show_hints(self, at: Standing, sight: Sight) -> None:
        """Show the advice that was paid for, for the table of the day, and offer what is left."""
        left = self.room.hints - self.seat.hints
        if self.room.hints == 0:
            return
        with look.card(label="Advice"):
            look.heading("Advice")
            for number in range(1, min(self.seat.hints, HINTS) + 1):
                self._show_hint(hint_of(at, number), Act.OFFER in sight.can)
            words = f"Ask for advice ({left} left, each costs {PRICE} points)"
            look.button(words, self.ask_hint).props["disabled"] = left <= 0

    def _show_hint(self, hint: Hint, settable: bool) -> None:
        look.heading(hint.title, 3)
        look.text(hint.text)
        levels = hint.levels
        if levels is not None and settable:
            look.button("Set the sliders to that", lambda: self.offering.put(levels))

    async def ask_hint(self) -> None:
        """Use up a hint, and show it."""
        assert self.at is not None
        try:
            self.store.use_hint(self.seat, self.at.round)
        except Refused as no:
            self.trouble.set_text(str(no))
            return
        self.seat = self.store.seat(self.room.code, self.key)
        self.show()

    def _show_end(self) -> None:
        """Say how it ended, and lead to the debrief."""
        assert self.at is not None
        at = self.at
        with look.card():
            look.heading(f"{at.player.name}: the talks are over", 1)
            if at.deal is None:
                look.sentence("You have signed no deal; the rates of the calendar stay in force.")
            else:
                look.sentence(f"You signed in week {at.deal.round + 1}.")
            look.text(
                f"Over four years tariffs and concessions are worth USD {signed(at.value)} bn to you, against the "
                "world before 2 April (present value)."
            )
            look.link("Look back on it", f"/debrief/{self.room.code}/{self.key}", "lab-button")
        record_card(public_record(at))

    # ------------------------------------------------------------------ what is done

    async def make(self, move: Move) -> None:
        """Make a move: play it, keep it, show what came of it."""
        if self.busy or self.at is None:
            return
        self.busy, before = True, self.at
        self.trouble.set_text("")
        try:
            after = await run.io_bound(with_move, before, move)
            self.store.add_move(self.seat, len(before.game.moves), move, before.round)
        except (MoveError, Refused) as no:
            self.trouble.set_text(str(no))
            await self.resume()
            return
        finally:
            self.busy = False
        self.seen, self.at = len(public_record(before)), after
        self.show()
        with self.body:
            ui.run_javascript("document.querySelector('h1')?.focus(); window.scrollTo(0, 0)")


def _beginning(sight: Sight) -> tuple[int, ...]:
    """Where the sliders begin: at one's own last offer, or at nothing conceded."""
    return tuple(cell.offered if cell.open and cell.offered is not None else 0 for cell in sight.cells)


def _wait_words(sight: Sight) -> str:
    return "Wait: let them speak" if sight.ask is None else "Refuse and wait"


def _session_words(sight: Sight) -> str:
    """Which session it is, with whom, and whether a text could be signed."""
    who = f" with {', '.join(sight.attended)}" if sight.attended else ""
    ready = "what is agreed now can be signed" if sight.may_close else f"a text takes {sight.to_close} sessions"
    threat = f"; without a deal {100 * sight.threat:.0f} % from then on" if sight.clock.deadline is not None else ""
    return f"session {sight.session}{who}; {ready}{threat}"
