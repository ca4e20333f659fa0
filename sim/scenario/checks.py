"""What the parts of a scenario must be to each other; the schema alone sees each part by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.scenario import codes
from sim.scenario.delegation import HEADLINES, PRINCIPALS
from sim.scenario.errors import nearest, show
from sim.scenario.fault import fault
from sim.scenario.origin import Origin
from sim.scenario.politics import OTHERS
from sim.scenario.preferences import NOT_OF_RATES, RATE_ISSUES, default_issues
from sim.scenario.tactic_checks import check_tactics

if TYPE_CHECKING:
    from sim.scenario.preferences import IssueTerms
    from sim.scenario.schema import Scenario

__all__ = ["FIRST_DAY", "check"]

#: Round 0 begins here.
FIRST_DAY = dt.date(2025, 4, 14)
#: Most events of a calendar; every week looks at all of them.
EVENTS = 1_000

Keys = tuple[str | int, ...]


def check(scenario: Scenario, origin: Origin) -> None:
    """Refuse a scenario whose parts do not fit together; what it may name depends on where it comes from.

    Raises
    ------
    PydanticCustomError
        Naming the key, the problem and, where there is one, the nearest value that will do.
    """
    _check_clock(scenario)
    _check_codes(scenario)
    _check_lists(scenario)
    _check_issues(scenario)
    _check_focal(scenario)
    _check_places(scenario)
    _check_calendar(scenario)
    check_tactics(scenario, origin)


def _check_clock(scenario: Scenario) -> None:
    """Talks end before their outcome stops being valued, and the President comes while they last."""
    rounds, horizon = scenario.clock.rounds, scenario.clock.horizon
    if rounds > horizon:
        raise fault(("clock", "rounds"), f"{rounds} rounds do not fit in a horizon of {horizon} weeks")
    for n, number in enumerate(scenario.politics.president_rounds):
        if number >= rounds:
            path = ("politics", "president_rounds", n)
            raise fault(path, f"round {number} is never reached", [f"0 to {rounds - 1}"])


def _written_codes(scenario: Scenario) -> Iterator[tuple[Keys, str, bool]]:
    """Yield every ISO code of a scenario with its path and whether it must be a requesting economy."""
    yield ("queue", "focal"), scenario.queue.focal, True
    for path, written in _lists(scenario):
        yield from (
            ((*path, n), code, True)
            for n, code in enumerate(written)
            if isinstance(code, str) and code != "last" and path[0] != "calendar"
        )
    yield from ((("partners", "overrides", code), code, True) for code in scenario.partners.overrides)
    for n, event in enumerate(scenario.calendar):
        yield from ((("calendar", n, "rates", code), code, False) for code in event.rates)
        named = ((("calendar", n, "partners", at), code, True) for at, code in enumerate(event.partners))
        yield from (entry for entry in named if entry[1] not in codes.members())
    yield from (
        (("politics", "veto_players", code), code, True) for code in scenario.politics.veto_players if code != OTHERS
    )


def _lists(scenario: Scenario) -> Iterator[tuple[Keys, tuple[str | int, ...]]]:
    """Yield the lists in which nothing may stand twice."""
    queue, politics = scenario.queue, scenario.politics
    if isinstance(queue.position, tuple):
        yield ("queue", "position"), queue.position
    if isinstance(queue.order, tuple):
        yield ("queue", "order"), queue.order
    if scenario.partners.include is not None:
        yield ("partners", "include"), scenario.partners.include
    for name, terms in scenario.issues.items():
        yield ("issues", name, "partners"), terms.partners or ()
    for n, group in enumerate(scenario.tactics.groups):
        yield ("tactics", "groups", n, "partners"), group.partners or ()
    yield ("politics", "all_tariffs"), politics.all_tariffs
    yield ("politics", "president_rounds"), politics.president_rounds
    yield ("retaliation", "partners"), scenario.retaliation.partners
    for n, event in enumerate(scenario.calendar):
        yield ("calendar", n, "partners"), event.partners


def _check_codes(scenario: Scenario) -> None:
    """Every code names an economy, and a partner's code one that asked for talks."""
    for path, code, talking in _written_codes(scenario):
        if found := codes.unknown(code, talking=talking):
            problem, near = found
            raise fault(path, problem, nearest=near)


def _check_lists(scenario: Scenario) -> None:
    """Nothing is listed twice."""
    for path, written in _lists(scenario):
        for n, item in enumerate(written):
            if item in written[:n]:
                raise fault((*path, n), f"{item} is listed twice")
    for path, chosen in (
        (("queue", "position"), scenario.queue.position),
        (("partners", "include"), scenario.partners.include),
        *((("tactics", "groups", n, "partners"), group.partners) for n, group in enumerate(scenario.tactics.groups)),
    ):
        if chosen == ():
            raise fault(path, "the list is empty; leave the key out to keep the default")


