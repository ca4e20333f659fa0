"""The figures of Explore's tabs, with the numbers in them and words for those who do not see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from sim.lab.explore import Answer, Pair, partner_name
from sim.lab.playing import GivenUp, Stop, is_remembered, portions, remembered, setup_of
from sim.lab.question import View, own_value, scenario_of
from sim.plots import (
    Provenance,
    advantage_by_position,
    outcome_distributions,
    picture,
    rate_quantiles,
    shapley_waterfall,
    signing_curves,
    signing_times,
    tariffs_over_time,
    two_settings,
)
from sim.plots import phase_map as draw_map
from sim.plots.marked_dates import deadlines
from sim.scenario import Scenario, scenario_at
from sim.study import How, advantage, axis_of, like_places, phase_map, shapley
from sim.study.assumptions import label_of
from sim.study.openings import spread

__all__ = [
    "NARROW",
    "WIDE",
    "Drawn",
    "Screen",
    "first_look",
    "has_map",
    "knows_all_places",
    "map_of",
    "pair_figure",
    "places_table",
    "tab_figures",
    "why_of",
]

Progress = Callable[[int, int], None]

#: Twins at a cell of the phase map and for the Shapley values, at most.
CELL_TWINS, PATH_TWINS = 100, 200


@dataclass(frozen=True)
class Screen:
    """How large figures are drawn: inches across, dots to the inch."""

    across: float
    dots: int

    def size(self, high: float) -> tuple[float, float]:
        """Width and height of a figure, inches; on a phone figures are nearly as high as on a desk."""
        return self.across, high if self.across > 6.0 else max(high, 0.95 * self.across)


WIDE, NARROW = Screen(7.6, 125), Screen(3.9, 180)


@dataclass(frozen=True, eq=False)
class Drawn:
    """A figure that is drawn.

    Attributes
    ----------
    name : str
        For files.
    png : bytes
        The picture.
    alt : str
        What it shows, in words.
    data : DataFrame
        The numbers in it.
    """

    name: str
    png: bytes
    alt: str
    data: pd.DataFrame

    @classmethod
    def of(cls, name: str, figure: Figure, data: pd.DataFrame, screen: Screen) -> Drawn:
        """Draw a figure; its heading, which says what it shows, is its description too."""
        words = " ".join(part.get_text().replace("\n", " ") for part in figure.texts)
        return cls(name, picture(figure, screen.dots), words, data)


def pair_figure(pair: Pair, screen: Screen) -> Drawn:
    """Draw the advantage under both settings, and the difference."""
    rows = pair.rows
    figure = two_settings(rows, _origin(pair.shown), name=partner_name(pair.shown.scenario), size=screen.size(2.7))
    return Drawn.of("pinned", figure, rows, screen)


def tab_figures(tab: str, answer: Answer, screen: Screen, stop: Stop) -> Iterator[Drawn]:
    """Draw the figures of a tab that needs no long work: `value`, `spread` or `time`.

    Raises
    ------
    GivenUp
        When `stop` says so.
    """
    if tab == "value":
        yield _by_place(answer, screen, stop)
    elif tab == "spread":
        origin, name = _origin(answer), partner_name(answer.scenario)
        outcomes = answer.results.outcomes
        figure = outcome_distributions(outcomes, origin, name=name, size=screen.size(6.2))
        yield Drawn.of("outcomes_by_position", figure, outcomes, screen)
    elif tab == "time":
        yield from _over_time(answer, screen, stop)


def places_table(answer: Answer, stop: Stop) -> pd.DataFrame:
    """Return the advantage of every place over the last, as :func:`sim.study.advantage` has it, by as many twins.

    Places whose talks open in the same weeks are played once.
    """
    scenario, outcomes = answer.scenario, answer.results.outcomes
    alike = like_places(setup_of(scenario))
    if answer.everywhere is not None:
        return spread(advantage(answer.everywhere, scenario), alike)
    known = outcomes.assign(position=outcomes["position"].map(alike)).drop_duplicates(["position", "replication"])
    if (asked := _other_places(answer)) is not None:
        *_, results = portions(asked, "summary", stop)
        known = pd.concat([known, results.outcomes])
    return spread(advantage(known, scenario), alike)


def first_look(answer: Answer, screen: Screen) -> Drawn:
    """Draw the place asked about and the last, which are known before the other places are."""
    return _advantage(answer, answer.results.advantage, screen)


def knows_all_places(answer: Answer) -> bool:
    """Whether the other places need not be played first."""
    asked = None if answer.everywhere is not None else _other_places(answer)
    return asked is None or is_remembered(asked, "summary")


def _other_places(answer: Answer) -> Scenario | None:
    """The scenario at the places that an answer does not know; None when it knows all."""
    alike = like_places(setup_of(answer.scenario))
    rest = sorted({*alike.values()} - {*answer.results.outcomes["position"].map(alike)})
    return scenario_at(answer.scenario, {"queue.position": rest, "replications": answer.twins}) if rest else None


def _by_place(answer: Answer, screen: Screen, stop: Stop) -> Drawn:
    """Draw the value of every place."""
    return _advantage(answer, places_table(answer, stop), screen)


def _advantage(answer: Answer, rows: pd.DataFrame, screen: Screen) -> Drawn:
    name, place = partner_name(answer.scenario), answer.question.place
    figure = advantage_by_position(rows, _origin(answer), name=name, marked=place, size=screen.size(4.4))
    return Drawn.of("advantage_by_position", figure, rows, screen)


def _over_time(answer: Answer, screen: Screen, stop: Stop) -> Iterator[Drawn]:
    """Draw who has signed when, and the rates week by week."""
    scenario = answer.scenario.model_copy(update={"replications": answer.twins})
    *_, results = portions(scenario, "partners", stop)
    name, focal, dated, origin = partner_name(scenario), scenario.queue.focal, deadlines(scenario), _origin(answer)
    figure = signing_times(results.partners, dated, origin, focal, name=name, size=screen.size(4.6))
    curves = signing_curves(results.partners, focal, int(results.weekly["round"].max()))
    yield Drawn.of("signing_times", figure, curves, screen)
    figure = tariffs_over_time(results.weekly, dated, origin, name=name, size=screen.size(5.2))
    yield Drawn.of("tariffs_over_time", figure, rate_quantiles(results.weekly), screen)


def map_of(view: View, screen: Screen, progress: Progress, stop: Stop) -> Drawn:
    """Play and draw the phase map of a view over its two axes.

    Raises
    ------
    ScenarioError
        If a value will not do.
    GivenUp
        When `stop` says so.
    """
    scenario, (x, y) = _fewer(view, CELL_TWINS), view.axes
    grid = remembered(
        scenario,
        f"map {x} {y}",
        lambda: phase_map(scenario, axis_of(x), axis_of(y), _stoppable(progress, stop)),
    )
    at = own_value(scenario, x), own_value(scenario, y)
    figure = draw_map(
        grid,
        Provenance.of(scenario),
        x=label_of(x),
        y=label_of(y),
        name=partner_name(scenario),
        at=None if at[0] is None or at[1] is None else (float(at[0]), float(at[1])),
        size=screen.size(5.2),
    )
    return Drawn.of("phase_map", figure, grid, screen)


def has_map(view: View) -> bool:
    """Whether the phase map of a view was played before."""
    return is_remembered(_fewer(view, CELL_TWINS), f"map {view.axes[0]} {view.axes[1]}")


def why_of(view: View, screen: Screen, progress: Progress, stop: Stop) -> Drawn:
    """Play and draw what each mechanism adds to the advantage (F3).

    Raises
    ------
    GivenUp
        When `stop` says so.
    """
    scenario = _fewer(view, PATH_TWINS)
    values = remembered(scenario, "why", lambda: shapley(scenario, how=How(progress=_stoppable(progress, stop))))
    figure = shapley_waterfall(values, Provenance.of(scenario), name=partner_name(scenario), size=screen.size(4.8))
    return Drawn.of("shapley_waterfall", figure, values, screen)


def _fewer(view: View, twins: int) -> Scenario:
    """Return the scenario of a view with so many twins at most, for what takes many runs a twin."""
    scenario = scenario_of(view.question)
    return scenario_at(scenario, {"replications": min(twins, scenario.replications)})


def _stoppable(progress: Progress, stop: Stop) -> Progress:
    """Tell of progress, and end the work when nobody waits for it."""

    def advance(done: int, total: int) -> None:
        if stop():
            raise GivenUp
        progress(done, total)

    return advance


def _origin(answer: Answer) -> Provenance:
    """Where the numbers of an answer come from."""
    return Provenance.of(answer.scenario, answer.twins)
