"""What may be varied, and how far: every assumption with its plausible range, any other number within the schema's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sim.scenario import ScenarioError, parameters
from sim.scenario.errors import nearest
from sim.scenario.outline import slot
from sim.scenario.overrides import SET, split_key
from sim.study.calibration import Prior, load_priors

__all__ = ["REST", "assumptions", "label_of", "prior_of"]

#: Ranges of the assumptions that the calibration does not move.
REST = Path(__file__).with_name("assumptions.csv")
#: Sections that go without saying in a label.
SILENT = ("mechanisms", "issues", "politics", "overrides")
#: What is compared, and what luck is drawn by: no settings of a world.
FIXED = ("queue.position", "seed", "replications")
#: A range from which even steps would miss the small values is stepped through by factors.
WIDE = 50.0


def assumptions(keys: Sequence[str] = ()) -> tuple[Prior, ...]:
    """Return the assumptions with their plausible ranges, in the order of the schema.

    Those of the calibration have the ranges of its priors. Facts, the seed, the number of replications, the place in
    the queue and the fineness of grids are no assumptions.

    Parameters
    ----------
    keys : sequence of str
        Those wanted, in their order, of which any number of a scenario may be one; all assumptions when empty.

    Raises
    ------
    ScenarioError
        As :func:`prior_of`, or if one is named twice.
    """
    if twice := next((key for n, key in enumerate(keys) if key in keys[:n]), None):
        raise ScenarioError("is named twice", file=SET, key=twice)
    if keys:
        return tuple(prior_of(key) for key in keys)
    return tuple(_known().values())


def prior_of(key: str) -> Prior:
    """Return the plausible range of one number of a scenario; the schema's where it is no assumption.

    Parameters
    ----------
    key : str
        Dotted, as after `--set`: ``threat.credibility``, ``partners.overrides.JPN.beta``.

    Raises
    ------
    ScenarioError
        If there is no such key, or it holds no number.
    """
    if key in _known():
        return _known()[key]
    here = None if key in FIXED else slot(split_key(key))
    if here is None or here.section is not None:
        choices = [row["key"] for row in parameters() if row["range"] is not None and row["key"] not in FIXED]
        raise ScenarioError("is no number that can be varied", file=SET, key=key, nearest=nearest(key, choices))
    if here.bounds is None or here.field is None:
        raise ScenarioError("is not a number with a range", file=SET, key=key, allowed=[str(here)])
    (low, high), default = here.bounds, here.field.get_default(call_default_factory=True)
    scale = "log" if low > 0.0 and high / low > WIDE else "linear"
    whole = any(member.kind is int for member in here.members)
    return Prior(
        key, low, high, scale, "range of the schema", whole, float("nan") if default is None else float(default)
    )


@cache
def _known() -> dict[str, Prior]:
    """Read both tables, and put them in the order of the schema."""
    found = {prior.key: prior for prior in (*load_priors(REST), *load_priors())}
    return {row["key"]: found[row["key"]] for row in parameters() if row["key"] in found}


def label_of(key: str) -> str:
    """Name a parameter in a few words.

    >>> label_of("mechanisms.precedent.strength"), label_of("united_states.beta")
    ('precedent strength', 'US beta')
    """
    short = key.replace("united_states.delegation", "delegation")
    parts = [part for part in short.split(".") if part not in SILENT]
    return " ".join(parts).replace("united_states", "US").replace("_", " ")
