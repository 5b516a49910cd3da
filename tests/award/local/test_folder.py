import json
import stat
from pathlib import Path

import pytest

from award.local.children import CannotRun
from award.local.folder import explained, held, kept_secrets


def test_keys_are_made_once_and_shown_to_their_owner_only(tmp_path: Path) -> None:
    first = kept_secrets(tmp_path)
    assert kept_secrets(tmp_path) == first
    assert len(first["SECRET_KEY"]) >= 32
    assert len(set(first.values())) == 3
    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == [0o600]


def test_keys_of_two_folders_differ(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert kept_secrets(tmp_path / "a") != kept_secrets(tmp_path / "b")


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"SECRET_KEY": "x"})])
def test_spoilt_keys_are_never_replaced_in_silence(tmp_path: Path, text: str) -> None:
    (tmp_path / "secrets.json").write_text(text)
    with pytest.raises(CannotRun, match="Restore that file"):
        kept_secrets(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == text


def test_a_second_run_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with held(tmp_path, "http://127.0.0.1:8000"):
        with pytest.raises(CannotRun, match=r"already served at http://127\.0\.0\.1:8000"), held(tmp_path, "http://x"):
            pass
        with pytest.raises(CannotRun, match=r"already served at http://127\.0\.0\.1:8000"), held(tmp_path, "http://x"):
            pass
    with held(tmp_path, "http://127.0.0.1:8001"):
        pass


def test_a_folder_that_was_not_there_is_closed_to_others(tmp_path: Path) -> None:
    with held(tmp_path / "new" / "var", "http://127.0.0.1:8000"):
        assert stat.S_IMODE((tmp_path / "new" / "var").stat().st_mode) & 0o066 == 0
        assert stat.S_IMODE((tmp_path / "new" / "var" / "log").stat().st_mode) == 0o700


def test_too_little_room_is_told_before_anything_is_started(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="DATA_DIR to another disk"), held(tmp_path, "x", least_free=1 << 62):
        pass


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotRun, match="cannot be written") as caught, held(tmp_path / "file" / "var", "x"):
        pass
    assert str(tmp_path / "file") in str(caught.value)


def test_a_disk_that_fills_up_later_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="is full"), held(tmp_path, "x"):
        Path("/dev/full").write_text("x")


def test_another_fault_of_the_machine_keeps_its_own_words(tmp_path: Path) -> None:
    assert "Input/output error" in str(explained(OSError(5, "Input/output error"), tmp_path))
