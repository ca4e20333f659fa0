"""``python -m docs.tools.archive [--out dist] [--replications 2000] [--json]``: one ZIP for a model library.

Code, data, documentation and results, each in a folder of its own with a page that says what it is, as CoMSES and its
like ask for it. The same checkout with the same packages makes the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sim import __version__

__all__ = ["Parcel", "contents", "main", "pack", "packed_results", "packed_site", "project_files"]

ROOT = Path(__file__).parents[2]
NAME = f"first-mover-{__version__}"
SCENARIO, SEED, REPLICATIONS = "japan_first", 2025, 2000
#: Files that stand at the top of the archive too, where a library looks for them.
TOP = ("LICENSE", "CITATION.cff", "codemeta.json", "CHANGELOG.md")
#: Tables the model reads, or was set by.
TABLES = ("sim/world/data", "sim/study/assumptions.csv", "sim/study/calibration")
#: What is made by working on a checkout, where git is not there to tell.
MADE = {"__pycache__", "build", "dist", "_build"}
#: Tables that are there as Parquet too, at a fifth of the size.
LEFT_OUT = {"partners.csv", "weekly.csv"}
#: The earliest time a ZIP can name: files have no time of their own, so that the archive is the same tomorrow.
NO_TIME = (1980, 1, 1, 0, 0, 0)
#: Pages that say what a folder is.
COVERS = Path(__file__).parent / "covers"


@dataclass(frozen=True)
class Parcel:
    """An archive that was made.

    Attributes
    ----------
    archive : str
        Its path.
    files, bytes : int
        How many files are in it, and its own size.
    sha256 : str
        Its digest.
    version : str
        Version of the project.
    scenario : str
        Scenario of the results.
    seed, replications : int
        Seed and twins of the results.
    """

    archive: str
    files: int
    bytes: int
    sha256: str
    version: str
    scenario: str
    seed: int
    replications: int


def project_files(root: Path = ROOT) -> dict[str, Path]:
    """Return all files of the project by their name in it; those behind a link are there twice, as copies."""
    git = ["git", "-C", str(root), "ls-files", "-z"]
    own = (root / ".git").exists()
    listed = subprocess.run(git, capture_output=True, check=True).stdout.decode() if own else ""
    names = sorted(filter(None, listed.split("\0"))) if own else sorted(path.name for path in root.iterdir())
    return dict(_below(root, names))


def _below(root: Path, names: list[str]) -> Iterator[tuple[str, Path]]:
    """Yield the files among names, and all in the folders among them that was not made by working there."""
    for name in names:
        path, last = root / name, name.rsplit("/", 1)[-1]
        if last in MADE or last.endswith((".pyc", ".egg-info")) or (path.is_dir() and last.startswith(".")):
            continue
        if path.is_dir():
            yield from _below(root, sorted(f"{name}/{one.name}" for one in path.iterdir()))
        else:
            yield name, path


def contents(site: Path, results: Path, replications: int = REPLICATIONS) -> dict[str, Path | str]:
    """Return what the archive holds: each name in it, and the file or the text that goes there.

    Parameters
    ----------
    site : Path
        The documentation as it was built.
    results : Path
        Folder of the run.
    replications : int
        Its twins.
    """
    project = project_files()
    said = {"version": __version__, "scenario": SCENARIO, "seed": SEED, "replications": replications}
    covers = {path.stem: path.read_text(encoding="utf-8").format(**said) for path in COVERS.glob("*.txt")}
    held: dict[str, Path | str] = {"README.md": covers["README"]}
    held |= {name: project[name] for name in TOP}
    held |= {f"code/{name}": path for name, path in project.items()}
    tables = (name for name in project if name.startswith(TABLES) and name.endswith((".csv", ".npz")))
    held |= {"data/README.md": covers["data"]} | {f"data/{Path(name).name}": project[name] for name in tables}
    held |= {f"docs/{name}": path for name, path in _below(site, _names(site))}
    held |= {"results/README.md": covers["results"]}
    held |= {f"results/{name}": path for name, path in _below(results, _names(results)) if name not in LEFT_OUT}
    return held


def _names(folder: Path) -> list[str]:
    """Return what is in a folder, but for what is hidden."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def pack(held: Mapping[str, Path | str], archive: Path) -> None:
    """Write an archive, whole under its name or not at all; equal contents make equal bytes.

    Raises
    ------
    OSError
        When a file cannot be read or the archive not be written; what was there before is left as it was.
    """
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        draft = Path(folder) / archive.name
        with zipfile.ZipFile(draft, "w") as file:
            for name in sorted(held):
                one = held[name]
                entry = zipfile.ZipInfo(f"{archive.stem}/{name}", NO_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                runs = isinstance(one, Path) and os.access(one, os.X_OK)
                entry.external_attr = (0o755 if runs else 0o644) << 16
                entry.create_system = 3  # Unix, which has permissions
                file.writestr(entry, one.read_bytes() if isinstance(one, Path) else one, compresslevel=9)
        draft.chmod(0o644)
        draft.replace(archive)


def packed_site(folder: Path) -> Path:
    """Build the documentation in a folder, and return where its pages are."""
    pages = folder / "site"
    build = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(folder / "kept")]
    subprocess.run([*build, str(ROOT / "docs"), str(pages)], check=True, cwd=ROOT)
    return pages


def packed_results(folder: Path, replications: int) -> Path:
    """Run the headline scenario in a folder, and return where its tables are."""
    asked = ["--seed", str(SEED), "--replications", str(replications), "--out", str(folder / "results")]
    run = [sys.executable, "-m", "sim", "run", SCENARIO, *asked, "--json"]
    done = subprocess.run(run, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return Path(json.loads(done.stdout)["folder"])


def make(out: Path, replications: int) -> Parcel:
    """Build the documentation, run the headline, and pack all with the code and the data."""
    out.mkdir(parents=True, exist_ok=True)
    archive = out / f"{NAME}.zip"
    with tempfile.TemporaryDirectory() as scratch:
        print("1 of 3: building the documentation", file=sys.stderr)
        site = packed_site(Path(scratch))
        print(f"2 of 3: running {SCENARIO}, {replications} twins at each place", file=sys.stderr)
        results = packed_results(Path(scratch), replications)
        print("3 of 3: packing", file=sys.stderr)
        held = contents(site, results, replications)
        pack(held, archive)
    content = archive.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return Parcel(str(archive), len(held), len(content), digest, __version__, SCENARIO, SEED, replications)


def _counted(text: str) -> int:
    """Return a number of twins."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not allowed: a whole number, 1 or more")
    return int(text)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m docs.tools.archive", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder for the archive (dist)")
    parser.add_argument("--replications", type=_counted, default=REPLICATIONS, help=f"twins a place ({REPLICATIONS})")
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    options = parser.parse_args(arguments)
    try:
        parcel = make(options.out, options.replications)
    except OSError as error:
        parser.error(f"{error.filename or options.out}: {error.strerror or error}")
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
    if options.json:
        print(json.dumps(asdict(parcel), indent=2))
    else:
        size = f"{parcel.files} files, {parcel.bytes / 1e6:.1f} MB"
        print(f"{parcel.archive}: {size}, version {parcel.version}, seed {parcel.seed}, {parcel.replications} twins")
        print(f"sha256 {parcel.sha256}")


if __name__ == "__main__":
    main()
