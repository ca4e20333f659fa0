"""The left side of Explore: what is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nicegui import run

from sim.lab.pages import look, widgets
from sim.lab.pages.look import element, text
from sim.lab.pages.reading import read
from sim.lab.question import LONGEST, MOST_RUNS, Question, base_of, last_place, plainly, scenario_of, titles
from sim.lab.sliders import Slider, by_section, drawer, main_sliders
from sim.scenario import ScenarioError

__all__ = ["Controls"]

OWN = "yours"

Change = Callable[[Question], Question]


class Controls:
    """Scenario, sliders, drawer, seed and runs.

    Parameters
    ----------
    question : Question
        Where they stand at first.
    on_change : callable
        Called with every new question.
    on_trouble : callable
        Called with a sentence when something cannot be asked.
    """

    def __init__(
        self, question: Question, on_change: Callable[[Question], Any], on_trouble: Callable[[str], None]
    ) -> None:
        self._question, self._on_change, self._on_trouble = question, on_change, on_trouble
        self._turn, self._built = asyncio.Lock(), 0
        with look.card(label="Setting"):
            look.heading("Setting")
            own = {OWN: "A scenario of your own"} if question.text else {}
            here = OWN if question.text else question.scenario
            widgets.choice("Scenario", {**own, **titles()}, here, self._choose)
            self._about = text("", "p", "lab-hint")
            self._sliders = element("div")
            with element("details"):
                text("More assumptions, seed and twins", "summary")
                self._more = element("div")
        self._build()

    def _build(self) -> None:
        """Lay out everything that depends on the scenario."""
        self._built += 1
        base = base_of(self._question)
        self._made: dict[str, list[look.LabelledSlider]] = {}
        self._about.set_text(base.question)
        self._sliders.clear()
        with self._sliders:
            look.labelled_slider(
                "Place in the queue",
                low=1,
                high=max(2, last_place(base)),
                value=self._question.place,
                whole=True,
                on_change=lambda place: self._ask(lambda asked: replace(asked, place=int(place))),
                hint="Compared with the last place, with everything else equal.",
            )
            for slider in main_sliders(base):
                self._slider(slider, slider.meaning)
        self._more.clear()
        with self._more:
            self._luck(base.seed)
            self._own_file()
            _Drawer(drawer(base), self._slider)

    def _slider(self, slider: Slider, hint: str) -> None:
        """Make the slider of one number."""
        value = self._question.value(slider.key)
        value = slider.value if value is None else float(value)
        made = look.labelled_slider(
            slider.label,
            low=min(slider.low, value),
            high=max(slider.high, value),
            step=slider.step,
            value=value,
            unit=slider.unit,
            hint=hint,
            whole=slider.whole,
            logarithmic=slider.logarithmic,
            on_change=lambda moved: self._change(slider.key, moved, made),
        )
        self._made.setdefault(slider.key, []).append(made)

    def _luck(self, seed: int) -> None:
        """Make the boxes for the twins and the seed."""
        asked = self._question
        widgets.number_box(
            "Twins a place", 2, MOST_RUNS, asked.runs, lambda runs: self._ask(lambda now: replace(now, runs=runs))
        )
        widgets.number_box(
            "Seed of all luck",
            0,
            2**31 - 1,
            seed if asked.seed is None else asked.seed,
            lambda new: self._ask(lambda now: replace(now, seed=None if new == seed else new)),
        )

    def _own_file(self) -> None:
        """Make the way in for a scenario of one's own."""
        kinds = ".yaml,.yml,text/yaml"
        widgets.file_box("A scenario of your own (YAML)", kinds, self._bring, 2 * LONGEST)

    def _choose(self, name: str) -> Any:
        """Go over to another scenario; nothing that was changed in the old one is kept."""
        if name == OWN:
            return None
        return self._move(Question(name, runs=self._question.runs))

    def _bring(self, words: str) -> Any:
        """Go over to a scenario that somebody brings."""
        return self._move(Question(OWN, runs=self._question.runs, text=words))

    async def _move(self, question: Question) -> None:
        """Go over to another question, and to the controls that it has."""
        async with self._turn:
            if not await self._takes(lambda _: question, question, "This scenario cannot be played"):
                return
            self._build()
        with self._sliders:  # what was clicked may be gone by now
            await self._on_change(question)

    def _change(self, key: str, value: float, moved: look.LabelledSlider) -> Any:
        """Change a number, and move its other slider along where it has two."""
        for other in self._made[key]:
            if other is not moved and not other.is_deleted:
                other.put(value)
        return self._ask(lambda asked: asked.changed(key, value))

    async def _ask(self, change: Change) -> None:
        """Change the question in the order in which it was asked for; say why that cannot be."""
        built = self._built
        async with self._turn:
            if built != self._built or not await self._takes(change, self._question, "This cannot be played"):
                return
            question = self._question
        await self._on_change(question)

    async def _takes(self, change: Change, about: Question, no: str) -> bool:
        """Take over a question that can be asked, which is found out off the event loop."""
        try:
            self._question = await (read if about.text else run.io_bound)(_asked, change, self._question)
        except ScenarioError as error:
            self._on_trouble(f"{no}: {plainly(error)}.")
            return False
        return True


def _asked(change: Change, question: Question) -> Question:
    """Change a question, and see to it that it can be asked."""
    changed = change(question)
    scenario_of(changed)
    drawer(base_of(changed))
    return changed


class _Drawer:
    """Every other assumption by section, with a box to search in them."""

    def __init__(self, sliders: tuple[Slider, ...], make: Callable[[Slider, str], None]) -> None:
        self._sliders, self._make = sliders, make
        widgets.search_box("Search assumptions", self._fill)
        self._found = look.sentence("", "lab-soft")
        self._place = element("div")
        self._fill("")

    def _fill(self, words: str) -> None:
        """Show the sections; those that hold what is searched for stand open."""
        groups = by_section(self._sliders, lambda slider: slider.is_about(words))
        count = sum(map(len, groups.values()))
        self._found.set_text(f"{count} of {len(self._sliders)} assumptions")
        self._place.clear()
        with self._place:
            for section, sliders in groups.items():
                self._section(section, sliders, unfolded=bool(words.strip()) and count <= 12)

    def _section(self, section: str, sliders: list[Slider], *, unfolded: bool) -> None:
        """Make one section, whose sliders are made when it is opened."""
        box = element("details", open=unfolded)
        with box:
            text(f"{section} ({len(sliders)})", "summary")
            inside = element("div")
        made: list[bool] = []

        def fill(_: Any = None) -> None:
            if not made:
                made.append(True)
                with inside:
                    for slider in sliders:
                        self._make(slider, f"{slider.meaning}. {slider.source}")

        if unfolded:
            fill()
        box.on("toggle", fill)
