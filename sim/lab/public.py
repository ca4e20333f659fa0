"""What everybody can read in the papers, and what happened at one's own table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.lab.session import Standing
from sim.talks.situation import Refusal
from sim.talks.story import (
    PLAIN,
    called,
    capitalised,
    describe_package,
    issue_word,
    tell_plainly,
    value_words,
)
from sim.world import date_of

__all__ = ["Line", "public_record"]

#: Terms of a deal that are published at once, being law or a headline; the rest stays undisclosed.
PUBLISHED = ("tariff", "auto_tariff", "investment")
#: Of others only what is said or done in the open is heard.
OPEN = ("ratification_failed", "walked_out", "came_back", "statement")


@dataclass(frozen=True)
class Line:
    """One entry of the record.

    Attributes
    ----------
    round : int
        Week, from 0.
    kind : str
        Name of the event.
    text : str
        A sentence.
    own : bool
        Whether it is about the player.
    """

    round: int
    kind: str
    text: str
    own: bool


def public_record(at: Standing) -> tuple[Line, ...]:
    """Return what the player can know of the talks so far, in order; values of the others are not among it."""
    lines = []
    for entry in at.talks.record.log:
        own = entry.get("partner") == at.player.iso
        if text := _told(at, entry, own):
            lines.append(Line(entry["round"], entry["event"], text, own))
    return tuple(lines)


def _told(at: Standing, entry: dict[str, Any], own: bool) -> str:
    """Sentence for an entry of the log; nothing for what stays behind closed doors."""
    event = entry["event"]
    if event == "deal":
        return _deal(at, entry, own)
    if event == "session" and own:
        return _draft(at, entry)
    if event in PLAIN:
        return tell_plainly(entry, at.talks) if own or event in OPEN else ""
    if event == "void" and own:
        return f"What you agreed on cannot be signed: it is {entry['reason']}."
    if event == "track_deal" and own:
        terms = at.player.terms
        unit = terms.units[terms.issues.index(entry["issue"])]
        words = value_words(entry["issue"], entry["value"], unit)
        return f"On a track of its own your ministers agree on {issue_word(entry['issue'])}: {words}."
    if event == "clause":
        partner, after = (called(at.talks, entry[key]) for key in ("partner", "after"))
        return f"By its parity clause {partner} gets the rates of {after}: {100 * entry['rate']:.1f} % on average."
    return _dated(at, entry)


def _dated(at: Standing, entry: dict[str, Any]) -> str:
    """Sentence for an event of the calendar."""
    if entry["event"] == "snap":
        return "The deadline passes: who has no deal now bears the threatened rate."
    if entry["event"] == "extend":
        return f"The deadline is moved to {entry['until']}."
    if entry["event"] in ("letters", "order"):
        whom, rate = called(at.talks, at.player.iso), 100 * at.player.threat
        said = "Letters go out" if entry["event"] == "letters" else "An order sets rates for all without a deal"
        return f"{said}; the rate threatened on {whom} is {rate:.0f} %."
    if entry["event"] == "ruling":
        return "The courts strike the general rates down: without a deal only the rate on autos is left."
    return ""


def _draft(at: Standing, entry: dict[str, Any]) -> str:
    """Sentence for a session that ended with an agreement in principle; all others are told offer by offer."""
    if not entry["offers"] or entry["offers"][-1].get("reason") != Refusal.NOT_READY:
        return ""
    number, needed = entry["number"], at.player.terms.to_close
    return f"You agree in principle; the text is being written (session {number}, a text takes {needed})."


def _deal(at: Standing, entry: dict[str, Any], own: bool) -> str:
    partner = at.talks.partner(entry["partner"])
    units = dict(zip(partner.terms.issues, partner.terms.units, strict=True))
    known = entry["package"] if own else {k: v for k, v in entry["package"].items() if k in PUBLISHED}
    rest = "" if own else "; the rest is not published"
    asked = " The President asked for more at the last minute, and got it." if own and entry["repriced"] else ""
    when = f"{date_of(entry['round']):%-d %B}"
    who, terms = capitalised(partner.terms.economy.called), describe_package(known, units)
    return f"{who} signs in the week of {when}: {terms}{rest}.{asked}"
