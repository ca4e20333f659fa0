"""How to get into a room: its code, the address, and the address as a picture for phones."""

from __future__ import annotations

from functools import lru_cache

import segno

from sim.lab.pages import look

__all__ = ["invitation", "spaced"]

INK = "#1b1f24"


def invitation(code: str, address: str) -> None:
    """Show code, address and QR code of a room.

    Parameters
    ----------
    code : str
        Of the room.
    address : str
        Where students reach the lab.
    """
    with look.element("div", "lab-invitation"):
        with look.element("div"):
            look.text("Code of the room", "p", "lab-soft")
            look.text(spaced(code), "p", "lab-code", aria_label=f"Code {' '.join(code)}", role="img")
            look.text(f"{address}/join", "p", "lab-address")
        join = f"{address}/join/{code}"
        look.element("img", "lab-qr", src=_qr(join), alt=f"QR code of {join}", width=160, height=160)


def spaced(code: str) -> str:
    """Return a code in two halves, which are easier to read.

    >>> spaced("ABC234")
    'ABC 234'
    """
    return f"{code[:3]} {code[3:]}"


@lru_cache(maxsize=64)
def _qr(address: str) -> str:
    """The address as a drawing, made here."""
    return str(segno.make(address, error="m").svg_data_uri(dark=INK, light="#ffffff", border=2, scale=4))
