"""The study in words: one sentence an answer, with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.study.holding import opening_and_signing
from sim.study.movers import EVERYBODY, US
from sim.study.orders import OWN
from sim.study.shapley import ALL, WAITING
from sim.study.split import PARTS
from sim.study.study import QUESTIONS, Study
from sim.study.words import answer_of, interval, ordinal
from sim.world import date_of, load_world

__all__ = ["LIMITS", "answer_in_words", "headline_numbers", "late_round", "sentences"]

Row = Mapping[Any, Any]

#: What every reader of a study should know.
LIMITS = (
    "Intervals are those of luck within the model; they do not cover its assumptions. `firstmover maps` varies these.",
    "Values are against the world before 2 April 2025, so that most are negative; differences between twins are not.",
    "Not a forecast, and not a verdict on any government.",
)


def answer_in_words(study: Study) -> str:
    """Answer the headline question in one sentence."""
    if study.openings is not None:
        return answer_of(_name(study), study.openings.advantage.to_dict("records")[0])
    return next(iter(sentences(study).values()), "Nothing was asked.")


def sentences(study: Study) -> dict[str, str]:
    """Answer every question that was asked in a few sentences, by its key."""
    ways = {"places": _places, "why": _why, "partners": _partners, "orders": _orders, "signing": _signing}
    return {key: words for key in QUESTIONS if (words := " ".join(ways[key](study)))}


def headline_numbers(study: Study) -> list[dict[str, Any]]:
    """List the key figures: `label`, `value`, `unit`, `low`, `high`."""
    found = []
    if study.openings is not None:
        row = study.openings.advantage.to_dict("records")[0]
        found.append(_number("first rather than last", row, "USD bn, present value"))
        yearly = {name: row[f"{name}_per_year"] for name in ("mean", "low", "high")}
        found.append(_number("the same, a year", yearly, "USD bn a year"))
    if study.shapley is not None:
        parts = {row["part"]: row for row in study.shapley.to_dict("records")}
        found.append(_number("of it, pure waiting", parts[WAITING], "USD bn, present value"))
    if study.others is not None:
        for row in study.others.to_dict("records"):
            label = {US: "to the United States", EVERYBODY: "to all partners together"}.get(row["iso"])
            found += [_number(f"{label}, {_name(study)} first", row, "USD bn, present value")] if label else []
    return found


def _places(study: Study) -> Iterator[str]:
    if study.openings is None:
        return
    rows = study.openings.advantage.to_dict("records")
    yield answer_of(_name(study), rows[0])
    best = max(rows, key=lambda row: float(row["mean"]))
    if best["position"] == best["versus"]:
        yield "No place is better than the last."
    else:
        worth = interval(best["mean"], best["low"], best["high"])
        yield (
            f"The best place is the {ordinal(int(best['position']))}: {worth} in present value over the last "
            "(the best of many: a little flattered)."
        )
    if len(study.openings.split):
        row = study.openings.split.to_dict("records")[0]
        parts = ", ".join(
            f"{name} {interval(row[name], row[f'{name}_low'], row[f'{name}_high'], '')}" for name in PARTS
        )
        yield f"First against last splits into {parts} (USD bn, present value)."
    elif len(study.openings.pairs):
        yield "It is not split into parts: the courts may change what is borne after the talks."


def _why(study: Study) -> Iterator[str]:
    if study.shapley is None:
        return
    parts = {str(row["part"]): row for row in study.shapley.to_dict("records")}
    told = [name for name, row in parts.items() if name not in (WAITING, ALL) and row["low"] * row["high"] > 0]
    yield (
        f"Waiting alone, all seven mechanisms off, makes being first worth {_of(parts[WAITING])}; "
        f"with all seven it is {_of(parts[ALL])} (present value)."
    )
    words = ", ".join(f"{name} {_of(parts[name], '')}" for name in sorted(told, key=lambda n: -abs(parts[n]["mean"])))
    yield (
        f"Told from zero: {words}."
        if told
        else f"None of the seven can be told from zero with {int(parts[ALL]['twins'])} twins."
    )


def _partners(study: Study) -> Iterator[str]:
    if study.gains is None or study.others is None or study.explained is None:
        return
    gains = study.gains
    up, down = int((gains["low"] > 0).sum()), int((gains["high"] < 0).sum())
    yield f"Of {len(gains)} partners {up} gain from being first, {down} lose by it, as far as can be told from zero."
    strong = [row for row in study.explained.effects.to_dict("records") if row["low"] * row["high"] > 0]
    if len(gains) <= len(study.explained.effects) + 1:
        yield f"{len(gains)} partners are too few to say what it is about them."
    elif strong:
        words = ", ".join(f"{row['label']} ({'+' if row['mean'] > 0 else '-'})" for row in strong)
        yield f"What explains it: {words}; all facts together {100 * study.explained.r2:.0f} % of the variance."
    rows = {str(row["iso"]): row for row in study.others.to_dict("records")}
    yield (
        f"With {_name(study)} first rather than last the United States are better off by {_of(rows[US])}, "
        f"all partners together by {_of(rows[EVERYBODY])}."
    )


def _orders(study: Study) -> Iterator[str]:
    if study.orders is None:
        return
    for side, whom in (("us", "the United States"), ("all", "all partners together")):
        row = max(study.orders.to_dict("records"), key=lambda row, side=side: float(row[side]))  # type: ignore[misc]
        own = row["order"] == OWN
        worth = (
            "" if own else f", {interval(row[side], row[f'{side}_low'], row[f'{side}_high'])} over the scenario's own"
        )
        yield f"Best for {whom} of those tried: {row['order']}{worth}."


def _signing(study: Study) -> Iterator[str]:
    if study.holding is None:
        return
    late = late_round(study)
    parts = {str(row["part"]): row for row in opening_and_signing(study.holding, late).to_dict("records")}
    held, early = _of(parts["sign_late_first"]), _of(parts["open_early"])
    yield (
        f"Holding the signature back to {date_of(late):%-d %B} is worth {held} to a partner that opens first; "
        f"opening first rather than last, when both hold back, {early}."
    )


def late_round(study: Study) -> int:
    """Round to hold back to: the middle one of those that bind, as the last opener signs by itself."""
    assert study.holding is not None
    table = study.holding.pivot_table(index="replication", columns=["position", "sign_from"], values="value")
    first = min(int(cell[0]) for cell in table.columns)
    starts = sorted(int(cell[1]) for cell in table.columns if int(cell[0]) == first)
    binding = [s for s in starts[1:] if not table[first, s].equals(table[first, 0])]
    return binding[0] if binding else starts[-1]


def _of(row: Row, unit: str = "USD bn ") -> str:
    return interval(row["mean"], row["low"], row["high"], unit)


def _name(study: Study) -> str:
    return load_world().partner(study.scenario.queue.focal).name


def _number(label: str, row: Row, unit: str) -> dict[str, Any]:
    return {"label": label, "value": row["mean"], "unit": unit, "low": row["low"], "high": row["high"]}
