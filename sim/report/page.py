"""The page itself: a dossier in, HTML out."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sim.report.cells import MINUS
from sim.report.dossier import Dossier, Plate
from sim.report.pictures import drawn

__all__ = ["render"]

HYPHEN = re.compile(r"(?<![\w.])-(?=\d)")


def render(dossier: Dossier) -> str:
    """Lay out a report: one HTML page that fetches nothing; the same dossier gives the same text."""
    return _template().render(dossier=dossier, figures=_figures(dossier))


@cache
def _template() -> Template:
    loader = PackageLoader("sim.report", "")
    house = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    house.filters["prose"] = _prose
    return house.get_template("page.html")


def _prose(text: str) -> Markup:
    """Set what stands between backticks as code, and a hyphen before a number as a minus."""
    parts = text.split("`")
    parts[::2] = [HYPHEN.sub(MINUS, part) for part in parts[::2]]
    return Markup("").join(Markup("<code>{}</code>" if k % 2 else "{}").format(part) for k, part in enumerate(parts))


def _figures(dossier: Dossier) -> dict[str, tuple[int, Markup]]:
    """Number and markup of every figure, by its stem."""
    found = [plate for section in dossier.sections for plate in section.plates]
    return {plate.stem: (number, _markup(plate, number)) for number, plate in enumerate(found, start=1)}


def _markup(plate: Plate, number: int) -> Markup:
    return Markup(drawn(plate.picture, f"f{number}-", f"{plate.title}. {plate.reading}".strip()))
