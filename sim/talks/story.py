"""One run told round by round, readable by a class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sim.talks.agents import Partner
from sim.talks.model import TariffTalks
from sim.talks.situation import Refusal
from sim.world import date_of

__all__ = [
    "called",
    "capitalised",
    "describe_issue",
    "describe_package",
    "issue_word",
    "narrate",
    "tell_plainly",
    "value_words",
]

ISSUE_WORDS = {
    "tariff": "general tariff",
    "auto_tariff": "autos",
    "defence": "defence support",
    "fx": "currency",
    "investment": "investment pledge",
    "market_access": "market access",
}
RATES = ("tariff", "auto_tariff")
FX_WORDS = {0.0: "no commitment", 0.5: "a joint statement", 1.0: "a managed rate"}


PRINCIPALS = {
    "president": "the President",
    "treasury": "the Treasury",
    "commerce": "Commerce",
    "trade_representative": "the Trade Representative",
}
PLAIN = {
    "repricing_failed": "The President asks {partner} for more than it can give; no deal this week.",
    "ratification_failed": "In {partner} the {player} says no because of {issue}; no deal this week.",
    "no_slot": "The text with {partner} waits: the President has others to close this week.",
    "sold_out": "What {partner} was to buy has been signed away to others; no deal this week.",
    "walked_out": "{partner} walks out.",
    "came_back": "{partner} comes back to the table.",
    "statement": 'In public: "{words}" with {partner}.',
}
OF_THE_FOCUS = ("walked_out", "came_back", "statement")


def called(model: TariffTalks, iso: str) -> str:
    """Name of a partner inside a sentence."""
    return model.partner(iso).terms.economy.called


def capitalised(sentence: str) -> str:
    """Return a sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def _first(partner: Partner) -> str:
    """Name of a partner at the beginning of a sentence."""
    return capitalised(partner.terms.economy.called)


def narrate(model: TariffTalks, only: str | None = None) -> Iterator[str]:
    """Tell what happened, one line at a time.

    Parameters
    ----------
    model : TariffTalks
        A finished run, made with ``narrate=True``.
    only : str, optional
        ISO code of the one partner whose meetings are told offer by offer; the focal partner when not set.
    """
    focus = only or model.experiment.queue.focal
    place, focal = "", model.experiment.queue.focal
    if model.position is not None:
        mover = "" if focus == focal else f"{called(model, focal)} at "
        place = f", {mover}place {model.position} in the queue"
    yield f"{model.experiment.title}: {_first(model.partner(focus))}{place}, replication {model.luck.replication}"
    round_ = -1
    for entry in model.record.log:
        lines = list(_tell(entry, model, focus))
        if lines and entry["round"] != round_:
            round_ = entry["round"]
            yield ""
            yield f"Week {round_ + 1}, {date_of(round_):%-d %B %Y}"
        yield from lines
    yield ""
    yield _closing(model, focus)


def describe_package(package: dict[str, float], units: dict[str, str]) -> str:
    """Put a package in words; what is not conceded is left out."""
    parts = [describe_issue(issue, value, units.get(issue, "share")) for issue, value in package.items()]
    return ", ".join(part for part in parts if part)


def issue_word(issue: str) -> str:
    """Name an issue in words."""
    return ISSUE_WORDS.get(issue, issue.replace("_", " "))


def describe_issue(issue: str, value: float, unit: str) -> str:
    """Put a value of an issue in words; nothing where nothing is conceded."""
    word = issue_word(issue)
    if issue in RATES:
        return f"{word} {100 * value:.0f} %"
    if value == 0.0:
        return ""
    if issue == "fx":
        return f"{word}: {FX_WORDS.get(value, f'{value:.2f}')}"
    if unit == "share":
        return f"{word} {100 * value:.0f} % of the list"
    return f"{word} {_amount(value)}{' a year' if unit.endswith('/yr') else ''}"


def value_words(issue: str, value: float, unit: str) -> str:
    """Put a value of an issue in words without naming the issue; "none" where nothing is conceded."""
    return describe_issue(issue, value, unit).removeprefix(issue_word(issue)).strip(" :") or "none"


def _amount(value: float) -> str:
    """Money with as many digits as matter."""
    if value >= 100:
        return f"USD {value:,.0f} bn"
    return f"USD {value:.1f} bn" if value >= 1 else f"USD {1000 * value:,.0f} m"


def _tell(entry: dict[str, Any], model: TariffTalks, focus: str) -> Iterator[str]:
    """Lines for one entry of the log."""
    tellers: dict[str, Callable[[dict[str, Any], TariffTalks, str], Iterator[str]]] = {
        "session": _tell_session,
        "deal": _tell_deal,
        "track_deal": _tell_track,
        "clause": _tell_clause,
        "void": _tell_void,
        **dict.fromkeys(PLAIN, _tell_plainly),
    }
    yield from tellers.get(entry["event"], _tell_calendar)(entry, model, focus)


def _tell_calendar(entry: dict[str, Any], model: TariffTalks, focus: str) -> Iterator[str]:
    words = {
        "snap": "  The deadline passes: partners without a deal now bear the threatened rates.",
        "extend": f"  The deadline is moved to {entry.get('until', '')}.",
        "letters": "  Letters announce new rates.",
        "order": "  An order sets the rates of those without a deal.",
        "ruling": "  The courts strike the general rates down: partners without a deal bear the rate on autos alone.",
    }
    if entry["event"] in words:
        yield words[entry["event"]]


