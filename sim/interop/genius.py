"""Read Genius domains and profiles (XML; Lin et al. 2014)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np

from sim.bargaining import Domain, Issue, Value
from sim.interop.files import MOST_LEVELS, FileError, build, counted, number, read_xml

__all__ = ["read_genius", "read_genius_discount"]

Scaling = Literal["max", "none"]
NOTHING = 1e-5  # Genius takes an issue whose best evaluation is below this as worth nothing
NONLINEAR = ("ufun", "hyperRectangle", "INCLUDES", "EXCLUDES", "rule")


def read_genius(
    domain: Path | str, profile_a: Path | str, profile_b: Path | str, *, scaling: Scaling = "max", real_steps: int = 21
) -> Domain:
    """Read a domain and the profiles of its two parties, in that order.

    The utility of an outcome is the sum over issues of weight times evaluation, where the evaluations of a discrete
    issue are divided by the largest of them (the Genius convention). Weights and reservation values are taken as given:
    weights need not sum to one, a missing reservation value is 0, and it may lie outside the outcomes.

    Parameters
    ----------
    domain, profile_a, profile_b : path
        The ``negotiation_template`` (a profile serves too) and the two ``utility_space`` files.
    scaling : {"max", "none"}
        ``"none"`` leaves evaluations undivided, as some other readers do.
    real_steps : int
        Points of the grid of a real-valued issue, both ends included.

    Raises
    ------
    FileError
        When a file is not what it should be; the message says which file, which issue, and what is wrong.
    """
    if scaling not in ("max", "none"):
        raise ValueError(f"scaling is 'max' or 'none', not {scaling!r}")
    elements = _issues(read_xml(domain), domain)
    issues = counted(domain, (_issue(element, domain, real_steps) for element in elements.values()))
    profiles = [(path, read_xml(path)) for path in (profile_a, profile_b)]
    utilities = [_utility(root, path, issues, list(elements), scaling) for path, root in profiles]
    return build(domain, issues, utilities, [_single(root, path, "reservation", 0.0) for path, root in profiles])


def read_genius_discount(profile: Path | str) -> float:
    """Discount factor of a profile over the whole session; 1 where it has none. Domains do not carry it."""
    return _single(read_xml(profile), profile, "discount_factor", 1.0)


def _issues(root: ET.Element, path: Path | str) -> dict[str, ET.Element]:
    """Issues of a file by index, in file order."""
    if any(element.tag in NONLINEAR for element in root.iter()):
        raise FileError(path, "it has a utility that is not additive over issues")
    found = {element.get("index", str(at)): element for at, element in enumerate(root.iter("issue"), 1)}
    if not found:
        raise FileError(path, f"it has no issue (its root is <{root.tag}>)")
    if len(found) < sum(1 for _ in root.iter("issue")):
        raise FileError(path, "two issues have the same index")
    return found


def _kind(element: ET.Element) -> str:
    """Type of an issue: discrete, integer or real."""
    return (element.get("vtype") or element.get("type") or element.get("etype") or "discrete").lower()


def _is_listed(element: ET.Element) -> bool:
    """Whether the values of an issue are listed; some software lists those of integer issues too."""
    return _kind(element) == "discrete" or (_kind(element) == "integer" and element.find("item") is not None)


def _name(element: ET.Element, path: Path | str) -> str:
    name = element.get("name")
    if not name:
        raise FileError(path, "an issue has no name")
    return name


def _issue(element: ET.Element, path: Path | str, real_steps: int) -> Issue:
    """Read the grid of an issue."""
    name, kind, unit = _name(element, path), _kind(element), element.get("unit", "")
    try:
        if _is_listed(element):
            words = tuple(dict.fromkeys(item.get("value", "") for item in element.iter("item")))
            as_numbers = element.get("numbers") == "true" or kind != "discrete"
            return Issue(name, tuple(_number(word) for word in words) if as_numbers else words, unit)
        low, high = _range(element, path)
        if kind == "integer":
            if high - low > MOST_LEVELS:
                raise FileError(path, f"issue {name!r} has the range {low:g} to {high:g}")
            return Issue(name, tuple(range(round(low), round(high) + 1)), unit)
        if kind == "real":
            return Issue.grid(name, low, high, real_steps, unit)
    except FileError:
        raise
    except ValueError as error:
        raise FileError(path, str(error)) from None
    raise FileError(path, f"issue {name!r} has the unknown type {kind!r}")


def _number(word: str) -> Value:
    """Read a number, whole where it is written so."""
    try:
        return int(word)
    except ValueError:
        return float(word)


def _range(element: ET.Element, path: Path | str) -> tuple[float, float]:
    """Range of a numeric issue: on the issue itself or in a child."""
    inner = element.find("range")
    where = element if inner is None else inner
    what = f"issue {element.get('name')!r}"
    low = number(path, where.get("lowerbound"), f"lowerbound of {what}")
    high = number(path, where.get("upperbound"), f"upperbound of {what}")
    if high < low or high - low > 1e6:
        raise FileError(path, f"{what} has the range {low:g} to {high:g}")
    return low, high


def _utility(
    root: ET.Element, path: Path | str, issues: list[Issue], indices: list[str], scaling: Scaling
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Weighted evaluations of every issue, by level."""
    elements = _issues(root, path)
    weights = {w.get("index"): number(path, w.get("value"), f"weight {w.get('index')}") for w in root.iter("weight")}
    by_name = {_name(element, path): index for index, element in elements.items()}
    tables = {}
    for issue, index in zip(issues, indices, strict=True):
        mine = by_name.get(issue.name, index)
        if mine not in elements:
            raise FileError(path, f"it says nothing about issue {issue.name!r}")
        if mine not in weights:
            raise FileError(path, f"issue {issue.name!r} has no weight")
        with np.errstate(over="ignore"):  # what is not finite is refused with the domain
            tables[issue.name] = weights[mine] * _evaluations(elements[mine], path, issue, scaling)
    return tables


