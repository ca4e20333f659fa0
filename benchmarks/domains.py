"""Published Genius and GeniusWeb domains with published figures, in a folder that has them.

The folder holds ``genius_convention.json`` (figures of all), ``<Domain>.json`` (sessions) and ``domains/<Domain>/``
(the files themselves, which are not part of the project).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.bargaining import Domain, SessionResult, negotiate
from sim.bargaining.tactics import Boulware, Conceder, Linear, TimeDependent
from sim.interop import read_genius, read_geniusweb

__all__ = ["SOLUTIONS", "Published", "ambiguous", "published_in", "same_end"]

STANCES: dict[str, type[TimeDependent]] = {"Boulware": Boulware, "Linear": Linear, "Conceder": Conceder}
#: Solutions by their name in the figures.
SOLUTIONS = {
    "nash": Domain.nash,
    "ks_maxmin_ratio": Domain.kalai_smorodinsky,
    "kalai_egalitarian": Domain.egalitarian,
    "max_welfare": Domain.max_welfare,
}


@dataclass(frozen=True)
class Published:
    """One published domain.

    Attributes
    ----------
    name : str
        Its name.
    folder : Path
        Where the figures of all domains are.
    figures : dict
        Its figures.
    """

    name: str
    folder: Path
    figures: dict[str, Any]

    @property
    def files(self) -> list[Path]:
        """The file of the domain and those of both profiles."""
        profiles = self.figures["profiles"]
        home = self.folder / "domains" / self.name
        (domain,) = (path for path in home.iterdir() if path.name not in profiles)
        return [domain, *(home / profile for profile in profiles)]

    @property
    def is_json(self) -> bool:
        """Whether its files are of GeniusWeb."""
        return self.files[0].suffix == ".json"

    def load(self, **options: Any) -> Domain:
        """Read it."""
        return read_geniusweb(*self.files) if self.is_json else read_genius(*self.files, **options)

    def as_the_peer_has_it(self) -> tuple[Domain, dict[str, Any]]:
        """Evaluations undivided, brought to the range of NegMAS; with its figures."""
        variant = self._told()["variants"]["normalized"]
        domain = self.load() if self.is_json else self.load(scaling="none")
        low, high = np.array(variant["utility_min"]), np.array(variant["utility_max"])
        bounds = np.array(domain.bounds)
        scale = (high - low) / (bounds[:, 1] - bounds[:, 0])
        return domain.rescaled(scale.tolist(), (low - scale * bounds[:, 0]).tolist()), variant

    def sessions(self) -> Iterator[tuple[Domain, SessionResult, dict[str, Any], list[str]]]:
        """Play every published session: domain, result, its figures, and the issues in their order."""
        domain, variant = self.as_the_peer_has_it()
        names = [issue["name"] for issue in self._told()["issues"]]
        for key, figures in variant["time_based"].items():
            first, second, rounds = key.split("-")
            yield domain, negotiate(domain, STANCES[first](), STANCES[second](), int(rounds[1:])), figures, names

    def _told(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / f"{self.name}.json").read_text(encoding="utf-8")))


def published_in(folder: Path) -> dict[str, Published]:
    """Return the domains of a folder by name; none where it has none."""
    path = folder / "genius_convention.json"
    figures = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: Published(name, folder, figures[name]) for name in sorted(figures)}


def same_end(result: SessionResult, figures: dict[str, Any]) -> bool:
    """Whether a session ended as published: at the same step, after as many offers, with the same utilities to 1e-9."""
    ours = None if result.agreement is None else result.agreement.utilities
    theirs = figures["utils"]
    if (result.step, result.offers, ours is None) != (figures["step"], figures["n_offers"], theirs is None):
        return False
    return ours is None or bool(np.allclose(ours, theirs, rtol=0.0, atol=1e-9))


def ambiguous(domain: Domain, result: SessionResult) -> bool:
    """Whether an offer on the path could have been another of the same utility to who made it."""
    utilities = np.array([deal.utilities for deal in domain.outcomes()])
    worths = {side: np.round(utilities[:, side], 9) for side in (0, 1)}
    made = {(side, round(domain.worth(offer)[side], 9)) for _, side, offer in result.moves if offer is not None}
    return any((worths[side] == worth).sum() > 1 for side, worth in made)