def _check_issues(scenario: Scenario) -> None:
    """Whatever speaks of issues speaks of issues that are there."""
    names = {"tariff", *scenario.issues}
    for path, issue in _written_issues(scenario):
        headlines = [HEADLINES] if path[0] == "united_states" else []
        if issue not in names and issue not in headlines:
            allowed = [*sorted(names), *headlines]
            raise fault(path, "unknown issue", allowed, nearest(issue, allowed))
    for name, terms in scenario.issues.items():
        if name in RATE_ISSUES:
            _check_rate(name, terms)
        elif terms.within is not None:
            _check_earmark(scenario, name, terms)


def _check_rate(name: str, terms: IssueTerms) -> None:
    """A rate is in every package, in steps of one point."""
    for key in NOT_OF_RATES:
        if getattr(terms, key) != getattr(default_issues()[name], key):
            problem = "the rate on autos is in every package, in steps of one point; leave the key out"
            raise fault(("issues", name, key), f"{problem} (united_states.autos_from says whose may change)")


def _written_issues(scenario: Scenario) -> Iterator[tuple[Keys, str]]:
    """Yield every issue that is named outside the list of issues, with its path."""
    for code, override in scenario.partners.overrides.items():
        for field in ("resistance", "limits"):
            yield from ((("partners", "overrides", code, field, issue), issue) for issue in getattr(override, field))
    for code, players in scenario.politics.veto_players.items():
        for name, player in players.items():
            yield from ((("politics", "veto_players", code, name, "limits", issue), issue) for issue in player.limits)
    for name in PRINCIPALS:
        weights = getattr(scenario.united_states.delegation, name).weights
        yield from ((("united_states", "delegation", name, "weights", issue), issue) for issue in weights)


def _check_earmark(scenario: Scenario, name: str, terms: IssueTerms) -> None:
    """An earmark is part of another amount of money, which is part of none itself."""
    path, whole = ("issues", name, "within"), scenario.issues.get(terms.within or "")
    if whole is None or terms.within == name or whole.unit != "USD bn":
        money = [other for other, spec in scenario.issues.items() if other != name and spec.unit == "USD bn"]
        raise fault(path, f"{show(terms.within)} is no other issue in USD bn", money, nearest(str(terms.within), money))
    if terms.unit != "USD bn":
        raise fault(path, f"{name} is measured in {terms.unit}, an earmark in USD bn")
    if whole.within is not None:
        raise fault(path, f"{terms.within} is an earmark itself")


def _check_focal(scenario: Scenario) -> None:
    """The focal partner takes part."""
    include, focal = scenario.partners.include, scenario.queue.focal
    if include is not None and focal not in include:
        raise fault(("queue", "focal"), f"{focal} is not among the partners of partners.include", include)


def _check_places(scenario: Scenario) -> None:
    """No place lies beyond the end of the queue, and no two are the same."""
    position, include = scenario.queue.position, scenario.partners.include
    n_partners = len(codes.requesting() if include is None else include)
    places = position if isinstance(position, tuple) else (position,)
    for n, place in enumerate(places):
        path: Keys = ("queue", "position", n) if isinstance(position, tuple) else ("queue", "position")
        if isinstance(place, int) and place > n_partners:
            raise fault(path, f"there is no place {place} among {n_partners} partners", [f"1 to {n_partners}", "last"])
    if n_partners in places and "last" in places:
        raise fault(("queue", "position"), f"{n_partners} and last are the same place among {n_partners} partners")


def _check_calendar(scenario: Scenario) -> None:
    """Events are not too many, and stand in order of date, from the first day to the horizon."""
    if len(scenario.calendar) > EVENTS:
        raise fault(("calendar",), f"{len(scenario.calendar):,} events", [f"up to {EVENTS:,}"])
    end = FIRST_DAY + dt.timedelta(weeks=scenario.clock.horizon)
    before = FIRST_DAY
    for n, event in enumerate(scenario.calendar):
        for field, day in (("date", event.date), ("until", event.until)):
            if day is not None and not FIRST_DAY <= day <= end:
                raise fault(("calendar", n, field), f"{day} is outside the run", [f"{FIRST_DAY} to {end}"])
        if event.date < before:
            raise fault(("calendar", n, "date"), f"{event.date} stands after {before}; events go in order of date")
        before = event.date
