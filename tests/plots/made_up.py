"""Made-up frames in the shape the figures ask for, and what every figure must live up to."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.text import Text

from sim.plots import BargainingTrace, Provenance

PLACES = (1, 5, 10, 20, 40, 80)
DEADLINES = [(12.4, "9 Jul: pause ends"), (13.9, "20 Jul: upper house election"), (15.6, "1 Aug: new rates")]
PROVENANCE = Provenance("japan_first", 2025, 100, "0.1.0")


def outcomes(places=PLACES, twins=100, deals=0.8):
    rng = np.random.default_rng(1)
    frames = []
    for k, place in enumerate(places):
        deal = rng.random(twins) < deals
        rate = np.where(deal, 0.10 + 0.01 * rng.integers(0, 12, twins), np.nan)
        pledge = np.where(deal, rng.gamma(9, 50 + 4 * k, twins).round(), np.nan)
        signed = np.where(deal, np.clip(rng.normal(12 + k, 3, twins), 1, 40).round(), np.nan)
        value = np.where(deal, rng.normal(-25 - 2 * k, 6, twins), rng.normal(-60, 4, twins))
        columns = {"iso": "JPN", "deal": deal, "round": signed, "day": 7 * signed, "sessions": 8, "tariff": rate}
        columns |= {
            "auto_tariff": rate + 0.025,
            "effective_rate": rate,
            "defence": 0.0,
            "fx": 0.0,
            "investment": pledge,
        }
        columns |= {"market_access": 0.3, "value": value, "gain": value + 60, "us_gain": 9.0}
        frames.append(pd.DataFrame({"position": place, "replication": np.arange(twins), **columns}))
    return pd.concat(frames, ignore_index=True)


def advantage(places=PLACES, half=2.0):
    mean = np.linspace(6, -3, len(places))
    mean[-1] = 0.0
    spread = np.where(np.arange(len(places)) == len(places) - 1, 0.0, half)
    frame = pd.DataFrame({"position": places, "versus": places[-1], "mean": mean, "low": mean - spread})
    frame["high"] = mean + spread
    for column in ("mean", "low", "high"):
        frame[f"{column}_per_year"] = frame[column] / 3.7
    return frame


def partners(places=PLACES, twins=20, isos=76, deals=0.5):
    rng = np.random.default_rng(2)
    names = ["JPN", *(f"P{k:02d}" for k in range(1, isos))]
    shape = (len(places), twins, isos)
    signed = np.where(rng.random(shape) < 0.5, rng.normal(14, 1, shape), rng.gamma(4, 4, shape)).clip(2, 40).round()
    signed[:, :, 0] = (10 + np.arange(len(places)))[:, None] + rng.integers(0, 6, shape[:2])
    signed[rng.random(shape) >= deals] = np.nan
    index = pd.MultiIndex.from_product([places, range(twins), names], names=["position", "replication", "iso"])
    frame = pd.DataFrame({"round": signed.ravel()}, index=index).reset_index()
    return frame.assign(deal=frame["round"].notna(), tariff=0.15, effective_rate=0.15, value=-1.0)


def weekly(places=PLACES, twins=40, rounds=41):
    rng = np.random.default_rng(3)
    shape = (len(places), twins, rounds)
    when = np.arange(rounds)
    signed = 11 + 2 * np.arange(len(places))[:, None] + rng.integers(-3, 4, (len(places), twins))
    after = 0.15 + 0.01 * rng.integers(-2, 3, (len(places), twins))
    before = np.where(when < 16, 0.155, 0.25)
    focal = np.where(when >= signed[:, :, None], after[:, :, None], before)
    average = 0.13 + 0.05 * (when > 16) + 0.004 * rng.standard_normal(shape).cumsum(axis=2) / 3
    index = pd.MultiIndex.from_product([places, range(twins), when], names=["position", "replication", "round"])
    frame = pd.DataFrame({"focal_rate": focal.ravel(), "average_rate": average.ravel()}, index=index)
    return frame.reset_index().assign(deals=3)


def trace(steps=12, agreed=True, title="Japan and the United States, place 1, twin 0"):
    """Both sides concede along a concave frontier, the partner from the right, the United States from the left."""
    edge = np.linspace(-10, 45, 120)
    height = 27 - 30 * ((edge + 10) / 60) ** 2
    turn = np.arange(steps) / max(steps - 1, 1)
    offers = pd.DataFrame({"step": np.arange(1, steps + 1), "round": np.arange(steps) // 4 + 6})
    offers["by"] = np.where(np.arange(steps) % 2 == 0, "partner", "us")
    offers["partner_gain"] = np.where(offers["by"] == "partner", 38 - 14 * turn**1.4, -3 + 19 * turn)
    offers["us_gain"] = np.interp(offers["partner_gain"], edge, height) - 0.4
    offers["accepted"] = agreed & (offers["step"] == steps)
    last = offers[["partner_gain", "us_gain"]].to_numpy()[-1:]
    deal = (float(last[0, 0]), float(last[0, 1])) if agreed and steps else None
    frontier = pd.DataFrame({"partner_gain": edge, "us_gain": height})
    return BargainingTrace(title, offers, frontier, nash=(22.0, 18.5), deal=deal)


def words(fig):
    """All texts that are drawn, with their extents in pixels."""
    fig.draw_without_rendering()
    hidden = {
        id(label) for ax in fig.findobj(_has_axis) for axis in (ax.xaxis, ax.yaxis) for label in _out_of_sight(ax, axis)
    }
    texts = [text for text in fig.findobj(Text) if text.get_text().strip() and id(text) not in hidden and _shown(text)]
    return [(text.get_text(), text.get_window_extent()) for text in texts]


def _has_axis(artist):
    return hasattr(artist, "xaxis") and hasattr(artist, "axison")


def _out_of_sight(ax, axis):
    low, high = sorted(axis.get_view_interval())
    for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
        inside = low - 1e-9 <= tick.get_loc() <= high + 1e-9
        yield from [tick.label1, tick.label2] if not (inside and ax.axison) else []


def _shown(text):
    return text.get_visible() and (text.axes is None or text.axes.axison or text in [*text.axes.texts, text.axes.title])


def assert_legible(fig):
    """Check that no two texts overlap and none leaves the page; return all that the figure says, in one string."""
    found = words(fig)
    width, height = fig.bbox.size
    for k, (text, box) in enumerate(found):
        assert box.x0 >= -1, text
        assert box.y0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y1 <= height + 1, text
        for other, its in found[k + 1 :]:
            apart = box.x1 <= its.x0 + 1 or its.x1 <= box.x0 + 1 or box.y1 <= its.y0 + 1 or its.y1 <= box.y0 + 1
            assert apart, f"{text!r} overlaps {other!r}"
    return " | ".join(text for text, _ in found)
