"""An issue: something to agree on, with a unit and a finite grid of values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Issue", "Value"]

Value = str | float


@dataclass(frozen=True)
class Issue:
    """One thing to agree on.

    Parameters
    ----------
    name : str
        Its name, unique in a domain.
    values : sequence of str or float
        The grid, in the order in which levels count; numbers or words, no value twice.
    unit : str
        Unit of the values, such as ``"USD bn"``; empty for words.

    Raises
    ------
    ValueError
        Without a name or a value, with a value twice or a number that is not finite.
    """

    name: str
    values: tuple[Value, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        values = tuple(v.item() if hasattr(v, "item") else v for v in self.values)
        object.__setattr__(self, "values", values)
        if not self.name:
            raise ValueError("an issue needs a name")
        if isinstance(self.values, str) or not values:
            raise ValueError(f"issue {self.name!r} needs at least one value")
        if len(set(values)) < len(values):
            raise ValueError(f"issue {self.name!r} lists a value twice")
        if any(isinstance(v, float) and not math.isfinite(v) for v in values):
            raise ValueError(f"issue {self.name!r} has a value that is not finite")

    @classmethod
    def grid(cls, name: str, low: float, high: float, steps: int, unit: str = "") -> Issue:
        """Make an issue of equally spaced numbers, both ends included.

        Raises
        ------
        ValueError
            With fewer than two steps or an empty range.
        """
        if steps < 2 or not high > low:
            raise ValueError(f"issue {name!r} needs a range from low to high and at least two steps")
        return cls(name, tuple(low + (high - low) * i / (steps - 1) for i in range(steps)), unit)

    @cached_property
    def _levels(self) -> dict[Value, int]:
        return {value: level for level, value in enumerate(self.values)}

    def level(self, value: Value) -> int:
        """Return the place of a value in the grid.

        Raises
        ------
        ValueError
            When the grid does not have it.
        """
        try:
            return self._levels[value]
        except (KeyError, TypeError):
            raise ValueError(f"issue {self.name!r} has no value {value!r}; it has {_some(self.values)}") from None

    def __len__(self) -> int:
        return len(self.values)


def _some(values: Sequence[Value]) -> str:
    """Name a few values for a message."""
    shown = ", ".join(repr(v) for v in values[:8])
    return shown if len(values) <= 8 else f"{shown} and {len(values) - 8} more"
