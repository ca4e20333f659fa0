"""A text from outside loads no code, wherever in it the code is named; a file of one's own does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.scenario import Scenario, ScenarioError, load_scenario, parse_scenario, scenario_at
from sim.scenario.origin import OUTSIDE, OWN
from sim.scenario.tactics import import_paths, names_of
from sim.study import collect, read_results, run_twins

HEAD = "name: trial\ntitle: A trial\nreplications: 2\nclock: {rounds: 4}\n"
MODULE = "a_strangers_module"
CODE = """from pathlib import Path
from sim.bargaining.tactics import Hardball
Path(__file__).with_name("loaded").touch()
class Mine(Hardball):
    pass
"""
#: Every place where a tactic can be named, by itself and with options.
PLACES = {
    "tactics.partners": "tactics: {{partners: {tactic}}}",
    "tactics.united_states": "tactics: {{united_states: {tactic}}}",
    "tactics.groups[0].tactic": "tactics: {{groups: [{{size: small, tactic: {tactic}}}]}}",
    "partners.overrides.JPN.tactic": "partners: {{include: [JPN, KOR], overrides: {{JPN: {{tactic: {tactic}}}}}}}",
}
FORMS = {"": f"'{MODULE}:Mine'", ".name": f"{{name: '{MODULE}:Mine'}}"}
#: Names that lead to code, to a command or to a file, should anybody ever follow them.
STRANGE = [
    "os:system",
    "negmas:BoulwareTBNegotiator",
    "http://example.org/x.py:X",
    "/tmp/x.py:X",
    "..x:Y",
    ":",
    "a:b:c",
]


@pytest.fixture
def marker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file that is there once the module has been imported."""
    (tmp_path / f"{MODULE}.py").write_text(CODE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    yield tmp_path / "loaded"
    sys.modules.pop(MODULE, None)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", FORMS)
def test_a_text_imports_nothing_that_it_names(place: str, form: str, marker: Path) -> None:
    with pytest.raises(ScenarioError) as refused:
        parse_scenario(HEAD + PLACES[place].format(tactic=FORMS[form]), "x.yaml")
    assert str(refused.value).startswith(
        f"x.yaml:5: {place}{form}: no code is loaded here; choose a tactic of the library (allowed: built_in, "
    )
    assert not marker.exists()
    assert MODULE not in sys.modules


@pytest.mark.parametrize("place", PLACES)
def test_settings_of_a_text_import_nothing_either(place: str, marker: Path) -> None:
    text, key = HEAD + PLACES[place].format(tactic="hardball"), f"{place}={MODULE}:Mine"
    with pytest.raises(ScenarioError, match=r"^--set: .*no code is loaded here"):
        parse_scenario(text, "x.yaml", [key])
    assert not marker.exists()


def test_values_laid_over_a_scenario_import_nothing_either(marker: Path) -> None:
    for key in ("tactics.partners", "tactics.united_states", "partners.overrides.JPN.tactic"):
        with pytest.raises(ScenarioError, match=rf"^--set: {key}: no code is loaded here"):
            scenario_at(parse_scenario(HEAD), {key: f"{MODULE}:Mine"})
    assert not marker.exists()


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_said_of_a_name_tells_nothing_of_this_machine(name: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        parse_scenario(f"{HEAD}tactics: {{partners: '{name}'}}")
    assert refused.value.problem == "no code is loaded here; choose a tactic of the library"
    assert not [word for word in ("module", "class", "import", "folder", str(Path.cwd())) if word in str(refused.value)]


def test_an_unknown_tactic_of_a_text_is_not_answered_with_import_paths() -> None:
    text = HEAD + "tactics: {partners: hardbull}"
    with pytest.raises(ScenarioError, match="did you mean 'hardball'") as refused:
        parse_scenario(text)
    assert not [word for word in refused.value.allowed if ":" in word]
    with pytest.raises(ScenarioError, match="module:Class"):
        parse_scenario(text, origin=OWN)


@pytest.mark.parametrize("place", PLACES)
def test_a_file_of_ones_own_and_a_caller_in_python_may_name_code(place: str, marker: Path, tmp_path: Path) -> None:
    text = HEAD + PLACES[place].format(tactic=FORMS[".name"])
    (tmp_path / "own.yaml").write_text(text)
    loaded = load_scenario("own.yaml")
    assert marker.exists()
    assert loaded == parse_scenario(text, origin=OWN) == Scenario.model_validate(loaded.model_dump())
    assert import_paths(loaded) == {f"{MODULE}:Mine"}
    assert len([*names_of(loaded)]) >= 2


def test_a_file_that_is_read_as_a_strangers_may_not(marker: Path, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(HEAD + PLACES["tactics.partners"].format(tactic=FORMS[""]))
    with pytest.raises(ScenarioError, match="no code is loaded here"):
        load_scenario("own.yaml", origin=OUTSIDE)
    assert not marker.exists()


def test_values_laid_over_a_scenario_keep_the_code_that_is_in_it(marker: Path) -> None:
    base = parse_scenario(HEAD + PLACES["tactics.partners"].format(tactic=FORMS[""]), origin=OWN)
    moved = scenario_at(base, {"seed": 7, "tactics.united_states": f"{MODULE}:Mine"})
    assert (moved.seed, moved.tactics.partners, moved.tactics.united_states) == (7, *2 * (f"{MODULE}:Mine",))
    with pytest.raises(ScenarioError, match="no code is loaded here"):
        scenario_at(base, {"tactics.united_states": f"{MODULE}:Other"})


def test_results_of_ones_own_code_are_read_again(marker: Path, tmp_path: Path) -> None:
    text = HEAD + PLACES["partners.overrides.JPN.tactic"].format(tactic=FORMS[""])
    scenario = parse_scenario(text, origin=OWN)
    results = collect(scenario, run_twins(scenario))
    folder = tmp_path / "run"
    results.write(folder)
    assert read_results(folder).scenario == results.scenario
