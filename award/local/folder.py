"""The data folder of a single machine: one run at a time, room to write, and secrets that were made once."""

import errno
import fcntl
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from award.local.children import CannotRun

LEAST_FREE_BYTES = 500_000_000
ENOUGH_TO_SEE_A_FULL_DISK = b"\0" * 64 * 1024


@contextmanager
def held(data_dir: Path, address: str, least_free: int = LEAST_FREE_BYTES) -> Iterator[None]:
    """The folder is there, can be written, has room, and is ours alone until the end of the block."""
    try:
        _make(data_dir)
        with (data_dir / "run.lock").open("a+") as lock:
            _take(lock.fileno(), data_dir, lock.name)
            lock.truncate(0)
            lock.write(address)
            lock.flush()
            _need_room(data_dir, least_free)
            (data_dir / "log").mkdir(mode=0o700, exist_ok=True)
            yield
    except OSError as fault:
        raise explained(fault, data_dir) from fault


def is_held(data_dir: Path) -> bool:
    """Whether a system runs on this folder, or is about to."""
    try:
        with (data_dir / "run.lock").open("a+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def explained(fault: OSError, data_dir: Path) -> CannotRun:
    """The system's own fault as a sentence with the way out."""
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return CannotRun(
            f"Ổ đĩa chứa {data_dir} đã đầy. Hãy giải phóng chỗ trống, hoặc đặt DATA_DIR sang ổ khác.",
            f"The disk that holds {data_dir} is full. Free some space, or set DATA_DIR to another disk.",
        )
    where = fault.filename or data_dir
    if fault.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}:
        return CannotRun(
            f"Không ghi được vào {where}. Hãy cấp quyền ghi cho người đang chạy, hoặc đặt DATA_DIR sang thư mục khác.",
            f"{where} cannot be written. Give the user who runs this the right to, or set DATA_DIR to another folder.",
        )
    return CannotRun(
        f"Máy báo lỗi “{fault.strerror}” ở {where}. Hãy sửa lỗi ấy rồi chạy lại.",
        f"The machine reports “{fault.strerror}” at {where}. Correct that and run again.",
    )


def kept_secrets(data_dir: Path) -> dict[str, str]:
    """The keys this folder's data was made with: made at the first run, readable by their owner only, never changed."""
    kept = data_dir / "secrets.json"
    if not kept.exists():
        making = data_dir / "secrets.json.new"
        making.unlink(missing_ok=True)
        text = json.dumps(
            {
                "SECRET_KEY": secrets.token_urlsafe(48),
                "S3_ACCESS_KEY": secrets.token_hex(10),
                "S3_SECRET_KEY": secrets.token_urlsafe(32),
            }
        )
        with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        making.rename(kept)
    try:
        found = json.loads(kept.read_text())
        return {name: str(found[name]) for name in ("SECRET_KEY", "S3_ACCESS_KEY", "S3_SECRET_KEY")}
    except (ValueError, KeyError, TypeError) as fault:
        raise CannotRun(
            f"Không đọc được khóa trong {kept}. Hãy khôi phục tệp ấy từ bản sao lưu, hoặc xóa {data_dir} để làm lại.",
            f"The keys in {kept} cannot be read. Restore that file from a backup, or delete {data_dir} to begin anew.",
        ) from fault


def _make(data_dir: Path) -> None:
    if not data_dir.is_dir():
        data_dir.mkdir(parents=True)
        # Where we are root the database runs as somebody else, who must pass through; everything inside is closed.
        data_dir.chmod(0o711 if os.geteuid() == 0 else 0o700)
    try:
        with tempfile.TemporaryFile(dir=data_dir) as probe:
            probe.write(ENOUGH_TO_SEE_A_FULL_DISK)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(data_dir)) from fault  # not the name of the probe


def _take(lock: int, data_dir: Path, name: str) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        address = Path(name).read_text()
        raise CannotRun(
            f"Dữ liệu ở {data_dir} đang được dùng tại {address}. Hãy dùng địa chỉ ấy, hoặc dừng lần chạy kia trước.",
            f"This data is already served at {address}. Use that address, or stop the other run first.",
        ) from None


def _need_room(data_dir: Path, least: int) -> None:
    free = shutil.disk_usage(data_dir).free
    if free < least:
        raise CannotRun(
            f"Ổ đĩa chứa {data_dir} chỉ còn {free // 1_000_000} MB, cần ít nhất {least // 1_000_000} MB. "
            "Hãy giải phóng chỗ trống, hoặc đặt DATA_DIR sang ổ khác.",
            f"Only {free // 1_000_000} MB are free for {data_dir}; at least {least // 1_000_000} MB are needed. "
            "Free some space, or set DATA_DIR to another disk.",
        )
