"""Explore: a scenario, a few sliders, and what being first is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import Request
from nicegui import run, ui

from sim.lab.lab import Lab
from sim.lab.link import TABS, LinkError, from_query, to_query
from sim.lab.pages import look, widgets
from sim.lab.pages.explore_controls import Controls
from sim.lab.pages.explore_results import Figures, Headline, take_away
from sim.lab.pages.latest import Latest
from sim.lab.pages.look import element, text
from sim.lab.pages.reading import read
from sim.lab.question import Question, View, base_of, titles
from sim.lab.showing import Shown, show
from sim.lab.sliders import drawer
from sim.lab.tabs import NARROW, WIDE
from sim.scenario.catalogue import catalogue, locate
from sim.scenario.loader import read_text

__all__ = ["register"]

#: Words of a link that hold a text somebody wrote.
TEXTS = {"yaml", "pin.yaml"}
#: Narrower than this, in pixels, figures are drawn for a phone.
PHONE = 620
COPY = """(() => { const box = document.getElementById("link"); box.focus(); box.select();
  if (navigator.clipboard) navigator.clipboard.writeText(box.value).catch(() => document.execCommand("copy"));
  else document.execCommand("copy"); })()"""


def register(lab: Lab) -> None:
    """Declare the page."""
    usual = opening(lab.scenario)

    @ui.page("/", response_timeout=20.0)
    async def explore(request: Request) -> None:
        query = dict(request.query_params)
        view, trouble = await (read if TEXTS & query.keys() else run.io_bound)(viewed, query, usual)
        with look.frame("Explore", "/"):
            explorer = Explorer(lab, view, str(request.base_url))
        await ui.context.client.connected(timeout=60.0)
        await explorer.begin(trouble)


def viewed(query: Mapping[str, str], usual: Question) -> tuple[View, str]:
    """Read what a link asks for, or say what is wrong with it; what the page looks up is at hand afterwards."""
    try:
        view, trouble = from_query(query, usual), ""
    except LinkError as error:
        view, trouble = View(usual), str(error)
    titles()
    drawer(base_of(view.question))
    return view, trouble


def opening(name: str) -> Question:
    """Return what Explore opens with: a scenario of the catalogue, or that of a file."""
    if name in catalogue():
        return Question(name)
    return Question("yours", text=read_text(locate(name)))


class Explorer:
    """Explore as one reader has it open."""

    def __init__(self, lab: Lab, view: View, address: str) -> None:
        self._lab, self._view, self._address = lab, view, address
        self._screen, self._latest = WIDE, Latest()
        self._shown: Shown | None = None
        self._headline = Headline()
        with element("div", "lab-split"):
            with element("div"):
                Controls(view.question, self._asked, self._headline.fail)
            with look.card(label="Figures"):
                widgets.tab_row("What is shown", TABS, view.tab, self._turn)
                self._map_row = element("div")
                self._figures = Figures()
                self._actions()
        self._axes()

    async def begin(self, trouble: str) -> None:
        """Find out how wide the screen is, wait until the rules are ready, and answer."""
        across = await ui.run_javascript("window.innerWidth", timeout=10.0)
        self._screen = NARROW if isinstance(across, int | float) and across < PHONE else WIDE
        if not self._lab.warming.is_done():
            self._headline.wait(self._lab.warming.words or "Loading the rules ...")
            await run.io_bound(self._lab.warming.wait)
        ui.context.client.on_delete(self._latest.drop)
        await self._answer()
        if trouble:
            self._headline.fail(trouble)

    def _actions(self) -> None:
        """Make the buttons below the figures."""
        with element("div", "lab-row"):
            look.button("Pin this as A", self._pin)
            self._unpin = look.button("Unpin A", lambda: self._go(replace(self._view, pinned=None)))
            take_away(lambda: (self._shown, self._figures.shown))
        with element("div", "lab-field"):
            text("Link to what is shown", "label", for_="link")
            self._link = element("input", type="text", readonly=True, id="link", value="")
            with element("div", "lab-row"):
                look.button("Copy link", lambda: ui.run_javascript(COPY))

    def _axes(self) -> None:
        """Make the lists for the two axes of the phase map, and its button."""
        self._map_row.clear()
        names = {slider.key: f"{slider.label} ({slider.section})" for slider in drawer(base_of(self._view.question))}
        with self._map_row:
            for k, label in enumerate(("Across", "Upwards")):
                here = self._view.axes[k]
                widgets.choice(label, {here: here} | names, here, partial(self._set_axis, k))
            with element("div", "lab-row"):
                look.button("Play the map", lambda: self._answer(mapping=True), main=True)
                look.button("Stop", self._stop)
        self._map_row.set_visibility(self._view.tab == "map")

    def _set_axis(self, which: int, key: str) -> Any:
        axes = (key, self._view.axes[1]) if which == 0 else (self._view.axes[0], key)
        if axes[0] == axes[1]:
            self._headline.fail("A map needs two different numbers.")
            return None
        return self._go(replace(self._view, axes=axes))

    def _asked(self, question: Question) -> Any:
        """Answer another question."""
        moved = (question.scenario, question.text) != (self._view.question.scenario, self._view.question.text)
        self._view = replace(self._view, question=question)
        if moved:
            self._axes()
        return self._answer()

    def _turn(self, tab: str) -> Any:
        """Open another tab."""
        self._map_row.set_visibility(tab == "map")
        return self._go(replace(self._view, tab=tab))

    def _pin(self) -> Any:
        return self._go(replace(self._view, pinned=self._view.question))

    def _go(self, view: View) -> Any:
        self._view = view
        return self._answer()

    def _stop(self) -> None:
        """Leave the long work."""
        self._latest.drop()
        self._figures.settle()

    async def _answer(self, *, mapping: bool = False) -> None:
        """Show what is asked now; whatever is asked later comes first."""
        view, screen = self._view, self._screen
        self._write_link()
        self._unpin.set_visibility(view.pinned is not None)
        self._figures.wait()

        def work(stop: Callable[[], bool]) -> Any:
            return show(view, screen, self._figures.progress, stop, mapping=mapping)

        try:
            await self._latest.ask(work, self._take)
        except Exception:
            self._headline.fail("Something went wrong here; the server's log says what.")
            self._figures.settle()
            raise

    def _take(self, shown: Shown) -> None:
        """Take over a step."""
        if shown.pair is not None:
            self._shown = shown
        self._headline.take(shown)
        self._figures.take(shown)

    def _write_link(self) -> None:
        """Keep the address of the page in step, so that a reload shows the same."""
        query = to_query(self._view)
        self._link.props["value"] = f"{self._address}?{query}"
        ui.navigate.history.replace(f"/?{query}")
