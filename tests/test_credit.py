"""What libraries and citations read of the project says what the project itself says."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import sim

ROOT = Path(__file__).parents[1]
#: What the citation format, version 1.2.0, asks of every file.
REQUIRED = {"cff-version", "message", "title", "authors"}


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


@pytest.fixture(scope="module")
def citation() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def codemeta() -> dict[str, Any]:
    return dict(json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8")))


def test_there_is_one_version(project, citation, codemeta) -> None:
    assert {project["version"], str(citation["version"]), codemeta["version"]} == {sim.__version__}
    assert f"## {sim.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_there_is_one_licence(project, citation, codemeta) -> None:
    assert {project["license"], citation["license"]} == {"Apache-2.0"}
    assert codemeta["license"].endswith(f"/{project['license']}")
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_there_is_one_name(project, citation, codemeta) -> None:
    assert codemeta["identifier"] == project["name"]
    assert citation["title"].startswith(f"{codemeta['name']}: does it pay to be first?")
    assert codemeta["description"] == project["description"]
    assert citation["keywords"] == codemeta["keywords"] == project["keywords"]
    assert citation["authors"] == [{"name": author["name"]} for author in codemeta["author"]]


def test_the_same_python_and_the_same_packages_are_asked_for(project, codemeta) -> None:
    assert codemeta["softwareRequirements"] == project["dependencies"]
    assert codemeta["runtimePlatform"] == f"Python {project['requires-python'].removeprefix('>=')} or newer"


def test_the_citation_is_in_the_format_it_names(citation) -> None:
    assert set(citation) >= REQUIRED
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "software"
    assert all(set(author) <= {"name", "given-names", "family-names"} for author in citation["authors"])


def test_the_files_that_are_named_exist(codemeta) -> None:
    assert (ROOT / codemeta["readme"]).is_file()
    assert (ROOT / codemeta["buildInstructions"]).is_file()
