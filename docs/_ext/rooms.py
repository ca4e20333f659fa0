"""The directive ``room``: everything that a room of the package lists in ``__all__``, from its docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from textwrap import shorten
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class Room(SphinxDirective):
    """Show the interface of a room."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write a directive of autodoc for every name."""
        text = "\n".join(lines_of(self.arguments[0]))
        return list(self.parse_text_to_nodes(f"```{{eval-rst}}\n{text}\n```\n"))


def lines_of(room: str) -> Iterator[str]:
    """The lines of reStructuredText for a room; what it takes over from another one is indexed there only."""
    home = import_module(room)
    for name in home.__all__:
        thing = getattr(home, name)
        if name.startswith("__"):
            continue
        if not inspect.isclass(thing) and not inspect.isroutine(thing) and not hasattr(thing, "py_func"):
            yield from (f".. py:data:: {room}.{name}", f"   :value: {_short(thing)}", "")
            continue
        yield f".. {'autoclass' if inspect.isclass(thing) else 'autofunction'}:: {room}.{name}"
        if room == "sim" or not thing.__module__.startswith(room):
            yield "   :no-index:"
        if inspect.isclass(thing) and _has_own_methods(thing):
            yield "   :members:"
        yield ""


def _short(thing: Any) -> str:
    """A value on one line."""
    return shorten(" ".join(repr(thing).split()), 120, placeholder=" ...")


def _has_own_methods(thing: type) -> bool:
    """Whether a class is ours; of pydantic's and the standard library's classes the methods are theirs."""
    bases = {base.__module__.split(".")[0] for base in thing.__mro__}
    return not bases & {"pydantic", "enum", "mesa"}


def without_fields(*event: Any) -> tuple[str, None] | None:
    """Leave out the signature of a part of the schema, whose fields stand in the tables of keys."""
    thing = event[3]
    return ("", None) if inspect.isclass(thing) and hasattr(thing, "model_fields") else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("room", Room)
    app.connect("autodoc-process-signature", without_fields)
    return {"parallel_read_safe": True}
