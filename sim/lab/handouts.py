"""Lessons, worksheet and roles as pages to print: Markdown in, one HTML page out that needs nothing else.

The pages are those of `docs/teaching`, which this package carries with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

import markdown2

from sim import __version__

__all__ = ["HANDOUTS", "Handout", "handout", "handouts", "printable"]

ROOM = Path(__file__).parent
FOLDER = ROOM / "teaching"
#: Names of the pages, in the order in which a teacher needs them.
HANDOUTS = ("README", "lesson-50", "lesson-90", "worksheet", "worksheet-answers", "roles")
EXTRAS = {"tables": None, "header-ids": None, "cuddled-lists": None, "code-friendly": None}


@dataclass(frozen=True)
class Handout:
    """A page.

    Attributes
    ----------
    name : str
        As in its address.
    title, about : str
        Its heading, and its first paragraph as plain text.
    text : str
        The Markdown.
    """

    name: str
    title: str
    about: str
    text: str


def handouts() -> tuple[Handout, ...]:
    """Return all pages."""
    return tuple(handout(name) for name in HANDOUTS)


@lru_cache(maxsize=len(HANDOUTS))
def handout(name: str) -> Handout:
    """Read a page.

    Raises
    ------
    KeyError
        If there is no such page.
    """
    if name not in HANDOUTS:
        raise KeyError(name)
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    title, about = text.split("\n\n")[:2]
    return Handout(name, title.removeprefix("# "), _plain(about), text)


def printable(name: str, address: str = "/lessons/") -> str:
    """Return a page as HTML with its own style, ready to print on A4 or Letter.

    Parameters
    ----------
    name : str
        One of `HANDOUTS`.
    address : str
        What stands before a page's name in links to other pages; links to anything else are left out, their words stay.

    Raises
    ------
    KeyError
        If there is no such page.
    """
    page = handout(name)
    body = _links(markdown2.markdown(page.text, extras=EXTRAS), address)
    style = (ROOM / "handouts.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(page.title)} · First Mover</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body class="{name}">\n<nav aria-label="Page"><button type="button" onclick="window.print()">Print</button>'
        f'<a href="{escape(address.rstrip("/"))}">All pages</a></nav>\n<main>\n{body}</main>\n'
        f"<footer>First Mover {__version__} · scenario classroom</footer>\n</body>\n</html>\n"
    )


def _links(html: str, address: str) -> str:
    """Point links to other pages at their address, and take out those that lead anywhere else."""

    def turned(found: re.Match[str]) -> str:
        target, words = found.groups()
        name = target.removesuffix(".md")
        return f'<a href="{address}{name}">{words}</a>' if name in HANDOUTS else words

    return re.sub(r'<a href="([^"]*)">(.*?)</a>', turned, html, flags=re.DOTALL)


def _plain(markdown: str) -> str:
    """Take the marks of links, emphasis and code out of a paragraph."""
    return " ".join(re.sub(r"\[([^]]*)\]\([^)]*\)|[*`]", r"\1", markdown).split())
