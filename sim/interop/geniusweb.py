"""Read and write GeniusWeb domains and profiles (JSON)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from sim.bargaining import Domain, Issue, Value
from sim.interop.files import FileError, build, counted, number, read_json

__all__ = ["read_geniusweb", "write_geniusweb"]

SPACE = "LinearAdditiveUtilitySpace"
MOST_VALUES = 100_000


def read_geniusweb(domain: Path | str, profile_a: Path | str, profile_b: Path | str) -> Domain:
    """Read a domain and the profiles of its two parties, in that order.

    The utility of an outcome is the sum over issues of weight times utility. The reservation value is the utility of
    the reservation bid (issues it leaves out count nothing), 0 without one. Values a profile does not list are worth
    nothing, as the format has it.

    Raises
    ------
    FileError
        When a file is not what it should be; the message says which file, which issue, and what is wrong.
    """
    content = read_json(domain)
    grids = _part(content, "issuesValues", domain)
    issues = counted(domain, (_issue(name, grid, domain) for name, grid in grids.items()))
    sides = [_side(path, issues) for path in (profile_a, profile_b)]
    return build(domain, issues, [tables for tables, _ in sides], [least for _, least in sides])


def write_geniusweb(domain: Domain, domain_file: Path | str, profile_a: Path | str, profile_b: Path | str) -> None:
    """Write a domain and its two profiles so that :func:`read_geniusweb` gives the same utilities back.

    Raises
    ------
    ValueError
        When the format cannot hold the domain: issues that share a table (``domain.separable()`` joins them), utilities
        outside [0, 1] (``domain.normalized()`` brings them there), or a reservation value that is neither 0 nor that of
        an outcome.
    """
    profiles = [_profile(domain, side) for side in (0, 1)]
    grids = {"name": Path(domain_file).stem, "issuesValues": _grids(domain)}
    for path, profile in zip((profile_a, profile_b), profiles, strict=True):
        content = {SPACE: {"name": Path(path).stem, "domain": grids, **profile}}
        Path(path).write_text(json.dumps(content, indent=1), encoding="utf-8")
    Path(domain_file).write_text(json.dumps(grids, indent=1), encoding="utf-8")


# --- reading --------------------------------------------------------------------------------------------------------


def _part(content: Any, key: str, path: Path | str) -> dict[str, Any]:
    """Return a mapping inside a mapping."""
    part = content.get(key) if isinstance(content, dict) else None
    if not isinstance(part, dict):
        raise FileError(path, f"it has no mapping {key!r}")
    return part


def _issue(name: str, grid: Any, path: Path | str) -> Issue:
    """Read the grid of an issue: words, or a range of numbers with a step."""
    if isinstance(grid, dict) and isinstance(grid.get("values"), list):
        values: list[Value] = grid["values"]
        if bad := next((value for value in values if not isinstance(value, str | int | float)), None):
            raise FileError(path, f"issue {name!r} has the value {str(bad)[:60]}, which is neither word nor number")
    elif isinstance(grid, dict) and isinstance(grid.get("range"), list) and len(grid["range"]) == 3:
        values = _range(name, grid["range"], path)
    else:
        raise FileError(path, f"issue {name!r} has neither values nor a range")
    try:
        return Issue(name, tuple(values))
    except (ValueError, TypeError) as error:
        raise FileError(path, str(error)) from None


def _range(name: str, bounds: list[Any], path: Path | str) -> list[Value]:
    """List the numbers of a range; steps are decimal, so that they do not drift."""
    try:
        low, high, step = (Decimal(str(bound)) for bound in bounds)
        steps = (high - low) / step
        if not 0 <= steps < MOST_VALUES:
            raise ValueError
    except (ArithmeticError, ValueError):
        raise FileError(path, f"issue {name!r} has the range {str(bounds)[:60]}; 1 to {MOST_VALUES:,} values") from None
    return [float(low + at * step) for at in range(int(steps) + 1)]


def _side(path: Path | str, issues: list[Issue]) -> tuple[dict[str, list[float]], float]:
    """Tables and reservation value of a profile."""
    content = read_json(path)
    if isinstance(content, dict) and SPACE not in content and content:
        raise FileError(path, f"it holds a {next(iter(content))!r}; only {SPACE} is additive over issues")
    space = _part(content, SPACE, path)
    weights, utilities = _part(space, "issueWeights", path), _part(space, "issueUtilities", path)
    tables = {}
    for issue in issues:
        if issue.name not in utilities or issue.name not in weights:
            raise FileError(path, f"it has no weight or no utilities for issue {issue.name!r}")
        weight = number(path, weights[issue.name], f"weight of {issue.name!r}")
        tables[issue.name] = [weight * worth for worth in _worths(issue, utilities[issue.name], path)]
    return tables, _reservation(space.get("reservationBid"), tables, issues, path)


def _worths(issue: Issue, content: Any, path: Path | str) -> list[float]:
    """Utility of every value of an issue, from a list or along a line between two numbers."""
    content = content if isinstance(content, dict) else {}
    if "discreteutils" in content:
        listed = _part(content["discreteutils"], "valueUtilities", path)
        known: dict[str | float, list[str]] = {}
        for word in listed:
            known.setdefault(_plain(word), []).append(word)
        worths = []
        for value in issue.values:
            alike = [str(value)] if str(value) in listed else known.get(_plain(value), [])
            if len(alike) > 1:
                raise FileError(path, f"{value!r} in {issue.name!r} may be {' or '.join(map(repr, alike))}")
            worth = listed[alike[0]] if alike else 0.0
            worths.append(number(path, worth, f"utility of {value!r} in {issue.name!r}"))
        return worths
    line = _part(content, "numberutils", path)
    keys = ("lowValue", "lowUtility", "highValue", "highUtility")
    low, least, high, most = (number(path, line.get(key), f"{key} of {issue.name!r}") for key in keys)
    if high == low:
        return [least for _ in issue.values]
    return [least + (most - least) * (number(path, v, issue.name) - low) / (high - low) for v in issue.values]


def _reservation(bid: Any, tables: dict[str, list[float]], issues: list[Issue], path: Path | str) -> float:
    """Utility of the reservation bid."""
    if bid is None:
        return 0.0
    total = 0.0
    for issue in issues:
        value = _part(bid, "issuevalues", path).get(issue.name)
        if value is not None:
            try:
                total += tables[issue.name][_level(issue, value)]
            except ValueError as error:
                raise FileError(path, f"its reservation bid: {error}") from None
    return total


def _level(issue: Issue, value: Any) -> int:
    """Level of a value, which may be written as a word where the grid has numbers."""
    for read in (str, _plain):  # as it is written, or as it is meant
        words = [read(one) for one in issue.values]
        if read(value) in words:
            return words.index(read(value))
    raise ValueError(f"issue {issue.name!r} has no value {value!r}")


def _plain(value: Any) -> str | float:
    """Read a value so that 1, 1.0 and "1" are one, as are true and "true"; other words are themselves."""
    if isinstance(value, bool):
        return str(value).lower()
    try:
        meant = float(value)
    except (TypeError, ValueError, OverflowError):
        return str(value)
    return meant if meant - meant == 0.0 else str(value)


# --- writing --------------------------------------------------------------------------------------------------------


def _grids(domain: Domain) -> dict[str, Any]:
    return {issue.name: {"values": [str(value) for value in issue.values]} for issue in domain.issues}


def _profile(domain: Domain, side: int) -> dict[str, Any]:
    """Weights, utilities and the reservation bid of a side."""
    tables = _shares(domain, side)
    most = [max(worths) for worths in tables]
    # weights must sum to one: what the best outcome leaves free is spread over the issues
    weights = [m + (1.0 - sum(most)) / len(most) for m in most]
    utilities = {}
    for issue, worths, weight in zip(domain.issues, tables, weights, strict=True):
        shares = [min(1.0, worth / weight) if weight > 0.0 else 0.0 for worth in worths]
        by_value = {str(value): share for value, share in zip(issue.values, shares, strict=True)}
        utilities[issue.name] = {"discreteutils": {"valueUtilities": by_value}}
    named = {issue.name: weight for issue, weight in zip(domain.issues, weights, strict=True)}
    return {"issueUtilities": utilities, "issueWeights": named, **_reservation_bid(domain, side)}


def _shares(domain: Domain, side: int) -> list[list[float]]:
    """Tables with no entry below zero, whose sums are the utilities."""
    if any(len(group.at) > 1 for group in domain.groups):
        raise ValueError("issues share a utility table; this format holds one an issue: write domain.separable()")
    (low, high), noise = domain.bounds[side], domain.noise[side]
    if low < -noise or high > 1.0 + noise:
        raise ValueError(f"utilities from {low:g} to {high:g} do not fit into [0, 1]; write domain.normalized()")
    tables = [[float(worth) for worth in group.utilities[:, side]] for group in domain.groups]
    if min(min(worths) for worths in tables) < 0.0:
        tables = [[worth - min(worths) for worth in worths] for worths in tables]
        tables[0] = [worth + max(0.0, low) for worth in tables[0]]
    return tables


def _reservation_bid(domain: Domain, side: int) -> dict[str, Any]:
    """Find the outcome that is worth the reservation value."""
    least, noise = domain.reservation[side], 10.0 * domain.noise[side]
    levels = domain.view(side).lowest_reaching(least - noise)
    if levels is not None and abs(domain.worth(levels)[side] - least) <= 2.0 * noise:
        package = {name: str(value) for name, value in domain.package(levels).items()}
        return {"reservationBid": {"issuevalues": package}}
    if least == 0.0:
        return {}
    raise ValueError(f"this format states the reservation value by an outcome, and none is worth {least:g}")
