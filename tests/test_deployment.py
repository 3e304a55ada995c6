"""What is in deploy/ and the Containerfile does what its comments say."""

from __future__ import annotations

import configparser
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_unit_goes_on_trying_where_the_server_fails_at_once() -> None:
    unit = configparser.ConfigParser(interpolation=None)
    unit.read(ROOT / "deploy" / "feeds.service", encoding="utf-8")
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    assert unit["Service"]["Restart"] == "on-failure"
    assert int(unit["Service"]["RestartSec"]) >= 1


def test_the_image_is_built_with_its_health_check_and_run_as_who_owns_the_folder() -> None:
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    commands = [line.removeprefix("#").strip() for line in lines if line.startswith("#   ")]
    (build,) = [line for line in commands if line.startswith("podman build")]
    (run,) = [line for line in commands if line.startswith("podman run")]
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert "--format docker" in build
    (user,) = [line.split("--uid ")[1].split()[0] for line in lines if "useradd" in line]
    assert f"--userns=keep-id:uid={user},gid={user}" in run
