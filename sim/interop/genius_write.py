"""Write Genius domains and profiles (XML)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from sim.bargaining import Domain, Issue

__all__ = ["write_genius"]


def write_genius(domain: Domain, domain_file: Path | str, profile_a: Path | str, profile_b: Path | str) -> None:
    """Write a domain and its two profiles so that :func:`sim.interop.read_genius` gives the same domain back.

    The first side is written to `profile_a`. Evaluations are shares of the best, and the weight of an issue is its best
    utility (its worst, below zero, where no value is worth anything). Units, and whether words are numbers, are written
    as attributes that other readers skip. Utilities agree to rounding.

    Raises
    ------
    ValueError
        When issues share a table: the format knows single issues only, so write ``domain.separable()``.
    """
    for group in domain.groups:
        if len(group.at) > 1:
            names = " and ".join(domain.issues[at].name for at in group.at)
            raise ValueError(f"{names} share a utility table; Genius files hold one an issue: write domain.separable()")
    _save(_template(domain), domain_file)
    for side, path in enumerate((profile_a, profile_b)):
        _save(_profile(domain, side), path)


def _template(domain: Domain) -> ET.Element:
    """Make the domain file."""
    root = ET.Element("negotiation_template")
    space = ET.SubElement(root, "utility_space", number_of_issues=str(len(domain.issues)))
    objective = _objective(space)
    for at, issue in enumerate(domain.issues, 1):
        element = _issue(objective, issue, at)
        for index, value in enumerate(issue.values, 1):
            ET.SubElement(element, "item", index=str(index), value=str(value), cost="0", description=str(value))
    return root


def _profile(domain: Domain, side: int) -> ET.Element:
    """Make the profile of a side."""
    space = ET.Element("utility_space", number_of_issues=str(len(domain.issues)))
    objective = _objective(space)
    weights = []
    for at, (issue, group) in enumerate(zip(domain.issues, domain.groups, strict=True), 1):
        worths = [float(worth) for worth in group.utilities[:, side]]
        weight = max(worths) if max(worths) > 0.0 else min(worths)
        weights.append(weight)
        element = _issue(objective, issue, at)
        for index, (value, worth) in enumerate(zip(issue.values, worths, strict=True), 1):
            share = worth / weight if weight else 0.0
            ET.SubElement(element, "item", index=str(index), value=str(value), cost="0", evaluation=repr(share))
    for at, weight in enumerate(weights, 1):
        ET.SubElement(objective, "weight", index=str(at), value=repr(weight))
    ET.SubElement(space, "discount_factor", value="1.0")
    ET.SubElement(space, "reservation", value=repr(domain.reservation[side]))
    return space


def _objective(space: ET.Element) -> ET.Element:
    return ET.SubElement(
        space, "objective", index="0", name="root", type="objective", etype="objective", description=""
    )


def _issue(objective: ET.Element, issue: Issue, at: int) -> ET.Element:
    """Add an issue."""
    element = ET.SubElement(
        objective, "issue", index=str(at), name=issue.name, type="discrete", etype="discrete", vtype="discrete"
    )
    if issue.unit:
        element.set("unit", issue.unit)
    if not any(isinstance(value, str) for value in issue.values):
        element.set("numbers", "true")
    return element


def _save(root: ET.Element, path: Path | str) -> None:
    ET.indent(root)
    Path(path).write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
