"""Whether a finished run keeps the rules that every run must keep, found out without the model's own bookkeeping.

The log says what was signed and when; the calendar says what is borne without a deal. From these alone every week's
rates are written down again, and every partner's value is added up from them, slowly and in plain numbers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from sim.mechanisms import weekly_capacity
from sim.talks.agents import Partner
from sim.talks.deal import Status
from sim.talks.ledger import Ledger, level_of
from sim.talks.model import TariffTalks
from sim.talks.terms import AUTO, TARIFF

__all__ = ["audit"]

#: Rounding: of small sums in USD bn, of large ones as a share of them, and of rates.
CLOSE = 1e-9
Check = Callable[[TariffTalks, Ledger], Iterator[str]]


def audit(model: TariffTalks) -> list[str]:
    """Return what is wrong with a finished run, a sentence for each finding; nothing when all is well.

    Offers, sessions and waiting times are looked at only where the run was narrated.
    """
    ledger = Ledger(model)
    return [finding for check in CHECKS for finding in check(model, ledger)]


# ---------------------------------------------------------------------- numbers


def _numbers_are_finite(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """No value, rate, gain or belief is infinite or not a number."""
    books = {
        "log": [event for event in model.record.log if event["event"] != "session"],
        "offers": [[offer[key] for key in ("partner_gain", "us_gain", "short")] for _, offer in _offers(model)],
        "weekly figures": [row[2:] for row in model.record.weekly],
        "United States": _plain(model.us),
        "beliefs": model.toughness_belief,
        **{partner.iso: _plain(partner) for partner in model.partners},
    }
    for where, book in books.items():
        yield from (f"{where}: {path} is {value}" for path, value in _numbers(book, "") if not math.isfinite(value))


def _plain(agent: Any) -> dict[str, Any]:
    """What an agent remembers in numbers."""
    return {name: value for name, value in vars(agent).items() if isinstance(value, (int, float, np.ndarray))}


def _numbers(book: Any, path: str) -> Iterator[tuple[str, float]]:
    """Yield all numbers of nested data with their paths."""
    if isinstance(book, dict):
        for key, value in book.items():
            yield from _numbers(value, f"{path}.{key}" if path else str(key))
    elif isinstance(book, (list, tuple, np.ndarray)):
        for n, value in enumerate(book):
            yield from _numbers(value, f"{path}[{n}]")
    elif isinstance(book, (int, float, np.number)):
        yield path, float(book)


def _values_add_up(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """The value of a partner's whole horizon is the sum of its weeks (V1)."""
    for partner, value, size in zip(model.partners, *ledger.values(), strict=True):
        if not abs(partner.value - value) <= CLOSE * max(1.0, size):
            yield f"{partner.iso}: its value is {partner.value!r}, and its weeks add up to {value!r}"


# ---------------------------------------------------------------------- rates


