"""Forms: plain fields with labels, sent as a whole; and buttons that ask whether one is sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

from nicegui import ui
from nicegui.element import Element

from sim.lab.pages import look

__all__ = ["Choice", "form", "submit", "sure_button", "text_area", "text_field"]

SEND = "(event) => { event.preventDefault(); emit(Object.fromEntries(new FormData(event.target))); }"
VALUE = "(event) => emit(event.target.value)"
#: Most characters that are taken from any one field.
LONGEST = 100_000
#: Seconds in which one has to be sure.
SURE = 6.0

_numbers = count(1)


@contextmanager
def form(label: str, on_submit: Callable[[dict[str, str]], Any]) -> Iterator[Element]:
    """Make a form; what stands in its fields is sent by the button or the key Enter, under the names of the fields."""
    with look.element("form", aria_label=label, autocomplete="off") as made:
        yield made
    made.on("submit", lambda event: on_submit(_words(event.args)), js_handler=SEND)


def _words(sent: object) -> dict[str, str]:
    """What was sent, as words, whoever sent it."""
    if not isinstance(sent, Mapping):
        return {}
    return {str(name)[:40]: value[:LONGEST] for name, value in list(sent.items())[:40] if isinstance(value, str)}


def submit(words: str) -> Any:
    """Make the button that sends a form."""
    return look.text(words, "button", "lab-main-button", type="submit")


def text_field(label: str, name: str, *, value: str = "", hint: str = "", **attributes: Any) -> Element:
    """Make a line to type in."""
    with _field(label, hint) as own:
        made = look.element("input", id=own, name=name, type="text", **_hinted(own, hint), **attributes)
    if value:
        made.props["^value"] = value  # as an attribute: a property would be put back over what is typed
    return made


def text_area(label: str, name: str, *, hint: str = "", rows: int = 8) -> Element:
    """Make a page to type in."""
    with _field(label, hint) as own:
        return look.element("textarea", id=own, name=name, rows=rows, spellcheck="false", **_hinted(own, hint))


class Choice:
    """One of several.

    Parameters
    ----------
    label, name : str
        What is chosen, and under which name it is sent.
    options : mapping
        Words by value.
    value : str
        What is chosen at first.
    hint : str
        Shown below.
    on_change : callable, optional
        Called with the new value.
    """

    def __init__(
        self,
        label: str,
        name: str,
        options: Mapping[str, str],
        value: str,
        *,
        hint: str = "",
        on_change: Callable[[str], Any] | None = None,
    ) -> None:
        with _field(label, hint) as own:
            self._select = look.element("select", id=own, name=name, **_hinted(own, hint))
        self.offer(options, value)
        if on_change is not None:
            self._select.on("change", lambda event: on_change(str(event.args)[:LONGEST]), js_handler=VALUE)

    def offer(self, options: Mapping[str, str], value: str) -> None:
        """Offer other options."""
        self._select.clear()
        with self._select:
            for key, words in options.items():
                option = look.text(words, "option", value=key)
                option.props.update({"selected": True} if key == value else {})


def sure_button(words: str, sure: str, do: Callable[[], Any], *, about: str = "") -> Any:
    """Make a button that acts at the second click, and asks `sure` at the first; it forgets the first after a while.

    Parameters
    ----------
    words, sure : str
        What stands on it at first, and when it has been clicked.
    do : callable
        What it does; may be a coroutine function.
    about : str
        Whom it is about, for those who only hear the words.
    """
    asked = False

    def clicked() -> Any:
        nonlocal asked
        if asked:
            forget()
            return do()
        asked = True
        say(sure)
        ui.timer(SURE, forget, once=True)
        return None

    def forget() -> None:
        nonlocal asked
        asked = False
        say(words)

    def say(what: str) -> None:
        made.set_text(what)
        made.props["aria-label"] = f"{what} {about}".strip()

    made = look.button(words, clicked).classes("lab-danger")
    say(words)
    return made


@contextmanager
def _field(label: str, hint: str) -> Iterator[str]:
    """Lay out label, field and hint; yields the identity of the field."""
    own = f"field{next(_numbers)}"
    with look.element("div", "lab-field"):
        look.text(label, "label", **{"for": own})
        yield own
        if hint:
            look.text(hint, "p", "lab-hint", id=f"{own}-hint")


def _hinted(own: str, hint: str) -> dict[str, str]:
    return {"aria_describedby": f"{own}-hint"} if hint else {}
