"""An error about a part of a scenario that pydantic carries and the loader can place in the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from sim.scenario.errors import dotted

__all__ = ["fault"]

Keys = tuple[str | int, ...]


def fault(path: Keys, problem: str, allowed: Sequence[str] = (), nearest: str = "") -> PydanticCustomError:
    """Make an error that pydantic carries and the loader can place in the file."""
    text = f"{dotted(path)}: {problem}".replace("{", "(").replace("}", ")")  # braces would be filled in by pydantic
    context: dict[str, Any] = {"path": path, "problem": problem, "allowed": tuple(allowed), "nearest": nearest}
    return PydanticCustomError("scenario", text, context)  # type: ignore[arg-type]
