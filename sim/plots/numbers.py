"""Numbers as figures write them: three digits, and a true minus."""

from __future__ import annotations

import numpy as np

__all__ = ["plain", "signed"]


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
