"""The lab is started, looked at and ended."""

from __future__ import annotations

import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.lab.browsing import Server, assert_well_made, free_port, plain

pytestmark = pytest.mark.xdist_group("lab")


def test_it_says_it_is_ready(lab_server: Server) -> None:
    with urllib.request.urlopen(f"{lab_server.address}/health") as answer:
        assert answer.read() == b"ready"


def test_the_browser_is_told_to_fetch_nothing_elsewhere(lab_server: Server) -> None:
    with urllib.request.urlopen(lab_server.address) as answer:
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")


def test_an_unknown_address_gets_a_page_that_says_so(lab_server: Server, visitor) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{lab_server.address}/nothing/here")
    page = visitor.open(f"{lab_server.address}/nothing/here")
    page.get_by_role("heading", name="There is nothing here").wait_for()
    assert_well_made(page)


def test_a_picture_that_is_gone_is_not_found(lab_server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{lab_server.address}/picture/nothing.png")


def test_the_secret_is_read_by_nobody_else(lab_server: Server) -> None:
    secret = lab_server.folder / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_text()) > 30


def test_a_port_in_use_is_one_line(lab_server: Server, tmp_path: Path) -> None:
    said = _lab("--port", str(lab_server.port), "--folder", str(tmp_path))
    assert said.returncode == 2
    assert said.stderr.strip().startswith(f"firstmover: port {lab_server.port} of 127.0.0.1 cannot be had")
    assert said.stderr.count("\n") == 1


def test_an_unknown_scenario_is_one_line(tmp_path: Path) -> None:
    said = _lab("--port", str(free_port()), "--folder", str(tmp_path), "--scenario", "no_such")
    assert said.returncode == 2
    assert "no_such" in said.stderr


def test_an_interrupt_ends_it_in_order(tmp_path: Path) -> None:
    pytest.importorskip("nicegui", reason="the extra `lab` is not installed")
    server = Server(tmp_path, free_port())
    server.start()
    assert server.stop() == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


def _lab(*words: str) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("nicegui", reason="the extra `lab` is not installed")
    return subprocess.run(
        [sys.executable, "-m", "sim", "lab", *words], capture_output=True, text=True, timeout=60, env=plain()
    )
