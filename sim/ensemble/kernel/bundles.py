"""Bundles of arrays behind one pointer.

Compiled functions would otherwise hand hundreds of array descriptors to each other at every call, which costs more than
what they do. Python code sees the named tuples; compiled code gets the same names from :func:`pointed`.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from numba.core import types
from numba.experimental import structref

from sim.compiled import compiled
from sim.ensemble.kernel.facts import Bilaterals, Delegations, Facts, Worlds
from sim.ensemble.kernel.homes import Homes
from sim.ensemble.kernel.calendar import Calendar
from sim.ensemble.kernel.ladders import Ladders
from sim.ensemble.kernel.state import Hand, State
from sim.ensemble.kernel.talks import Talks
from sim.ensemble.kernel.tracks_of import TrackFacts

__all__ = ["pointed"]


@structref.register
class Bundle(types.StructRef):  # type: ignore[misc]
    """Type of a bundle in compiled code; its name is a digest, since the fields in full would fill pages."""

    def __init__(self, fields: Any) -> None:
        super().__init__(fields)
        self.name = f"Bundle{hashlib.sha256(self.name.encode()).hexdigest()[:16]}"


def _maker(shape: type[NamedTuple]) -> Any:
    """Return what makes a bundle, in compiled code, of the fields of a named tuple."""
    made = type(shape.__name__, (), {})
    structref.define_constructor(made, Bundle, list(shape._fields))
    return made


_bilaterals, _worlds, _delegations = _maker(Bilaterals), _maker(Worlds), _maker(Delegations)
_homes, _calendar, _tracks = _maker(Homes), _maker(Calendar), _maker(TrackFacts)
_facts, _state, _hand, _ladders, _talks = map(_maker, (Facts, State, Hand, Ladders, Talks))


@compiled
def pointed(talks: Talks) -> Talks:
    """Put everything behind pointers; the arrays are the same."""
    f = talks.facts
    facts = _facts(
        f.law,
        f.cards,
        _bilaterals(*f.bilaterals),
        _worlds(*f.worlds),
        _delegations(*f.delegations),
        _homes(*f.homes),
        _calendar(*f.calendar),
        _tracks(*f.tracks),
        f.next_deal,
        f.by_key,
    )
    return _talks(facts, _state(*talks.state), _hand(*talks.hand), _ladders(*talks.ladders))
