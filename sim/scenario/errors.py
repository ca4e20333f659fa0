"""What goes wrong with a scenario, said in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

__all__ = ["ScenarioError", "dotted", "figure", "nearest", "show"]

#: More choices than this are counted, not listed.
LISTED = 20
#: Characters of a message; what is longer repeats what somebody wrote at length.
LINE = 1500


class ScenarioError(ValueError):
    """A scenario that cannot be run; its text is one line that says where, what and what instead.

    Parameters
    ----------
    problem : str
        What is wrong.
    file : str
        The file, or ``--set`` for an override.
    line : int, optional
        Line of the file, counted from 1.
    key : str
        Dotted key.
    allowed : sequence of str
        What may stand there.
    nearest : str
        The allowed word that is most like the one found.
    also : sequence of str
        Other places that are wrong, which the reader is spared the details of.
    """

    def __init__(  # noqa: PLR0913  (by name only, one a part of the message)
        self,
        problem: str,
        *,
        file: str = "",
        line: int | None = None,
        key: str = "",
        allowed: Sequence[str] = (),
        nearest: str = "",
        also: Sequence[str] = (),
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.file = file
        self.line = line
        self.key = key
        self.allowed = tuple(allowed)
        self.nearest = nearest
        self.also = tuple(also)

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        text = ": ".join(part for part in (where, self.key, self.problem) if part)
        if self.nearest:
            text += f"; did you mean {self.nearest!r}?"
        if self.allowed:
            text += f" (allowed: {_listed(self.allowed)})"
        if self.also:
            text += f"; also wrong: {', '.join(self.also)}"
        line = " ".join(text.split())
        return line if len(line) <= LINE else f"{line[:LINE]} ..."

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive the way back from a worker process; keyword arguments do not by themselves."""
        return _rebuilt, (self.problem, dict(vars(self)))


def _rebuilt(problem: str, fields: dict[str, Any]) -> ScenarioError:
    """Make an error from its fields."""
    return ScenarioError(**{"problem": problem, **fields})


def _listed(words: Sequence[str]) -> str:
    """Join the words, or the first of many and their number."""
    if len(words) <= LISTED:
        return ", ".join(words)
    return f"{', '.join(words[:LISTED])} ... {len(words)} in all"


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice most like a word, or nothing."""
    return next(iter(get_close_matches(word, list(choices), n=1, cutoff=0.6)), "")


def figure(number: float) -> str:
    """Write a number without needless decimals or exponents."""
    return str(int(number)) if abs(number) < 1e15 and number == int(number) else format(number, "g")


def show(value: object) -> str:
    """Write a value found in a scenario so that it fits into one line."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return format(value, "g")
    try:
        text = repr(value)
    except ValueError:  # an integer with thousands of digits has no decimal text
        return "a number too long to show"
    return text if len(text) <= 40 else f"{text[:30]}...{text[-5:]}"


def dotted(path: Sequence[str | int]) -> str:
    """Write a path as a dotted key: ``calendar[0].rates.JPN``."""
    key = ""
    for part in path:
        if isinstance(part, int):
            key += f"[{part}]"
        else:
            key += ("." if key else "") + _plain(part)
    return key


def _plain(part: str) -> str:
    """Return a key as it is when it is short and printable, else escaped and cut."""
    return part if part.isprintable() and 0 < len(part) <= 60 else show(part)
