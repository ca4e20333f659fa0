"""The documentation is built without a warning, needs no network, and no link or key in it leads nowhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs.tools.marks import names_in
from sim.scenario import parameters

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
#: Tags by which a page asks for something when it is opened, and the attribute that says what.
LOADS = {
    "script": "src",
    "img": "src",
    "link": "href",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
}
#: Relations of a `link` that are only read by whoever looks for them.
SAID = {"index", "search", "next", "prev", "canonical", "top", "copyright"}


class Page(HTMLParser):
    """What a page links to, loads, and can be linked at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loads: set[str] = set()
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.places.add(found["id"])
        if tag == "a" and "href" in found:
            self.links.add(found["href"])
        if LOADS.get(tag) in found and not set(found.get("rel", "").split()) & SAID:
            self.loads.add(found[LOADS[tag]])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx", reason="building the documentation needs the extra docs")
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(folder / "kept")]
    done = subprocess.run(
        [*build, str(DOCS), str(folder / "html")], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def test_it_has_four_parts(site: Path) -> None:
    text = (site / "index.html").read_text(encoding="utf-8")
    assert all(f">{part}</span>" in text for part in ("Tutorials", "How-to guides", "Explanation", "Reference"))


def test_every_link_leads_somewhere(pages: dict[Path, Page]) -> None:
    lost = [
        f"{path.name}: {link}"
        for path, page in pages.items()
        for link in page.links
        if not urlsplit(link).scheme and not _leads(path, link, pages)
    ]
    assert lost == []


def _leads(path: Path, link: str, pages: dict[Path, Page]) -> bool:
    """Whether a relative link leads to a file, and to a place in it."""
    parts = urlsplit(link)
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.is_file():
        return False
    return not parts.fragment or target not in pages or unquote(parts.fragment) in pages[target].places


def test_nothing_is_asked_of_another_machine(site: Path, pages: dict[Path, Page]) -> None:
    assert not [load for page in pages.values() for load in page.loads if urlsplit(load).scheme not in ("", "data")]
    sheets = "\n".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert not re.findall(r"(?:url\(|@import)\s*[\"']?https?:", sheets)


def test_the_reference_has_every_room_command_and_key(site: Path) -> None:
    reference = {path.stem: path.read_text(encoding="utf-8") for path in (site / "reference").glob("*.html")}
    assert 'id="sim.study.advantage"' in reference["python"]
    assert 'id="sim.bargaining.Domain.nash"' in reference["python"]
    for command in ("run", "study", "lab", "maps phase", "results prune"):
        assert f"<h2>firstmover {command}<" in reference["commands"]
    for row in parameters():
        shown = row["key"].split(".")[-1] if row["key"].startswith("issues.") else row["key"]
        assert shown.replace("<", "&lt;").replace(">", "&gt;") in reference["keys"], row["key"]


def test_every_key_that_is_cited_is_in_the_bibliography() -> None:
    known = set(re.findall(r"^@\w+\{(\w+),", (DOCS / "bibliography.bib").read_text(encoding="utf-8"), re.MULTILINE))
    cited = {
        key
        for path in [*DOCS.rglob("*.md"), *(ROOT / "sim").rglob("*.py"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
        for key in re.findall(r"[`\"]([a-z]+(?:18|19|20)\d\d)[`\"]", path.read_text(encoding="utf-8"))
    }
    assert cited - known - {"april2025"} == set()
    assert len(cited) > 20


def test_links_between_markdown_files_lead_somewhere() -> None:
    lost = []
    for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")]:
        if "_build" in path.parts:
            continue
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", text):
            if not (path.parent / target.split("#")[0]).exists():
                lost.append(f"{path.relative_to(ROOT)}: {target}")
    assert lost == []


def test_every_figure_of_the_documentation_says_which_command_makes_it() -> None:
    for figure in (DOCS / "figures").glob("*.png"):
        users = [path for path in [ROOT / "README.md", *DOCS.glob("*.md")] if figure.name in path.read_text("utf-8")]
        assert users, f"nobody shows {figure.name}"
        for path in users:
            after = path.read_text(encoding="utf-8").split(figure.name, 1)[1][:400]
            assert re.search(r"Made by `firstmover [^`]+`", after), f"{path.name} does not say what makes {figure.name}"


def test_no_place_of_a_program_is_left_empty() -> None:
    for path in DOCS.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        for name in names_in(text):
            assert not re.search(rf"{name} begins: written by .*? -->\s*<!-- {name} ends", text), f"{path.name}: {name}"