def _evaluations(
    element: ET.Element, path: Path | str, issue: Issue, scaling: Scaling
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Evaluation of every value of an issue."""
    if not _is_listed(element):
        rule = _evaluator(element, path)
        return np.array([rule(number(path, value, f"a value of {issue.name!r}")) for value in issue.values])
    items = _items(element, path, issue)
    own = [str(value) for value in issue.values]
    loose = len({word.strip() for word in own}) == len(own)
    words = [_listed(word, items, path, issue, loose) for word in own]
    values = np.array([number(path, items[word], f"evaluation of {word!r} in {issue.name!r}") for word in words])
    if scaling == "none":
        return values
    best = max(number(path, text, f"an evaluation in {issue.name!r}") for text in items.values())
    return values / best if best >= NOTHING else np.zeros(len(values))


def _items(element: ET.Element, path: Path | str, issue: Issue) -> dict[str, str | None]:
    """Evaluations by value as they are listed; a value may be listed twice if it is worth the same both times."""
    items: dict[str, str | None] = {}
    for item in element.iter("item"):
        word, worth = item.get("value", ""), item.get("evaluation")
        if items.setdefault(word, worth) != worth:
            raise FileError(path, f"issue {issue.name!r} has two evaluations of {word!r}")
    return items


def _listed(word: str, items: dict[str, str | None], path: Path | str, issue: Issue, loose: bool) -> str:
    """Find a value among those of a profile; blanks around it matter only where they tell two values apart."""
    alike = [word] if word in items else [one for one in items if loose and one.strip() == word.strip()]
    if len(alike) != 1:
        said = "no evaluation" if not alike else f"{len(alike)} evaluations"
        raise FileError(path, f"issue {issue.name!r} has {said} of {word!r}")
    return alike[0]


def _evaluator(element: ET.Element, path: Path | str) -> Callable[[float], float]:
    """Evaluation function of a numeric issue; linear ones are clipped to [0, 1], as Genius does."""
    name = element.get("name")
    found = element.find("evaluator")
    if found is None:
        raise FileError(path, f"issue {name!r} has no evaluator")
    kind = (found.get("ftype") or "linear").lower()

    def read(key: str) -> float:
        return number(path, found.get(key), f"{key} of the evaluator of {name!r}")

    if kind == "linear" and found.get("slope") is not None:
        low, slope, offset = _range(element, path)[0], read("slope"), read("offset")
        return lambda value: min(1.0, max(0.0, offset + slope * (value - low)))
    if kind == "linear":
        constant, factor = read("parameter0"), read("parameter1")
        return lambda value: min(1.0, max(0.0, constant + factor * value))
    if kind == "constant":
        level = read("parameter0")
        return lambda value: level
    if kind == "triangular":
        left, right, top = read("parameter0"), read("parameter1"), read("parameter2")
        return lambda value: _triangle(value, left, right, top)
    raise FileError(path, f"issue {name!r} has the unknown evaluator {kind!r}")


def _triangle(value: float, left: float, right: float, top: float) -> float:
    """Rise from 0 at the left to 1 at the top and fall to 0 at the right."""
    if value == top:
        return 1.0
    if not left < value < right:
        return 0.0
    return (value - left) / (top - left) if value < top else (right - value) / (right - top)


def _single(root: ET.Element, path: Path | str, tag: str, default: float) -> float:
    """Value of an element that may be absent."""
    found = next(root.iter(tag), None)
    return default if found is None else number(path, found.get("value"), tag)
