"""Widgets beside sliders: lists, boxes and tabs, all of them plain HTML that keyboards and screen readers know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from nicegui.element import Element

from sim.lab.pages.look import element, sentence, text

__all__ = ["TabRow", "choice", "file_box", "number_box", "search_box", "tab_row"]


def choice(label: str, options: Mapping[str, str], value: str, on_change: Callable[[str], Any], hint: str = "") -> None:
    """Make a labelled list to choose from.

    Parameters
    ----------
    label : str
        What is chosen.
    options : mapping
        What each option is called in the program, and on the screen.
    value : str
        The one that is chosen at first.
    on_change : callable
        Called with the option chosen; never with anything that is none.
    hint : str
        Shown below.
    """
    with _field(label) as name_it:
        with element("select") as select:
            for name, words in options.items():
                text(words, "option", value=name, selected=name == value)
        name_it(select)
        if hint:
            text(hint, "p", "lab-hint")

    def chosen(event: Any) -> Any:
        return on_change(event.args) if event.args in options else None

    select.on("change", chosen, js_handler="(event) => emit(event.target.value)")


def number_box(label: str, low: int, high: int, value: int, on_change: Callable[[int], Any]) -> None:
    """Make a labelled box for a whole number; below it a sentence when what is typed will not do."""
    with _field(label) as name_it:
        name_it(box := element("input", type="number", min=low, max=high, step=1))
        trouble = sentence("", "lab-trouble")
    box.props["^value"] = str(value)  # as an attribute: a property would be put back over what is being typed

    def typed(event: Any) -> Any:
        words = str(event.args)
        good = words.isascii() and words.isdigit() and len(words) < 12 and low <= int(words) <= high
        trouble.set_text("" if good else f"{label}: a whole number from {low:,} to {high:,}.")
        return on_change(int(words)) if good else None

    box.on("change", typed, js_handler="(event) => emit(event.target.value)")


def search_box(label: str, on_change: Callable[[str], Any]) -> None:
    """Make a labelled box to search with."""
    with _field(label) as name_it:
        name_it(box := element("input", type="search"))
    box.on("input", lambda event: on_change(str(event.args)[:100]), js_handler="(e) => emit(e.target.value)",
           throttle=0.3, leading_events=False)  # fmt: skip


def file_box(label: str, kinds: str, on_text: Callable[[str], Any], largest: int) -> None:
    """Make a labelled box to bring a text file with; one of more than `largest` bytes is not read."""
    with _field(label) as name_it:
        name_it(box := element("input", type="file", accept=kinds))
    read = f"async (e) => {{ const f = e.target.files[0]; if (f && f.size <= {largest}) emit(await f.text()); }}"
    box.on("change", lambda event: on_text(str(event.args)), js_handler=read)


@contextmanager
def _field(label: str) -> Iterator[Callable[[Element], None]]:
    """Make a field with a label, and say how to tie the label to its control."""
    with element("div", "lab-field"):
        tag = text(label, "label")

        def name_it(control: Element) -> None:
            tag.props["for"] = control.html_id

        yield name_it


class TabRow:
    """Buttons of which one is chosen; see :func:`tab_row`."""

    def __init__(self, label: str, tabs: Mapping[str, str], here: str, on_change: Callable[[str], Any]) -> None:
        self._on_change, self._buttons = on_change, {}
        with element("div", "lab-tabs", role="tablist", aria_label=label):
            for name, words in tabs.items():
                made = text(words, "button", "lab-tab", type="button", role="tab")
                made.on("click", lambda _, name=name: self._chosen(name))
                self._buttons[name] = made
        self.mark(here)

    def mark(self, here: str) -> None:
        """Show which one is open."""
        for name, made in self._buttons.items():
            made.props["aria-selected"] = "true" if name == here else "false"

    def _chosen(self, name: str) -> Any:
        self.mark(name)
        return self._on_change(name)


def tab_row(label: str, tabs: Mapping[str, str], here: str, on_change: Callable[[str], Any]) -> TabRow:
    """Make a row of tabs: name and words of each, the one that is open, and what is called when another is chosen."""
    return TabRow(label, tabs, here, on_change)
