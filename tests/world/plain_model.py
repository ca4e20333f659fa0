"""Equations (E1) to (E9) written down once more, plainly and slowly, for one set of duties at a time.

Shares nothing with the solver but the calibrated constants: full N x N duties, plain damping, no chord, no batch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.world.calibration import Calibration


@dataclass
class PlainWorld:
    """Hats and levels of a solved world."""

    w: np.ndarray
    E: np.ndarray
    L: np.ndarray
    P: np.ndarray
    W: np.ndarray
    X: np.ndarray
    R: np.ndarray
    t: np.ndarray


def duties(cal: Calibration, tariffs: np.ndarray, back: np.ndarray | None) -> np.ndarray:
    """t_ji, origins in rows."""
    t = np.zeros((len(cal.spending),) * 2)
    t[:, cal.us] = tariffs
    if back is not None:
        t[cal.us] = back
    t[cal.us, cal.us] = 0.0
    return t


def transfers(cal: Calibration, Y: np.ndarray) -> np.ndarray:
    """T of (E6): shares of the world's income, or of the givers' own."""
    if cal.transfers == "world":
        return cal.transfer * Y.sum() / cal.income.sum()
    gives = cal.transfer < 0
    pot = (-cal.transfer * Y / cal.income)[gives].sum()
    return np.where(gives, cal.transfer * Y / cal.income, cal.transfer / cal.transfer[~gives].sum() * pot)


def evaluate(cal: Calibration, t: np.ndarray, w: np.ndarray, E: np.ndarray, L: np.ndarray) -> tuple[np.ndarray, ...]:
    a = (w * L**-cal.psi) ** -cal.eps
    top = cal.share * a[:, None] * (1 + t) ** (-cal.eps * cal.phi[None, :])
    S = top.sum(axis=0)
    P = (E / w) ** (1 - cal.phi) * S ** (-1 / cal.eps)
    X = top / S * (cal.spending * E)[None, :] / (1 + t)
    return P, X, (t * X).sum(axis=0)


def solve_plainly(cal: Calibration, tariffs: np.ndarray, back: np.ndarray | None, relief: bool) -> PlainWorld:
    t, damping = duties(cal, tariffs, back), 1 / (1 + cal.eps)
    w = E = L = np.ones(len(cal.spending))
    for _ in range(20_000):
        P, X, R = evaluate(cal, t, w, E, L)
        level = (cal.spending * P).sum() / cal.spending.sum()
        w, E, P, X, R = w / level, E / level, P / level, X / level, R / level
        Y = w * L * cal.income
        sales = X @ (1 - cal.nu) + cal.nu * X.sum(axis=0)
        tax = 1 / (1 - R / Y) if relief else 1.0
        ratios = (
            sales / Y,
            (R + Y + transfers(cal, Y)) / (cal.spending * E),
            (tax * w / P) ** cal.kappa / L,
        )
        if max(np.abs(np.log(ratio)).max() for ratio in ratios) < 1e-11:
            break
        w, E, L = w * ratios[0] ** damping, E * ratios[1] ** 0.7, L * ratios[2] ** 0.7
    else:
        raise AssertionError("plain damping does not settle")
    share = R / Y if relief else np.zeros_like(R)
    delta = cal.spending / (cal.spending - cal.kappa * (1 - share) * cal.income / (1 + cal.kappa))
    W = delta * E / P + (1 - delta) * w * L / P
    return PlainWorld(w, E, L, P, W, X, R, t)
