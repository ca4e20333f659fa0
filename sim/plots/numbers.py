"""Numbers as figures write them: three digits, and a true minus."""

from __future__ import annotations

import numpy as np

__all__ = ["per_cent", "plain", "signed"]


def signed(value: float) -> str:
    """Write a number with its sign and three digits.

    >>> signed(12.345), signed(-0.5), signed(0.0)
    ('+12.3', '−0.500', '0')
    """
    digits = max(0, min(6, 2 - int(np.floor(np.log10(abs(value)))))) if value else 0
    return f"{value:+.{digits}f}".replace("-", "−") if round(value, digits) else "0"


def plain(value: float) -> str:
    """Write a number with three digits at most, and no sign above zero.

    >>> plain(12.345), plain(-0.5), plain(1234.0)
    ('12.3', '−0.5', '1,234')
    """
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return text.replace("-", "−")


def per_cent(fraction: float) -> str:
    """Write a fraction in per cent; a part of something is never written as none or all of it.

    >>> per_cent(0.5), per_cent(0.001), per_cent(1.0), per_cent(0.9999)
    ('50 %', '<1 %', '100 %', '>99 %')
    """
    if 0 < fraction < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 <= fraction < 1 else f"{100 * fraction:.0f} %"