def _tell_session(entry: dict[str, Any], model: TariffTalks, focus: str) -> Iterator[str]:
    if entry["partner"] != focus:
        return
    partner = model.partner(focus)
    who = f" with {_listed(entry['attended'])}" if entry["attended"] else ""
    yield f"  {_first(partner)} meets the United States (session {entry['number']}){who}"
    units = dict(zip(partner.terms.issues, partner.terms.units, strict=True))
    for offer in entry["offers"]:
        if offer["by"] is None:
            yield "    The side whose turn it is has nothing to offer."
            continue
        name = partner.terms.economy.called
        sides = (_first(partner), "the United States")
        who, other = sides if offer["by"] == "partner" else ("The United States", name)
        before = _last_offer(model, entry, offer)
        yield f"    {who}: {_changed(before, offer['package'], units)}"
        mine, theirs = (f"USD {offer[side]:+.1f} bn" for side in ("partner_gain", "us_gain"))
        yield f"      worth {mine} to {name}, {theirs} to the United States; {_answer(offer, other)}"


def _listed(names: list[str]) -> str:
    """Names of principals in a sentence."""
    words = [PRINCIPALS.get(name, name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _last_offer(model: TariffTalks, entry: dict[str, Any], offer: dict[str, Any]) -> dict[str, float] | None:
    """Package that the same side offered just before, in this session or an earlier one."""
    last: dict[str, float] | None = None
    for session in model.record.log:
        if session["event"] != "session" or session["partner"] != entry["partner"]:
            continue
        for earlier in session["offers"]:
            if earlier is offer:
                return last
            if earlier["by"] == offer["by"]:
                last = earlier["package"]
    return last


def _changed(before: dict[str, float] | None, package: dict[str, float], units: dict[str, str]) -> str:
    """Say a first package in full, a later one by what has changed in it."""
    if before is None:
        return describe_package(package, units)
    if before == package:
        return "the same again"
    parts = []
    for issue, value in package.items():
        if value != before[issue]:
            unit, word = units.get(issue, "share"), issue_word(issue)
            now = describe_issue(issue, value, unit) or f"no {word}"
            parts.append(f"{now} (was {value_words(issue, before[issue], unit)})")
    return "now " + ", ".join(parts)


def _answer(offer: dict[str, Any], other: str) -> str:
    if offer["accepted"]:
        return f"{other} accept" + ("" if other == "the United States" else "s")
    if offer["reason"] == Refusal.NOT_READY:
        return f"agreed in principle, but {Refusal.NOT_READY}"
    if "player" in offer and offer["reason"] == Refusal.OUTSIDE_WIN_SET:
        over = issue_word(offer["over"])
        return f"refused by {other}: the {offer['player'].replace('_', ' ')} will not go so far on {over}"
    short = f" (USD {offer['short']:.1f} bn short)" if offer["short"] > 0.05 else ""
    return f"refused by {other}: {offer['reason']}{short}"


def _tell_deal(entry: dict[str, Any], model: TariffTalks, focus: str) -> Iterator[str]:
    partner = model.partner(entry["partner"])
    units = dict(zip(partner.terms.issues, partner.terms.units, strict=True))
    last = ", after the President asked for more" if entry["repriced"] else ""
    terms = describe_package(entry["package"], units)
    yield f"  DEAL with {partner.terms.economy.called} in session {entry['sessions']}{last}: {terms}"


def _tell_plainly(entry: dict[str, Any], model: TariffTalks, focus: str) -> Iterator[str]:
    """Tell what needs no more than names, of the partner that is followed or of anybody's failed closing."""
    if entry["event"] in OF_THE_FOCUS and entry["partner"] != focus:
        return
    yield f"  {tell_plainly(entry, model)}"


def tell_plainly(entry: dict[str, Any], model: TariffTalks) -> str:
    """Put an entry of the log that is one of `PLAIN` in a sentence."""
    words = {key: str(value).replace("_", " ") for key, value in entry.items()}
    words["partner"] = called(model, entry["partner"])
    words["issue"] = issue_word(entry.get("issue", ""))
    return capitalised(PLAIN[entry["event"]].format(**words))


def _tell_track(entry: dict[str, Any], model: TariffTalks, focus: str) -> Iterator[str]:
    if entry["partner"] == focus:
        units = dict(zip(model.partner(focus).terms.issues, model.partner(focus).terms.units, strict=True))
        terms = describe_package({entry["issue"]: entry["value"]}, units)
        yield f"  On its track of its own {called(model, focus)} agrees on {terms}."


def _tell_void(entry: dict[str, Any], model: TariffTalks, focus: str) -> Iterator[str]:
    name = called(model, entry["partner"])
    yield f"  What was agreed with {name} cannot be signed: it is {entry['reason']}."


def _tell_clause(entry: dict[str, Any], model: TariffTalks, focus: str) -> Iterator[str]:
    partner, after = called(model, entry["partner"]), called(model, entry["after"])
    yield f"  By its parity clause {partner} gets the rates of {after}: {100 * entry['rate']:.1f} % on average."


def _closing(model: TariffTalks, focus: str) -> str:
    partner = model.partner(focus)
    outcome = "signed no deal" if partner.deal is None else f"signed in week {partner.deal.round + 1}"
    deals = len(model.us.deals)
    return (
        f"{_first(partner)} {outcome}; over the whole horizon its tariffs and concessions are worth "
        f"USD {partner.value:+.1f} bn (present value, against the world before 2 April). "
        f"{deals} of {len(model.partners)} partners signed."
    )
