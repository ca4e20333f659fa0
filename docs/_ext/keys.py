"""The directive ``keys``: every key of a scenario file, read from the schema."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from docs.tools.parameters import parameter_tables


class Keys(SphinxDirective):
    """Show the tables of all keys."""

    def run(self) -> list[nodes.Node]:
        """Write a section for every part of the schema."""
        text = parameter_tables().replace("#### ", "## ")
        return list(self.parse_text_to_nodes(text, allow_section_headings=True))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("keys", Keys)
    return {"parallel_read_safe": True}
