"""The tactics by name, as a scenario file calls them."""

from __future__ import annotations

import re

from sim.bargaining.tactics import TACTICS
from sim.bargaining.tactics.tactic import Tactic

__all__ = ["NAMED", "name_of"]


def name_of(tactic: type[Tactic]) -> str:
    """Return the name of a class in small letters: ``relative_tit_for_tat``; ``MiCRO`` is ``micro``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", tactic.__name__).lower()


NAMED: dict[str, type[Tactic]] = {name_of(tactic): tactic for tactic in TACTICS}
"""Every built-in tactic by name."""
