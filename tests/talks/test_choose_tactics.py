"""The page on choosing tactics works as printed; classes of one's own are found, here and in other processes."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from joblib import Parallel, delayed
from joblib.externals.loky import get_reusable_executor

from sim.ensemble.twins import tables_of
from sim.interop import read_genius, read_geniusweb
from sim.scenario import ScenarioError, load_scenario, parse_scenario
from sim.scenario.origin import OWN
from sim.scenario.tactics import read_choice
from sim.study import run_twins
from sim.talks import Hand, Luck, TariffTalks, bilateral_domain, prepare

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "choose-tactics.md"
TEXT = PAGE.read_text(encoding="utf-8")
MIXED, STUBBORN, _ = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
CLASS = next(code for code in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL) if "class Stubborn" in code)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder, with the files of the page."""
    (tmp_path / "my_tactics.py").write_text(CLASS)
    (tmp_path / "stubborn.yaml").write_text(STUBBORN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield tmp_path
    sys.modules.pop("my_tactics", None)


def test_its_examples_run() -> None:
    failed, tried = doctest.testfile(PAGE.as_posix(), module_relative=False)
    assert (failed, tried > 5) == (0, True)


def test_its_first_scenario_seats_whom_it_says() -> None:
    scenario = parse_scenario(MIXED + "  include: [JPN, KOR, VNM, GBR, NZL]\n")
    model = TariffTalks(scenario)
    kinds = {p.iso: type(p.seat.tactic).__name__ for p in model.partners}
    assert kinds == {"JPN": "LogRoller", "KOR": "MiCRO", "VNM": "Linear", "GBR": "Boulware", "NZL": "Conceder"}
    assert model.us.seat(model.partner("JPN")).tactic.share == 0.7
    assert model.us.seat(model.partner("KOR")).tactic.beta == 0.3


def test_its_class_plays_in_the_command_and_in_other_processes(folder: Path) -> None:
    """The command runs elsewhere; two processes here give the numbers of one."""
    done = subprocess.run(
        [sys.executable, "-c", "from sim.cli import main; main()", "run", "stubborn.yaml", "--no-figures", "--json"],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    get_reusable_executor().shutdown(wait=True)  # processes of earlier tests stand in another folder
    scenario = load_scenario("stubborn.yaml")
    assert read_choice(scenario.partners.overrides["JPN"].tactic) == ("my_tactics:Stubborn", {"share": 0.2})
    alone, together = (tables_of([twin for twins in run_twins(scenario, jobs=n) for twin in twins]) for n in (1, 2))
    pd.testing.assert_frame_equal(alone["outcomes"], together["outcomes"], check_exact=True)
    names = Parallel(n_jobs=2)(delayed(_kind)(scenario) for _ in range(2))
    assert names == ["Stubborn", "Stubborn"]


def _kind(scenario: object) -> str:
    return type(TariffTalks(Hand(prepare(scenario), Luck(1, 0))).partner("JPN").seat.tactic).__name__


def test_what_is_wrong_with_a_class_of_ones_own_is_said_in_one_line(folder: Path) -> None:
    (folder / "broken.py").write_text("raise RuntimeError('no such day')\n")
    (folder / "half.py").write_text("class Half:\n    def propose(self, situation): ...\n")
    said = {}
    for path in ("my_tactics:Stubbron", "broken:X", "half:Half", "my_tacticz:Stubborn"):
        with pytest.raises(ScenarioError) as complaint:
            parse_scenario(f"name: a\ntitle: A\ntactics:\n  partners: {path}\n", "x.yaml", origin=OWN)
        said[path] = str(complaint.value)
    assert said["my_tactics:Stubbron"].startswith(
        "x.yaml:4: tactics.partners: module 'my_tactics' has no 'Stubbron'; did you mean 'Stubborn'?"
    )
    assert said["broken:X"] == "x.yaml:4: tactics.partners: importing broken failed: RuntimeError: no such day"
    assert "neither a Tactic nor a class with the methods propose, respond, restart" in said["half:Half"]
    assert said["my_tacticz:Stubborn"].startswith("x.yaml:4: tactics.partners: there is no module 'my_tacticz'")
    with pytest.raises(ScenarioError, match=r"tactics\.partners\.options\.shar: unknown option; did you mean 'share'"):
        parse_scenario(
            "name: a\ntitle: A\ntactics: {partners: {name: 'my_tactics:Stubborn', options: {shar: 1}}}\n", origin=OWN
        )


@pytest.mark.parametrize(("form", "suffix"), [("genius", "xml"), ("geniusweb", "json")])
def test_a_bilateral_is_written_and_read_back(tmp_path: Path, form: str, suffix: str) -> None:
    command = ["export", "classroom", "--partner", "JPN", "--week", "2", "--format", form, "--out", str(tmp_path)]
    done = subprocess.run([sys.executable, "-m", "sim.cli", *command], capture_output=True, text=True, check=True)
    files = [tmp_path / f"{name}.{suffix}" for name in ("domain", "JPN", "USA")]
    assert done.stdout.split() == [str(path) for path in files]
    model = TariffTalks(load_scenario("classroom"), collect=False)
    model.step()
    ours, theirs = bilateral_domain(model, "JPN"), (read_genius if form == "genius" else read_geniusweb)(*files)
    assert theirs.size == ours.size
    assert len(theirs.pareto()) == len(ours.pareto())
    if form == "genius":
        assert theirs.nash().utilities == pytest.approx(ours.nash().utilities)
        assert theirs.reservation == pytest.approx(ours.reservation)
    else:
        assert theirs.bounds == (pytest.approx((0.0, 1.0)), pytest.approx((0.0, 1.0)))


def test_an_unknown_partner_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sim.cli", "export", "classroom", "--partner", "JAP", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("firstmover: --partner: JAP is not a partner of this scenario; did you mean 'JPN'?")
