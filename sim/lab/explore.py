"""Answers of Explore: what a place in the queue is worth, alone or against a pinned setting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.lab.playing import Stop, is_quick, portions, setup_of
from sim.lab.question import Question, View, scenario_of
from sim.scenario import Scenario, scenario_at
from sim.study import Results, gap_interval, like_places, mean_interval, per_year
from sim.study.words import answer_of, interval, ordinal
from sim.world import load_world

__all__ = ["Answer", "Pair", "answers", "partner_name"]


@dataclass(frozen=True, eq=False)
class Answer:
    """What is known of a question so far.

    Attributes
    ----------
    question : Question
        What was asked.
    results : Results
        Twins played so far, at the place and at the last.
    everywhere : DataFrame, optional
        Their outcomes at one place of those whose talks open in the same weeks, where these were played along.
    """

    question: Question
    results: Results
    everywhere: pd.DataFrame | None = None

    @property
    def scenario(self) -> Scenario:
        """The whole experiment."""
        return self.results.scenario

    @property
    def twins(self) -> int:
        """Twins it rests on."""
        return self.results.replications

    @property
    def is_finished(self) -> bool:
        """Whether all twins that were asked for are in it."""
        return self.twins == self.scenario.replications

    @property
    def row(self) -> dict[str, Any]:
        """The place against the last, as a row of the advantage by place; the place alone when it is the last."""
        return {str(key): value for key, value in self.results.advantage.iloc[0].items()}

    @property
    def sentence(self) -> str:
        """The answer in a sentence, with its interval."""
        name = partner_name(self.scenario)
        if len(self.results.advantage) < 2:
            place = ordinal(self.question.place)
            return f"{place} is the last place: choose an earlier one, and it is compared with the last."
        return answer_of(name, self.row)

    @property
    def rests_on(self) -> str:
        """How many twins it rests on, in words."""
        asked = self.scenario.replications
        more = "" if self.is_finished else f" of {asked:,}; the rest are on their way"
        return f"{self.twins:,} twins a place{more}, seed {self.scenario.seed}. Interval: 95 per cent."


@dataclass(frozen=True, eq=False)
class Pair:
    """Setting B, on show, and setting A, pinned, if there is one."""

    shown: Answer
    pinned: Answer | None = None

    @property
    def rows(self) -> pd.DataFrame:
        """The advantage under A, under B, and B less A: `setting`, `mean`, `low`, `high` (USD bn a year), `twins`.

        The difference is taken twin by twin where both share their luck.
        """
        if self.pinned is None:
            return pd.DataFrame([_row("B", _gaps(self.shown))])
        one, two = _gaps(self.pinned), _gaps(self.shown)
        rows = [_row("A (pinned)", one), _row("B (shown)", two)]
        both = pd.concat([one, two], axis=1, join="inner")
        if self.pinned.scenario.seed == self.shown.scenario.seed and len(both) > 1:
            rows.append(_row("B less A", both.iloc[:, 1] - both.iloc[:, 0]))
        else:
            rows.append(_unpaired(one, two))
        return pd.DataFrame(rows)

    @property
    def sentence(self) -> str:
        """What B makes of the advantage that A gives, with its interval."""
        if self.pinned is None:
            return ""
        last = self.rows.iloc[-1]
        same = self.pinned.scenario.seed == self.shown.scenario.seed
        how = "with the same luck in both" if same else "with other luck in each, since their seeds differ"
        apart = last["low"] > 0 or last["high"] < 0
        verdict = "" if apart else ", which cannot be told from no difference"
        moved = interval(last["mean"], last["low"], last["high"])
        return f"Against A, the setting shown changes that by {moved} a year, {how}{verdict}."


def answers(view: View, stop: Stop = lambda: False) -> Iterator[Pair]:
    """Answer the question of a view, and that of its pinned setting, better and better.

    Raises
    ------
    ScenarioError
        If a question cannot be asked.
    GivenUp
        When `stop` says so.
    """
    pinned: Answer | None = None
    along = view.tab == "value"
    for shown in _of(view.question, along, stop):
        if view.pinned is not None and (pinned is None or not pinned.is_finished):
            *_, pinned = _of(view.pinned, along, stop)
        yield Pair(shown, pinned)


def _of(question: Question, along: bool, stop: Stop) -> Iterator[Answer]:
    """Answers to one question; with `along` all places are played at once, if nobody has to wait long for it."""
    scenario = scenario_of(question)
    alike = like_places(setup_of(scenario))
    wide = scenario_at(scenario, {"queue.position": sorted({*alike.values()})})
    ends = {alike[place]: place for place in {question.place, max(alike)}}
    apart = len(ends) == len({question.place, max(alike)})
    if not (along and apart and is_quick(wide)):
        for results in portions(scenario, "focal", stop):
            yield Answer(question, results)
        return
    for results in portions(wide, "focal", stop):
        yield Answer(question, _at(scenario, results, ends), results.outcomes)


def _at(scenario: Scenario, results: Results, ends: dict[int, int]) -> Results:
    """Results at some places, called by another name, of those at all places."""
    outcomes, weekly = (table[table["position"].isin(ends)] for table in (results.outcomes, results.weekly))
    named = [table.assign(position=table["position"].map(ends)).reset_index(drop=True) for table in (outcomes, weekly)]
    return Results(scenario, named[0], results.partners, named[1])


def partner_name(scenario: Scenario) -> str:
    """Name of the focal partner."""
    return str(load_world().partner(scenario.queue.focal).name)


def _gaps(answer: Answer) -> pd.Series[float]:
    """Value at the place less value at the last, twin by twin, USD bn a year."""
    values = answer.results.outcomes.pivot_table(index="replication", columns="position", values="value")
    return (values[min(values.columns)] - values[max(values.columns)]) * per_year(answer.scenario)


def _row(setting: str, gaps: pd.Series[float]) -> dict[str, Any]:
    """One row of a comparison."""
    mean, low, high = mean_interval(np.asarray(gaps, dtype=np.float64))
    return {"setting": setting, "mean": mean, "low": low, "high": high, "twins": len(gaps)}


def _unpaired(one: pd.Series[float], two: pd.Series[float]) -> dict[str, Any]:
    """Difference of two means that rest on different luck (Welch)."""
    mean, low, high = gap_interval(*(np.asarray(gaps, dtype=np.float64) for gaps in (two, one)))
    return {"setting": "B less A", "mean": mean, "low": low, "high": high, "twins": min(len(one), len(two))}
