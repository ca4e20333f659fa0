"""Where a class finds the lab."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from sim.lab.lab import LOCAL, Lab

__all__ = ["class_address", "only_here"]

#: An address reserved for documentation: asking for the way there sends nothing.
SOMEWHERE = ("192.0.2.1", 9)


def class_address(lab: Lab, seen: str) -> str:
    """Return the address at which students reach the lab, without a slash at the end.

    It is what the teacher's browser uses, unless that only works on the same machine while the lab is open to others.

    Parameters
    ----------
    lab : Lab
        The server.
    seen : str
        Address that the teacher's browser has asked.
    """
    parts = urlsplit(seen)
    if parts.hostname not in LOCAL or not lab.is_open:
        return f"{parts.scheme}://{parts.netloc}"
    host = lab.host if lab.host not in ("0.0.0.0", "::", "") else _own_address()
    port = parts.port or lab.port
    return f"{parts.scheme}://[{host}]:{port}" if ":" in host else f"{parts.scheme}://{host}:{port}"


def only_here(address: str) -> bool:
    """Whether an address leads nowhere from another machine."""
    return urlsplit(address).hostname in LOCAL


def _own_address() -> str:
    """Address of this machine in its network; that of itself to itself where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        try:
            trial.connect(SOMEWHERE)
        except OSError:
            return LOCAL[0]
        return str(trial.getsockname()[0])
