"""What all pages of the lab share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sim.lab.warming import Warming

__all__ = ["LOCAL", "Lab"]

#: Addresses that only this machine can reach.
LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Lab:
    """One server of the lab.

    Attributes
    ----------
    folder : Path
        Where it keeps what must outlive it: classes, and the secret its cookies are signed with.
    scenario : str
        Name of the catalogue or path of a file: what Explore opens with.
    host, port : str, int
        Address it listens at.
    warming : Warming
        Says whether the compiled rules are ready.
    """

    folder: Path
    scenario: str = "classroom"
    host: str = "127.0.0.1"
    port: int = 8421
    warming: Warming = field(default_factory=Warming, compare=False)

    @property
    def address(self) -> str:
        """Address for a browser on the same machine."""
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host
        return f"http://[{shown}]:{self.port}/" if ":" in shown else f"http://{shown}:{self.port}/"

    @property
    def is_open(self) -> bool:
        """Whether other machines can reach it."""
        return self.host not in LOCAL
