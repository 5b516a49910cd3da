"""Start everything on this machine.

python -m award.local [--port N] [--files-port N] [--parts-port N] [--web N] [--workers N] [--anew]
"""

import argparse
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import config
from award.local.children import CannotRun, Service, Supervisor, end, say, spawn, wait_until_left
from award.local.delivery import listen, start_delivery
from award.local.folder import explained, held, kept_secrets
from award.local.postgres import start_postgres
from award.local.web import HOST, THREADS, start_web, wait_for_an_answer
from uploads.local import EmbeddedStore, StoreDidNotStart

FILES_HOST = "localhost"  # another name than the pages have: cookies do not tell ports apart
BUCKET = "giai"
NICENESS = 5
WEB, WORKERS, MOST = 2, 2, 32
STOPPED_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# `flask --app wsgi` would load the application anew for each command, which is most of what a later start takes.
IN_ONE_PROCESS = """
import sys
from flask.cli import ScriptInfo
from wsgi import create_app
app = create_app()
for command in sys.argv[1:]:
    app.cli.main(command.split(), obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)
"""
PORT_SECONDS = 3


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py run", description="Start everything on this machine.")
    parser.add_argument("--port", type=_port, default=8000, help="port of the pages (8000)")
    parser.add_argument("--files-port", type=_port, help="port where files are read (any free one)")
    parser.add_argument("--parts-port", type=_port, help="port of the store, which takes files: 1024 to 22700 (any)")
    parser.add_argument("--anew", action="store_true", help="erase the demonstration first and make it again")
    parser.add_argument("--web", type=_number, default=WEB, help=f"web processes ({WEB}), {THREADS} threads in each")
    parser.add_argument("--workers", type=_number, default=WORKERS, help=f"processes for background work ({WORKERS})")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    data_dir = Path(os.environ.get("DATA_DIR") or config.ROOT / "var").absolute()
    address = f"http://{HOST}:{options.port}"
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPED_BY)  # what came while this program was being loaded
        with held(data_dir, address):
            _need_free(options.port)
            _run(data_dir, address, options)
    except KeyboardInterrupt:
        say(f"Đã dừng. Dữ liệu ở {data_dir} còn nguyên.", "Stopped. The data is kept.")
        return 0
    except (CannotRun, config.ConfigurationError) as reason:
        say(str(reason))
    except Exception:
        say(*_unforeseen(data_dir / "log" / "supervisor.log"))
    return 1


def _port(word: str) -> int:
    if not word.isdecimal() or not 1 <= int(word) <= 65535:
        raise argparse.ArgumentTypeError(f"“{word}” is not a port: a number from 1 to 65535")
    return int(word)


def _number(word: str) -> int:
    if not word.isdecimal() or not 1 <= int(word) <= MOST:
        raise argparse.ArgumentTypeError(f"“{word}” is not a number of processes: from 1 to {MOST}")
    return int(word)


def _run(data_dir: Path, address: str, options: argparse.Namespace) -> None:
    """Everything runs until somebody stops it or a child keeps dying; afterwards nothing runs any more."""
    log = data_dir / "log"
    supervisor = Supervisor()
    try:
        environment = serving(data_dir, address, supervisor, options.parts_port)
        if not os.environ.get("S3_ENDPOINT"):
            environment = _with_delivery(environment, supervisor, log / "delivery.log", options.files_port)
        settings = config.read(environment)
        made = ["start-over"] if options.anew else ["seed"] if settings.demonstration else []
        _do(["migrate", *made], environment, log / "prepare.log")
        begin = partial(start_web, options.port, options.web, environment=environment, log=log / "web.log")
        web = supervisor.start("Máy chủ web (web)", begin, log / "web.log")
        wait_for_an_answer(web, options.port, log / "web.log")
        for number in range(1, options.workers + 1):
            written = log / ("worker.log" if number == 1 else f"worker-{number}.log")
            supervisor.start(f"Tiến trình nền (worker) {number}", _worker(environment, written), written)
        if not os.environ.get("DATABASE_URL"):
            supervisor.start("Sao lưu (backup)", _backup(environment, log / "backup.log"), log / "backup.log")
        say(f"Giải báo chí đang chạy tại {settings.base_url} (Ctrl-C để dừng)")
        supervisor.watch()
    finally:
        for number in STOPPED_BY:
            signal.signal(number, signal.SIG_IGN)
        supervisor.stop()


def serving(data_dir: Path, address: str, supervisor: Supervisor, parts_port: int | None = None) -> dict[str, str]:
    """Database and store run; returns what an application is told of them and of this folder."""
    environment = {name: value for name, value in os.environ.items() if value}
    environment |= {"DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"}
    keys = kept_secrets(data_dir)
    environment = {"SECRET_KEY": keys["SECRET_KEY"], "BASE_URL": address, "DEMONSTRATION": "1"} | environment
    if "DATABASE_URL" not in environment:
        environment = _with_database(environment, supervisor, data_dir)
    if "S3_ENDPOINT" not in environment:
        environment = _with_store(environment, supervisor, data_dir, keys, parts_port)
    return environment


