"""Names that students give themselves: any script, never trusted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from sim.lab.refused import Refused

__all__ = ["LONGEST", "clean_name", "unique_name"]

#: Most characters of a name.
LONGEST = 30


def clean_name(raw: str) -> str:
    """Return a name in one line of printable characters.

    Marks that print nothing are left out: they could turn the order of a line around, or hide in it.

    Raises
    ------
    Refused
        When nothing is left, or too much.
    """
    seen = "".join(letter for letter in raw[: 20 * LONGEST] if letter.isprintable() or letter.isspace())
    name = " ".join(unicodedata.normalize("NFC", seen).split())
    if not name:
        raise Refused("Please type a name; it can be any name your teacher will know you by.")
    if len(name) > LONGEST:
        raise Refused(f"Please choose a name of at most {LONGEST} characters.")
    return name


def unique_name(name: str, taken: Iterable[str]) -> str:
    """Return the name with a number after it, where somebody else in the room has it already.

    >>> unique_name("Anna", ["anna", "Anna 2"])
    'Anna 3'
    """
    seen = {_alike(other) for other in taken}
    found, number = name, 1
    while _alike(found) in seen:
        number += 1
        mark = f" {number}"
        found = name[: LONGEST - len(mark)].rstrip() + mark
    return found


def _alike(name: str) -> str:
    """Form in which two names that read the same are the same."""
    return unicodedata.normalize("NFKC", name).casefold()
