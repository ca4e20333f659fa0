"""What a game teaches once it is over: the table as it really was, the twins, and how one compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from sim.lab.echo import agreed_on, echoed
from sim.lab.hints import PRICE
from sim.lab.left import Left, left_on_table
from sim.lab.moves import Act, Move
from sim.lab.questions import questions_for
from sim.lab.rivals import first_pays, percentile, rivals
from sim.lab.seat import PlayerSeat, Turn
from sim.lab.session import Standing, played
from sim.plots.album import bargaining_trace
from sim.plots.utility_space import BargainingTrace
from sim.talks.agents import Partner
from sim.talks.queue import opening_rounds
from sim.talks.story import describe_package, issue_word
from sim.talks.terms import AUTO, TARIFF

__all__ = ["WEEKS", "Debrief", "debrief", "offers_by_issue", "twins_of"]

#: Weeks, from 1, in which the talks open in the counterfactual twins.
WEEKS = (1, 6, 12)


@dataclass(frozen=True, eq=False)
class Debrief:
    """A finished game in the light of all values.

    Attributes
    ----------
    name : str
        Economy that was played.
    outcome : str
        How it ended, in a sentence.
    value, without : float
        Present value of the whole horizon, and what it would have been had the player never agreed, USD bn.
    trace : BargainingTrace
        Offers, frontier, reservation values, Nash point and deal.
    offers : DataFrame
        Every offer issue by issue.
    left : tuple of Left
        Value left on the table.
    simulated : DataFrame
        Negotiators of every stance with the same luck (:func:`sim.lab.rivals.rivals`).
    percentile : float
        Share of them that did worse, from 0 to 1.
    score : int
        The percentile of a hundred points, less the price of the hints.
    twins : DataFrame
        The same moves, and the simulated negotiator, with talks opened in other weeks.
    own_gain : float
        What the first place in the queue rather than the last is worth with these moves, USD bn.
    answer : mapping
        What being first rather than last is worth over many twins: mean, low, high, twins.
    verdict : str
        Prediction against result; empty where nothing was predicted.
    questions : tuple of str
        Four, for discussion.
    """

    name: str
    outcome: str
    value: float
    without: float
    trace: BargainingTrace
    offers: pd.DataFrame
    left: tuple[Left, ...]
    simulated: pd.DataFrame
    percentile: float
    score: int
    twins: pd.DataFrame
    own_gain: float
    answer: Mapping[str, float]
    verdict: str
    questions: tuple[str, ...]

    @property
    def signed(self) -> float:
        """Week of signing, from 1; blank without a deal."""
        played = self.twins[self.twins["played"].astype(bool)]
        return float(played["signed"].iloc[0])

    @property
    def left_total(self) -> float:
        """Value left on the table by the player, USD bn, present value."""
        return float(sum(line.own for line in self.left))

    def plain(self) -> dict[str, Any]:
        """Return all but the figures as plain data."""
        return {
            "name": self.name,
            "outcome": self.outcome,
            "value": self.value,
            "without": self.without,
            "percentile": self.percentile,
            "score": self.score,
            "own_gain": self.own_gain,
            "answer": dict(self.answer),
            "verdict": self.verdict,
            "left_total": self.left_total,
            "left": [vars(line) for line in self.left],
            "twins": self.twins.astype(object).where(self.twins.notna(), None).to_dict("records"),
            "questions": list(self.questions),
            "unit": "USD bn, present value of the whole horizon",
        }


def debrief(at: Standing, prediction: str | None = None, hints: int = 0) -> Debrief:
    """Look back on a finished game.

    Parameters
    ----------
    at : Standing
        The game.
    prediction : str, optional
        What was predicted: `first`, `last` or `same`.
    hints : int
        How many were asked for.

    Raises
    ------
    ValueError
        When the game is not over.
    """
    value = at.value
    simulated = rivals(at.game.text, at.game.place, at.game.replication)
    rank = percentile(value, simulated)
    twins = twins_of(at)
    own_gain, answer = _own_gain(at), first_pays(at.game.text)
    left = () if at.table is None else left_on_table(at.table, None if at.deal is None else at.deal.levels)
    return Debrief(
        name=at.player.name,
        outcome=_outcome(at),
        value=value,
        without=played(at.game, Refuser).value,
        trace=_trace(at),
        offers=offers_by_issue(at),
        left=left,
        simulated=simulated,
        percentile=rank,
        score=max(0, round(100 * rank) - PRICE * hints),
        twins=twins,
        own_gain=own_gain,
        answer=answer,
        verdict=_verdict(prediction, answer, own_gain),
        questions=questions_for(at, left, own_gain),
    )


class Refuser(PlayerSeat):
    """Never agrees, and never offers anything."""

    def __init__(self, partner: Partner) -> None:
        super().__init__(partner, ())

    def choose(self, turn: Turn) -> Move:
        """Wait."""
        return Move(Act.WAIT)


def twins_of(at: Standing) -> pd.DataFrame:
    """Play the twins whose talks open in other weeks: the same luck, and nothing else is changed.

    Returns
    -------
    DataFrame
        `who` ("you, same moves" or "computer"), `opened` (week, from 1), `value` (USD bn, present value of the
        horizon), `deal` (bool), `signed` (week, or blank), `played` (whether the game itself opened then).
    """
    weeks = [week for week in WEEKS if week <= at.talks.experiment.clock.rounds]
    rows = []
    for week in weeks:
        rows.append(_row("you, same moves", week, echoed(at, week - 1), at))
        rows.append(_row("computer", week, played(replace(at.game, opens=week - 1)), at))
    if at.player.opens + 1 not in weeks:
        rows.append(_row("you, same moves", at.player.opens + 1, at, at))
        rows.append(_row("computer", at.player.opens + 1, played(at.game), at))
    return pd.DataFrame(rows).sort_values(["who", "opened"], ascending=[False, True], ignore_index=True)


def _own_gain(at: Standing) -> float:
    """Value of the same moves from the first place in the queue less that from the last, USD bn."""
    setup, i = at.talks.setup, at.player.index
    first, last = (opening_rounds(setup, place)[i] for place in (1, len(setup.terms)))
    return echoed(at, first).value - echoed(at, last).value


def _row(who: str, week: int, twin: Standing, at: Standing) -> dict[str, Any]:
    signed = float("nan") if twin.deal is None else twin.deal.round + 1.0
    same = who != "computer" and week == at.player.opens + 1
    ends = {"value": twin.value, "deal": twin.deal is not None, "signed": signed}
    return {"who": who, "opened": week, **ends, "played": same}


def offers_by_issue(at: Standing) -> pd.DataFrame:
    """Every offer of both sides, one row an issue; what nobody ever asked for or offered is left out.

    Returns
    -------
    DataFrame
        `week` (from 1), `step` (counted through all sessions), `by`, `issue`, `label`, `value` (natural units),
        `unit`, `accepted` (also in principle), `status_quo` (what held before any deal, during the pause).
    """
    columns = ["week", "step", "by", "issue", "label", "value", "unit", "accepted", "status_quo"]
    terms, rows, paused = at.player.terms, [], _pause_rates(at)
    for step, spoken in enumerate(at.spoken, start=1):
        agreed = agreed_on([spoken]) is not None
        for k in range(terms.counts.size):
            if terms.counts[k] > 1:
                value = float(terms.grid[k, spoken.offer.levels[k]])
                unit = "fraction" if k in (TARIFF, AUTO) else terms.units[k]
                about = terms.issues[k], issue_word(terms.issues[k]), value, unit, agreed, paused.get(k, 0.0)
                rows.append((spoken.round + 1, step, spoken.offer.by.value, *about))
    offers = pd.DataFrame(rows, columns=columns)
    moved = offers.groupby("issue")["value"].transform("max") > 0.0
    return offers[moved].reset_index(drop=True)


def _pause_rates(at: Standing) -> dict[int, float]:
    """Rates in force during the pause, by issue."""
    threat = at.talks.experiment.threat
    return {TARIFF: threat.pause_rate, AUTO: threat.auto_rate}


def _outcome(at: Standing) -> str:
    """How the talks ended."""
    name, deal = at.player.name, at.deal
    if deal is None:
        return f"{name} signed nothing; it bears a rate of {100 * at.player.effective_rate:.0f} % on average."
    units = dict(zip(at.player.terms.issues, at.player.terms.units, strict=True))
    words = describe_package(at.player.terms.package(deal.levels), units)
    asked = ", after the President had asked for more" if deal.repriced else ""
    return f"{name} signed in week {deal.round + 1}, in its session {deal.sessions}{asked}: {words}."


def _trace(at: Standing) -> BargainingTrace:
    """The bargaining in the values of the last session, with what either side insisted on then."""
    trace = bargaining_trace(at.talks, at.player.iso)
    seen = getattr(at.player.seat, "seen", None)
    made = pd.DataFrame(_valued(at), columns=["step", "round", "by", "partner_gain", "us_gain", "accepted"])
    leasts = trace.reservation if seen is None else seen.bilateral.leasts
    return replace(trace, offers=made, reservation=leasts)


def _valued(at: Standing) -> list[tuple[int, int, str, float, float, bool]]:
    """All offers in the values of the last table."""
    if at.table is None or not at.spoken:
        return []
    gains = at.table.gains_of(np.array([spoken.offer.levels for spoken in at.spoken]))
    return [
        (step, s.round, s.offer.by.value, float(own), float(us), agreed_on([s]) is not None)
        for step, (s, (own, us)) in enumerate(zip(at.spoken, gains, strict=True), start=1)
    ]


def _verdict(prediction: str | None, answer: Mapping[str, float], own_gain: float) -> str:
    """Set what was predicted against what came out."""
    if prediction is None:
        return ""
    mean, low, high = (answer[name] for name in ("mean", "low", "high"))
    found = "same" if low <= 0.0 <= high else "first" if mean > 0.0 else "last"
    said = {"first": "it pays to be first", "last": "it pays to be last", "same": "it makes no difference"}
    hit = "That is what comes out" if prediction == found else f"What comes out is that {said[found]}"
    return (
        f"You predicted that {said[prediction]}. {hit} over {answer['twins']:.0f} twins: {mean:+.1f} "
        f"[{low:+.1f}, {high:+.1f}] USD bn for first rather than last. With your own moves it is {own_gain:+.1f}."
    )
