"""ISO codes: which economies there are, and what to say about a code that is none of them."""

from __future__ import annotations

from functools import cache

from sim.scenario.errors import nearest, show

__all__ = ["known", "requesting", "unknown"]

#: Names people write that no list of codes has.
COLLOQUIAL = {
    "UK": "GBR",
    "EU": "EUU",
    "KOREA": "KOR",
    "SOUTH KOREA": "KOR",
    "LAOS": "LAO",
    "VIETNAM": "VNM",
    "TURKEY": "TUR",
}


@cache
def known() -> dict[str, str]:
    """Return the name of every economy in the facts by ISO code."""
    from sim.world.partners import load_economies  # the schema must load without the facts

    return {economy.iso3: economy.name for economy in load_economies()}


@cache
def requesting() -> tuple[str, ...]:
    """Return the ISO codes of the economies that asked for talks, in the order of the facts."""
    from sim.world.partners import load_economies

    return tuple(economy.iso3 for economy in load_economies() if economy.requested)


@cache
def members() -> dict[str, str]:
    """Return the bloc that talks for each member state, by the member's ISO code."""
    from sim.world.partners import load_economies

    return {member: economy.iso3 for economy in load_economies() for member in economy.members}


def unknown(code: str, *, talking: bool = True) -> tuple[str, str] | None:
    """Say what is wrong with a code, and which one is nearest.

    Parameters
    ----------
    code : str
        What was written.
    talking : bool
        Whether only economies that asked for talks will do.

    Returns
    -------
    (str, str) or None
        Problem and nearest code (empty when none is near); None when the code will do.
    """
    if code in (requesting() if talking else known()):
        return None
    if code == "USA":
        return "the United States is the other side of the table", ""
    if code in members():
        return f"{code} talks as part of {members()[code]}", ""
    if code in known():
        return f"{code} ({known()[code]}) did not ask for talks", ""
    return f"{show(code)} is no ISO code of {'a partner' if talking else 'an economy'}", _nearest(code, talking)


def _nearest(code: str, talking: bool) -> str:
    """Find the code meant: by its letters, its country's name, or a colloquial name."""
    choices = requesting() if talking else tuple(known())
    upper = " ".join(code.upper().split())
    if upper in COLLOQUIAL and COLLOQUIAL[upper] in choices:
        return COLLOQUIAL[upper]
    if upper in choices:
        return upper
    names = {known()[iso].upper(): iso for iso in choices}
    if name := nearest(upper, names):
        return names[name]
    return nearest(upper, choices)
