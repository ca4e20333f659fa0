"""How compiled runs ended, as the tables that all runs have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.ensemble.kernel.facts import Facts
from sim.ensemble.kernel.play import Outcomes
from sim.ensemble.kernel.records import Levels
from sim.ensemble.tables import SIGNED, day, natural_place
from sim.talks.setup import Setup

__all__ = ["Rows"]

Floats = NDArray[np.float64]


class Rows:
    """Reads tables off the outcomes of a block.

    Parameters
    ----------
    setup, facts : Setup, Facts
        What was played.
    places : tuple
        Places of the focal partner, None for the natural one.
    first : int
        First replication of the block.
    outcomes : Outcomes
        How its runs ended.
    """

    def __init__(
        self, setup: Setup, facts: Facts, places: tuple[int | None, ...], first: int, outcomes: Outcomes
    ) -> None:
        self._setup, self._facts, self._outcomes = setup, facts, outcomes
        self._focal = int(facts.law["focal"][0])
        self._places = [natural_place(setup) if place is None else place for place in places]
        self._first = first

    def summary(self) -> pd.DataFrame:
        """One short row a run."""
        focal, last = self._outcomes.partners[:, self._focal], self._outcomes
        deal = focal["signed"] >= 0
        return pd.DataFrame(
            {
                **self._keys(1),
                "deal": deal,
                "round": _where(deal, focal["signed"]),
                "effective_rate": focal["rate"],
                "value": focal["value"],
                "deals": last.weeks["deals"][:, -1],
                "average_rate": last.weeks["average"][:, -1],
            }
        )

    def outcomes(self) -> pd.DataFrame:
        """The focal partner's outcome, a row a run."""
        focal = self._outcomes.partners[:, self._focal]
        deal, package = focal["signed"] >= 0, self._values(self._outcomes.levels)[:, self._focal]
        tracks = self._facts.tracks
        for a in range(tracks.first[self._focal], tracks.first[self._focal + 1]):
            level, k = self._outcomes.tracks[:, a], tracks.issue[a]
            package[:, k] = np.where(level >= 0, tracks.units[a, np.maximum(level, 0)], package[:, k])
        terms = self._setup.terms[self._focal]
        return pd.DataFrame(
            {
                **self._keys(1),
                "iso": [terms.iso] * deal.size,
                "deal": deal,
                "round": _where(deal, focal["signed"]),
                "day": _where(deal, day(focal["signed"])),
                "sessions": focal["sessions"],
                "repriced": focal["repriced"] == 1,
                **{issue: _where(deal, package[:, k]) for k, issue in enumerate(terms.issues)},
                "effective_rate": focal["rate"],
                "value": focal["value"],
                "gain": focal["gain"],
                "us_gain": focal["us_gain"],
            }
        )

    def partners(self) -> pd.DataFrame:
        """Terms and value of all partners, a row a run and partner."""
        all_of = self._outcomes.partners.reshape(-1)
        n, deal = len(self._setup.terms), all_of["signed"] >= 0
        signed = self._values(self._outcomes.signed).reshape(all_of.size, -1)
        issues = self._setup.terms[0].issues
        return pd.DataFrame(
            {
                **self._keys(n),
                "iso": [terms.iso for terms in self._setup.terms] * (all_of.size // n),
                "deal": deal,
                "opened": day(all_of["opens"]),
                "round": _where(deal, all_of["signed"]),
                "day": _where(deal, day(all_of["signed"])),
                "sessions": all_of["sessions"],
                "tariff": all_of["tariff"],
                "auto_tariff": all_of["auto_tariff"],
                "effective_rate": all_of["rate"],
                "value": all_of["value"],
                "us_value": all_of["us_value"],
                "gain": all_of["gain"],
                "us_gain": all_of["us_gain"],
                **{SIGNED.get(issue, issue): _where(deal, signed[:, k]) for k, issue in enumerate(issues)},
            }
        )

    def weekly(self) -> pd.DataFrame:
        """Rates and deals by week, a row a run and round."""
        (runs, rounds), weeks = self._outcomes.weeks.shape, self._outcomes.weeks.reshape(-1)
        return pd.DataFrame(
            {
                **self._keys(rounds),
                "round": np.tile(np.arange(rounds), runs),
                "focal_rate": weeks["rate"],
                "average_rate": weeks["average"],
                **{name: weeks[name] for name in ("deals", "omega", "spill", "answers", "paid")},
            }
        )

    def _keys(self, rows: int) -> dict[str, Any]:
        """Place and replication, for so many rows a run."""
        runs, places = self._outcomes.wholes.size, len(self._places)
        position = np.tile(np.array(self._places), runs // places)
        replication = np.repeat(np.arange(self._first, self._first + runs // places), places)
        return {"position": np.repeat(position, rows), "replication": np.repeat(replication, rows)}

    def _values(self, levels: Levels) -> Floats:
        """Packages in natural units, ndarray (runs, N, K), of levels of the same shape."""
        _, n, k = levels.shape
        return self._facts.bilaterals.grid[np.arange(n)[:, None], np.arange(k)[None, :], levels]


def _where(flags: NDArray[np.bool_], values: Any) -> Floats:
    """Numbers where there is a deal, blanks elsewhere."""
    return np.where(flags, values, np.nan)
