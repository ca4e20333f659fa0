"""The same setup in another dress: partners listed in another order, or money counted in another unit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.scenario import Scenario
from sim.scenario.fields import Section
from sim.scenario.outline import Slot
from sim.talks import Setup
from sim.talks.setup import tables_for
from sim.talks.terms import Apart, Terms
from sim.world import load_world

#: Facts about an economy that are amounts of money.
MONEY = ("us_imports", "us_exports", "gdp", "auto_exports", "host_nation_support", "treasury_holdings")
#: What answers change, in money.
ANSWERED = ("gain", "home", "imports")


def reordered(setup: Setup, order: list[int]) -> Setup:
    """List the partners in another order; nothing else changes."""
    answers = setup.answers
    return replace(
        setup,
        terms=tuple(setup.terms[i] for i in order),
        alike=setup.alike[np.ix_(order, order)],
        market=tables_for(setup.scenario, load_world()).market([setup.terms[i].iso for i in order]),
        homes=tuple(setup.homes[i] for i in order),
        benches=tuple(setup.benches[i] for i in order),
        answers=replace(answers, **{name: getattr(answers, name)[order] for name in ("duties", "weights", *ANSWERED)}),
    )


def in_other_money(setup: Setup, unit: float) -> Setup:
    """Count all money in units of which `unit` make a billion dollars."""
    april, trade, spill, tilt = setup.market
    answers = setup.answers
    return replace(
        setup,
        scenario=rescaled(setup.scenario, unit),
        terms=tuple(_terms(terms, unit) for terms in setup.terms),
        market=(april, trade * unit, spill * unit, tilt * unit),
        answers=replace(answers, **{name: getattr(answers, name) * unit for name in ANSWERED}),
    )


def _terms(terms: Terms, unit: float) -> Terms:
    grid = np.array([row * (unit if kind != "share" else 1.0) for row, kind in zip(terms.grid, terms.units)])  # noqa: B905
    return replace(
        terms,
        economy=replace(terms.economy, **{name: getattr(terms.economy, name) * unit for name in MONEY}),
        grid=grid,
        supply=np.array([s * (unit if kind != "share" else 1.0) for s, kind in zip(terms.supply, terms.units)]),  # noqa: B905
        apart=tuple(_apart(apart, terms.units[apart.k], unit) for apart in terms.apart),
        **{name: getattr(terms, name) * unit for name in ("cost", "benefit", "gain", "home", "trade")},
    )


def _apart(apart: Apart, kind: str, unit: float) -> Apart:
    money = {name: getattr(apart, name) * unit for name in ("cost", "benefit", "sanction", "price")}
    return replace(apart, values=apart.values * (unit if kind != "share" else 1.0), **money)


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
