"""Write a bilateral of the talks for other negotiation platforms."""

from __future__ import annotations

from pathlib import Path

from sim.bargaining import Domain
from sim.interop import write_genius, write_geniusweb
from sim.talks.bilateral import bilateral_domain
from sim.talks.model import TariffTalks

__all__ = ["write_bilateral"]


def write_bilateral(model: TariffTalks, iso: str, week: int, form: str, folder: Path) -> list[Path]:
    """Write the domain of a partner and the United States, and a profile for each.

    The two rates become one issue, since these formats add over issues. Genius files hold gains in USD bn. GeniusWeb
    wants utilities between 0 and 1 and a reservation value that some outcome has: gains are mapped from worst to best,
    and each side's reservation value is raised to that of the least package that it would sign.

    Parameters
    ----------
    model : TariffTalks
        A run that has not gone beyond the week.
    iso : str
        The partner.
    week : int
        Week, from 1, as whose beginning the table is laid.
    form : {"genius", "geniusweb"}
        The format.
    folder : Path
        Where the files go; it is made.

    Returns
    -------
    list of Path
        Domain, the partner's profile, and that of the United States.
    """
    while model.round < week - 1:
        model.step()
    domain = bilateral_domain(model, iso).separable()
    folder.mkdir(parents=True, exist_ok=True)
    suffix = "xml" if form == "genius" else "json"
    paths = [folder / f"{name}.{suffix}" for name in ("domain", iso, "USA")]
    if form == "genius":
        write_genius(domain, *paths)
    else:
        write_geniusweb(_with_reached_reservations(domain.normalized()), *paths)
    return paths


def _with_reached_reservations(domain: Domain) -> Domain:
    """Raise each reservation value to the least utility that an outcome has and that reaches it."""
    least = []
    for side in (0, 1):
        view = domain.view(side)
        levels = view.lowest_reaching(view.reservation - view.noise)
        least.append(view.best if levels is None else domain.worth(levels)[side])
    return Domain(domain.issues, domain.utilities, least)
