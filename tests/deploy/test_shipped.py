"""What is shipped beside nginx: the units, the compose file and the settings name what there is."""

import re
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask

import config

DEPLOY = config.ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*"))
GUIDE = (config.ROOT / "docs" / "operations.md").read_text()


def unit(path: Path) -> RawConfigParser:
    read = RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(path)
    return read


def compose() -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return said


def variables(name: str) -> dict[str, str]:
    lines = (DEPLOY / name).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_settings_that_are_shipped_are_refused_until_they_are_filled_in() -> None:
    with pytest.raises(config.ConfigurationError) as caught:
        config.read(variables("giai.env"))
    assert {sentence.split()[0] for sentence in caught.value.faults} == {"SECRET_KEY", "S3_ACCESS_KEY", "S3_SECRET_KEY"}
    filled = {
        "SECRET_KEY": "kM3vX9qB7tLz2WcRf8Yh5NjPd0SgUaEi",
        "S3_ACCESS_KEY": "a",
        "S3_SECRET_KEY": "u8Yc1Qz7LwRb0TfKp",
    }
    settings = config.read(variables("giai.env") | variables("giai-owner.env") | filled)
    assert settings.secure_cookies
    assert settings.s3_secure


def test_what_units_and_compose_start_exists(house: Flask) -> None:
    commands = [unit(path)["Service"]["ExecStart"].split()[1:] for path in UNITS if path.suffix == ".service"]
    commands += [each["command"][1:] for each in compose()["services"].values() if "python" in str(each.get("command"))]
    for words in commands:
        if "flask" in words:
            assert words[-1] in house.cli.commands
        elif "gunicorn" in words:
            assert {"wsgi:create_app()", "award.local.queue.Worker", "--preload"} <= set(words)


def test_only_nginx_is_reached_from_outside_and_nothing_runs_as_root() -> None:
    services = compose()["services"]
    assert [name for name, each in services.items() if "ports" in each] == ["nginx"]
    assert services["postgres"]["network_mode"] == "none"
    for path in UNITS:
        if path.suffix == ".service":
            told = unit(path)["Service"]
            assert told["User"] in {"giai", "giai-store"}
            assert (told["NoNewPrivileges"], told["ProtectSystem"]) == ("yes", "strict")


def test_only_what_changes_the_schema_is_the_owner_of_tables() -> None:
    owners = [path.name for path in UNITS if "giai-owner.env" in path.read_text()]
    assert owners == ["giai-migrate.service"]
    assert "DATABASE_OWNER_URL" not in variables("giai.env")


def test_sockets_are_where_nginx_looks_for_them() -> None:
    listening = unit(DEPLOY / "systemd" / "giai-web@.socket")["Socket"]["ListenStream"]
    looked_for = re.findall(r"server (127\.0\.0\.1:81\d\d) ", (DEPLOY / "nginx" / "processes.conf").read_text())
    assert looked_for == [listening.replace("%i", number) for number in ("1", "2")]


def test_the_guide_names_every_file_that_is_shipped() -> None:
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            assert path.name in GUIDE or path.parent.name in GUIDE, f"{path.relative_to(DEPLOY)} is not in the guide"


def test_a_page_that_is_not_kept_is_not_waited_for_in_a_row_and_only_a_worker_is_told_to_stop() -> None:
    assert "proxy_cache_lock" not in (DEPLOY / "nginx" / "giai.conf").read_text()
    for name in ("giai-web@.service", "giai-worker@.service"):
        assert unit(DEPLOY / "systemd" / name)["Service"]["KillMode"] == "mixed"


def test_who_waits_for_a_page_comes_before_what_nobody_waits_for() -> None:
    web, worker = (unit(DEPLOY / "systemd" / name)["Service"] for name in ("giai-web@.service", "giai-worker@.service"))
    assert int(worker["Nice"]) > int(web.get("Nice", 0))
    services = compose()["services"]
    assert services["worker1"]["cpu_shares"] == services["worker2"]["cpu_shares"] < 1024
    assert "cpu_shares" not in services["web1"]


def test_the_store_is_started_with_the_words_of_compose() -> None:
    """But for names, ports and folders; its keys are those that every part must have."""
    services = compose()["services"]
    for name in ("master", "volume1", "volume2", "filer"):
        words = variables(f"store-{name}.env")["WORDS"].split()
        own = re.compile(r"-(ip|mdir|dir|master|defaultStoreDir)=")
        asked = [word for word in services[name]["command"][1:] if not own.match(word)]
        assert set(asked) <= set(words)
        assert {"-ip=127.0.0.1", "-ip.bind=127.0.0.1"} <= set(words)
        assert any(f"/var/lib/giai-store/{name}" in word for word in words)
    assert "-disableHttp" in services["master"]["command"]
    assert not any(variables("store.env").values())
    ports = [word for path in DEPLOY.glob("store-*.env") for word in re.findall(r"port=(\d+)", path.read_text())]
    assert len(ports) == len(set(ports)) == 5
