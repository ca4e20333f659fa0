"""The bridge to NegMAS, where it is installed; and what is said where it is not."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from sim.bargaining import Domain, negotiate
from sim.bargaining.tactics import Boulware, Conceder
from sim.interop.negmas import NegmasSeat, to_negmas
from tests.bargaining.small import make_trade

installed = pytest.mark.skipif(find_spec("negmas") is None, reason="NegMAS is not installed")


@pytest.mark.skipif(find_spec("negmas") is not None, reason="NegMAS is installed")
def test_its_absence_is_said() -> None:
    with pytest.raises(ImportError, match=r"AGPL-3\.0.*first-mover\[negmas\]"):
        to_negmas(make_trade(), 10)


@installed
def test_a_negotiator_of_theirs_in_a_seat_of_ours() -> None:
    from negmas.sao import BoulwareTBNegotiator

    theirs = negotiate(make_trade(), NegmasSeat(make=BoulwareTBNegotiator), Conceder(), 20)
    ours = negotiate(make_trade(), Boulware(), Conceder(), 20)
    assert theirs.agreement == ours.agreement
    assert theirs.step == ours.step


@installed
def test_a_domain_of_ours_in_a_mechanism_of_theirs() -> None:
    from negmas.sao import BoulwareTBNegotiator

    domain = make_trade()
    mechanism, utilities = to_negmas(domain, 20)
    for utility in utilities:
        mechanism.add(BoulwareTBNegotiator(), preferences=utility)
    agreement = mechanism.run().agreement
    ours = negotiate(domain, Boulware(), Boulware(), 20).agreement
    assert (agreement is None) == (ours is None)
    assert [utility.reserved_value for utility in utilities] == list(domain.reservation)
    assert utilities[0]((0.15, 100, "half")) == pytest.approx(domain.worth((1, 1, 1))[0])


@installed
def test_shared_tables_cannot_be_exported() -> None:
    with pytest.raises(ValueError, match="share a table"):
        to_negmas(Domain({"a": (0, 1), "b": (0, 1)}, ({("a", "b"): [[0, 1], [2, 5]]}, {})), 10)
