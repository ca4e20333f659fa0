"""The same talks many at once: twins by place in the queue, played in parallel and kept, so that no run is lost."""

from sim.ensemble.code import code_version
from sim.ensemble.engine import Engine, chosen_engine, ready
from sim.ensemble.errors import StoreError
from sim.ensemble.runner import fill
from sim.ensemble.store import Store
from sim.ensemble.tables import LEVELS
from sim.ensemble.twins import Twin, places, replicate, run_twins, tables_of

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # twins
    "Twin",
    "places",
    "replicate",
    "run_twins",
    "tables_of",
    # drivers
    "Engine",
    "chosen_engine",
    "ready",
    # kept runs
    "LEVELS",
    "Store",
    "StoreError",
    "code_version",
    "fill",
]
