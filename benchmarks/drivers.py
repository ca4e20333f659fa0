"""``python -m benchmarks.drivers [--scenarios 500] [--seed 1] [--json]``: both drivers on the same talks, bit by bit.

Random valid scenarios and all of the catalogue, each with luck of its own, at the places it names. What only agents
can play (other tactics, the protocol of theory, the exact settlement) is left out of a scenario before.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sim.ensemble import Engine, StoreError
from sim.ensemble.engine import tables_by
from sim.scenario import Scenario, catalogue, load_scenario, random_scenario
from sim.scenario.tactics import Tactics
from sim.talks import prepare

__all__ = ["Agreement", "agreement", "playable", "some_scenarios"]

#: Seeds of scenarios are this far apart from one seed of a series to the next.
SERIES = 1_000_000


@dataclass(frozen=True)
class Agreement:
    """How far both drivers agree.

    Attributes
    ----------
    scenarios, runs, rows : int
        How many were played, and rows of partners compared, all columns of them.
    differences : tuple of str
        What differed, in words.
    """

    scenarios: int
    runs: int
    rows: int
    differences: tuple[str, ...]


def playable(scenario: Scenario) -> Scenario:
    """Leave out of a scenario what only agents can do."""
    overrides = {iso: one.model_copy(update={"tactic": None}) for iso, one in scenario.partners.overrides.items()}
    return scenario.model_copy(
        update={
            "session": scenario.session.model_copy(update={"protocol": "offers"}),
            "settlement": "tables",
            "tactics": Tactics(),
            "partners": scenario.partners.model_copy(update={"overrides": overrides}),
        }
    )


def some_scenarios(count: int, seed: int) -> Iterator[Scenario]:
    """Yield the scenarios of the catalogue and so many random ones, as both drivers can play them."""
    yield from (playable(load_scenario(name)) for name in catalogue())
    yield from (playable(random_scenario(seed * SERIES + n)) for n in range(count))


def agreement(count: int, seed: int) -> Agreement:
    """Play scenarios by both drivers and compare every number of every partner, and every weekly sum."""
    scenarios = runs = rows = 0
    differences: list[str] = []
    for scenario in some_scenarios(count, seed):
        setup = prepare(scenario)
        try:
            tables = tables_by(Engine.BOTH, setup, range(1), "partners")
        except StoreError as error:
            differences.append(f"{scenario.title}: {error}")
            continue
        finally:
            scenarios += 1
            if sys.stderr.isatty():
                print(f"\r{scenarios:6d}, {len(differences)} differ", end="", file=sys.stderr)
        runs += len(tables["outcomes"])
        rows += len(tables["partners"])
    return Agreement(scenarios, runs, rows, tuple(differences))


def main() -> int:
    """Print what was compared."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--scenarios", type=int, default=500, help="random scenarios besides the catalogue (500)")
    parser.add_argument("--seed", type=int, default=1, help="which series of scenarios (1)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    found = agreement(options.scenarios, options.seed)
    if options.json:
        print(json.dumps(asdict(found), indent=1))
    else:
        print(f"{found.scenarios} scenarios, {found.runs} runs, {found.rows} partners: {len(found.differences)} differ")
        print("\n".join(found.differences))
    return int(bool(found.differences))


if __name__ == "__main__":
    sys.exit(main())
