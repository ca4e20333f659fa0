"""Published Genius and GeniusWeb domains against published figures, where they are at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.bargaining import Domain, negotiate
from sim.bargaining.tactics import Boulware, Conceder, Linear, TimeDependent
from sim.interop import read_genius, read_geniusweb, write_genius, write_geniusweb

ORACLES = Path(__file__).parents[3] / "shared" / "reference" / "oracles"
FIGURES: dict[str, Any] = (
    json.loads((ORACLES / "genius_convention.json").read_text())
    if (ORACLES / "genius_convention.json").exists()
    else {}
)
STANCES: dict[str, type[TimeDependent]] = {"Boulware": Boulware, "Linear": Linear, "Conceder": Conceder}
pytestmark = pytest.mark.skipif(not FIGURES, reason="the published domains are not at hand")
each = pytest.mark.parametrize("name", sorted(FIGURES))


def near(value: Any) -> Any:
    return pytest.approx(value, abs=1e-9)


def files(name: str) -> list[Path]:
    profiles = FIGURES[name]["profiles"]
    folder = ORACLES / "domains" / name
    (domain,) = (path for path in folder.iterdir() if path.name not in profiles)
    return [domain, *(folder / profile for profile in profiles)]


def load(name: str, **options: Any) -> Domain:
    paths = files(name)
    return read_geniusweb(*paths) if paths[0].suffix == ".json" else read_genius(*paths, **options)


def as_the_peer_has_it(name: str) -> tuple[Domain, dict[str, Any]]:
    """Evaluations undivided, brought to the peer's range; with its figures."""
    variant = json.loads((ORACLES / f"{name}.json").read_text())["variants"]["normalized"]
    domain = load(name, scaling="none") if files(name)[0].suffix == ".xml" else load(name)
    low, high = np.array(variant["utility_min"]), np.array(variant["utility_max"])
    bounds = np.array(domain.bounds)
    scale = (high - low) / (bounds[:, 1] - bounds[:, 0])
    return domain.rescaled(scale.tolist(), (low - scale * bounds[:, 0]).tolist()), variant


@each
def test_solutions(name: str) -> None:
    domain, figures = load(name), FIGURES[name]
    assert domain.size == figures["n_outcomes"]
    assert domain.reservation == near(tuple(figures["reservation"]))
    assert domain.bounds == (
        near((figures["u_min"][0], figures["u_max"][0])),
        near((figures["u_min"][1], figures["u_max"][1])),
    )
    assert len(domain.pareto()) == figures["pareto_size"]
    assert domain.opposition() == near(figures["opposition"])
    found = {
        "nash": domain.nash(),
        "ks_maxmin_ratio": domain.kalai_smorodinsky(),
        "kalai_egalitarian": domain.egalitarian(),
        "max_welfare": domain.max_welfare(),
    }
    for key, deal in found.items():
        assert deal is not None
        assert deal.utilities == near(tuple(figures[key]["utils"])), key
        assert deal.package == figures[key]["outcome"], key


@each
def test_both_kinds_of_kalai_smorodinsky(name: str) -> None:
    domain, variant = as_the_peer_has_it(name)
    figures = variant["independent_numpy"]
    domain = Domain(domain.issues, domain.utilities, variant["disagreement_used"])
    assert domain.kalai_smorodinsky().utilities == near(tuple(figures["ks_maxmin_ratio"]))  # type: ignore[union-attr]
    spread = domain.kalai_smorodinsky("min_spread")
    assert spread is not None
    assert spread.utilities == near(tuple(figures["ks_min_ratio_spread"]))


def ambiguous(domain: Domain, moves: Any) -> bool:
    """Whether an offer on the path could have been another of the same utility to who made it."""
    utilities = np.array([deal.utilities for deal in domain.outcomes()])
    worths = {side: np.round(utilities[:, side], 9) for side in (0, 1)}
    made = {(side, round(domain.worth(offer)[side], 9)) for _, side, offer in moves if offer is not None}
    return any((worths[side] == worth).sum() > 1 for side, worth in made)


def cases(name: str) -> Iterator[tuple[Domain, Any, dict[str, Any], list[str]]]:
    domain, variant = as_the_peer_has_it(name)
    names = [issue["name"] for issue in json.loads((ORACLES / f"{name}.json").read_text())["issues"]]
    for key, figures in variant["time_based"].items():
        first, second, rounds = key.split("-")
        yield domain, negotiate(domain, STANCES[first](), STANCES[second](), int(rounds[1:])), figures, names


@each
def test_sessions_by_the_clock(name: str) -> None:
    """The path of utilities always; its end unless an offer on it was one of several of the same utility."""
    open_to_taste = 0
    for domain, result, figures, names in cases(name):
        for (_, who, offer), exchange in zip(figures["first10"], result.trace, strict=False):
            side = "ab".index(who)
            assert exchange.side == side
            assert exchange.utilities is not None
            assert exchange.utilities[side] == near(domain.utility(dict(zip(names, offer, strict=True)))[side])
        utilities = None if result.agreement is None else result.agreement.utilities
        end = (result.step, result.offers, utilities)
        wanted = None if figures["utils"] is None else near(tuple(figures["utils"]))
        if end != (figures["step"], figures["n_offers"], wanted):
            assert ambiguous(domain, result.moves)
            open_to_taste += 1
    assert open_to_taste <= 3  # of 18, on two of the domains


@each
def test_files_written_and_read_are_the_same_domain(name: str, tmp_path: Path) -> None:
    domain = load(name)
    json_ = files(name)[0].suffix == ".json"
    paths = [tmp_path / f"{part}.file" for part in ("domain", "a", "b")]
    (write_geniusweb if json_ else write_genius)(domain, *paths)
    again = (read_geniusweb if json_ else read_genius)(*paths)
    assert again.issues == domain.issues
    assert again.reservation == near(domain.reservation)
    assert np.allclose(again.flat[0], domain.flat[0], atol=1e-12)


def test_genius_divides_by_the_best_evaluation() -> None:
    """The trap: read undivided, the laptop is worth up to 30 and its Nash outcome is another."""
    assert load("Laptop").bounds[0][1] == near(1.000051804171754)
    assert load("Laptop", scaling="none").bounds[0][1] == near(30.001554125152623)


def test_a_normalized_domain_stays_within_zero_and_one() -> None:
    """The trap: a range from -0.11 to 1.11 on the FiftyFifty domain."""
    bounds = load("FiftyFifty").normalized().bounds
    assert bounds == (near((0.0, 1.0)), near((0.0, 1.0)))
