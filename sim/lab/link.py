"""A view as the query of a web address, and back: only what differs is written."""

from __future__ import annotations

import base64
import math
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from sim.lab.question import LONGEST, MOST_RUNS, RUNS, Question, View, base_of, last_place, plainly, scenario_of
from sim.scenario import ScenarioError
from sim.study.assumptions import prior_of

__all__ = ["TABS", "LinkError", "from_query", "to_query"]

#: Tabs of Explore: the word in a link, and what a reader sees.
TABS = {
    "value": "Value by position",
    "spread": "Distributions",
    "time": "Timeline",
    "map": "Phase map",
    "why": "Why",
}
#: Words of a link that are no numbers of a scenario.
WORDS = ("scenario", "yaml", "place", "seed", "runs")
PINNED = "pin."
#: Numbers that a link may change; there are about 110 assumptions, and the stances of 80 partners.
MOST = 200


class LinkError(ValueError):
    """A link that cannot be read; its text is one sentence."""


def to_query(view: View) -> str:
    """Write a view as a query, without the question mark; :func:`from_query` gives an equal view back.

    Examples
    --------
    >>> to_query(View(Question("classroom", place=2, changes=(("threat.credibility", 0.5),)), tab="why"))
    'scenario=classroom&place=2&threat.credibility=0.5&tab=why'
    """
    pairs = list(_written(view.question))
    if view.pinned is not None:
        pairs += [(PINNED + key, value) for key, value in _written(view.pinned)]
    usual = View(view.question)
    if view.tab != usual.tab:
        pairs.append(("tab", view.tab))
    if view.axes != usual.axes:
        pairs += zip(("x", "y"), view.axes, strict=True)
    return urlencode(pairs)


def from_query(query: str | Mapping[str, str], usual: Question | None = None) -> View:
    """Read a view from a query.

    Parameters
    ----------
    query : str or mapping
        What follows the question mark of an address, whoever wrote it.
    usual : Question, optional
        What is asked when the query names no scenario.

    Raises
    ------
    LinkError
        In one sentence, what cannot be read.
    """
    words = dict(parse_qsl(query, keep_blank_values=True)) if isinstance(query, str) else dict(query)
    here = {key: value for key, value in words.items() if not key.startswith(PINNED)}
    pinned = {key.removeprefix(PINNED): value for key, value in words.items() if key.startswith(PINNED)}
    tab, x, y = here.pop("tab", "value"), here.pop("x", ""), here.pop("y", "")
    if tab not in TABS:
        raise LinkError(f"This link names a tab that there is not: {tab[:40]!r}.")
    try:
        view = View(_read(here, usual or Question()), _read(pinned, Question()) if pinned else None, tab)
        axes = (x or view.axes[0], y or view.axes[1])
        for key in axes:
            prior_of(key)
    except ScenarioError as error:
        raise LinkError(f"This link cannot be read: {plainly(error)}.") from None
    return replace(view, axes=axes)


def _written(question: Question) -> Iterator[tuple[str, str]]:
    """Yield what a question differs in from its scenario."""
    yield "scenario", question.scenario
    if question.text:
        packed = zlib.compress(question.text.encode(), 9)
        yield "yaml", base64.urlsafe_b64encode(packed).decode().rstrip("=")
    if question.place != 1:
        yield "place", str(question.place)
    yield from ((key, repr(value)) for key, value in question.changes)
    if question.seed is not None:
        yield "seed", str(question.seed)
    if question.runs != RUNS:
        yield "runs", str(question.runs)


def _read(words: Mapping[str, str], usual: Question) -> Question:
    """Read a question, and make sure that it can be asked."""
    named = "scenario" in words or "yaml" in words
    asked = Question(words.get("scenario", "yours"), text=_unpacked(words.get("yaml", ""))) if named else usual
    asked = replace(
        asked,
        place=_whole(words, "place", 1, last_place(base_of(asked)), asked.place),
        runs=_whole(words, "runs", 2, MOST_RUNS, asked.runs),
        seed=_whole(words, "seed", 0, 2**31 - 1, 0) if "seed" in words else asked.seed,
    )
    numbers = {key: _number(key, value) for key, value in words.items() if key not in WORDS}
    if len(numbers) > MOST:
        raise LinkError(f"This link changes more than {MOST} numbers.")
    asked = asked.with_changes(numbers)
    scenario_of(asked)
    return asked


def _whole(words: Mapping[str, str], key: str, low: int, high: int, usual: int) -> int:
    """Read a whole number between bounds."""
    if key not in words:
        return usual
    text = words[key]
    if not (text.isascii() and text.isdigit() and len(text) < 11 and low <= int(text) <= high):
        raise LinkError(f"This link says {key}={text[:20]!r}, which is not a whole number from {low} to {high:,}.")
    return int(text)


def _number(key: str, text: str) -> float:
    """Read any number."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise LinkError(f"This link says {key[:60]}={text[:20]!r}, which is not a number.")
    return value


def _unpacked(packed: str) -> str:
    """Read the text of a scenario of one's own, and no more of it than a scenario has."""
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(raw, 4 * LONGEST) if raw else b""
        return text.decode("utf-8")
    except (ValueError, zlib.error):
        raise LinkError("This link holds a scenario that cannot be read; copy the whole link.") from None
