"""Published Genius and GeniusWeb domains against published figures, where they are at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.domains import SOLUTIONS, Published, ambiguous, published_in, same_end
from sim.bargaining import Domain
from sim.interop import read_genius, read_geniusweb, write_genius, write_geniusweb

DOMAINS = published_in(Path(__file__).parents[3] / "shared" / "reference" / "oracles")
pytestmark = pytest.mark.skipif(not DOMAINS, reason="the published domains are not at hand")
each = pytest.mark.parametrize("published", DOMAINS.values(), ids=DOMAINS)


def near(value: Any) -> Any:
    return pytest.approx(value, abs=1e-9)


@each
def test_solutions(published: Published) -> None:
    domain, figures = published.load(), published.figures
    assert domain.size == figures["n_outcomes"]
    assert domain.reservation == near(tuple(figures["reservation"]))
    assert domain.bounds == (
        near((figures["u_min"][0], figures["u_max"][0])),
        near((figures["u_min"][1], figures["u_max"][1])),
    )
    assert len(domain.pareto()) == figures["pareto_size"]
    assert domain.opposition() == near(figures["opposition"])
    for key, solve in SOLUTIONS.items():
        deal = solve(domain)
        assert deal is not None
        assert deal.utilities == near(tuple(figures[key]["utils"])), key
        assert deal.package == figures[key]["outcome"], key


@each
def test_both_kinds_of_kalai_smorodinsky(published: Published) -> None:
    domain, variant = published.as_the_peer_has_it()
    figures = variant["independent_numpy"]
    domain = Domain(domain.issues, domain.utilities, variant["disagreement_used"])
    assert domain.kalai_smorodinsky().utilities == near(tuple(figures["ks_maxmin_ratio"]))  # type: ignore[union-attr]
    spread = domain.kalai_smorodinsky("min_spread")
    assert spread is not None
    assert spread.utilities == near(tuple(figures["ks_min_ratio_spread"]))


@each
def test_sessions_by_the_clock(published: Published) -> None:
    """The path of utilities always; its end unless an offer on it was one of several of the same utility."""
    open_to_taste = 0
    for domain, result, figures, names in published.sessions():
        for (_, who, offer), exchange in zip(figures["first10"], result.trace, strict=False):
            side = "ab".index(who)
            assert exchange.side == side
            assert exchange.utilities is not None
            assert exchange.utilities[side] == near(domain.utility(dict(zip(names, offer, strict=True)))[side])
        if not same_end(result, figures):
            assert ambiguous(domain, result)
            open_to_taste += 1
    assert open_to_taste <= 3  # of 18, on two of the domains


@each
def test_files_written_and_read_are_the_same_domain(published: Published, tmp_path: Path) -> None:
    domain, json_ = published.load(), published.is_json
    paths = [tmp_path / f"{part}.file" for part in ("domain", "a", "b")]
    (write_geniusweb if json_ else write_genius)(domain, *paths)
    again = (read_geniusweb if json_ else read_genius)(*paths)
    assert again.issues == domain.issues
    assert again.reservation == near(domain.reservation)
    assert np.allclose(again.flat[0], domain.flat[0], atol=1e-12)


def test_genius_divides_by_the_best_evaluation() -> None:
    """The trap: read undivided, the laptop is worth up to 30 and its Nash outcome is another."""
    assert DOMAINS["Laptop"].load().bounds[0][1] == near(1.000051804171754)
    assert DOMAINS["Laptop"].load(scaling="none").bounds[0][1] == near(30.001554125152623)


def test_a_normalized_domain_stays_within_zero_and_one() -> None:
    """The trap: a range from -0.11 to 1.11 on the FiftyFifty domain."""
    bounds = DOMAINS["FiftyFifty"].load().normalized().bounds
    assert bounds == (near((0.0, 1.0)), near((0.0, 1.0)))
