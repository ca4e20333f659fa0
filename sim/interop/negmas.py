"""Bargain with NegMAS: its negotiators in our seats, our domains in its mechanisms.

NegMAS (Mohammad et al. 2021) is under the AGPL-3.0. It is never required: it is imported only when one of these
functions is called, and nothing of it is part of this package.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any, ClassVar

import numpy as np

from sim.bargaining import Domain, Levels, Moment, Value
from sim.bargaining.group import Group
from sim.bargaining.tactics import Answer, Tactic, Traits
from sim.bargaining.view import View

__all__ = ["NegmasSeat", "import_negmas", "is_negotiator", "to_negmas"]

ENDS = ("END_NEGOTIATION", "LEAVE")


def to_negmas(domain: Domain, rounds: int, **options: Any) -> tuple[Any, tuple[Any, Any]]:
    """Make a NegMAS mechanism of alternating offers over a domain.

    Parameters
    ----------
    domain : Domain
        What is negotiated.
    rounds : int
        Its `n_steps`.
    **options
        Passed on to ``negmas.SAOMechanism``.

    Returns
    -------
    mechanism : negmas.SAOMechanism
        Without negotiators: ``mechanism.add(negotiator, preferences=utilities[0])``.
    utilities : tuple
        A utility function for each side, with its reservation value: additive over issues, or where issues share a
        table one that looks its sums up in the tables of the domain.

    Raises
    ------
    ImportError
        When NegMAS is not installed.
    """
    negmas = import_negmas()
    issues = [negmas.make_issue(list(issue.values), name=issue.name) for issue in domain.issues]
    mechanism = negmas.SAOMechanism(issues=issues, n_steps=rounds, **options)
    first, second = (_utility(negmas, domain, side, mechanism.outcome_space) for side in (0, 1))
    return mechanism, (first, second)


def is_negotiator(kind: Any) -> bool:
    """Whether something is a class of NegMAS negotiators that propose and respond; NegMAS need not be installed."""
    names = ("GBNegotiator", "SAONegotiator")
    bases = kind.__mro__ if isinstance(kind, type) else ()
    return any(base.__module__.split(".")[0] == "negmas" and base.__name__ in names for base in bases)


@dataclass(kw_only=True)
class NegmasSeat(Tactic):
    """A NegMAS negotiator as a tactic.

    Parameters
    ----------
    make : callable
        Makes the negotiator, such as ``negmas.sao.BoulwareTBNegotiator``; called anew for every session.
    seed : int
        Of what it draws from the generators of Python and NumPy; they are put back after each of its turns.
    """

    literature: ClassVar[str] = "mohammad2021"
    traits: ClassVar[Traits] = Traits(clock=True, responsive=True, random=True)

    make: Callable[[], Any]
    seed: int = 0

    def begin(self) -> None:
        """Wait for the first call, which says how many rounds there are."""
        self._table: _Table | None = None
        self._last: Levels | None = None

    def moved(self, before: View) -> None:
        """Give the negotiator its new utility; on another grid, or where it does not take it, it starts anew."""
        if self._last is not None and not self.view.holds(self._last):
            self._last = None
        if self._table is not None and not self._table.revalue(self.view.domain, self.view.side):
            self._table = None

    def plan(self, now: Moment) -> Levels | None:
        """Ask the negotiator for an offer."""
        with self._at(now) as table:
            offer = table.negotiator.propose(table.state)
        offer = getattr(offer, "outcome", offer)
        if offer is None:
            return None
        self._last = tuple(issue.level(value) for issue, value in zip(self.view.issues, offer, strict=True))
        return self._last

    def respond(self, now: Moment, offer: Levels) -> Answer:
        """Ask the negotiator for its answer; it may accept what is worse than no deal, if it likes."""
        self._planned = None
        values = tuple(issue.values[level] for issue, level in zip(self.view.issues, offer, strict=True))
        with self._at(now) as table:
            table.state.current_offer, table.state.current_proposer = values, table.other
            answer = table.negotiator.respond(table.state, source=table.other)
        answer = getattr(answer, "response", answer)
        if answer.name == "ACCEPT_OFFER":
            return Answer.ACCEPT
        return Answer.LEAVE if answer.name in ENDS else Answer.REFUSE

    def target(self, now: Moment) -> float:
        """Return what its last offer is worth to it; asking for another would be a move."""
        return self.view.best if self._last is None else self.view.utility(self._last)

    @contextmanager
    def _at(self, now: Moment) -> Iterator[_Table]:
        """Sit the negotiator down with its clock set and its own dice in hand."""
        table = self._table
        with _dice(self.seed if table is None else table.dice) as thrown:
            if table is None:
                table = self._table = _Table(self.make(), self.view.domain, self.view.side, now.rounds)
            table.state.step, table.state.relative_time = now.step, now.elapsed
            yield table
            table.dice = thrown()


class _Table:
    """A mechanism that is never run: it gives a negotiator its utility, its partner's name and the clock."""

    def __init__(self, negotiator: Any, domain: Domain, side: int, rounds: int) -> None:
        negmas = import_negmas()
        mechanism, utilities = to_negmas(domain, rounds)
        stand_in = negmas.sao.RandomNegotiator(name="other")
        seated = [(negotiator, utilities[side]), (stand_in, utilities[1 - side])]
        for who, utility in seated if side == 0 else reversed(seated):
            if not mechanism.add(who, preferences=utility):
                raise ValueError(f"the mechanism does not take {who!r}")
        self.mechanism, self.negotiator, self.other = mechanism, negotiator, stand_in.id
        self.dice: Any = None
        self.issues = domain.issues
        self.state = mechanism.state
        self.state.running, self.state.started = True, True
        negotiator._on_negotiation_start(self.state)

    def revalue(self, domain: Domain, side: int) -> bool:
        """Put other utilities before the negotiator, by NegMAS's own way of changing preferences in a session."""
        if domain.issues != self.issues:
            return False
        utility = _utility(import_negmas(), domain, side, self.mechanism.outcome_space)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that preferences change in a session is what is meant here
            self.negotiator.set_preferences(utility, force=True)
        return self.negotiator.preferences is utility


