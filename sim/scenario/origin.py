"""Where the text of a scenario comes from, and so what it may do here: a stranger's is short, and loads no code."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["OUTSIDE", "OWN", "Limits", "Origin", "origin_in"]


@dataclass(frozen=True)
class Limits:
    """How much of a text is read.

    The defaults are for strangers: a full scenario with settings for all 80 partners has about 25,000 characters and
    2,500 keys and values, and is read in a tenth of a second.

    Attributes
    ----------
    characters : int
        Of the text.
    values : int
        Keys and values, lists and mappings among them.
    entries : int
        Of any one list or mapping.
    word : int
        Characters of any one key or value.
    seconds : float
        Of the processor, until the text has been taken apart.
    """

    characters: int = 60_000
    values: int = 8_000
    entries: int = 200
    word: int = 1_000
    seconds: float = 2.0


@dataclass(frozen=True)
class Origin:
    """What a text may name, and how long it may be.

    Attributes
    ----------
    code : bool
        Whether import paths may stand in it. Checking a scenario imports what it names, so this is asked first.
    known : frozenset of str
        Import paths that may stand in it all the same, since they were let in before.
    limits : Limits
        How much of it is read.
    """

    code: bool = False
    known: frozenset[str] = frozenset()
    limits: Limits = Limits()

    def admits(self, name: str) -> bool:
        """Whether a tactic of this name may be looked for."""
        return self.code or ":" not in name or name in self.known


#: A text that somebody sent, typed or kept: nothing is known of who wrote it.
OUTSIDE = Origin()
#: A file that was named on the command line, or an object made in Python: whoever did that runs code here anyway.
OWN = Origin(code=True, limits=Limits(10**6, 10**6, 10**6, 10**6, math.inf))


def origin_in(context: object) -> Origin:
    """Return the origin that a validation was begun with; who makes a section in Python begins none."""
    return context if isinstance(context, Origin) else OWN
