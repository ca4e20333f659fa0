"""Shards: whole under their name, or not there at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pandas as pd
import pytest

from sim.ensemble.shards import read_shard, shard_at, spans_of, write_shard

FRAME = pd.DataFrame({"position": [1, 6, 1, 6], "replication": [4, 4, 5, 5], "value": [1.5, float("nan"), 0.0, -2.0]})


def test_a_shard_comes_back_as_it_was(tmp_path: Path) -> None:
    shard = write_shard(tmp_path, "outcomes", range(4, 6), FRAME)
    assert shard.path.name.startswith("outcomes-000000004-000000005-")
    assert shard_at(shard.path) == shard
    rows = read_shard(shard)
    assert rows is not None
    assert rows.to_pandas().equals(FRAME)


def test_the_same_rows_are_the_same_file(tmp_path: Path) -> None:
    assert write_shard(tmp_path, "outcomes", range(4, 6), FRAME) == write_shard(
        tmp_path, "outcomes", range(4, 6), FRAME
    )
    assert len(list(tmp_path.iterdir())) == 1


def test_a_shard_that_was_cut_short_or_altered_is_known(tmp_path: Path) -> None:
    shard = write_shard(tmp_path, "outcomes", range(4, 6), FRAME)
    content = shard.path.read_bytes()
    shard.path.write_bytes(content[:-1])
    assert read_shard(shard) is None
    altered = bytearray(content)
    altered[len(altered) // 2] ^= 1
    shard.path.write_bytes(bytes(altered))
    assert read_shard(shard) is None
    shard.path.write_bytes(content)
    assert read_shard(shard) is not None
    shard.path.unlink()
    assert read_shard(shard) is None


def test_a_shard_under_another_name_or_in_another_place_is_no_shard(tmp_path: Path) -> None:
    """Its digest is over what it is of, and its rows are those of its replications."""
    here, there = tmp_path / "one" / "rules", tmp_path / "two" / "rules"
    for folder in (here, there):
        folder.mkdir(parents=True)
    shard = write_shard(here, "outcomes", range(4, 6), FRAME)
    for path in (
        there / shard.path.name,
        here / shard.path.name.replace("000000004-000000005", "000000006-000000007"),
        here / shard.path.name.replace("outcomes", "weekly"),
    ):
        path.write_bytes(shard.path.read_bytes())
        found = shard_at(path)
        assert found is not None
        assert read_shard(found) is None
    other = write_shard(here, "outcomes", range(6, 8), FRAME)
    assert read_shard(other) is None, "rows of other replications"


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("sim.ensemble.shards.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_shard(tmp_path, "outcomes", range(4, 6), FRAME)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["outcomes.parquet", "outcomes-1-2-00.parquet", ".draft-x", "outcomes-000000001-000000002-zz.parquet"]
)
def test_other_files_are_no_shards(name: str) -> None:
    assert shard_at(Path(name)) is None


def test_spans_are_consecutive_and_not_too_long() -> None:
    assert spans_of([7, 0, 1, 2, 3, 9, 8], 3) == [range(3), range(3, 4), range(7, 10)]
    assert spans_of([], 3) == []
