"""YAML text to plain data, with the place of every key.

Scalars follow YAML 1.2: ``off``, ``no`` and ``2025-07-09`` are text and ``5e-2`` is a number; PyYAML by itself reads
the first two as false, the third as a date and the last as text. Duplicate keys, aliases, tags and deep nesting are
refused.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from sim.scenario.errors import ScenarioError, dotted, show
from sim.scenario.origin import OUTSIDE, Limits

__all__ = ["DEEPEST", "FLOAT", "TAG", "Keys", "Mark", "Marked", "parse"]

Keys = tuple[str | int, ...]

#: No scenario needs more levels; without a limit a file of brackets exhausts the stack.
DEEPEST = 16

#: Characters of a number; any that are fewer make one that a float can hold.
DIGITS = 250

TAG = "tag:yaml.org,2002:"
NULL = re.compile(r"^(?:~|null|Null|NULL|)$")
BOOL = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
INT = re.compile(r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$")
FLOAT = re.compile(
    r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
)


class Mark(NamedTuple):
    """Where a value was written."""

    file: str
    line: int | None


@dataclass(frozen=True)
class Marked:
    """Plain data and the mark of each path in it."""

    data: Any
    marks: dict[Keys, Mark]

    def at(self, path: Keys) -> Mark:
        """Return the mark of the path, or of the nearest level above that was written down."""
        return next(self.marks[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.marks)


class _TooMuch(yaml.MarkedYAMLError):
    """YAML of which there is more than is read."""


class _Reader(yaml.SafeLoader):
    """Compose nodes by YAML 1.2's core schema, without aliases."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  (PyYAML's own name and type)

    def __init__(self, text: str, limits: Limits) -> None:
        super().__init__(text)
        self._limits, self._until = limits, time.thread_time() + limits.seconds
        self._depth = self._read = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse aliases: a few of them can stand for gigabytes, or for themselves."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="aliases are not read, write the value out", problem_mark=mark)
        if self._depth >= DEEPEST:
            raise yaml.MarkedYAMLError(problem=f"nested deeper than {DEEPEST} levels", problem_mark=mark)
        if excess := self._excess(event, 0 if parent is None else len(parent.value)):
            raise _TooMuch(problem=excess, problem_mark=mark)
        self._read += 1
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def _excess(self, event: yaml.Event, before: int) -> str:
        """Say which limit the next node passes, of which so many stand in its list or mapping already."""
        limits = self._limits
        if before >= limits.entries:
            return f"more than {limits.entries:,} entries in one list or mapping"
        if self._read >= limits.values:
            return f"more than {limits.values:,} keys and values"
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > limits.word:
            return f"more than {limits.word:,} characters in one key or value"
        return "takes too long to read" if time.thread_time() > self._until else ""


for _name, _pattern in (("null", NULL), ("bool", BOOL), ("int", INT), ("float", FLOAT)):
    _Reader.add_implicit_resolver(TAG + _name, _pattern, None)


def parse(text: str, file: str, limits: Limits = OUTSIDE.limits) -> Marked:
    """Read YAML text.

    Parameters
    ----------
    text : str
        One YAML document.
    file : str
        What to call its source in errors.
    limits : Limits
        How much of it is read.

    Raises
    ------
    ScenarioError
        When the text is not YAML, or YAML that a scenario does not use, or too much of it.
    """
    if len(text) > limits.characters:
        raise ScenarioError(f"longer than {limits.characters:,} characters, which no scenario is", file=file)
    try:
        node = _compose(text, limits)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, file) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ScenarioError(f"the character U+{error.character:04X} is not text", file=file, line=line) from None
    marked = Marked(None, {(): Mark(file, None)})
    data = None if node is None else _plain(node, (), marked.marks, file)
    return Marked(data, marked.marks)


def _compose(text: str, limits: Limits) -> yaml.Node | None:
    """Compose the text's only document."""
    reader = _Reader(text, limits)
    try:
        return reader.get_single_node()  # type: ignore[no-any-return]
    finally:
        reader.dispose()


def _syntax(error: yaml.MarkedYAMLError, file: str) -> ScenarioError:
    """Turn PyYAML's several lines into one."""
    mark = error.problem_mark or error.context_mark
    said = ", ".join(part for part in (error.context, error.problem) if part)
    problem = said if isinstance(error, _TooMuch) else f"not readable as YAML: {said}"
    return ScenarioError(problem, file=file, line=None if mark is None else mark.line + 1)


def _plain(node: yaml.Node, path: Keys, marks: dict[Keys, Mark], file: str) -> Any:
    """Turn a node into plain data and note its mark."""
    marks.setdefault(path, Mark(file, node.start_mark.line + 1))
    if isinstance(node, yaml.MappingNode) and node.tag == TAG + "map":
        return _mapping(node, path, marks, file)
    if isinstance(node, yaml.SequenceNode) and node.tag == TAG + "seq":
        return [_plain(item, (*path, n), marks, file) for n, item in enumerate(node.value)]
    return _scalar(node, path, marks[path])


def _mapping(node: yaml.MappingNode, path: Keys, marks: dict[Keys, Mark], file: str) -> dict[str, Any]:
    """Turn a mapping into a dict; PyYAML would keep the last of two equal keys in silence."""
    data: dict[str, Any] = {}
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        if key_node.tag != TAG + "str":
            raise ScenarioError(f"the key {_words(key_node)} is not text", file=file, line=line, key=dotted(path))
        key = _text(key_node.value, path, Mark(file, line))
        here = (*path, key)
        if key in data:
            both = f"given twice, on lines {marks[here].line} and {line}"
            raise ScenarioError(both, file=file, line=line, key=dotted(here))
        marks[here] = Mark(file, line)
        data[key] = _plain(value, here, marks, file)
    return data


def _words(node: yaml.Node) -> str:
    """Show a key as it was written, or what kind of key it is."""
    if isinstance(node, yaml.ScalarNode):
        return show(node.value)
    return "(a mapping)" if isinstance(node, yaml.MappingNode) else "(a list)"


def _scalar(node: yaml.Node, path: Keys, mark: Mark) -> Any:
    """Turn a scalar into None, a bool, a number or text."""
    kind = node.tag.removeprefix(TAG)
    if kind in ("str", "timestamp"):
        return _text(node.value, path, mark)
    try:
        if kind == "null" and NULL.match(node.value):
            return None
        if kind == "bool" and BOOL.match(node.value):
            return node.value.lower() == "true"
        if kind == "int" and INT.match(node.value):
            return _whole(node.value)
        if kind == "float" and FLOAT.match(node.value):
            return float(re.sub(r"\.(inf|nan)", r"\1", node.value.lower()))
    except ValueError:
        raise ScenarioError("a number too long to read", file=mark.file, line=mark.line, key=dotted(path)) from None
    tag = show(node.tag.replace(TAG, "!!"))
    raise ScenarioError(f"the tag {tag} is not read", file=mark.file, line=mark.line, key=dotted(path))


def _text(text: str, path: Keys, mark: Mark) -> str:
    """Refuse halves of characters, which an escape can make and no file can hold."""
    if lone := next((letter for letter in text if "\ud800" <= letter <= "\udfff"), ""):
        raise ScenarioError(
            f"the character U+{ord(lone):04X} is not text", file=mark.file, line=mark.line, key=dotted(path)
        )
    return text


def _whole(text: str) -> int:
    """Read a whole number; one of hundreds of digits, which no scenario has, can neither be shown nor divided."""
    if len(text) > DIGITS:
        raise ValueError
    return int(text, 0) if text[:2] in ("0x", "0o") else int(text)
