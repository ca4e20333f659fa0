"""The command line, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim import __version__
from sim.cli import app
from sim.ensemble import StoreError

QUICK = ["--set", "queue.per_week=1", "--replications", "2"]


def firstmover(*words: str | Path, status: int = 0) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.stderr


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict:
    out = tmp_path_factory.mktemp("results")
    return json.loads(firstmover("run", "classroom", *QUICK, "--out", out, "--no-figures", "--json"))


def test_run_answers_in_json(answered: dict) -> None:
    assert {"scenario", "seed", "replications", "version", "positions", "advantage"} <= answered.keys()
    assert (answered["scenario"], answered["replications"], answered["version"]) == ("classroom", 2, __version__)
    assert [row["position"] for row in answered["positions"]] == [1, 6]
    assert all({"deal_rate", "value", "round", "tariff", "investment"} <= row.keys() for row in answered["positions"])
    assert all({"position", "versus", "mean", "low", "high"} <= row.keys() for row in answered["advantage"])


def test_run_writes_tables_and_a_manifest(answered: dict) -> None:
    names = {path.name for path in Path(answered["folder"]).rglob("*") if path.is_file()}
    assert {"manifest.json", "scenario.yaml", "outcomes.parquet", "outcomes.csv", "advantage.csv"} <= names


def test_run_prints_a_table_and_a_sentence(tmp_path: Path) -> None:
    said = firstmover("run", "classroom", *QUICK, "--out", tmp_path, "--no-figures")
    assert "Six partners in a classroom" in said
    assert "Opening 1st rather than 6th" in said
    assert "seed 2025, 2 twins per place" in said


def test_one_replication_has_no_interval_and_no_crash(tmp_path: Path) -> None:
    data = json.loads(
        firstmover("run", "classroom", "--replications", "1", "--out", tmp_path, "--no-figures", "--json")
    )
    assert data["advantage"][0]["low"] is None


def test_plot_draws_every_figure_in_three_forms(answered: dict, tmp_path: Path) -> None:
    drawn = json.loads(firstmover("plot", answered["folder"], "--out", tmp_path, "--json"))["figures"]
    names = {path.name for path in tmp_path.iterdir()}
    assert len(drawn) == 5
    for figure in (
        "advantage_by_position",
        "outcomes_by_position",
        "signing_times",
        "tariffs_over_time",
        "utility_space",
    ):
        assert {f"{figure}.png", f"{figure}.svg", f"{figure}.csv"} <= names


def test_mechanisms_one_at_a_time(tmp_path: Path) -> None:
    data = json.loads(firstmover("mechanisms", "two_partners", "--out", tmp_path, "--json"))
    assert [row["setting"] for row in data["settings"]][::8] == ["none", "all"]
    assert data["settings"][3]["gains"] == "the last"  # precedent
    assert Path(data["runs"]).is_file()
    assert {Path(path).name for path in data["figures"]} == {
        f"mechanism_signs.{kind}" for kind in ("png", "svg", "csv")
    }
    assert "Two partners, worked by hand" in firstmover("mechanisms", "two_partners", "--out", tmp_path)


def test_trace_tells_a_story_or_its_events() -> None:
    story = firstmover("trace", "classroom", "--position", "1")
    assert story.startswith("Six partners in a classroom: Japan, place 1 in the queue")
    events = json.loads(firstmover("trace", "classroom", "--partner", "KOR", "--json"))["events"]
    assert {"session", "snap", "deal"} <= {event["event"] for event in events}


def test_there_are_enough_partners_with_a_stake_in_each_of_six_issues() -> None:
    rows = json.loads(firstmover("partners", "--json"))["partners"]
    assert len(rows) >= 76
    assert len({row["iso"] for row in rows}) == len(rows)
    six = {"tariff", "auto_tariff", "defence", "fx", "investment", "market_access"}
    for row in rows:
        assert six <= row["stakes"].keys()
        assert all(row["stakes"][issue] > 0 for issue in six), (row["iso"], row["stakes"])
    assert len(next(row for row in rows if row["iso"] == "EUU")["members"]) == 27


def test_schema_is_a_json_schema() -> None:
    schema = json.loads(firstmover("schema"))
    assert schema["properties"]["queue"]
    assert "unit" in json.dumps(schema)


def test_the_catalogue_is_listed_and_valid() -> None:
    names = [row["name"] for row in json.loads(firstmover("scenarios", "--json"))["scenarios"]]
    assert {"japan_first", "april_2025", "no_rush", "classroom"} <= set(names)
    for name in names:
        assert json.loads(firstmover("validate", name, "--json"))["valid"]


BAD = {
    "unknown key": ("name: x\ntitle: x\nclok: {}\n", "clock"),
    "wrong type": ("name: x\ntitle: x\nclock: {rounds: many}\n", "clock.rounds"),
    "24 for 24 per cent": ("name: x\ntitle: x\nunited_states: {tariff_floor: 24}\n", "0.24"),
    "unknown partner": ("name: x\ntitle: x\nqueue: {focal: JPM}\n", "JPN"),
    "duplicate partner": ("name: x\ntitle: x\npartners: {include: [JPN, JPN]}\n", "JPN"),
    "empty": ("", "empty"),
    "negative capacity": (
        "name: x\ntitle: x\nmechanisms: {attention: {capacity: -1}}\n",
        "mechanisms.attention.capacity",
    ),
    "not a number": ("name: x\ntitle: x\nthreat: {credibility: .nan}\n", "threat.credibility"),
}


@pytest.mark.parametrize("case", sorted(BAD))
def test_bad_input_gets_one_line_and_status_two(case: str, tmp_path: Path) -> None:
    text, hint = BAD[case]
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    for command in ("validate", "run", "trace"):
        said = firstmover(command, path, status=2)
        assert said.count("\n") == 1
        assert hint in said
        assert "Traceback" not in said


def test_what_is_not_a_scenario_file_is_said_so(tmp_path: Path) -> None:
    binary = tmp_path / "noise.yaml"
    binary.write_bytes(bytes(range(256)))
    for bad in (binary, tmp_path, tmp_path / "missing.yaml", "japan_frist"):
        said = firstmover("validate", bad, status=2)
        assert said.count("\n") == 1
    assert "japan_first" in firstmover("validate", "japan_frist", status=2)


def test_other_mistakes_are_plain_too(tmp_path: Path) -> None:
    assert "no manifest.json" in firstmover("plot", tmp_path, status=2)
    assert "did you mean 'JPN'" in firstmover("trace", "classroom", "--partner", "JPX", status=2)
    (tmp_path / "file").write_text("")
    assert "file" in firstmover("run", "classroom", "--out", tmp_path / "file", status=2)


def test_patterns_answer_in_json() -> None:
    data = json.loads(firstmover("patterns", "classroom", "--replications", "2", "--seed", "7", "--json"))
    assert (data["scenario"], data["replications"], data["seed"]) == ("classroom", 2, 7)
    assert {tuple(row) for row in data["patterns"]} == {("name", "observed", "median", "low", "high", "hit")}


def test_patterns_print_a_table() -> None:
    said = firstmover("patterns", "classroom", "--replications", "2", "--set", "clock.rounds=15")
    assert "investment pledged, Japan" in said
    assert "2 runs" in said


@pytest.mark.parametrize("words", [("no_such_scenario",), ("--replications", "0"), ("--set", "clock.round=3")])
def test_patterns_refuse_bad_input(words: tuple[str, ...]) -> None:
    assert firstmover("patterns", *words, status=2)


def test_earlier_runs_are_listed_compared_and_tidied(tmp_path: Path) -> None:
    assert "No results" in firstmover("results", "list", "--out", tmp_path)
    folders = [
        json.loads(firstmover("run", "classroom", *QUICK, *more, "--out", tmp_path, "--no-figures", "--json"))["folder"]
        for more in ([], ["--set", "mechanisms.parity.strength=0"])
    ]
    listed = json.loads(firstmover("results", "list", "--out", tmp_path, "--json"))
    assert [row["folder"] for row in listed["results"]] == folders
    assert [(runs["replications"], runs["current"]) for runs in listed["kept"]] == [(2, True), (2, True)]
    told = json.loads(firstmover("results", "compare", *folders, "--json"))
    assert [row["key"] for row in told["changed"]] == ["mechanisms.parity.strength"]
    assert {row["paired"] for row in told["places"]} == {True}
    assert "mechanisms.parity.strength: 0.25, then 0.0" in firstmover("results", "compare", *folders)
    assert "0.0 MB in 0 places" in firstmover("results", "prune", "--out", tmp_path)
    assert "no manifest.json" in firstmover("results", "compare", tmp_path, folders[0], status=2)


def test_a_run_goes_on_until_the_answer_is_sharp_enough(tmp_path: Path) -> None:
    wide = json.loads(
        firstmover("run", "classroom", *QUICK, "--out", tmp_path, "--no-figures", "--json", "--until-ci", "1000")
    )
    assert wide["replications"] == 8
    assert wide["folder"].endswith("-n8")
    assert "more than 0" in firstmover("run", "classroom", "--until-ci", "0", status=2)


def test_a_fresh_run_gives_the_same_answer(tmp_path: Path) -> None:
    told = [
        firstmover("run", "classroom", *QUICK, "--out", tmp_path, "--no-figures", "--json", *more)
        for more in ([], [], ["--fresh"])
    ]
    assert told[0] == told[1] == told[2]


MISTAKES = [
    ("run classroom --replications 0", "firstmover: --replications: 0 is below 1"),
    ("run classroom --seed -1", "firstmover: --seed: -1 is below 0"),
    ("run classroom --set mechanism.attention.capacity=2", "firstmover: --set: mechanism: unknown key; did you mean"),
    ("run classroom --set partners.overrides.JAP.beta=1", "firstmover: --set: partners.overrides.JAP: 'JAP' is no ISO"),
    ("trace classroom --position 9", "firstmover: --position: there is no place '9' among 6 partners"),
    ("trace classroom --position first", "(allowed: 1 to 6, last)"),
    ("export classroom --partner JPN --week 17 --out x", "firstmover: --week: the talks end with week 16"),
    ("maps phase classroom --x clock.patience --y clock.patience", "firstmover: --y: clock.patience: two numbers"),
    (
        "maps phase classroom --x clock.patience --x-values 9,9 --y session.offers",
        "--x-values: '9,9' has a number twice",
    ),
    ("maps swings classroom --only clock.patience --only clock.patience", "--set: clock.patience: is named twice"),
    ("maps phase classroom --x clock.patience --y session.offers --steps 1000000000", "Invalid value for '--steps'"),
    ("maps screen classroom --trajectories 1000000000", "Invalid value for '--trajectories'"),
    ("maps shares classroom --only clock.patience --only court.hazard --base 1073741824", "Invalid value for '--base'"),
    ("maps discover classroom --worlds 1000000000", "Invalid value for '--worlds'"),
    ("patterns --replications 1000000000", "Invalid value for '--replications'"),
    ("backtest --replications 1000000000", "Invalid value for '--replications'"),
    ("study classroom --fewer 1000000000", "Invalid value for '--fewer'"),
    ("trace classroom --replication 100000000000000000000", "Invalid value for '--replication'"),
    ("maps phase classroom --x foo --y clock.patience", "firstmover: --x: foo: is no number"),
    (
        "maps phase classroom --x mechanisms.attention.capacity --x-values 900 --y clock.patience --y-values 9",
        "firstmover: --x-values: mechanisms.attention.capacity: 900 is above 100",
    ),
    ("study two_partners --questions signing", "firstmover: --questions: only agents can play this scenario"),
]


@pytest.mark.parametrize(("typed", "said"), MISTAKES, ids=[typed for typed, _ in MISTAKES])
def test_a_mistake_is_said_of_the_option_it_was_made_in(
    typed: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in firstmover(*typed.split(), status=2)


def test_a_file_in_the_place_of_a_folder_and_a_forgotten_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("name: mine\ntitle: Mine\n")
    assert "mine.yaml: is a file" in firstmover("run", "classroom", "--out", "mine.yaml", status=2)
    assert "did you mean 'mine.yaml'?" in firstmover("run", "mine", status=2)


def test_last_is_a_place_to_trace() -> None:
    assert "Japan, place 6 in the queue" in firstmover("trace", "classroom", "--position", "last")


def test_both_drivers_play_twins_that_are_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["run", "classroom", *QUICK, "--out", tmp_path, "--no-figures", "--json"]
    before = json.loads(firstmover(*words))

    def refuse(*_: object) -> None:
        raise StoreError("played again")

    monkeypatch.setattr("sim.ensemble.runner.tables_by", refuse)
    assert json.loads(firstmover(*words)) == before
    assert "played again" in firstmover(*words, "--engine", "both", status=2)


def test_a_folder_that_cannot_be_written_is_found_out_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied", "somewhere")

    monkeypatch.setattr("sim.cli.shared.tempfile.TemporaryFile", refused)
    for words in (("run", "two_partners"), ("study", "two_partners"), ("mechanisms", "two_partners")):
        found = CliRunner().invoke(app, [*words, "--out", str(tmp_path)])
        assert found.exit_code == 2
        assert found.stderr.strip().endswith("cannot be written (Permission denied); name another folder with --out")
    assert list(tmp_path.iterdir()) == []
