"""Kept runs are told apart by all that made them: rules, facts, and tactics from elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

from sim.ensemble import Store
from sim.ensemble import code as code_of
from sim.ensemble.code import ROOMS, code_version, digest_of, own_tactics
from sim.scenario import Scenario, load_scenario
from sim.study.asking import How, ask
from sim.study.signs import runs_file
from sim.talks import prepare

OTHER = "0.0.0-cafe0000"


def tiny(*settings: str) -> Scenario:
    return load_scenario("classroom", ["queue.position=[1,last]", "replications=3", *settings])


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of a few files."""
    for name in ("world/partners.csv", "world/payoffs.npz", "talks/rule.py", "luck.py", "world/notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("one")
    for room in set(ROOMS) - {"luck.py", "compiled.py"}:
        (tmp_path / room).mkdir(exist_ok=True)
    (tmp_path / "compiled.py").touch()
    monkeypatch.setattr(code_of, "files", lambda _: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("world/partners.csv", True),
        ("world/payoffs.npz", True),
        ("talks/rule.py", True),
        ("luck.py", True),
        ("world/notes.md", False),
    ],
)
def test_a_digest_is_of_rules_and_facts(package: Path, name: str, counts: bool) -> None:
    before = digest_of(ROOMS)
    (package / name).write_text("two")
    assert (digest_of(ROOMS) != before) == counts


def test_files_that_change_later_do_not_change_what_this_process_has(package: Path) -> None:
    """It plays by what it has loaded, and must not be kept under the name of what it has not."""
    assert digest_of(ROOMS) not in code_version()
    assert code_version() == code_of._found


TACTIC = "from sim.bargaining.tactics import Hardball\n\n\nclass Own(Hardball):\n    pass\n"


def test_runs_with_a_tactic_that_has_changed_are_not_built_upon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    found = []
    for text in (TACTIC, f"{TACTIC}    share = 0.5\n", TACTIC):
        Path("own_tactic.py").write_text(text)
        sys.modules.pop("own_tactic", None)
        scenario = tiny("tactics.partners=own_tactic:Own")
        found.append((own_tactics(scenario), Store.of(tmp_path, scenario).folder, runs_file(tmp_path, scenario)))
    sys.modules.pop("own_tactic")
    assert found[0] == found[2]
    assert all(one != two for one, two in zip(found[0], found[1], strict=True))
    assert own_tactics(tiny()) == own_tactics(tiny("tactics.partners=hardball")) == ""


def asked(engine: object, block: range) -> pd.DataFrame:
    """A question of its own."""
    return pd.DataFrame({"replication": list(block), "answer": [10 * replication for replication in block]})


def test_answers_and_runs_of_other_rules_lie_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def places() -> tuple[Path, list[Path]]:
        ask(prepare(tiny()), "question", 1, asked, How(root=tmp_path, jobs=1))
        return runs_file(tmp_path, tiny()), list(tmp_path.glob(".runs/*/*"))

    file, (answers,) = places()
    monkeypatch.setattr("sim.study.signs.code_version", lambda: OTHER)
    monkeypatch.setattr("sim.study.asking.READ_BY", "otherwise")
    other, both = places()
    assert other.parent != file.parent
    assert len(both) == 2
    assert answers in both
