"""Pictures that can stand inside a page: drawings made safe and given ids of their own, or bitmaps as text."""

from __future__ import annotations

import base64
import copy
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from xml.etree import ElementTree

__all__ = ["LARGEST", "Picture", "drawn", "read_picture"]

LARGEST = 1_000_000
"""Largest drawing that is put into a page, bytes; of one with more strokes than that the bitmap is lighter."""

#: Everything else is left out: scripts, styles that would reach the page, links, foreign markup.
TAGS = frozenset(
    {
        *("svg", "g", "defs", "use", "symbol", "title", "desc", "text", "tspan", "image"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("clipPath", "mask", "marker", "pattern", "linearGradient", "radialGradient", "stop"),
    }
)
BITMAPS = ("data:image/png;base64,", "data:image/jpeg;base64,")
BOX = re.compile(r"\s*(-?[\d.]+[\s,]*){4}")
REFERENCE = re.compile(r"""url\(\s*["']?#([^)"'\s]+)["']?\s*\)""")
ANY_ADDRESS = re.compile(r"url\(|@import|javascript:", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Picture:
    """A drawing, made safe, or else the bytes of a PNG."""

    drawing: ElementTree.Element | None = None
    bitmap: bytes = b""

    @property
    def tall(self) -> bool:
        """Whether it is higher than wide."""
        if self.drawing is None:
            return int.from_bytes(self.bitmap[20:24]) > int.from_bytes(self.bitmap[16:20])  # a PNG begins with its size
        box = self.drawing.get("viewBox", "").replace(",", " ").split()
        return len(box) == 4 and float(box[3]) > float(box[2])


def read_picture(folder: Path, stem: str) -> Picture | None:
    """Read a figure's SVG, or its PNG where the SVG is missing, broken or too large; None if neither can be had."""
    svg, png = folder / f"{stem}.svg", folder / f"{stem}.png"
    if svg.is_file() and (svg.stat().st_size <= LARGEST or not png.is_file()):
        drawing = _drawing(svg.read_bytes())
        if drawing is not None:
            return Picture(drawing)
    return Picture(bitmap=png.read_bytes()) if png.is_file() else None


def drawn(picture: Picture, prefix: str, label: str) -> str:
    """Write a picture as HTML.

    Parameters
    ----------
    picture : Picture
        The picture.
    prefix : str
        Goes before every id, so that drawings on one page do not take each other's parts.
    label : str
        What it shows, for those who cannot see it.
    """
    if picture.drawing is None:
        data = base64.b64encode(picture.bitmap).decode("ascii")
        return f'<img alt="{escape(label)}" src="data:image/png;base64,{data}">'
    root = copy.deepcopy(picture.drawing)
    for element in root.iter():
        element.attrib.update({name: _prefixed(name, value, prefix) for name, value in element.attrib.items()})
    root.attrib.update({"role": "img", "aria-label": label})
    return ElementTree.tostring(root, encoding="unicode")


def _drawing(data: bytes) -> ElementTree.Element | None:
    """Read an SVG and make it safe; None if it is not one."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return None
    if _local(root.tag) != "svg":
        return None
    _make_safe(root)
    if BOX.fullmatch(root.get("viewBox", "")):  # the page says how wide it is
        root.attrib = {name: value for name, value in root.attrib.items() if name not in ("width", "height")}
    return root


def _make_safe(element: ElementTree.Element) -> None:
    """Keep of an element and all below it what draws, without namespaces, which HTML does not need."""
    element.tag = _local(element.tag)
    kept = {_local(name): value for name, value in element.attrib.items() if _harmless(_local(name), value)}
    element.attrib.clear()
    element.attrib.update(kept)
    element.text, element.tail = _words(element.text), _words(element.tail)
    for child in list(element):
        if _local(child.tag) in TAGS:
            _make_safe(child)
        else:
            element.remove(child)


def _harmless(name: str, value: str) -> bool:
    """Tell whether an attribute neither runs nor fetches anything."""
    if name == "href":
        return value.startswith(("#", *BITMAPS))
    return not name.startswith("on") and ANY_ADDRESS.search(REFERENCE.sub("", value)) is None


def _prefixed(name: str, value: str, prefix: str) -> str:
    """Put the prefix before an id, and before those an attribute refers to."""
    if name == "id":
        return prefix + value
    if name == "href" and value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    return REFERENCE.sub(rf"url(#{prefix}\1)", value)


def _words(text: str | None) -> str | None:
    """Leave out text that only lays out the file."""
    return text if text and text.strip() else None


def _local(tag: str) -> str:
    """Name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]