@contextmanager
def _dice(start: Any) -> Iterator[Callable[[], Any]]:
    """Put a stream of random numbers in place of the global ones, and theirs back afterwards.

    `start` is a seed, or the state that a former turn ended with, as the callable returns it.
    """
    kept = _state()
    if isinstance(start, int):
        random.seed(start)
        np.random.seed(start % 2**32)  # noqa: NPY002  (the generator that NegMAS draws from)
    else:
        _restore(start)
    try:
        yield _state
    finally:
        _restore(kept)


def _state() -> tuple[Any, Any]:
    return random.getstate(), np.random.get_state()  # noqa: NPY002


def _restore(state: tuple[Any, Any]) -> None:
    random.setstate(state[0])
    np.random.set_state(state[1])  # noqa: NPY002


# --- utilities ------------------------------------------------------------------------------------------------------


def _utility(negmas: ModuleType, domain: Domain, side: int, space: Any) -> Any:
    """Utility of one side: additive over issues where it is, else by tables of several issues."""
    least = domain.reservation[side]
    if any(len(group.at) > 1 for group in domain.groups):
        tables = [_looked_up(domain, group, side) for group in domain.groups]
        return _shared_tables(negmas)(tables, outcome_space=space, reserved_value=least)
    values = {
        issue.name: dict(zip(issue.values, group.utilities[:, side].tolist(), strict=True))
        for issue, group in zip(domain.issues, domain.groups, strict=True)
    }
    return negmas.preferences.LinearAdditiveUtilityFunction(values, issues=space.issues, reserved_value=least)


def _looked_up(domain: Domain, group: Group, side: int) -> tuple[tuple[int, ...], dict[tuple[Value, ...], float]]:
    """Table of a group by the values of its issues, with their places."""
    worths = group.utilities[:, side].tolist()
    values = [
        tuple(domain.issues[at].values[n] for at, n in zip(group.at, group.levels(o), strict=True))
        for o in range(len(worths))
    ]
    return group.at, dict(zip(values, worths, strict=True))


def _shared_tables(negmas: ModuleType) -> type[Any]:
    """Make the class of utilities that look sums up; it can only be made where NegMAS is."""

    class SharedTables(negmas.preferences.UtilityFunction):  # type: ignore[misc, name-defined]
        """The sum over groups of issues of what their values together are worth."""

        def __init__(self, tables: list[tuple[tuple[int, ...], dict[Any, float]]], **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.tables = tables

        def eval(self, offer: Any) -> float:
            """Look the entries up and add them."""
            if offer is None:
                return float(self.reserved_value)
            return sum(worths[tuple(offer[at] for at in places)] for places, worths in self.tables)

    return SharedTables


def import_negmas() -> ModuleType:
    """Import NegMAS, or say how to get it.

    Raises
    ------
    ImportError
        When it is not installed.
    """
    try:
        import negmas
        import negmas.gb
        import negmas.preferences
        import negmas.sao
    except ImportError:
        message = "this needs NegMAS (AGPL-3.0): pip install 'first-mover[negmas]'"
        raise ImportError(message) from None
    module: ModuleType = negmas
    return module
