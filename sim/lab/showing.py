"""What Explore shows of a view, step by step: the sentence first, then the figures of the open tab, then more twins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.ensemble import StoreError
from sim.lab.explore import Pair, answers
from sim.lab.playing import Stop
from sim.lab.question import View, plainly
from sim.lab.tabs import (
    Drawn,
    Progress,
    Screen,
    first_look,
    has_map,
    knows_all_places,
    map_of,
    pair_figure,
    tab_figures,
    why_of,
)
from sim.scenario import ScenarioError
from sim.study import ResultsError
from sim.world.errors import ConvergenceError

__all__ = ["Shown", "show"]


@dataclass(frozen=True, eq=False)
class Shown:
    """A step.

    Attributes
    ----------
    pair : Pair, optional
        What is known; None when something is wrong.
    figures : tuple of (str, Drawn), optional
        Caption and figure, from the top; None when they are still to come.
    is_part : bool
        Whether the figures show a part of what is to come.
    trouble : str
        What is wrong, in a sentence.
    """

    pair: Pair | None = None
    figures: tuple[tuple[str, Drawn], ...] | None = None
    is_part: bool = False
    trouble: str = ""

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will come."""
        if self.trouble:
            return True
        return self.figures is not None and not self.is_part and self.pair is not None and self.pair.shown.is_finished


def show(view: View, screen: Screen, progress: Progress, stop: Stop, *, mapping: bool = False) -> Iterator[Shown]:
    """Answer a view.

    Parameters
    ----------
    view : View
        What is asked.
    screen : Screen
        How large figures are.
    progress : callable
        Told how far a long work is.
    stop : callable
        Asked whether to give up.
    mapping : bool
        Play the phase map, which is not done before it is asked for.

    Raises
    ------
    GivenUp
        When `stop` says so.
    """
    try:
        for pair in answers(view, stop):
            yield Shown(pair)
            if view.tab == "value" and pair.pinned is None and not knows_all_places(pair.shown):
                yield Shown(pair, (("", first_look(pair.shown, screen)),), is_part=True)
            figures = _figures(view, pair, screen, progress, stop, mapping)
            if figures is not None:
                yield Shown(pair, figures)
    except ScenarioError as error:
        yield Shown(trouble=f"This cannot be played: {plainly(error)}.")
    except (StoreError, ResultsError, ConvergenceError) as error:
        yield Shown(trouble=f"This cannot be played: {error}.")


def _figures(
    view: View, pair: Pair, screen: Screen, progress: Progress, stop: Stop, mapping: bool
) -> tuple[tuple[str, Drawn], ...] | None:
    """Draw what a tab shows of both settings; None as long as more twins have to come first."""
    if view.tab in ("map", "why"):
        if not pair.shown.is_finished:
            return None
        return _long(view, screen, progress, stop, mapping)
    if pair.pinned is None:
        return tuple(("", drawn) for drawn in tab_figures(view.tab, pair.shown, screen, stop))
    both = [("", pair_figure(pair, screen))]
    for caption, answer in (("B: the setting shown", pair.shown), ("A: pinned", pair.pinned)):
        both += [(caption, drawn) for drawn in tab_figures(view.tab, answer, screen, stop)]
    return tuple(both)


def _long(view: View, screen: Screen, progress: Progress, stop: Stop, mapping: bool) -> tuple[tuple[str, Drawn], ...]:
    """Draw what takes many runs, of the setting shown and of the one pinned."""
    views = [("", view)]
    if view.pinned is not None:
        views = [("B: the setting shown", view), ("A: pinned", replace(view, question=view.pinned))]
    if view.tab == "why":
        return tuple((caption, why_of(one, screen, progress, stop)) for caption, one in views)
    return tuple((caption, map_of(one, screen, progress, stop)) for caption, one in views if mapping or has_map(one))
