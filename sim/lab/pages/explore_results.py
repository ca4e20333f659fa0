"""The right side of Explore: the answer, its figures, and what can be taken away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from nicegui import run, ui

from sim.lab.pages import look
from sim.lab.pages.look import FigureBox, element, text
from sim.lab.showing import Shown
from sim.lab.tabs import Drawn
from sim.scenario import dump

__all__ = ["Figures", "Headline"]

#: Figures that a tab shows at most: the pair, and two of either setting.
MOST = 5

Drawings = Sequence[tuple[str, Drawn]]
Make = Callable[[Shown | None, Drawings], dict[str, bytes]]


class Headline:
    """The answer in a sentence, and what it rests on."""

    def __init__(self) -> None:
        with look.card(label="Answer") as box:
            box.classes("lab-headline")
            look.heading("Does it pay to be first?", 1)
            self._sentence = look.sentence("")
            self._against = look.sentence("", "lab-against")
            self._rests_on = text("", "p", "lab-soft")
            self._trouble = look.sentence("", "lab-trouble")

    def take(self, shown: Shown) -> None:
        """Say what is known."""
        self._trouble.set_text(shown.trouble)
        if shown.pair is None:
            return
        pair = shown.pair
        pinned = "" if pair.pinned is None else f"A (pinned): {pair.pinned.sentence} "
        self._sentence.set_text(pair.shown.sentence)
        self._against.set_text(pinned + pair.sentence)
        self._rests_on.set_text(f"{pair.shown.scenario.title}. {pair.shown.rests_on}")

    def wait(self, words: str) -> None:
        """Say that the answer is on its way."""
        self._rests_on.set_text(words)
        self._trouble.set_text("")

    def fail(self, words: str) -> None:
        """Say what is wrong."""
        self._trouble.set_text(words)


class Figures:
    """The figures of the open tab, and how far a long work is."""

    def __init__(self) -> None:
        self.shown: tuple[tuple[str, Drawn], ...] = ()
        self._done: tuple[int, int] = (0, 0)
        with element("div", "lab-row") as self._working:
            self._bar = element("progress", max=100, value=0, aria_label="Progress")
        self._working.set_visibility(False)
        self._places = [self._place() for _ in range(MOST)]
        ui.timer(0.3, self._tick)

    def take(self, shown: Shown) -> None:
        """Show the figures of a step that has some."""
        if shown.figures is not None:
            self.put(shown.figures)
            for _, box in self._places[: len(shown.figures)]:
                box.busy(shown.is_part)
        elif shown.trouble:
            self.settle()

    def put(self, figures: Sequence[tuple[str, Drawn]]) -> None:
        """Show figures, and nothing else."""
        self.shown = tuple(figures)
        self._done = (0, 0)
        for k, (caption, box) in enumerate(self._places):
            if k < len(figures):
                words, drawn = figures[k]
                caption.set_text(words)
                box.show(drawn.png, drawn.alt)
            else:
                caption.set_text("")
                box.clear()

    def wait(self) -> None:
        """Fade what is shown: something newer is on its way."""
        self._done = (0, 0)
        for _, box in self._places:
            box.busy(True)

    def settle(self) -> None:
        """Leave what is shown as it is."""
        self._done = (0, 0)
        for _, box in self._places:
            box.busy(False)

    def progress(self, done: int, total: int) -> None:
        """Note how far a long work is; called from another thread, shown by the timer."""
        self._done = done, total

    def _tick(self) -> None:
        done, total = self._done
        self._working.set_visibility(0 < done < total)
        if 0 < done < total:
            self._bar.props["value"] = round(100 * done / total)

    @staticmethod
    def _place() -> tuple[Any, FigureBox]:
        """Make a place for one figure with its caption."""
        return text("", "h3", "lab-caption"), look.figure_box()


def take_away(get: Callable[[], tuple[Shown | None, Drawings]]) -> None:
    """Make the buttons that save numbers, pictures and the scenario."""

    async def csv() -> None:
        await _save(_tables, *get(), "csv")

    async def png() -> None:
        await _save(_pictures, *get(), "png")

    async def yaml() -> None:
        await _save(_scenario, *get(), "yaml")

    for words, action, label in (
        ("CSV", csv, "Save the numbers as CSV"),
        ("PNG", png, "Save the figures as PNG"),
        ("YAML", yaml, "Save the scenario as YAML"),
    ):
        look.button(words, action, aria_label=label)


def _named(figures: Drawings) -> list[tuple[str, Drawn]]:
    """Name figures for files, those of the pinned setting apart."""
    return [(f"pinned_{drawn.name}" if words.startswith("A:") else drawn.name, drawn) for words, drawn in figures]


def _tables(shown: Shown | None, figures: Drawings) -> dict[str, bytes]:
    """The numbers of the figures, and of all twins."""
    tables = {f"{name}.csv": drawn.data for name, drawn in _named(figures)}
    if shown is not None and shown.pair is not None:
        results = shown.pair.shown.results
        tables |= {"advantage.csv": results.advantage, "outcomes.csv": results.outcomes}
    return {name: table.to_csv(index=False).encode() for name, table in tables.items()}


def _pictures(_: Shown | None, figures: Drawings) -> dict[str, bytes]:
    """The figures."""
    return {f"{name}.png": drawn.png for name, drawn in _named(figures)}


def _scenario(shown: Shown | None, _: Drawings) -> dict[str, bytes]:
    """The scenario as it stands."""
    if shown is None or shown.pair is None:
        return {}
    scenario = shown.pair.shown.scenario
    return {f"{scenario.name}.yaml": dump(scenario).encode()}


async def _save(make: Make, shown: Shown | None, figures: Drawings, kind: str) -> None:
    """Hand over one file, or several in an archive, which are written off the event loop."""
    file = await run.io_bound(_packed, make, shown, figures, kind)
    if file is not None:
        ui.download.content(file[1], file[0])


def _packed(make: Make, shown: Shown | None, figures: Drawings, kind: str) -> tuple[str, bytes] | None:
    """Write one file, or an archive of several; None where there is nothing to write."""
    files = make(shown, figures)
    if len(files) < 2:
        return next(iter(files.items()), None)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return f"first_mover_{kind}.zip", stream.getvalue()