def _rates_follow_calendar_and_deals(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """Without a deal the calendar's rates are borne, with one those of the deal or of a later clause."""
    final = ledger.rates[-1]
    for i, partner in enumerate(model.partners):
        rates = (partner.tariff, partner.auto_tariff)
        if not np.array_equal(final[i], rates):
            yield f"{partner.iso}: bears {rates}, and calendar and deals say {tuple(final[i].tolist())}"
        if partner.effective_rate != partner.terms.rate(*rates):
            yield f"{partner.iso}: its effective rate {partner.effective_rate} is not that of {rates}"
        if not 0.0 <= partner.effective_rate <= 1.0:
            yield f"{partner.iso}: its effective rate is {partner.effective_rate}"


def _clauses_only_lower(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """After signing a rate moves by a clause, and falls."""
    for n, iso, before, after in ledger.moves:
        if after[TARIFF] > before[TARIFF] + CLOSE or after[AUTO] > before[AUTO] + CLOSE:
            yield f"{iso}: a clause raised its rates from {before} to {after} in round {n}"
        deal = model.partner(iso).deal
        if deal is None or not deal.clause:
            yield f"{iso}: its rates moved by a clause in round {n}, and it has none"
    if model.experiment.mechanisms.parity.strength <= 0.0 and ledger.moves:
        yield "clauses carried rates over without parity"


# ---------------------------------------------------------------------- deals


def _packages_are_on_their_grids(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """Every package signed or offered lies on its grid, between the ends of every issue's range."""
    for event in model.record.log:
        if event["event"] == "deal":
            yield from _off_grid(model.partner(event["partner"]), event["package"], f"signed in round {event['round']}")
    for event, offer in _offers(model):
        counts, levels = model.partner(event["partner"]).terms.counts, offer["levels"]
        if len(levels) != counts.size or not all(0 <= level < n for level, n in zip(levels, counts, strict=True)):
            yield f"{event['partner']}: levels {levels} offered in round {event['round']} are not on the grid"


def _off_grid(partner: Partner, package: dict[str, float], when: str) -> Iterator[str]:
    terms = partner.terms
    if list(package) != list(terms.issues):
        yield f"{partner.iso}: the package {when} is about {list(package)}"
        return
    for k, (issue, value) in enumerate(package.items()):
        grid = terms.grid[k, : terms.counts[k]]
        if not grid[0] <= value <= grid[-1] or value not in grid:
            yield f"{partner.iso}: {issue} {value} {when} is not on its grid from {grid[0]} to {grid[-1]}"


def _deals_can_be_carried_home(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """What a partner signed lay inside its win-set in that week."""
    for iso, event in ledger.deals.items():
        partner = model.partner(iso)
        win_set, package, terms = partner.win_set(event["round"]), event["package"], partner.terms
        for k, issue in enumerate(terms.issues):
            if package[issue] > terms.grid[k, win_set.top[k]] + CLOSE:
                yield f"{iso}: signed {issue} {package[issue]}, and carries {terms.grid[k, win_set.top[k]]} home"
        for part, whole in ((terms.issues[k], terms.issues[j]) for k, j in win_set.ties.tolist()):
            if package[part] > package[whole] + CLOSE:
                yield f"{iso}: signed {part} {package[part]} above {whole} {package[whole]}"


def _nothing_is_sold_twice(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """Of what there is only so much, no more is signed away."""
    for name, spec in model.experiment.issues.items():
        sold = sum(event["package"].get(name, 0.0) for event in ledger.deals.values())
        if spec.supply is not None and sold > spec.supply + CLOSE:
            yield f"{name}: {sold} were signed away of {spec.supply}"


def _closings_are_bounded(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """No more texts are closed in a week than cross the President's desk."""
    a = model.experiment.mechanisms.attention
    for round_, closed in Counter(event["round"] for event in ledger.deals.values()).items():
        limits = a.rush if _rushed(model, round_) else a
        most = weekly_capacity(a.strength, limits.closings, len(model.partners))
        if closed > most:
            yield f"{closed} deals were closed in round {round_}, and {most} can be"


def _deals_beat_no_deal(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """Nobody signs what is worse than no deal."""
    for iso, event in ledger.deals.items():
        for side, gain in (("it", event["gain"]), ("the United States", event["us_gain"])):
            if not gain >= -CLOSE:
                yield f"{iso}: {side} gained {gain} by the deal of round {event['round']}"
        table = model.record.tables.get(iso)
        if table is not None:
            levels = np.array([level_of(table.terms.grid[k], v) for k, v in enumerate(event["package"].values())])
            for told, worth in ((event["gain"], table.partner_gain(levels)), (event["us_gain"], table.us_gain(levels))):
                if told != worth:
                    yield f"{iso}: a gain of {told} was recorded for a package worth {worth}"


def _each_signs_once(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """Deals are signed once, after the talks have opened and while they last, and everybody knows of them."""
    signed = [event["partner"] for event in model.record.log if event["event"] == "deal"]
    yield from (f"{iso}: signed {count} times" for iso, count in Counter(signed).items() if count > 1)
    if signed != [deal.iso for deal in model.us.deals]:
        yield f"the United States count {[deal.iso for deal in model.us.deals]} as signed, and the log {signed}"
    for partner in model.partners:
        if (partner.deal is not None) != (partner.iso in signed) or (partner.deal is None) == (
            partner.status is Status.SIGNED
        ):
            yield f"{partner.iso}: is {partner.status.value}, and the log says {partner.iso in signed}"
        deal = ledger.deals.get(partner.iso)
        if deal is not None and not partner.opens <= deal["round"] < model.experiment.clock.rounds:
            yield f"{partner.iso}: signed in round {deal['round']}, and its talks opened in round {partner.opens}"


def _texts_take_their_time(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """No deal closes before its text can be ready, unless the President sits at the table."""
    for iso, event in ledger.deals.items():
        partner = model.partner(iso)
        needed = _sessions_needed(model, partner, event["round"])
        president = model.is_focal(partner) and event["round"] in model.experiment.politics.president_rounds
        president |= model.setup.timeline.meetings(event["round"]).get(iso, False)
        if event["sessions"] < needed and not president:
            yield f"{iso}: closed after {event['sessions']} sessions of the {needed} a text takes"


def _sessions_needed(model: TariffTalks, partner: Partner, n: int) -> int:
    """Sessions that a partner's text takes in a round: fewer in a rush before a deadline."""
    if not _rushed(model, n):
        return partner.terms.to_close
    return max(1, math.ceil(partner.terms.to_close * model.experiment.mechanisms.attention.rush.text - CLOSE))


def _rushed(model: TariffTalks, n: int) -> bool:
    """Whether a round lies in a rush: close before a deadline that still stands."""
    attention, deadline = model.experiment.mechanisms.attention, model.setup.timeline.deadline(n)
    ruled = 0 <= model.ruling <= n
    return attention.strength > 0.0 and deadline is not None and not ruled and deadline - n <= attention.rush.weeks


# ---------------------------------------------------------------------- weeks


def _weeks_are_counted(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """Every round has its figures, and deals never become fewer."""
    weekly, rounds = model.record.weekly, model.experiment.clock.rounds
    if [row[0] for row in weekly] != list(range(rounds)):
        yield f"the weekly figures are of rounds {[row[0] for row in weekly]}, not of the {rounds} there were"
    counts = [row[3] for row in weekly]
    if counts != sorted(counts) or (counts and counts[-1] != len(model.us.deals)):
        yield f"deals so far were counted as {counts}"


def _nobody_waits_less_than_no_time(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """A partner is met at most once a week, from its opening until it signs; waiting times are at least a week."""
    met: dict[str, list[int]] = {partner.iso: [] for partner in model.partners}
    for event in _sessions(model):
        met[event["partner"]].append(event["round"])
    for partner in model.partners:
        rounds = met[partner.iso]
        before = partner.sessions_before
        never = partner.sessions == before and partner.last_met == partner.opens - 1
        if not never and not partner.opens <= partner.last_met < model.experiment.clock.rounds:
            yield f"{partner.iso}: was last met in round {partner.last_met}"
        if not model.record.narrate:
            continue
        if len(rounds) + before != partner.sessions:
            yield f"{partner.iso}: counts {partner.sessions} sessions, and the log {len(rounds)}"
        waits = np.diff([partner.opens - 1, *rounds])
        if (waits < 1).any():
            yield f"{partner.iso}: was met in rounds {rounds} with talks open from {partner.opens}"
        deal = ledger.deals.get(partner.iso)
        if deal is not None and (not rounds or rounds[-1] != deal["round"] or deal["sessions"] != len(rounds) + before):
            yield f"{partner.iso}: signed in round {deal['round']} after {deal['sessions']} sessions, met in {rounds}"


def _attention_is_bounded(model: TariffTalks, ledger: Ledger) -> Iterator[str]:
    """The United States never hold more sessions a week than they can."""
    a = model.experiment.mechanisms.attention
    by_date = model.setup.timeline.meetings
    held = Counter(e["round"] for e in _sessions(model) if e["partner"] not in by_date(e["round"]))
    for round_, count in held.items():
        sessions, window = (a.rush.sessions, a.rush.window) if _rushed(model, round_) else (a.capacity, a.window)
        most = weekly_capacity(a.strength, sessions, len(model.partners))
        if a.strength > 0.0:
            most = min(most, window)
        if count > most:
            yield f"{count} sessions were held in round {round_}, and {most} can be"


def _sessions(model: TariffTalks) -> Iterator[dict[str, Any]]:
    return (event for event in model.record.log if event["event"] == "session")


def _offers(model: TariffTalks) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield every offer of a narrated run with its session."""
    return ((event, offer) for event in _sessions(model) for offer in event["offers"] if offer["by"] is not None)


CHECKS: tuple[Check, ...] = (
    _numbers_are_finite,
    _values_add_up,
    _rates_follow_calendar_and_deals,
    _clauses_only_lower,
    _packages_are_on_their_grids,
    _deals_can_be_carried_home,
    _nothing_is_sold_twice,
    _closings_are_bounded,
    _deals_beat_no_deal,
    _each_signs_once,
    _texts_take_their_time,
    _weeks_are_counted,
    _nobody_waits_less_than_no_time,
    _attention_is_bounded,
)
