"""The directive ``commands``: every command with its arguments and options, read from the parser itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from docs.tools.marks import table
from sim.cli import app as firstmover


class Commands(SphinxDirective):
    """Show all commands."""

    def run(self) -> list[nodes.Node]:
        """Write a section for every command."""
        text = "\n\n".join(sections(typer.main.get_command(firstmover), "firstmover"))
        return list(self.parse_text_to_nodes(text, allow_section_headings=True))


def sections(command: Any, name: str) -> Iterator[str]:
    """Markdown for a command, or for those of a group, one after the other."""
    inside = getattr(command, "commands", {})
    if inside:
        for word, one in sorted(inside.items()):
            yield from sections(one, f"{name} {word}")
        return
    yield f"## {name}\n\n{_plain(command.help)}"
    rows = [_row(parameter) for parameter in command.params if not getattr(parameter, "hidden", False)]
    if rows:
        yield table(["argument or option", "what it is", "default"], rows)


def _row(parameter: Any) -> list[str]:
    """The line of an argument or an option."""
    if parameter.param_type_name == "argument":
        names, shown = f"`{parameter.name.upper()}`", "needed" if parameter.required else _default(parameter)
    else:
        names, shown = (
            ", ".join(f"`{word}`" for word in (*parameter.opts, *parameter.secondary_opts)),
            _default(parameter),
        )
    return [names, _plain(getattr(parameter, "help", "")), shown]


def _default(parameter: Any) -> str:
    """What holds when nothing is said."""
    value = parameter.default
    if value is None or value is False or value == () or value == [] or callable(value):
        return "-"
    return f"`{getattr(value, 'value', value)}`"


def _plain(words: str | None) -> str:
    """Help in Markdown: without the marks of form feeds and of the terminal's colours."""
    text = (words or "").split("\f")[0].replace("\b\n", "")
    return " ".join(text.split()).replace("[", r"\[").replace("<", r"\<")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True}
