"""Reading other people's files with care: limited in size, without entities, and with errors that name the file."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sim.bargaining import Domain, Issue

__all__ = ["MOST_LEVELS", "FileError", "build", "counted", "number", "read_json", "read_xml"]

LARGEST = 20_000_000  # bytes; the largest published profile has well under a tenth of this
MOST_LEVELS = 200_000  # of all issues together; published domains have some hundreds


class FileError(ValueError):
    """A file cannot be read as what it should be; the message names the file and what is wrong."""

    def __init__(self, path: Path | str, wrong: str) -> None:
        super().__init__(f"{path}: {wrong}")


class _NoDoctype(ET.TreeBuilder):
    """Builds a tree, and stops before any entity could be declared."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise ValueError("it declares a document type; entities are refused")


def read_xml(path: Path | str) -> ET.Element:
    """Parse an XML file; document types, and with them entities, are refused.

    Raises
    ------
    FileError
        When the file is absent, too large or not XML.
    """
    data = _bytes(path)
    try:
        return ET.fromstring(data, ET.XMLParser(target=_NoDoctype()))
    except ET.ParseError as error:
        raise FileError(path, f"it is not XML ({error})") from None
    except (ValueError, LookupError, RecursionError) as error:
        raise FileError(path, str(error)) from None


def read_json(path: Path | str) -> Any:
    """Parse a JSON file.

    Raises
    ------
    FileError
        When the file is absent, too large or not JSON.
    """
    try:
        return json.loads(_bytes(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FileError(path, f"it is not JSON ({error})") if not isinstance(error, FileError) else error from None


def number(path: Path | str, text: object, what: str) -> float:
    """Return a finite number.

    Raises
    ------
    FileError
        When the text is missing or not one; `what` says which.
    """
    try:
        value = float(text)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise FileError(path, f"{what} should be a number, not {_shown(text)}") from None
    except OverflowError:
        raise FileError(path, f"{what} is too large for a number") from None
    if value - value != 0.0:
        raise FileError(path, f"{what} should be a finite number, not {text!r}")
    return value


def counted(path: Path | str, issues: Iterable[Issue]) -> list[Issue]:
    """Read issues one by one, and stop before they are too much to hold.

    Raises
    ------
    FileError
        When they have more values than `MOST_LEVELS`.
    """
    found: list[Issue] = []
    for issue in issues:
        found.append(issue)
        if sum(len(one.values) for one in found) > MOST_LEVELS:
            raise FileError(path, f"its issues have more than {MOST_LEVELS:,} values")
    return found


def build(path: Path | str, issues: Sequence[Issue], tables: Sequence[Any], least: Sequence[float]) -> Domain:
    """Put issues, tables of both sides and reservation values together.

    Raises
    ------
    FileError
        When they do not make a domain.
    """
    try:
        return Domain(issues, tables, least)
    except ValueError as error:
        raise FileError(path, str(error)) from None


def _shown(text: object) -> str:
    """Write what was found, or its beginning."""
    try:
        words = repr(text)
    except ValueError:  # an integer of thousands of digits
        return "a number of thousands of digits"
    return words if len(words) <= 60 else f"{words[:60]}..."


def _bytes(path: Path | str) -> bytes:
    """Read a file that is not too large."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise FileError(path, error.strerror or "it cannot be read") from None
    if len(data) > LARGEST:
        raise FileError(path, f"it has more than {LARGEST:,} bytes")
    return data
