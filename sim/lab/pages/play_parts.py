"""The parts of the page on which a seat is played: clock, ask, board, home front, record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.lab.board import Cell, Worth
from sim.lab.clock import Clock
from sim.lab.pages import look
from sim.lab.public import Line
from sim.lab.reply import Reply
from sim.lab.seat import Spoken
from sim.lab.session import Standing, table_of
from sim.lab.sight import Sight
from sim.lab.voices import Voice
from sim.talks.situation import Side
from sim.talks.story import describe_package
from sim.talks.table import Table
from sim.world import date_of

__all__ = [
    "HomeFront",
    "Offering",
    "ask_card",
    "clock_strip",
    "marks_legend",
    "record_card",
    "reply_card",
    "said_card",
    "worth_words",
]

ARROWS = {1: "they give way", -1: "they ask for more"}
#: Marks below a slider.
MARKS = {"asked": "their ask", "offered": "your last offer", "passes": "what passes at home"}
#: Where a meter of the home front ends: a quarter beyond the point at which somebody says no.
METER = 1.25


def clock_strip(clock: Clock, words: str) -> None:
    """Say which week it is, and how far off the next hard date lies."""
    with look.element("section", "lab-clock", aria_label="Clock"):
        look.text(f"Week {clock.week} of {clock.weeks}", "strong")
        look.text(f"{clock.date:%-d %B %Y}", "span")
        look.text(clock.hard_date, "span", "lab-hard")
        look.text(words, "span", "lab-soft")


def worth_words(worth: Worth, who: str = "This offer") -> str:
    """Say what a package is worth to the player."""
    against = "more than no deal" if worth.gain >= 0 else "less than no deal"
    return f"{who} is worth USD {abs(worth.gain):.1f} bn {against} to you."


def reply_card(reply: Reply, news: Sequence[Line]) -> None:
    """Say what the United States answered, and what happened meanwhile."""
    with look.card(label="What the United States say"):
        look.heading("What they say")
        for words in (reply.verdict, reply.ask):
            if words:
                look.text(words)
        if reply.changes:
            _changes(reply)
        if reply.why:
            look.text(reply.why, classes="lab-soft")
        if news:
            look.heading("Meanwhile", 3)
            _lines(news)


def _changes(reply: Reply) -> None:
    with look.element("table"):
        with look.element("thead"), look.element("tr"):
            for head in ("Issue", "They asked", "Now", ""):
                look.text(head, "th", scope="col")
        with look.element("tbody"):
            for change in reply.changes:
                with look.element("tr"):
                    look.text(change.label, "th", scope="row")
                    for words in (change.before, change.after, ARROWS[change.towards]):
                        look.text(words, "td")


def ask_card(sight: Sight, worth: Worth, objections: Sequence[Voice], on_accept: Callable[[], object] | None) -> None:
    """Show the ask on the table, what it is worth, and who at home would refuse it."""
    assert sight.ask is not None
    with look.card(label="Their ask"):
        look.heading("Their ask")
        with look.element("ul", "lab-terms"):
            for cell, level in zip(sight.cells, sight.ask, strict=True):
                if len(cell.words) > 1 and (cell.open or level):
                    look.text(f"{cell.label}: {cell.words[level]}", "li")
        look.text(worth_words(worth, "Their ask"), classes="lab-strong")
        for voice in objections:
            look.text(f"At home the {voice.name} {voice.reason}.", classes="lab-trouble")
        if on_accept is not None:
            words = "Accept their ask" if sight.may_close else "Accept their ask in principle"
            look.button(words, on_accept)


class HomeFront:
    """A meter for everybody whose consent is needed."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        self._rows = {}
        with look.card(label="At home"):
            look.heading("At home")
            look.text("Who must consent, and how much of what each lets pass your offer uses.", classes="lab-soft")
            for voice in voices:
                with look.element("div", "lab-voice"):
                    name = look.text(voice.name, "span", "lab-strong")
                    meter = look.element("meter", min=0, max=METER, high=1.0, low=0.75, optimum=0)
                    meter.props["aria-label"] = f"{voice.name}: share used"
                    reason = look.text("", "span", "lab-hint")
                self._rows[voice.name] = (name, meter, reason)
        self.show(voices)

    def show(self, voices: Sequence[Voice]) -> None:
        """Move the meters."""
        for voice in voices:
            name, meter, reason = self._rows[voice.name]
            meter.props["value"] = min(voice.used, METER)
            meter.update()
            reason.set_text(voice.reason)
            name.classes(add="lab-trouble" if voice.objects else "", remove="" if voice.objects else "lab-trouble")


