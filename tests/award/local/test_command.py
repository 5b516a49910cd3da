"""The whole system as a person starts and loses it: real children, real signals."""

import os
import re
import signal
import socket
from contextlib import closing
from pathlib import Path

import pytest
import urllib3

from tests.award.local.machine import answers, database, refused, running
from tests.award.local.watching import PATIENCE, becomes_true, below, is_alive
from uploads.delivery import HEADERS


def files_host(port: int) -> urllib3.BaseHTTPResponse:
    """What the host from which pages show files says to somebody without leave."""
    told = urllib3.request("GET", f"http://127.0.0.1:{port}/").headers["Content-Security-Policy"]
    (host,) = re.findall(r"img-src [^;]*(http://localhost:\d+)", told)
    answer = urllib3.request("GET", f"{host}/giai/files/x", retries=False)
    assert answer.status == 403
    return answer


@pytest.mark.db
@pytest.mark.timeout(600)
def test_it_survives_what_happens_to_it_and_leaves_no_process_behind(open_folder: Path, port: int) -> None:
    data_dir = open_folder / "var"
    with running(data_dir, port) as (supervisor, _):
        assert answers(port)
        said = refused(data_dir, port)
        assert f"đang được dùng tại http://127.0.0.1:{port}" in said
        with closing(database(data_dir)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        keys = (data_dir / "secrets.json").read_text()
        children = below(supervisor.pid)
        assert {"gunicorn", "worker", "weed", "postgres"} <= set(re.findall(r"\w+", " ".join(children.values())))
        worker, web = (
            next(pid for pid, line in children.items() if name in line) for name in ("wsgi worker", "gunicorn")
        )
        assert os.getpriority(os.PRIO_PROCESS, worker) > os.getpriority(os.PRIO_PROCESS, web)
        supervisor.kill()
        supervisor.wait()
        assert becomes_true(lambda: not any(is_alive(child) for child in children))

    with running(data_dir, port) as (supervisor, said_next):
        with closing(database(data_dir)) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
        assert (data_dir / "secrets.json").read_text() == keys
        assert files_host(port).headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
        for part, name in (
            ("uploads.delivery", "Nơi phát tệp"),
            ("gunicorn", "Máy chủ web"),
            ("bin/weed", "Kho tệp"),
            ("bin/postgres", "Cơ sở dữ liệu"),
        ):
            oldest = min(child for child, line in below(supervisor.pid).items() if part in line)
            os.kill(oldest, signal.SIGKILL)
            assert said_next.readline().startswith(f"{name} (")
            assert "is being started again" in said_next.readline()
        assert becomes_true(lambda: answers(port))
        assert files_host(port).headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
        children = below(supervisor.pid)
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait(PATIENCE) == 0
        assert f"Đã dừng. Dữ liệu ở {data_dir} còn nguyên." in said_next.read()
        assert becomes_true(lambda: not any(is_alive(child) for child in children))


def test_a_port_that_is_taken_is_told_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Port {port} cannot be used" in refused(tmp_path, port)
    assert not (tmp_path / "postgres").exists()


def test_faults_of_the_settings_are_told_before_anything_is_started(tmp_path: Path, port: int) -> None:
    outside = {"DATABASE_URL": "mysql://db/giai", "S3_ENDPOINT": "http://files:8333", "BASE_URL": "http://giai.vn"}
    said = refused(tmp_path, port, **outside).splitlines()
    assert [line.split()[0] for line in said] == [
        "DATABASE_URL",
        "S3_ENDPOINT",
        "BASE_URL",
        "S3_ACCESS_KEY",
        "S3_SECRET_KEY",
    ]


def test_a_child_that_does_not_start_takes_the_others_down_with_a_sentence(open_folder: Path, port: int) -> None:
    (open_folder / "store").write_text("not a folder")
    said = refused(open_folder, port)
    assert said.startswith("Kho tệp không khởi động được.")
    assert "The object store cannot use the folder" in said
    assert not (open_folder / "postgres" / "postmaster.pid").exists()
