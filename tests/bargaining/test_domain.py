"""Domains: what fits together, what does not, and what packages are worth."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from sim.bargaining import Domain, Issue

LUNCH = {"dish": ("soup", "fish"), "wine": (0, 1, 2)}


def lunch(**changes: object) -> Domain:
    parts = {
        "issues": LUNCH,
        "utilities": ({"dish": {"soup": 1, "fish": 4}, "wine": [0, 1, 2]}, {"dish": [3, 0], "wine": [2, 1, 0]}),
        "reservation": (1.0, 2.0),
    }
    return Domain(**{**parts, **changes})  # type: ignore[arg-type]


def test_a_package_is_worth_the_sum_of_its_parts() -> None:
    assert lunch().utility({"dish": "fish", "wine": 2}) == (6.0, 0.0)
    assert lunch().deal({"wine": 0, "dish": "soup"}).package == {"dish": "soup", "wine": 0}


def test_size_and_bounds() -> None:
    assert lunch().size == 6
    assert lunch().bounds == ((1.0, 6.0), (0.0, 5.0))


def test_outcomes_come_in_the_order_of_the_grid() -> None:
    packages = [tuple(deal.package.values()) for deal in lunch().outcomes()]
    assert packages == [("soup", 0), ("soup", 1), ("soup", 2), ("fish", 0), ("fish", 1), ("fish", 2)]


def test_issues_that_share_a_table_are_one_group() -> None:
    """Wine is wanted with fish only; the other side's own tables are single."""
    domain = lunch(utilities=({("wine", "dish"): [[0, 1], [0, 3], [0, 5]]}, {"dish": [3, 0]}))
    assert [group.at for group in domain.groups] == [(0, 1)]
    assert domain.utility({"dish": "fish", "wine": 2}) == (5.0, 0.0)
    assert domain.utility({"dish": "soup", "wine": 2}) == (0.0, 3.0)


def test_a_table_may_name_combinations() -> None:
    table = {("soup", 0): 1.0, ("soup", 1): 2.0, ("soup", 2): 3.0, ("fish", 0): 4.0, ("fish", 1): 5.0, ("fish", 2): 6.0}
    assert lunch(utilities=({("dish", "wine"): table}, {})).utility({"dish": "fish", "wine": 0}) == (4.0, 0.0)


def test_groups_join_through_the_other_side() -> None:
    """The first side ties a to b, the second b to c: all three are one group; d stands alone."""
    issues = dict.fromkeys("abcd", (0, 1))
    tied = ({("a", "b"): [[0, 1], [2, 5]]}, {("c", "b"): [[0, 1], [2, 7]], "d": [0, 1]})
    domain = Domain(issues, tied)
    assert [group.at for group in domain.groups] == [(0, 1, 2), (3,)]
    assert domain.utility({"a": 1, "b": 1, "c": 1, "d": 1}) == (5.0, 8.0)


def test_units_and_grids() -> None:
    issue = Issue.grid("pledge", 0.0, 400.0, 5, "USD bn")
    assert issue.values == (0.0, 100.0, 200.0, 300.0, 400.0)
    assert issue.unit == "USD bn"
    assert issue.level(300.0) == 3


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"issues": {}}, "at least one issue"),
        ({"issues": [Issue("dish", ("soup",)), Issue("dish", ("fish",))]}, "no name twice"),
        ({"utilities": ({},)}, "two sides"),
        ({"utilities": ({"cheese": [1]}, {})}, "'cheese', which is not an issue; issues: dish, wine"),
        ({"utilities": ({"dish": [1, 2], ("dish", "wine"): np.zeros((2, 3))}, {})}, "'dish' has two utility tables"),
        ({"utilities": ({"wine": [1, 2]}, {})}, r"wine has shape \(2,\), the grids have \(3,\)"),
        ({"utilities": ({"dish": {"soup": 1}}, {})}, "dish lacks 'fish'"),
        ({"utilities": ({"dish": {"soup": 1, "fish": 2, "meat": 3}}, {})}, "'meat', which is not on the grid"),
        ({"utilities": ({"dish": [1, float("nan")]}, {})}, "not a finite number"),
        ({"reservation": (float("-inf"), 0.0)}, "finite"),
    ],
)
def test_what_does_not_fit(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lunch(**changes)


@pytest.mark.parametrize(
    ("package", "message"),
    [
        ({"dish": "soup"}, r"missing \['wine'\]"),
        ({"dish": "soup", "wine": 0, "cheese": 1}, r"unknown \['cheese'\]"),
        ({"dish": "meat", "wine": 0}, "'dish' has no value 'meat'; it has 'soup', 'fish'"),
    ],
)
def test_packages_that_are_none(package: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lunch().utility(package)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "values"), [("", (1,)), ("x", ()), ("x", (1, 1.0)), ("x", (float("inf"),))])
def test_issues_that_are_none(name: str, values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="issue"):
        Issue(name, values)


def test_a_domain_is_frozen_compared_by_value_and_pickled() -> None:
    domain = lunch()
    domain.nash()
    assert domain == lunch() == pickle.loads(pickle.dumps(domain))
    assert domain != lunch(reservation=(0.0, 0.0))
    assert hash(domain) == hash(lunch())
    with pytest.raises(AttributeError):
        domain.reservation = (0.0, 0.0)  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        domain.utilities[0][0].values[0] = 9.0


def test_variants() -> None:
    domain = lunch()
    assert domain.swapped().utility({"dish": "fish", "wine": 2}) == (0.0, 6.0)
    assert domain.rescaled((2.0, 1.0), (1.0, 0.0)).utility({"dish": "fish", "wine": 2}) == (13.0, 0.0)
    assert domain.rescaled((2.0, 1.0), (1.0, 0.0)).reservation == (3.0, 2.0)
    assert domain.normalized().bounds == ((0.0, 1.0), (0.0, 1.0))


def test_normalizing_keeps_what_lies_outside() -> None:
    """A reservation value below the worst outcome stays below it."""
    assert lunch(reservation=(-4.0, 10.0)).normalized().reservation == (-1.0, 2.0)


def test_an_indifferent_side_keeps_its_unit() -> None:
    assert lunch(utilities=({}, {"dish": [0, 2]})).normalized().bounds == ((0.0, 0.0), (0.0, 1.0))
