"""The study of order: all its questions put to one scenario."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from sim.ensemble.engine import unsuited
from sim.scenario import Scenario
from sim.study.asking import How
from sim.study.explained import Explained, explain_gains, with_patience
from sim.study.holding import hold_back
from sim.study.hub_theory import theory_curves
from sim.study.movers import gains_by_mover, gains_of_others, move_everybody
from sim.study.openings import Openings, study_openings
from sim.study.orders import study_orders
from sim.study.shapley import PATHS, set_values, shapley_values
from sim.talks.setup import prepare

__all__ = ["FEWER", "QUESTIONS", "Study", "run_study"]

Answer = Callable[["Study", Scenario, How], "Study"]

#: Questions by key, in the order in which they are asked.
QUESTIONS = {
    "places": "What is each place in the queue worth, and where does it come from?",
    "why": "Which mechanisms make it so?",
    "partners": "Who else would gain from being first, and who pays for it?",
    "orders": "Which order is best for whom?",
    "signing": "When to open, and when to sign?",
}
#: Twins of the questions that are about everybody; the others take all that the scenario has.
FEWER = 200
#: These are compared over so many runs that agents would take hours.
COMPILED_ONLY = ("partners", "orders", "signing")


@dataclass(frozen=True, eq=False)
class Study:
    """Answers; those of questions that were not asked are None.

    Attributes
    ----------
    scenario : Scenario
        What was studied.
    openings : Openings
        Value by place, and its split.
    sets : DataFrame
        Value first and last under sets of mechanisms, from :func:`sim.study.set_values`.
    shapley : DataFrame
        From :func:`sim.study.shapley_values`.
    gains, others : DataFrame
        What being first is worth to each partner; what the others gain when the focal partner is.
    explained : Explained
        What it is about partners that explains their gains.
    orders : DataFrame
        From :func:`sim.study.order_values`.
    holding : DataFrame
        Value by place and by the round before which nothing is signed, run by run.
    theory : DataFrame
        The textbook's advantage by place.
    """

    scenario: Scenario
    openings: Openings | None = None
    sets: pd.DataFrame | None = None
    shapley: pd.DataFrame | None = None
    gains: pd.DataFrame | None = None
    others: pd.DataFrame | None = None
    explained: Explained | None = None
    orders: pd.DataFrame | None = None
    holding: pd.DataFrame | None = None
    theory: pd.DataFrame | None = None

    @property
    def twins(self) -> int:
        """Twins of the headline."""
        return self.scenario.replications


def run_study(
    scenario: Scenario,
    questions: Sequence[str] = tuple(QUESTIONS),
    how: Callable[[str], How] | None = None,
    *,
    sets: str = PATHS,
    fewer: int = FEWER,
) -> Study:
    """Put questions to a scenario.

    Parameters
    ----------
    scenario : Scenario
        Gives the focal partner, and the number of twins.
    questions : sequence of str
        Of :data:`QUESTIONS`. Those about everybody are left out where only agents can play.
    how : callable, optional
        Gives for each question with what it is played, and where its runs are kept.
    sets : str
        See :func:`sim.study.shapley`.
    fewer : int
        Most twins of the questions that are about everybody.

    Returns
    -------
    Study
        With the answers.

    Raises
    ------
    KeyError
        For a question that there is not.
    """
    asked = [name for name in QUESTIONS if name in questions]
    if unknown := set(questions) - set(QUESTIONS):
        raise KeyError(*unknown)
    if unsuited(prepare(scenario)):
        asked = [name for name in asked if name not in COMPILED_ONLY]
    study = Study(scenario)
    answers: dict[str, Answer] = {**_ANSWERS, "why": partial(_why, sets=sets)}
    for name in asked:
        few = scenario.replications if name in ("places", "why") else min(fewer, scenario.replications)
        some = scenario.model_copy(update={"replications": few})
        study = answers[name](study, some, how(name) if how is not None else How())
    return study


def _places(study: Study, scenario: Scenario, how: How) -> Study:
    openings = study_openings(scenario, how)
    return replace(study, openings=openings, theory=theory_curves(len(openings.alike)))


def _why(study: Study, scenario: Scenario, how: How, *, sets: str) -> Study:
    values = set_values(_at_all_places(scenario), sets, how)
    return replace(study, sets=values, shapley=shapley_values(values))


def _partners(study: Study, scenario: Scenario, how: How) -> Study:
    moves = move_everybody(scenario, how)
    gains = gains_by_mover(moves)
    others = gains_of_others(moves, scenario.queue.focal)
    explained = with_patience(explain_gains(gains), moves, scenario)
    return replace(study, gains=gains, others=others, explained=explained)


def _orders(study: Study, scenario: Scenario, how: How) -> Study:
    return replace(study, orders=study_orders(scenario, how))


def _signing(study: Study, scenario: Scenario, how: How) -> Study:
    return replace(study, holding=hold_back(scenario, how=how))


_ANSWERS = {"places": _places, "partners": _partners, "orders": _orders, "signing": _signing}


def _at_all_places(scenario: Scenario) -> Scenario:
    """Compare the first of all places with the last, whatever places the scenario compares."""
    return scenario.model_copy(update={"queue": scenario.queue.model_copy(update={"position": None})})
