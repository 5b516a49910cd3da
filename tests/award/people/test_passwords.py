import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

import config
from award.people.breached import is_breached
from award.people.passwords import faults, is_guessable, normal


@pytest.mark.parametrize(
    "password",
    ["12345678", "Matkhau123", "Mật khẩu 2024!", "123456a@", "GiaiBaoChi2023", "búa liềm vàng 8", "aaaabbbb"],
)
def test_the_first_guesses_are_refused(password: str) -> None:
    assert is_guessable(password)


@pytest.mark.parametrize("password", ["sóng biển rì rào", "gió đông bắc", "kX9#vmQ2", "mua buom ngoai hien"])
def test_no_composition_is_asked(password: str) -> None:
    assert not is_guessable(password)


def test_the_names_of_the_owner_are_guesses_too() -> None:
    own = ("vananh.2001", "Nguyễn Thị Vân", "Hà Vân")
    assert is_guessable("VanAnh1999", own)
    assert is_guessable("nguyenthivan@1", own)
    assert not is_guessable("VanAnh1999")


@pytest.mark.parametrize(("length", "good"), [(7, False), (8, True), (128, True), (129, False)])
def test_lengths_are_counted_in_characters(app: Flask, length: int, good: bool) -> None:
    with app.test_request_context():
        assert (faults(("sóngbiển" * 20)[:length]) == []) is good


def test_composed_forms_meet_and_nothing_else_changes() -> None:
    assert normal("so\u0301ng ") == "sóng "
    assert normal("Sóng") != normal("sóng")


def test_a_password_that_came_to_light_elsewhere_is_refused(
    app: Flask, settings: config.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = [f"song bien {number}" for number in range(100)]
    listed = tmp_path / "listed.txt"
    hashes = sorted(hashlib.sha1(each.encode(), usedforsecurity=False).hexdigest().upper() for each in lost)
    for count in (0, 1, 2, 100):
        listed.write_text("".join(f"{each}:{'7' * (n % 5)}\n" for n, each in enumerate(hashes[:count])))
        assert sum(is_breached(each, listed) for each in lost) == count
    assert not is_breached("song bien", listed)
    with app.test_request_context():
        assert faults(lost[7]) == []
        monkeypatch.setitem(app.extensions, "settings", replace(settings, breached_passwords=listed))
        assert faults(lost[7])
        assert faults("gió đông bắc") == []
