"""Places in a page that a program fills: everything between two comments of one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["body_of", "filled", "names_in", "table"]

BEGIN, END = "<!-- {} begins: written by {} -->", "<!-- {} ends -->"


def _place(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"(<!-- {re.escape(name)} begins: written by .*? -->\n)(.*?)(<!-- {re.escape(name)} ends -->)", re.S
    )


def names_in(text: str) -> list[str]:
    """Return the names of all places of a page."""
    return re.findall(r"<!-- (\S+) begins: written by .*? -->", text)


def body_of(text: str, name: str) -> str:
    """Return what stands in a place.

    Raises
    ------
    ValueError
        When the page has no such place.
    """
    found = _place(name).search(text)
    if found is None:
        raise ValueError(f"the page has no place {name!r}")
    return found[2].strip("\n")


def filled(text: str, name: str, body: str) -> str:
    """Return the page with something else in a place; raises as :func:`body_of`."""
    body_of(text, name)
    return _place(name).sub(lambda found: f"{found[1]}\n{body.strip(chr(10))}\n\n{found[3]}", text)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown; bars inside cells are kept from ending them."""
    lines = [head, ["---"] * len(head), *rows]
    text = ["| " + " | ".join(str(cell).replace("|", r"\|") for cell in line) + " |" for line in lines]
    return "\n".join([text[0], text[1].replace(" ", ""), *text[2:]])
