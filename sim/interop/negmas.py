"""Bargain with NegMAS: its negotiators in our seats, our domains in its mechanisms.

NegMAS (Mohammad et al. 2021) is under the AGPL-3.0. It is never required: it is imported only when one of these
functions is called, and nothing of it is part of this package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, ClassVar

from sim.bargaining import Domain, Levels, Moment
from sim.bargaining.tactics import Answer, Tactic, Traits

__all__ = ["NegmasSeat", "to_negmas"]


def to_negmas(domain: Domain, rounds: int, **options: Any) -> tuple[Any, tuple[Any, Any]]:
    """Make a NegMAS mechanism of alternating offers over a domain.

    Parameters
    ----------
    domain : Domain
        What is negotiated; no issues may share a table.
    rounds : int
        Its `n_steps`.
    **options
        Passed on to ``negmas.SAOMechanism``.

    Returns
    -------
    mechanism : negmas.SAOMechanism
        Without negotiators: ``mechanism.add(negotiator, preferences=utilities[0])``.
    utilities : tuple
        A utility function for each side, with its reservation value.

    Raises
    ------
    ImportError
        When NegMAS is not installed.
    ValueError
        When issues share a table.
    """
    negmas = _negmas()
    names = [issue.name for issue in domain.issues]
    shared = [group for group in domain.groups if len(group.at) > 1]
    if shared:
        raise ValueError(f"{' and '.join(names[at] for at in shared[0].at)} share a table, and NegMAS's sums do not")
    issues = [negmas.make_issue(list(issue.values), name=issue.name) for issue in domain.issues]
    mechanism = negmas.SAOMechanism(issues=issues, n_steps=rounds, **options)
    first, second = (_utility(negmas, domain, side, issues) for side in (0, 1))
    return mechanism, (first, second)


@dataclass(kw_only=True)
class NegmasSeat(Tactic):
    """A NegMAS negotiator as a tactic.

    Parameters
    ----------
    make : callable
        Makes the negotiator, such as ``negmas.sao.BoulwareTBNegotiator``; called anew for every session.
    """

    literature: ClassVar[str] = "mohammad2021"
    traits: ClassVar[Traits] = Traits(clock=True, responsive=True, random=True)

    make: Callable[[], Any]

    def begin(self) -> None:
        """Wait for the first call, which says how many rounds there are."""
        self._table: _Table | None = None

    def plan(self, now: Moment) -> Levels | None:
        """Ask the negotiator for an offer."""
        offer = self._at(now).negotiator.propose(self._at(now).state)
        offer = getattr(offer, "outcome", offer)
        if offer is None:
            return None
        return tuple(issue.level(value) for issue, value in zip(self.view.issues, offer, strict=True))

    def respond(self, now: Moment, offer: Levels) -> Answer:
        """Ask the negotiator for its answer; it may accept what is worse than no deal, if it likes."""
        self._planned = None
        table = self._at(now)
        values = tuple(issue.values[level] for issue, level in zip(self.view.issues, offer, strict=True))
        table.state.current_offer, table.state.current_proposer = values, table.other
        answer = table.negotiator.respond(table.state, source=table.other)
        answer = getattr(answer, "response", answer)
        return {"ACCEPT_OFFER": Answer.ACCEPT, "END_NEGOTIATION": Answer.LEAVE, "LEAVE": Answer.LEAVE}.get(
            answer.name, Answer.REFUSE
        )

    def _at(self, now: Moment) -> _Table:
        """Return the negotiator's table, with its clock set."""
        if self._table is None:
            self._table = _Table(self.make(), self.view.domain, self.view.side, now.rounds)
        state = self._table.state
        state.step, state.relative_time = now.step, now.elapsed
        return self._table


class _Table:
    """A mechanism that is never run: it gives a negotiator its utility, its partner's name and the clock."""

    def __init__(self, negotiator: Any, domain: Domain, side: int, rounds: int) -> None:
        negmas = _negmas()
        mechanism, utilities = to_negmas(domain, rounds)
        stand_in = negmas.sao.RandomNegotiator(name="other")
        seated = [(negotiator, utilities[side]), (stand_in, utilities[1 - side])]
        for who, utility in seated if side == 0 else reversed(seated):
            if not mechanism.add(who, preferences=utility):
                raise ValueError(f"the mechanism does not take {who!r}")
        self.mechanism, self.negotiator, self.other = mechanism, negotiator, stand_in.id
        self.state = mechanism.state
        self.state.running, self.state.started = True, True
        negotiator._on_negotiation_start(self.state)


def _utility(negmas: ModuleType, domain: Domain, side: int, issues: list[Any]) -> Any:
    """Additive utility of one side; every mapping holds the table of one issue."""
    values = {
        issue.name: dict(zip(issue.values, group.utilities[:, side].tolist(), strict=True))
        for issue, group in zip(domain.issues, domain.groups, strict=True)
    }
    return negmas.preferences.LinearAdditiveUtilityFunction(
        values, issues=issues, reserved_value=domain.reservation[side]
    )


def _negmas() -> ModuleType:
    """Import NegMAS, or say how to get it."""
    try:
        import negmas
        import negmas.preferences
        import negmas.sao
    except ImportError:
        message = "this needs NegMAS (AGPL-3.0): pip install 'first-mover[negmas]'"
        raise ImportError(message) from None
    module: ModuleType = negmas
    return module
