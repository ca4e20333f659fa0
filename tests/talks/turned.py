"""The same setup in another dress: partners listed in another order, or money counted in another unit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.scenario import Scenario
from sim.scenario.fields import Section
from sim.scenario.outline import Slot
from sim.talks import Setup
from sim.talks.terms import Terms
from sim.world import load_world

#: Facts about an economy that are amounts of money.
MONEY = ("us_imports", "us_exports", "gdp", "auto_exports", "host_nation_support", "treasury_holdings")


def reordered(setup: Setup, order: list[int]) -> Setup:
    """List the partners in another order; nothing else changes."""
    return Setup(
        setup.scenario,
        tuple(setup.terms[i] for i in order),
        setup.alike[np.ix_(order, order)],
        setup.timeline,
        setup.openings,
        load_world().tables.market([setup.terms[i].iso for i in order]),
    )


def in_other_money(setup: Setup, unit: float) -> Setup:
    """Count all money in units of which `unit` make a billion dollars."""
    april, trade, spill, tilt = setup.market
    return Setup(
        rescaled(setup.scenario, unit),
        tuple(_terms(terms, unit) for terms in setup.terms),
        setup.alike,
        setup.timeline,
        setup.openings,
        (april, trade * unit, spill * unit, tilt * unit),
    )


def _terms(terms: Terms, unit: float) -> Terms:
    grid = np.array([row * (unit if kind != "share" else 1.0) for row, kind in zip(terms.grid, terms.units)])  # noqa: B905
    return replace(
        terms,
        economy=replace(terms.economy, **{name: getattr(terms.economy, name) * unit for name in MONEY}),
        grid=grid,
        **{name: getattr(terms, name) * unit for name in ("cost", "benefit", "gain", "home", "trade")},
    )


def rescaled(part: Any, unit: float) -> Any:
    """Multiply every parameter that the schema declares in USD bn; bounds are not looked at again."""
    changes: dict[str, Any] = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if isinstance(value, Section):
            changes[name] = rescaled(value, unit)
        elif Slot(field.annotation, field).unit.startswith("USD bn"):
            changes[name] = _times(value, unit)
    return part.model_copy(update=changes)


def _times(value: Any, unit: float) -> Any:
    if isinstance(value, tuple):
        return tuple(_times(one, unit) for one in value)
    return value * unit if isinstance(value, float) else value


def changed(scenario: Scenario, **sections: dict[str, Any]) -> Scenario:
    """Return the scenario with some keys of its sections set, and checked again."""
    data = scenario.model_dump()
    for name, values in sections.items():
        data[name] = {**data[name], **values}
    return Scenario.model_validate(data)
