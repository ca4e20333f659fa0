"""Where the text of a scenario comes from, and so what it may do here: a stranger's text loads no code."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["OUTSIDE", "OWN", "Origin", "origin_in"]


@dataclass(frozen=True)
class Origin:
    """What a text may name.

    Attributes
    ----------
    code : bool
        Whether import paths may stand in it. Checking a scenario imports what it names, so this is asked first.
    known : frozenset of str
        Import paths that may stand in it all the same, since they were let in before.
    """

    code: bool = False
    known: frozenset[str] = frozenset()

    def admits(self, name: str) -> bool:
        """Whether a tactic of this name may be looked for."""
        return self.code or ":" not in name or name in self.known


#: A text that somebody sent, typed or kept: nothing is known of who wrote it.
OUTSIDE = Origin()
#: A file that was named on the command line, or an object made in Python: whoever did that runs code here anyway.
OWN = Origin(code=True)


def origin_in(context: object) -> Origin:
    """Return the origin that a validation was begun with; who makes a section in Python begins none."""
    return context if isinstance(context, Origin) else OWN
