"""A deal: a package and what it is worth to both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.bargaining.issue import Value

__all__ = ["Deal"]


@dataclass(frozen=True)
class Deal:
    """An outcome of a domain.

    Attributes
    ----------
    package : mapping
        Value by issue.
    utilities : tuple of float
        What it is worth to the first and to the second side, in money.
    """

    package: Mapping[str, Value]
    utilities: tuple[float, float]
