"""What every page looks like: header, navigation, and the few widgets they share.

There is no framework of classes: `look.css` names what there is (`lab-card`, `lab-row`, `lab-split`, `lab-soft`,
`lab-sentence`, `lab-trouble`, `lab-main-button`). Everything sits inside :func:`frame`. Text is always put in as text,
never as HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nicegui import ui
from nicegui.element import Element

from sim.lab.pages import pictures

__all__ = [
    "FAVICON",
    "NAVIGATION",
    "FigureBox",
    "LabelledSlider",
    "add_styles",
    "button",
    "card",
    "element",
    "error_page",
    "figure_box",
    "frame",
    "heading",
    "labelled_slider",
    "link",
    "sentence",
    "text",
]

#: Pages in the header: what they are called, and their address.
NAVIGATION = (
    ("Explore", "/"),
    ("Play alone", "/play"),
    ("Join a class", "/join"),
    ("Teach", "/teach"),
    ("Lessons", "/lessons"),
)

FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#005a8f"/>'
    '<path d="M8 24V8h13v4h-8v3h7v4h-7v5z" fill="#fff"/><circle cx="24" cy="22" r="3" fill="#E69F00"/></svg>'
)


def register() -> None:
    """Give all pages their style."""
    add_styles("look.css")


def add_styles(name: str) -> None:
    """Give all pages the styles of a file beside this one."""
    ui.add_css(Path(__file__).with_name(name).read_text(encoding="utf-8"), shared=True)


@contextmanager
def frame(title: str, here: str = "") -> Iterator[Element]:
    """Lay out a page: a link past the header, the header with navigation, and the main part that is yielded.

    Parameters
    ----------
    title : str
        For the browser's title.
    here : str
        Address of the page in the navigation, which is marked.
    """
    ui.page_title(f"{title} · First Mover")
    with element("div", "lab"):
        link("Skip to the content", "#content", "lab-skip")
        with element("header", "lab-header"):
            text("First Mover", "span", "lab-brand")
            with element("nav", "lab-nav", aria_label="Pages"):
                for name, address in NAVIGATION:
                    link(name, address, **({"aria_current": "page"} if address == here else {}))
        with element("main", "lab-main", id="content", tabindex="-1") as main:
            yield main


def element(tag: str, classes: str = "", **attributes: Any) -> Element:
    """Make any HTML element; attributes are written with underscores for hyphens."""
    made = ui.element(tag)
    if classes:
        made.classes(classes)
    made.props.update({name.strip("_").replace("_", "-"): value for name, value in attributes.items()})
    return made


def text(words: str, tag: str = "p", classes: str = "", **attributes: Any) -> Any:
    """Make an element of text alone, whose `set_text` changes it; what is in it is never read as HTML."""
    made = ui.label(words)
    made.tag = tag
    if classes:
        made.classes(classes)
    made.props.update({name.strip("_").replace("_", "-"): value for name, value in attributes.items()})
    return made


def heading(words: str, level: int = 2) -> Any:
    """Make a heading."""
    return text(words, f"h{level}")


def link(words: str, address: str, classes: str = "", **attributes: Any) -> Any:
    """Make a plain link to a page of the lab."""
    return text(words, "a", classes, href=address, **attributes)


def card(*, label: str = "") -> Element:
    """Make a white card; with a label it is a region of its own for those who do not see it."""
    return element("section", "lab-card", **({"aria_label": label} if label else {}))


def button(words: str, on_click: Callable[[], Any], *, main: bool = False, **attributes: Any) -> Any:
    """Make a button; `main` marks the one thing to do next."""
    made = text(words, "button", "lab-main-button" if main else "", type="button", **attributes)
    made.on("click", lambda _: on_click())
    return made


def sentence(words: str = "", classes: str = "lab-sentence") -> Any:
    """Make a sentence that is read aloud when `set_text` changes it."""
    return text(words, "p", classes, aria_live="polite", aria_atomic="true")


class LabelledSlider(Element, component="labelled_slider.js"):  # type: ignore[call-arg]
    """A label with a slider and a number box that always agree; see :func:`labelled_slider`."""

    def __init__(self, on_change: Callable[[float], Any], **props: Any) -> None:
        super().__init__()
        self.props.update({**props, "name": f"slider{self.id}"})
        self._on_change = on_change
        self.on("moved", self._moved)

    @property
    def value(self) -> float:
        """Where it stands."""
        return float(self.props["value"])

    def say(self, hint: str) -> None:
        """Change the line below it."""
        self.props["hint"] = hint
        self.update()

    def put(self, value: float) -> None:
        """Move it without calling `on_change`."""
        self.props["value"] = value
        self.run_method("put", value)

    def _moved(self, event: Any) -> Any:
        """Take over what the browser says, within the bounds, whatever it says."""
        try:
            asked = float(event.args)
        except (TypeError, ValueError):
            return None
        low, high = float(self.props["min"]), float(self.props["max"])
        if not low <= asked <= high:
            return None
        with self.props.suspend_updates():
            self.props["value"] = asked
        return self._on_change(asked)


def labelled_slider(  # noqa: PLR0913  (by name only, one a property of a slider)
    label: str,
    *,
    low: float,
    high: float,
    value: float,
    on_change: Callable[[float], Any],
    step: float = 1.0,
    unit: str = "",
    hint: str = "",
    whole: bool = False,
    logarithmic: bool = False,
    marks: Sequence[Mapping[str, Any]] = (),
) -> LabelledSlider:
    """Make a slider and a number box with one label.

    Parameters
    ----------
    label : str
        What is set, in a few words.
    low, high, step : float
        Bounds (both included) and the step of the slider; the box takes any number between the bounds.
    value : float
        Where it stands.
    on_change : callable
        Called with the new number, at most every 60 milliseconds; may be a coroutine function.
    unit, hint : str
        Shown after the label, and below.
    whole : bool
        Only whole numbers.
    logarithmic : bool
        The slider moves by factors; needs `low` > 0.
    marks : sequence of mapping
        Marks below the slider: `at` which number, and of which `kind` (`asked`, `offered`, `passes`, `now`).
    """
    props = {"label": label, "min": low, "max": high, "step": step, "value": value, "unit": unit, "hint": hint}
    return LabelledSlider(on_change, **props, whole=whole, logarithmic=logarithmic, marks=list(marks))


class FigureBox:
    """A figure with words for those who do not see it; see :func:`figure_box`."""

    def __init__(self) -> None:
        self._box = element("figure", "lab-figure")
        with self._box:
            self._image = element("img", alt="")
        self._box.set_visibility(False)

    def show(self, picture: bytes, alt: str, kind: str = "png") -> None:
        """Show a picture and say in words what it shows."""
        self._image.props.update({"src": pictures.keep(picture, kind), "alt": alt})
        self._box.set_visibility(True)
        self.busy(False)

    def clear(self) -> None:
        """Show nothing."""
        self._box.set_visibility(False)
        self.busy(False)

    def busy(self, waiting: bool) -> None:
        """Fade what is shown while something newer is on its way."""
        self._box.props["aria-busy"] = "true" if waiting else "false"


def figure_box() -> FigureBox:
    """Make a place for a figure; `show(picture, alt)` fills it."""
    return FigureBox()


def error_page(title: str, words: str, links: Sequence[tuple[str, str]] = (("Explore", "/"),)) -> None:
    """Say on a page of its own what went wrong and where to go."""
    with frame(title), card():
        heading(title, 1)
        text(words)
        with element("div", "lab-row lab-apart"):
            for name, address in links:
                link(name, address)
