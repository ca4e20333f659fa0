"""What is named on the command line may be no scenario file at all."""

from __future__ import annotations

import pytest

from sim.scenario import ScenarioError, catalogue, load_scenario

GOOD = "name: own\ntitle: My own\n"


def complaint(path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return str(caught.value).replace(path.parent.as_posix(), "there")


def test_a_path_or_a_name_of_the_catalogue_will_do(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(GOOD)
    assert load_scenario(path).name == load_scenario(str(path)).name == "own"
    assert load_scenario("classroom").name == "classroom"


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert load_scenario(path).title == "My own"


def test_a_binary_file(tmp_path):
    path = tmp_path / "picture.yaml"
    path.write_bytes(b"name: a\n\x89PNG\xff\xfe")
    assert complaint(path) == "there/picture.yaml:2: not a text file in UTF-8"


def test_text_in_another_encoding(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("name: a\ntitle: Se\u00e3o\n", encoding="latin-1")
    assert complaint(path) == "there/own.yaml:2: not a text file in UTF-8"


def test_a_huge_file(tmp_path):
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"#" * 1_000_001)
    assert complaint(path) == "there/huge.yaml: larger than 1 MB, which no scenario is"


def test_a_folder(tmp_path):
    path = tmp_path / "folder"
    path.mkdir()
    assert complaint(path).startswith("there/folder: is a folder, not a scenario file (allowed: alaska_lng, ")


@pytest.mark.parametrize("name", ["japn_first", "my/japan_frist.yaml"])
def test_a_file_that_is_missing(name):
    with pytest.raises(ScenarioError) as caught:
        load_scenario(name)
    assert str(caught.value) == (
        f"{name}: no such file or scenario; did you mean 'japan_first'? (allowed: {', '.join(catalogue())})"
    )


@pytest.mark.parametrize("name", ["", "\0", "a" * 5000, "/dev/null"])
def test_names_no_file_can_have(name):
    with pytest.raises(ScenarioError):
        load_scenario(name)
