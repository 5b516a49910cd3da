import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import config
from award.local.children import CannotRun, Service, Supervisor, end, spawn, wait_until_left
from tests.award.local.watching import becomes_true, is_alive


def shell(script: str, folder: Path, name: str = "child") -> Service:
    return Service(spawn(["sh", "-c", script], log=folder / f"{name}.log", environment=os.environ, folder=folder))


def test_a_child_ends_with_its_parent_however_that_one_ends(tmp_path: Path) -> None:
    program = (
        "import os, sys, time; from pathlib import Path; from award.local.children import spawn\n"
        "child = spawn(['sleep', '600'], log=Path(sys.argv[1]), environment=os.environ, folder=Path('/'))\n"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "log")]
    with subprocess.Popen(command, cwd=config.ROOT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.kill()
    assert becomes_true(lambda: not is_alive(child))


def test_ctrl_c_in_the_terminal_does_not_reach_a_child(tmp_path: Path) -> None:
    child = shell("sleep 600", tmp_path)
    try:
        assert os.getsid(child.process.pid) == child.process.pid != os.getsid(0)
    finally:
        child.stop()


def test_a_child_that_dies_is_started_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class SeenEnough(Exception):
        pass

    begun: list[Service] = []

    def begin() -> Service:
        if len(begun) == 2:
            raise SeenEnough
        begun.append(shell("exit 3", tmp_path))
        return begun[-1]

    supervisor = Supervisor()
    supervisor.start("Máy chủ web", begin, tmp_path / "child.log")
    with pytest.raises(SeenEnough):
        supervisor.watch()
    assert len(begun) == 2
    assert "Máy chủ web đã dừng (mã 3); đang khởi động lại." in capsys.readouterr().out


def test_one_that_keeps_dying_ends_everything_with_its_last_words(tmp_path: Path) -> None:
    begun: list[Service] = []

    def begin() -> Service:
        begun.append(shell("echo hết chỗ >&2; exit 1", tmp_path, "broken"))
        return begun[-1]

    supervisor = Supervisor()
    well = supervisor.start("Cơ sở dữ liệu", lambda: shell("sleep 600", tmp_path), tmp_path / "child.log")
    supervisor.start("Máy chủ web", begin, tmp_path / "broken.log")
    with pytest.raises(CannotRun, match="Máy chủ web dừng 4 lần trong một phút") as caught:
        supervisor.watch()
    assert str(caught.value).endswith("hết chỗ")
    assert len(begun) == 4
    supervisor.stop()
    assert well.process.poll() is not None


def test_children_are_stopped_in_the_reverse_order(tmp_path: Path) -> None:
    script = "trap 'echo {0} >> order; exit' TERM; : > {0}.ready; while :; do sleep 0.02; done"
    supervisor = Supervisor()
    names = ["database", "store", "web"]
    for name in names:
        supervisor.start(name, lambda name=name: shell(script.format(name), tmp_path), tmp_path / "child.log")
    assert becomes_true(lambda: all((tmp_path / f"{name}.ready").exists() for name in names))
    supervisor.stop()
    assert (tmp_path / "order").read_text().split() == ["web", "store", "database"]


def test_a_child_that_will_not_listen_is_killed(tmp_path: Path) -> None:
    deaf = shell("trap '' TERM; : > ready; while :; do sleep 0.02; done", tmp_path).process
    assert becomes_true((tmp_path / "ready").exists)
    end(deaf, signal.SIGTERM, seconds=0.1)
    assert deaf.returncode == -signal.SIGKILL
    end(deaf, signal.SIGTERM)


def test_a_folder_is_free_when_the_last_process_has_left_it(tmp_path: Path) -> None:
    child = shell("sleep 0.3", tmp_path)
    wait_until_left(tmp_path)
    assert becomes_true(lambda: child.process.poll() is not None)


def test_a_log_that_grew_too_long_begins_anew_and_keeps_the_last(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with log.open("wb") as file:
        file.truncate(9 * 1024 * 1024)
    spawn(["echo", "new"], log=log, environment=os.environ, folder=tmp_path).wait()
    assert log.read_text() == "new\n"
    assert (tmp_path / "web.log.1").stat().st_size == 9 * 1024 * 1024
