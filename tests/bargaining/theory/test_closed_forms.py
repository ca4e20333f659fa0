"""Every closed form against published cases, to nine digits."""

from __future__ import annotations

import pytest

from benchmarks.oracles import CLOSED_FORMS, closed_form_cases, closed_forms


@pytest.mark.parametrize("section", CLOSED_FORMS)
def test_every_case(section: str) -> None:
    _, _, pairs = CLOSED_FORMS[section]
    for case in closed_form_cases(section):
        for ours, theirs in pairs(case):
            assert ours == pytest.approx(theirs, abs=1e-9), case


def test_all_are_counted() -> None:
    compared = list(closed_forms())
    assert len(compared) == len(CLOSED_FORMS)
    assert sum(row.figures for row in compared) == 138
    assert max(row.distance for row in compared) < 1e-9