def _with_database(environment: dict[str, str], supervisor: Supervisor, data_dir: Path) -> dict[str, str]:
    log = data_dir / "log" / "database.log"
    postgres = supervisor.start("Cơ sở dữ liệu (database)", lambda: start_postgres(data_dir / "postgres", log=log), log)
    # PGHOSTADDR, PGOPTIONS and their like are meant for another server and would lead away from this one.
    clean = {name: value for name, value in environment.items() if not name.startswith("PG")}
    return clean | {"DATABASE_URL": postgres.app_url, "DATABASE_OWNER_URL": postgres.owner_url}


def _with_store(
    environment: dict[str, str], supervisor: Supervisor, data_dir: Path, keys: dict[str, str], port: int | None
) -> dict[str, str]:
    folder = data_dir / "store"

    def begin() -> EmbeddedStore:
        wait_until_left(folder)
        try:
            return EmbeddedStore(folder, BUCKET, keys["S3_ACCESS_KEY"], keys["S3_SECRET_KEY"], port)
        except StoreDidNotStart as fault:
            raise CannotRun("Kho tệp không khởi động được. Nguyên nhân ghi dưới đây.", str(fault)) from fault

    store = supervisor.start("Kho tệp (object store)", begin, folder / "weed.log")
    port = int(store.endpoint.rpartition(":")[2])  # the one to keep when the store has to be started again
    return environment | {
        "S3_ENDPOINT": store.endpoint,
        "S3_PUBLIC_ENDPOINT": f"{FILES_HOST}:{port}",
        "S3_ACCESS_KEY": keys["S3_ACCESS_KEY"],
        "S3_SECRET_KEY": keys["S3_SECRET_KEY"],
        "S3_BUCKET": BUCKET,
        "S3_SECURE": "0",
        "S3_FOLDER": str(folder),
    }


def _with_delivery(environment: dict[str, str], supervisor: Supervisor, log: Path, port: int | None) -> dict[str, str]:
    """Files are read where they are said to be nobody's page. The socket is this process's, so the port stays."""
    listening = listen(port)
    begin = partial(start_delivery, listening, environment["S3_ENDPOINT"], log=log)
    supervisor.start("Nơi phát tệp (delivery)", begin, log)
    return environment | {"S3_READ_ENDPOINT": f"{FILES_HOST}:{listening.getsockname()[1]}"}


def _worker(environment: dict[str, str], log: Path) -> Callable[[], Service]:
    """Killed with this process: asked politely it would first finish its job, on a database that is gone.

    Whoever waits for a page comes before what nobody waits for.
    """
    command = ["nice", "-n", str(NICENESS), sys.executable, "-m", "flask", "--app", "wsgi", "worker"]

    def begin() -> Service:
        return Service(spawn(command, log=log, environment=environment, folder=config.ROOT, dies_by=signal.SIGKILL))

    return begin


def _backup(environment: dict[str, str], log: Path) -> Callable[[], Service]:
    command = [sys.executable, "-m", "award.local.backup", "--follow"]
    return lambda: Service(spawn(command, log=log, environment=environment, folder=config.ROOT))


def _do(commands: list[str], environment: dict[str, str], log: Path) -> None:
    """The application carried out these commands of its own to their end."""
    process = spawn(
        [sys.executable, "-c", IN_ONE_PROCESS, *commands],
        log=log,
        environment=environment,
        folder=config.ROOT,
        dies_by=signal.SIGKILL,
    )
    try:
        code = process.wait()
    finally:
        end(process, signal.SIGTERM)
    if code:
        steps = ", ".join(commands)
        raise CannotRun(
            f"Không chuẩn bị được dữ liệu ({steps}). Hãy sửa nguyên nhân ghi dưới đây rồi chạy lại.",
            f"The data could not be prepared ({steps}). Correct the cause below and run again.",
            log,
        )


def _need_free(port: int) -> None:
    """Nobody listens on the port; a web server of a run that was just killed is given the time to go."""
    deadline = time.monotonic() + PORT_SECONDS
    while True:
        try:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((HOST, port))
            return
        except OSError as fault:
            if time.monotonic() > deadline or isinstance(fault, PermissionError):
                raise CannotRun(
                    f"Không dùng được cổng {port}: một chương trình khác đang giữ, hoặc cổng ấy không được phép. "
                    f"Hãy thử --port {port + 1 if 1023 < port < 65535 else 8001}.",
                    f"Port {port} cannot be used: another program holds it, or it is not allowed. Try another --port.",
                ) from None
        time.sleep(0.1)


def _unforeseen(log: Path) -> tuple[str, str]:
    fault = sys.exc_info()[1]
    try:
        with log.open("a") as details:
            traceback.print_exc(file=details)
    except OSError as unwritten:
        return (str(explained(unwritten, log.parent)), "")
    return (
        f"Hệ thống dừng vì một lỗi không lường trước: {fault}. Chi tiết ở {log}; hãy gửi tệp ấy cho người phát triển.",
        f"Stopped by an unforeseen fault: {fault}. Details are in {log}; send that file to the developers.",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
