"""The child in which files are opened: what it may not do, and that its end is only its own."""

import json
import os
import platform
import socket
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from uploads import fences, sandbox
from uploads.sandbox import ChildFailed

MAY_LEAVE_THE_NETWORK = subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0


def confined(code: str, folder: Path, *, before: str = "") -> Any:
    """The value of `answer` after this code ran in a child like the real ones, without what `before` takes away."""
    body = textwrap.indent(textwrap.dedent(code), "    ")
    module = folder / "child.py"
    module.write_text(
        f"from uploads import fences, sandbox\n{before}\n"
        f"def work():\n{body}\n    return answer\n\nsandbox.answer(work)\n"
    )
    script = f"import sys; sys.path.insert(0, {str(sandbox.ROOT)!r}); exec(open({str(module)!r}).read())"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=folder, check=False, timeout=60)
    if done.returncode:
        raise ChildFailed(done.returncode)
    return json.loads(done.stdout)


def test_what_libraries_print_does_not_mix_with_the_answer(tmp_path: Path) -> None:
    code = """
        import os
        os.write(1, b"a warning from C")
        print("and one from Python")
        answer = "Đúng"
    """
    assert confined(code, tmp_path) == "Đúng"


@pytest.mark.skipif(not MAY_LEAVE_THE_NETWORK, reason="the kernel lets no process give up its network here")
@pytest.mark.parametrize("walls", ["all", "the network alone"])
def test_the_child_has_no_network(walls: str, tmp_path: Path) -> None:
    """Its network is empty, and where the kernel keeps filters nothing is opened at all."""
    without = "" if walls == "all" else "fences.reach_nobody = lambda: False\n"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        code = f"""
            import socket
            answer = []
            there = ("127.0.0.1", {listening.getsockname()[1]})
            for act in (
                lambda: socket.create_connection(there, timeout=5),
                lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", there),
            ):
                try:
                    answer.append(act())
                except OSError as fault:
                    answer.append(fault.strerror)
        """
        by_tcp, by_udp = confined(code, tmp_path, before=without)
        shut = ("Operation not permitted",) if walls == "all" and platform.machine() == "x86_64" else ()
        assert by_tcp in (shut or ("Network is unreachable", "Permission denied"))
        assert by_udp in (shut or ("Network is unreachable",))


@pytest.mark.skipif(platform.machine() not in fences.SPEAKING, reason="no filter is known for this machine")
def test_the_child_cannot_speak_to_the_database_by_its_socket_among_the_files(tmp_path: Path) -> None:
    """It asks nobody of the same machine for a password. Sockets with a name are neither network nor file."""
    there = tmp_path / "s.PGSQL"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(there))
        listening.listen()
        there.chmod(0o777)
        code = f"""
            import socket
            try:
                with socket.socket(socket.AF_UNIX) as asking:
                    asking.connect({str(there)!r})
                answer = "connected"
            except OSError as fault:
                answer = fault.strerror
        """
        assert confined(code, tmp_path) == "Operation not permitted"
        let = "fences.reach_nobody = lambda: False\n"
        assert confined(code, tmp_path, before=let) == "connected", "otherwise this proves nothing"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has such rights to lose")
def test_of_roots_rights_the_child_keeps_none(tmp_path: Path) -> None:
    """Its number stays 0, and with that it may do what any user may to what is its own."""
    theirs = tmp_path / "theirs"
    theirs.write_text("x")
    theirs.chmod(0o400)
    os.chown(theirs, 65534, 65534)
    code = f"""
        import ctypes, os, resource, socket
        libc = ctypes.CDLL(None, use_errno=True)
        def mount():
            if libc.mount(b"none", b"/mnt", b"tmpfs", 0, None):
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        def tried(what):
            try:
                what()
                return "done"
            except OSError as fault:
                return fault.strerror
            except ValueError:
                return "Operation not permitted"
        open("own", "w").close()
        answer = [os.geteuid()] + [tried(what) for what in (
            lambda: open({str(theirs)!r}),
            lambda: os.chmod({str(theirs)!r}, 0o777),
            lambda: os.chown("own", 65534, 65534),
            lambda: os.setuid(65534),
            lambda: os.chroot("."),
            mount,
            lambda: os.nice(-5),
            lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096)),
            lambda: os.chmod("own", 0o600),
        )]
    """
    uid, read, *refused, own = confined(code, tmp_path)
    assert (uid, read, own) == (0, "Permission denied", "done")
    assert set(refused) <= {"Operation not permitted", "Permission denied"}, refused


@pytest.mark.skipif(not fences.version(), reason="the kernel keeps no fences here")
def test_the_child_finds_nothing_of_its_parents(tmp_path: Path) -> None:
    """Neither its settings, nor its memory, nor its folders, nor a way to end it; its own folder is there."""
    secret = tmp_path.parent / "khoa"
    secret.write_text("bí mật")
    code = f"""
        import os, signal
        def tried(what):
            try:
                what()
                return "done"
            except OSError as fault:
                return fault.strerror
        parent = os.getppid()
        answer = [
            tried(lambda: open({str(secret)!r})),
            tried(lambda: open({str(sandbox.ROOT / "config.py")!r})),
            tried(lambda: os.listdir({str(sandbox.ROOT)!r})),
            tried(lambda: open(f"/proc/{{parent}}/environ")),
            tried(lambda: open(f"/proc/{{parent}}/mem")),
            tried(lambda: open("/etc/passwd")),
            tried(lambda: open({str(secret)!r} + "2", "w")),
            tried(lambda: os.kill(parent, signal.SIGTERM)) if {fences.version()} >= 6 else "Operation not permitted",
            tried(lambda: os.setuid(1)),
            tried(lambda: open("own", "w")),
        ]
    """
    denied = "Permission denied"
    assert confined(code, tmp_path) == [denied] * 7 + ["Operation not permitted"] * 2 + ["done"]


@pytest.mark.parametrize(
    "code",
    [
        "answer = len(bytearray(3 * 1024**3))",
        "open('much', 'wb').write(bytes(100 * 1024**2)); answer = 1",
        "answer = [open('/dev/null') for _ in range(100)] and 1",
        "import os; os.abort()",
        "import ctypes; answer = ctypes.string_at(0)",
        "raise ValueError",
        "raise SystemExit(3)",
    ],
)
def test_a_child_beyond_its_limits_ends_alone(code: str, tmp_path: Path) -> None:
    with pytest.raises(ChildFailed):
        confined(code, tmp_path)


def test_time_is_limited(tmp_path: Path) -> None:
    assert confined("import resource; answer = resource.getrlimit(resource.RLIMIT_CPU)", tmp_path) == [60, 60]


def test_the_child_knows_nothing_of_its_parent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither secrets in the environment nor a way to have foreign modules loaded."""
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    seen: dict[str, object] = {}
    real = subprocess.run

    def watching(*arguments: object, **options: object) -> object:
        seen.update(options)
        return real(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watching)
    with pytest.raises(ChildFailed):
        sandbox.run("uploads.sniff", ["/nowhere", "pdf"])
    environment = seen["env"]
    assert isinstance(environment, dict)
    assert set(environment) == {"PATH", "PYTHONPATH", "LANG", "TMPDIR"}
    assert environment["PYTHONPATH"] == str(sandbox.ROOT)
    assert not Path(environment["TMPDIR"]).exists()


@pytest.mark.parametrize("module", ["uploads.nothing", "uploads.kinds"])
def test_a_module_without_an_answer_is_a_failure(module: str) -> None:
    with pytest.raises(ChildFailed):
        sandbox.run(module, [])
