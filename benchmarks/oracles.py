"""``python -m benchmarks.oracles [--folder FOLDER] [--json]``: the bargaining library against published figures.

Closed forms are held against the cases in ``closed_form.json`` here. FOLDER, if given, has published domains with
figures for their solutions and sessions (`benchmarks.domains`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from errno import ENOENT
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.domains import SOLUTIONS, Published, ambiguous, published_in, same_end
from sim.bargaining import aspiration
from sim.bargaining.theory import (
    kalai_smorodinsky_power,
    nash_in_nash,
    nash_power,
    nash_transfer,
    pie_crossing,
    rubinstein,
    rubinstein_continuous,
    rubinstein_limit,
    sequential_hub_myopic,
    stahl,
)

__all__ = ["CLOSED_FORMS", "Compared", "closed_form_cases", "closed_forms", "domains"]

CASES = Path(__file__).with_name("closed_form.json")
Case = dict[str, Any]
#: What this project says, and what it should say.
Pairs = Iterable[tuple[float, float]]


@dataclass(frozen=True)
class Compared:
    """Figures of one kind, ours against theirs.

    Attributes
    ----------
    what : str
        What they are of.
    figures : int
        How many.
    distance : float
        The largest absolute difference.
    """

    what: str
    figures: int
    distance: float


def _alternating(case: Case) -> Pairs:
    d1, d2 = case["d1"], case["d2"]
    yield from zip(rubinstein(d1, d2), (case["first_mover_share"], case["responder_share"]), strict=True)
    yield rubinstein(d2, d1)[0], case["second_mover_as_proposer"]


def _finite(case: Case) -> Pairs:
    yield stahl(case["d1"], case["d2"], case["T"])[0], case["first_mover_share"]


def _limit(case: Case) -> Pairs:
    yield rubinstein_continuous(case["r1"], case["r2"], case["dt"])[0], case["first_mover_share"]
    yield rubinstein_limit(case["r1"], case["r2"])[0], case["gnbs_limit"]


def _transfer(case: Case) -> Pairs:
    return zip(nash_transfer(case["pie"], tuple(case["d"]), case["alpha"]), case["share"], strict=True)


def _risk(case: Case) -> Pairs:
    yield nash_power(case["a"], case["b"]), case["nash_x"]
    yield kalai_smorodinsky_power(case["a"], case["b"]), case["ks_x"]


def concave(n: int) -> float:
    """What n deals are worth to the hub of the cases."""
    return 10.0 * n - 1.5 * n * (n - 1)


def _nash_in_nash(case: Case) -> Pairs:
    own = -2.0
    deals = nash_in_nash(lambda a: concave(len(a)), lambda i, a: own if i in a else 0.0, range(case["n"]), case["beta"])
    for deal, wanted in zip(deals, case["deals"], strict=True):
        yield deal.hub_marginal, wanted["dV"]
        yield deal.transfer, wanted["p_hub_to_spoke"]
        yield deal.partner_gain, wanted["spoke_gain"]
        yield deal.hub_gain, wanted["hub_marginal_gain"]


def _hub(case: Case) -> Pairs:
    result = sequential_hub_myopic(concave, case["order"], own=-2.0)
    yield result.transfers[-1], case["transfer_myopic"]


def _aspiration(case: Case) -> Pairs:
    yield float(aspiration(case["t"], 1.0 / case["e"])), case["aspiration"]


def _crossing(case: Case) -> Pairs:
    crossing = pie_crossing(1.0 / case["e1"], 1.0 / case["e2"])
    yield crossing.time, case["t"]
    yield from zip(crossing.shares, (case["share1"], case["share2"]), strict=True)


#: By section of the cases: what it is, where it is from, and the figures of a case.
CLOSED_FORMS: dict[str, tuple[str, str, Callable[[Case], Pairs]]] = {
    "rubinstein": ("alternating offers without end", "rubinstein1982", _alternating),
    "finite_alternating": ("alternating offers with a last round", "stahl1972", _finite),
    "rubinstein_limit": ("the limit of short rounds, Nash with powers", "binmore1986", _limit),
    "nash_linear_transfer": ("Nash with transfers and outside options", "nash1950", _transfer),
    "risk_aversion": ("Nash and Kalai-Smorodinsky under risk aversion", "kalai1975", _risk),
    "nash_in_nash": ("one hub, many tables at once", "horn1988", _nash_in_nash),
    "sequential_hub": ("one hub, one table after the other", "horn1988", _hub),
    "faratin": ("aspirations by the clock", "faratin1998", _aspiration),
    "faratin_pie_crossing": ("where two aspirations cross", "faratin1998", _crossing),
}


def closed_form_cases(section: str) -> list[Case]:
    """Return the cases of a section."""
    return list(json.loads(CASES.read_text(encoding="utf-8"))[section]["cases"])


def closed_forms() -> Iterator[Compared]:
    """Compare every closed form with its cases."""
    for section, (what, _, pairs) in CLOSED_FORMS.items():
        yield _compared(what, (pair for case in closed_form_cases(section) for pair in pairs(case)))


def domains(folder: Path) -> Iterator[Compared]:
    """Compare solutions and sessions on the domains of a folder.

    A session may end otherwise where an offer on its path was one of several of the same utility to who made it: these
    are counted, and not compared.

    Raises
    ------
    FileNotFoundError
        When the folder has no published domains with their figures.
    """
    found = published_in(folder)
    if not found:
        raise FileNotFoundError(ENOENT, "no published domains with their figures here", str(folder))
    for published in found.values():
        yield _compared(f"{published.name}: solutions", _solutions(published))
        ends, open_to_taste = [], 0
        for domain, result, figures, _ in published.sessions():
            if not same_end(result, figures) and ambiguous(domain, result):
                open_to_taste += 1
                continue
            ours = () if result.agreement is None else result.agreement.utilities
            theirs = (figures["step"], figures["n_offers"], *(figures["utils"] or ()))
            ends += [*zip((result.step, result.offers, *ours), theirs, strict=True)]
        left = f" ({open_to_taste} end otherwise, by an offer of the same utility)" if open_to_taste else ""
        yield _compared(f"{published.name}: sessions{left}", ends)


def _solutions(published: Published) -> Pairs:
    domain, figures = published.load(), published.figures
    yield domain.size, figures["n_outcomes"]
    yield len(domain.pareto()), figures["pareto_size"]
    yield domain.opposition(), figures["opposition"]
    for key, solve in SOLUTIONS.items():
        deal = solve(domain)
        assert deal is not None
        yield from zip(deal.utilities, figures[key]["utils"], strict=True)


def _compared(what: str, pairs: Pairs) -> Compared:
    distances = [abs(ours - theirs) for ours, theirs in pairs]
    return Compared(what, len(distances), float(np.max(distances)))


def main() -> None:
    """Print what was compared."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, help="published domains with their figures")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    try:
        rows = [*closed_forms(), *(domains(options.folder) if options.folder else ())]
    except OSError as error:
        parser.error(f"--folder: {error.filename}: {error.strerror}")
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
        return
    print(f"{'':60}{'figures':>8}  largest difference")
    for row in rows:
        print(f"{row.what:60}{row.figures:8d}  {row.distance:.1e}")


if __name__ == "__main__":
    main()
