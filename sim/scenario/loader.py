"""From a file to a scenario, and back."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from sim.scenario.catalogue import locate
from sim.scenario.errors import ScenarioError, show
from sim.scenario.explain import explain
from sim.scenario.marks import FLOAT, TAG, Mark, Marked, parse
from sim.scenario.origin import OUTSIDE, OWN, Origin
from sim.scenario.overrides import SET, lay_over, lay_values, split_key
from sim.scenario.schema import Scenario
from sim.scenario.tactics import import_paths

__all__ = ["dump", "load_scenario", "parse_scenario", "read_text", "scenario_at", "scenario_hash"]

#: Bytes of a file. A scenario is a page of text; anything this long is some other file.
LARGEST = OWN.limits.characters


def load_scenario(
    name_or_path: str | os.PathLike[str], overrides: Sequence[str] = (), origin: Origin = OWN
) -> Scenario:
    """Load a scenario by path or by its name in the catalogue.

    Parameters
    ----------
    name_or_path : str or path
        ``japan_first``, ``my/own.yaml``.
    overrides : sequence of str
        Settings laid over the file, such as ``queue.position=[1,last]``.
    origin : Origin
        What the file may name; one that is named here is one's own, and may name code.

    Raises
    ------
    ScenarioError
        In one line: file, line, key, what is wrong and what is allowed.
    """
    path = locate(name_or_path)
    return parse_scenario(read_text(path), path.as_posix(), overrides, origin)


def parse_scenario(
    text: str, file: str = "scenario", overrides: Sequence[str] = (), origin: Origin = OUTSIDE
) -> Scenario:
    """Read a scenario from YAML text.

    Nothing is known of who wrote a text, so it may not name code to be loaded unless `origin` says so.

    Parameters
    ----------
    text : str
        What a scenario file holds.
    file : str
        What to call it in errors.
    overrides : sequence of str
        Settings laid over the text.
    origin : Origin
        Where the text comes from; `sim.scenario.origin.OWN` is for one that may name code, or be very long.

    Raises
    ------
    ScenarioError
        As `load_scenario`.
    """
    source = parse(text, file, origin.limits)
    if source.data is None:
        raise ScenarioError("the file is empty; a scenario needs at least name and title", file=file)
    if not isinstance(source.data, dict):
        raise ScenarioError(f"expected a mapping of keys to values, got {show(source.data)}", file=file)
    return _valid(lay_over(source, overrides, origin.limits), origin)


def scenario_at(base: Scenario, values: Mapping[str, Any]) -> Scenario:
    """Return a scenario with values laid over it by dotted key, as `--set` does but without writing them as text.

    The values name no code that the scenario does not name already.

    Raises
    ------
    ScenarioError
        As `load_scenario`.
    """
    source = lay_values(Marked(base.model_dump(), {(): Mark(SET, None)}), values)
    return _valid(source, Origin(known=import_paths(base)))


def value_at(scenario: Scenario, key: str) -> Any:
    """Return what a scenario says at a dotted key; None where it says nothing."""
    found: Any = scenario
    for part in split_key(key):
        found = found.get(part) if isinstance(found, Mapping) else getattr(found, str(part), None)
    return found


def _valid(source: Marked, origin: Origin) -> Scenario:
    """Make the scenario that the data describe, or say in one line why they do not."""
    try:
        return Scenario.model_validate(source.data, context=origin)
    except ValidationError as error:
        raise explain(error, source) from None


def read_text(path: Path) -> str:
    """Read a text file of sensible size.

    Raises
    ------
    ScenarioError
        When it cannot be read, or is no such file.
    """
    name = path.as_posix()
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise ScenarioError(f"cannot be read: {error.strerror or error}", file=name) from None
    if len(raw) > LARGEST:
        raise ScenarioError(f"larger than {LARGEST // 1_000_000} MB, which no scenario is", file=name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ScenarioError("not a text file in UTF-8", file=name, line=line) from None


class _Writer(yaml.SafeDumper):
    """Write text so that neither this loader nor another YAML reader takes it for a number, a date or a truth value."""


_Writer.add_implicit_resolver(TAG + "float", FLOAT, None)


def dump(scenario: Scenario) -> str:
    """Write a scenario in full, defaults included, as YAML that loads to an equal scenario."""
    plain = scenario.model_dump(mode="json")
    unfoldable = any(mark in scenario.title + scenario.question for mark in "\x85\u2028\u2029")  # read back as spaces
    return yaml.dump(plain, Dumper=_Writer, sort_keys=False, allow_unicode=not unfoldable, width=110)


def scenario_hash(scenario: Scenario) -> str:
    """Return 12 hexadecimal digits that tell experiments apart: SHA-256 of the scenario's canonical JSON."""
    canonical = json.dumps(scenario.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]
