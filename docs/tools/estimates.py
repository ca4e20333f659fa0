"""Tables of the page of validation that hold the trade model against others' estimates and against what was seen."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.estimates import Row, agrees, estimates, in_words, steps
from docs.tools.marks import table
from sim.world import load_economies

__all__ = ["estimate_table", "exporter_table"]

LONG_RUN = 20
#: What stands in the column of years for it.
SMALL = ("VNM", "KOR", "CHE", "IND")
MEASURES = {"gdp": "GDP", "wage": "real wage", "sales": "sales to the US", "bn": "USD bn a year"}
ALL = {"world": "transfers of the world's income", "own": "transfers of own income"}


def estimate_table() -> str:
    """Return every estimate beside what comes out, and below it how many agree."""
    found = list(estimates())
    head = ["case", "who", "others", "in year", "world's", "own", "eps 4", "agree", "differs", "source"]
    counts = (sum(agrees(row.estimate, getattr(row, name)) for row in found) for name in ALL)
    said = ", ".join(f"{count} of {len(found)} with {words}" for count, words in zip(counts, ALL.values(), strict=True))
    return f"{table(head, (_line(row) for row in found))}\n\n**Within a factor of two, with the same sign: {said}.**"


def _line(row: Row) -> Iterator[object]:
    one = row.estimate
    span = f"{one.low:g}" if one.low == one.high else f"{one.low:g} to {one.high:g}"
    yield from (one.case, one.who, f"{MEASURES[one.measure]} {span}{', seen' if one.kind == 'seen' else ''}")
    yield "long run" if one.year == LONG_RUN else one.year
    yield from (in_words(one, found) for found in (row.world, row.own, row.source))
    yield ", ".join("yes" if agrees(one, found) else "no" for found in (row.world, row.own))
    yield from (one.differs, one.source)


def exporter_table() -> str:
    """Return what each feature of the model does to the welfare of small exporters."""
    taken = {iso: list(steps(iso)) for iso in SMALL}
    names = {x.iso3: x.name for x in load_economies()}
    words = [name for name, _ in taken[SMALL[0]]]
    head = ["2 April, eps = 4; welfare / real wage, %", *(names[iso] for iso in SMALL)]
    found = ([f"{step.welfare:+.2f} / {step.wage:+.2f}" for _, step in taken[iso]] for iso in SMALL)
    return table(head, ([name, *cells] for name, *cells in zip(words, *found, strict=True)))
