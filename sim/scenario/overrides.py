"""`--set key=value`: single values laid over a scenario file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sim.scenario.errors import ScenarioError, dotted, show
from sim.scenario.marks import DEEPEST, Keys, Mark, Marked, parse
from sim.scenario.origin import Limits

__all__ = ["SET", "lay_over", "lay_values", "split_key"]

SET = "--set"


def lay_over(source: Marked, overrides: Sequence[str], limits: Limits) -> Marked:
    """Return the data with ``key=value`` settings laid over them, the last one winning.

    Parameters
    ----------
    source : Marked
        Data of a scenario file.
    overrides : sequence of str
        Dotted keys and YAML values: ``mechanisms.attention.capacity=5``, ``calendar[0].date=2025-07-16``.
    limits : Limits
        How much of each is read.

    Raises
    ------
    ScenarioError
        When an override is not of that form, or its key leads into a value that holds no keys.
    """
    for override in overrides:
        key, equals, text = override.partition("=")
        if not equals or not key.strip():
            raise ScenarioError(f"expected key=value, got {show(override)}", file=SET)
        source = _laid(source, split_key(key.strip()), _value(key.strip(), text, limits))
    return source


def lay_values(source: Marked, values: Mapping[str, Any]) -> Marked:
    """Return the data with values laid over them by dotted key; errors as `lay_over`."""
    for key, value in values.items():
        source = _laid(source, split_key(key), value)
    return source


def _value(key: str, text: str, limits: Limits) -> Any:
    """Read a value as YAML; its errors name the key, since a line of one line says nothing."""
    try:
        return parse(text, SET, limits).data
    except ScenarioError as error:
        raise ScenarioError(error.problem, file=SET, key=dotted(split_key(key))) from None


def split_key(key: str) -> Keys:
    """Split ``calendar[0].date`` into its parts."""
    parts = re.sub(r"\[(\d{1,6})\]", r".#\1", key).split(".")
    if not all(parts):
        raise ScenarioError(f"{show(key)} is not a dotted key such as queue.position", file=SET)
    if len(parts) > DEEPEST:
        raise ScenarioError(f"{show(key)} is nested deeper than {DEEPEST} levels", file=SET)
    return tuple(int(part[1:]) if re.fullmatch(r"#\d+", part) else part for part in parts)


def _laid(source: Marked, path: Keys, value: Any) -> Marked:
    """Return the data with one value replaced, and marked as an override."""
    data = _replaced(source.data, path, value, 0)
    kept = {at: mark for at, mark in source.marks.items() if at[: len(path)] != path}
    new = {path[:n]: Mark(SET, None) for n in range(1, len(path) + 1) if path[:n] not in kept}
    return Marked(data, {**kept, **new})


def _replaced(data: Any, path: Keys, value: Any, depth: int) -> Any:
    """Return a copy of the data in which the value stands at the path."""
    if depth == len(path):
        return value
    key = path[depth]
    if isinstance(key, int):
        if not isinstance(data, list) or key >= len(data):
            raise ScenarioError(f"the scenario file has no item {key} here", file=SET, key=dotted(path[:depth]))
        return [*data[:key], _replaced(data[key], path, value, depth + 1), *data[key + 1 :]]
    if data is not None and not isinstance(data, dict):
        raise ScenarioError(f"{show(data)} holds no key {show(key)}", file=SET, key=dotted(path[:depth]))
    inner = data or {}
    return {**inner, key: _replaced(inner.get(key), path, value, depth + 1)}
