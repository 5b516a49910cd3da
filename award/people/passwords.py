"""Which passwords are refused: too short, too long, or among the first a guesser tries here. Nothing else is asked."""

import secrets
import unicodedata
from collections.abc import Iterable
from typing import Any

from argon2 import PasswordHasher
from flask import current_app
from flask_babel import gettext
from flask_security import PasswordUtil

from award.people.breached import is_breached
from award.people.models import User
from award.text import folded

SHORTEST, LONGEST = 8, 128

_COMMON_WORDS = """
password password1 passw0rd p@ssw0rd p@ssword admin123 admin@123 administrator welcome1 letmein1 iloveyou
qwertyui qwerty123 qwertyuiop 1q2w3e4r 1qaz2wsx zaq12wsx asdfghjk asdfghjkl zxcvbnm1 abcd1234 abc12345 abc@1234
12345678 123456789 1234567890 0123456789 0987654321 987654321 87654321 11111111 00000000 88888888 99999999
66668888 68686868 12341234 11223344 123123123 147258369 123456a@ 123456aa 123456a 123456abc abc123456 a123456789
a12345678 123456789a 12345678a aa123456 aa@123456 1234567a khongbiet khongcopass anhyeuem emyeuanh yeuemnhieu
toiyeuban concacacon nguyenvan nguyenthi vietnam1 vietnam123 vietnamvodich hanoi123 saigon123 khanhhoa nhatrang
nhatrang123 khanhhoa123 hoilamgi motminh123 giadinh123 hanhphuc thanhcong matkhau1 matkhau12 matkhau123 matkhaumoi
matkhau@123 quenmatkhau dangnhap dangnhap123 doimatkhau
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_OF_THIS_PLACE = (
    "matkhau",
    "password",
    "giaibaochi",
    "bualiemvang",
    "xaydungdang",
    "baochi",
    "nhabao",
    "phongvien",
    "giamkhao",
    "toasoan",
    "tothuky",
    "bantochuc",
    "tinhuy",
    "tuyengiao",
    "danvan",
    "baokhanhhoa",
)
"""Words of an award: refused when nothing but digits and signs stands around them."""


def normal(password: str) -> str:
    """The one form of a password however the keyboard composed it. Nothing is trimmed, no case is changed."""
    return unicodedata.normalize("NFC", password)


def is_guessable(password: str, own: Iterable[str] = ()) -> bool:
    """Whether the password is one of the first that anybody would try, given the names of its owner."""
    plain = folded(password).replace(" ", "")
    letters = _letters(password)
    names = {_letters(name) for name in own} - {""}
    return plain in _COMMON or letters in _OF_THIS_PLACE or letters in names or len(set(plain)) < 4


def _letters(words: str) -> str:
    return "".join(char for char in folded(words) if char.isalpha())


def that_nobody_knows() -> str:
    """A well-formed hash that no password fits: the account opens by other ways, or after a new password is set."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(secrets.token_bytes(32))


def faults(password: str, own: Iterable[str] = ()) -> list[str]:
    """What is wrong with a new password, in words; empty when it can be used."""
    if not SHORTEST <= len(normal(password)) <= LONGEST:
        return [gettext("Mật khẩu dài từ %(least)s đến %(most)s ký tự.", least=SHORTEST, most=LONGEST)]
    if is_guessable(password, own):
        return [gettext("Mật khẩu này dễ đoán. Đề nghị chọn một cụm từ dài hơn, riêng của mình.")]
    listed = current_app.extensions["settings"].breached_passwords
    if listed and is_breached(normal(password), listed):
        return [gettext("Mật khẩu này đã bị lộ ở nơi khác. Đề nghị chọn mật khẩu chưa dùng ở đâu.")]
    return []


def names_of(user: User) -> tuple[str, ...]:
    """What a guesser knows of the owner of an account."""
    return user.email.partition("@")[0], user.person.legal_name, user.person.pen_name


class HousePasswords(PasswordUtil):
    """The rule above, for the forms of the account library."""

    def normalize(self, password: str) -> str:
        return normal(password)

    def validate(self, password: str, is_register: bool, **about: Any) -> tuple[list[str] | None, str]:
        user = None if is_register else about.get("user")
        return faults(password, names_of(user) if user else ()) or None, normal(password)