class Offering:
    """Sliders with number boxes for the issues that are open, and the package they stand for.

    Parameters
    ----------
    cells : sequence of Cell
        The board.
    levels : tuple of int
        Where the sliders begin.
    on_change : callable
        Called with the package whenever it changes.
    """

    def __init__(
        self, cells: Sequence[Cell], levels: tuple[int, ...], on_change: Callable[[tuple[int, ...]], None]
    ) -> None:
        self._cells, self._levels, self._on_change = tuple(cells), list(levels), on_change
        self._sliders: dict[int, look.LabelledSlider] = {}
        for k, cell in enumerate(self._cells):
            if cell.open:
                self._sliders[k] = self._slider(k, cell)
            elif len(cell.words) > 1:
                look.text(f"{cell.label}: not on the table today", classes="lab-soft")

    @property
    def levels(self) -> tuple[int, ...]:
        """The package, by level."""
        return tuple(self._levels)

    def put(self, levels: tuple[int, ...]) -> None:
        """Move all sliders."""
        for k, slider in self._sliders.items():
            self._levels[k] = levels[k]
            slider.put(self._cells[k].numbers[levels[k]])
        self._on_change(self.levels)

    def say_costs(self, worth: Worth) -> None:
        """Say below each slider what the issue costs at this level."""
        for k, slider in self._sliders.items():
            slider.say(f"{_cost(k, worth)}{_marks_in_words(self._cells[k])}")

    def _slider(self, k: int, cell: Cell) -> look.LabelledSlider:
        numbers = cell.numbers
        step = numbers[1] - numbers[0]
        return look.labelled_slider(
            cell.label[0].upper() + cell.label[1:],
            low=numbers[0],
            high=numbers[-1],
            step=step,
            value=numbers[self._levels[k]],
            unit=cell.suffix,
            on_change=lambda value: self._moved(k, value),
            marks=_marks(cell),
        )

    def _moved(self, k: int, value: float) -> None:
        """Take the level nearest to a number."""
        numbers = self._cells[k].numbers
        level = min(range(len(numbers)), key=lambda n: abs(numbers[n] - value))
        if numbers[level] != value:
            self._sliders[k].put(numbers[level])
        if level != self._levels[k]:
            self._levels[k] = level
            self._on_change(self.levels)


def _marks(cell: Cell) -> list[dict[str, object]]:
    """Marks of an issue: the last ask, one's own last offer, and how far everybody at home goes."""
    at = {"asked": cell.asked, "offered": cell.offered, "passes": cell.passes}
    return [{"kind": kind, "at": cell.numbers[level]} for kind, level in at.items() if level is not None]


def _marks_in_words(cell: Cell) -> str:
    asked = "" if cell.asked is None else f" They ask for {cell.words[cell.asked]}."
    offered = "" if cell.offered is None else f" You last offered {cell.words[cell.offered]}."
    return f" Now in force: {cell.in_force}.{asked}{offered} At home up to {cell.words[cell.passes]} passes."


def _cost(k: int, worth: Worth) -> str:
    """What an issue costs the player a year at its level; the rates cost exports together."""
    if k == 0:
        return f"With autos {100 * worth.rate:.1f} % on average: USD {worth.exports:.1f} bn a year of lost income."
    return f"Costs you USD {worth.costs[k]:.1f} bn a year."


def marks_legend() -> None:
    """Explain the marks below the sliders."""
    with look.element("p", "lab-hint lab-legend"):
        for kind, words in MARKS.items():
            look.element("span", f"lab-mark lab-mark-{kind} lab-mark-key", aria_hidden="true")
            look.text(words, "span")


def said_card(at: Standing) -> None:
    """List all offers so far, folded away: what either side said, and what it is worth to the player today."""
    if not at.spoken:
        return
    table = table_of(at)
    with look.card(label="All offers so far"), look.element("details"):
        look.text(f"All offers so far ({len(at.spoken)})", "summary")
        with look.element("div", "lab-scroll", tabindex="0"), look.element("table"):
            with look.element("thead"), look.element("tr"):
                for head in ("Week", "By", "Package", "Worth to you today, USD bn"):
                    look.text(head, "th", scope="col")
            with look.element("tbody"):
                for spoken in reversed(at.spoken):
                    _said_row(table, spoken)


def _said_row(table: Table, spoken: Spoken) -> None:
    levels, terms = spoken.offer.levels, table.terms
    units = dict(zip(terms.issues, terms.units, strict=True))
    who = "you" if spoken.offer.by is Side.PARTNER else "US"
    words = describe_package(terms.package(levels), units)
    with look.element("tr"):
        for cell in (str(spoken.round + 1), who, words, f"{table.partner_gain(levels):+.1f}"):
            look.text(cell, "td")


def record_card(lines: Sequence[Line]) -> None:
    """Show what is public, and what happened at one's own table, the latest first."""
    with look.card(label="Public record"):
        look.heading("Public record")
        if lines:
            _lines(tuple(reversed(lines)))
        else:
            look.text("Nothing has been signed or said in public yet.", classes="lab-soft")


def _lines(lines: Sequence[Line]) -> None:
    with look.element("ul", "lab-lines"):
        for line in lines:
            words = f"Week {line.round + 1} ({date_of(line.round):%-d %b}): {line.text}"
            look.text(words, "li", "lab-strong" if line.own else "")
