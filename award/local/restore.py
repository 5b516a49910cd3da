"""A bare folder serves again: the database as of a moment, the objects and the keys from the copies, then checked."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psycopg

import config
from award.clock import VIETNAM
from award.local.__main__ import BUCKET, IN_ONE_PROCESS, serving
from award.local.backup import folder_of
from award.local.children import CannotRun, Supervisor, say
from award.local.copies import Base, Copies
from award.local.folder import held, kept_secrets
from award.local.postgres import prepared_place, programs, start_postgres
from award.local.upgrade import programs_for
from uploads.local import EmbeddedStore
from uploads.storage import Storage

PIECE = 1024 * 1024
RECOVERY_SECONDS = 3600


def restore(copies: Copies, data_dir: Path, until: datetime | None) -> str:
    """`data_dir` holds what the copies hold, as of `until` or the last moment they know. Returns what was checked."""
    base = copies.newest_before(until)
    if base is None:
        raise CannotRun(
            f"Trong {copies.folder} không có bản sao lưu nào dùng được cho thời điểm ấy.",
            f"Nothing in {copies.folder} can be used for that moment.",
        )
    with held(data_dir, "restore"):
        if (data_dir / "postgres").exists() or (data_dir / "store").exists():
            raise CannotRun(
                f"{data_dir} đã có dữ liệu. Hãy khôi phục vào một thư mục trống (DATA_DIR).",
                f"{data_dir} already holds data. Restore into an empty folder (DATA_DIR).",
            )
        shutil.copyfile(copies.folder / "secrets.json", data_dir / "secrets.json")
        (data_dir / "secrets.json").chmod(0o600)
        bring_back_database(base, data_dir, until)
        count = _objects(copies, data_dir, until)
        return f"{count} objects\n{_checked(data_dir)}"


def bring_back_database(base: Base, data_dir: Path, until: datetime | None) -> None:
    """The database stands as of then, and writes on from there."""
    data, identity = prepared_place(data_dir / "postgres")
    with tarfile.open(base.folder / "base.tar.gz") as archive:
        # Releases of Python 3.11 before its fourth have no filters, and those after it want one to be named.
        archive.extraction_filter = getattr(tarfile, "tar_filter", lambda member, _path: member)
        archive.extractall(data)  # noqa: S202 (a copy that this house made of itself)
    try:
        programs_for(data, programs())
    except CannotRun:  # the folder is empty again for who comes back with the programs
        shutil.rmtree(data)
        (data_dir / "postgres").unlink(missing_ok=True)
        raise
    since = data / "written_since"
    since.mkdir()
    for segment in base.wal.iterdir():
        if segment.name.removesuffix(".partial") >= base.first_segment or segment.suffix == ".history":
            shutil.copyfile(segment, since / segment.name.removesuffix(".partial"))
    settings = 'restore_command = \'cp "written_since/%f" "%p"\'\nrecovery_target_action = promote\n'
    if until is not None:
        settings += f"recovery_target_time = '{until.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f+00}'\n"
    with (data / "postgresql.auto.conf").open("a") as file:
        file.write(settings)
    (data / "recovery.signal").touch()
    if identity:
        for path in [data, *data.rglob("*")]:
            os.chown(path, identity["user"], identity["group"], follow_symlinks=False)
    data.chmod(0o700)
    postgres = start_postgres(data_dir / "postgres", log=data_dir / "log" / "database.log")
    try:
        _until_written_on(postgres.owner_url)
    finally:
        postgres.stop()
    shutil.rmtree(since)


def _until_written_on(url: str) -> None:
    line_to = re.sub(r"^postgresql\+psycopg", "postgresql", url)
    deadline = time.monotonic() + RECOVERY_SECONDS
    with psycopg.connect(line_to, autocommit=True) as line:
        while line.execute("SELECT pg_is_in_recovery()").fetchone() != (False,):
            if time.monotonic() > deadline:
                raise CannotRun("Khôi phục chưa xong sau một giờ.", "The database did not come back within an hour.")
            time.sleep(0.1)
        line.execute("ALTER SYSTEM RESET restore_command")
        line.execute("ALTER SYSTEM RESET recovery_target_action")
        line.execute("ALTER SYSTEM RESET recovery_target_time")
        line.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots")


def _objects(copies: Copies, data_dir: Path, until: datetime | None) -> int:
    keys, types = kept_secrets(data_dir), copies.types()
    store = EmbeddedStore(data_dir / "store", BUCKET, keys["S3_ACCESS_KEY"], keys["S3_SECRET_KEY"])
    try:
        into = Storage(store.endpoint, BUCKET, keys["S3_ACCESS_KEY"], keys["S3_SECRET_KEY"], secure=False)
        kept = list(copies.standing(until))
        for key, path in kept:
            with path.open("rb") as file:
                pieces = iter(lambda: file.read(PIECE), b"")
                into.put_stream(key, pieces, types.get(key, "application/octet-stream"))
        return len(kept)
    finally:
        store.stop()


def _checked(data_dir: Path) -> str:
    """What the house says of itself: every event fits its checkpoints, every object its row."""
    supervisor = Supervisor()
    try:
        environment = serving(data_dir, "http://127.0.0.1:8000", supervisor)
        command = [sys.executable, "-c", IN_ONE_PROCESS, "log check", "storage report --read"]
        done = subprocess.run(command, cwd=config.ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CannotRun(
                "Dữ liệu đã khôi phục nhưng có chỗ không khớp. Chi tiết ghi dưới đây.",
                f"The data is back, but something does not fit:\n{done.stdout}{done.stderr[-2000:]}",
            )
        return done.stdout.strip()
    finally:
        supervisor.stop()


def moment(text: str) -> datetime:
    """The instant that is meant; without a zone it is one by Vietnam's clocks."""
    said = datetime.fromisoformat(text)
    return said if said.tzinfo else said.replace(tzinfo=VIETNAM)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py restore", description="Make an empty DATA_DIR from copies.")
    parser.add_argument("--from", dest="source", type=Path, help="the folder of the copies (BACKUP_DIR)")
    parser.add_argument("--until", type=moment, help="as of then, such as 2023-09-30T23:50 (Vietnam) or …+00:00")
    options = parser.parse_args(arguments)
    data_dir = Path(os.environ.get("DATA_DIR") or config.ROOT / "var").absolute()
    copies = Copies((options.source or folder_of(data_dir)).absolute())
    try:
        told = restore(copies, data_dir, options.until)
    except (CannotRun, config.ConfigurationError) as reason:
        say(str(reason))
        return 1
    say(f"Đã khôi phục vào {data_dir} và đối chiếu đủ.", f"Restored to {data_dir}; everything fits:\n{told}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
