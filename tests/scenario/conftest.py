from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from sim.scenario import ScenarioError, parse_scenario
from sim.scenario.origin import OWN

HEAD = "name: trial\ntitle: A trial\n"


@pytest.fixture
def complaint() -> Callable[..., str]:
    """The one line that a scenario body (below two lines of name and title) is refused with in a file of one's own."""

    def _complaint(body: str, overrides: Sequence[str] = (), head: str = HEAD) -> str:
        with pytest.raises(ScenarioError) as caught:
            parse_scenario(head + body, "x.yaml", overrides, OWN)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    return _complaint
