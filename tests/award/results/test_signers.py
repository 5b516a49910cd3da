"""Name and post of who signed, from one typed line."""

import pytest

from award.results.signers import signed_by


@pytest.mark.parametrize(
    ("signatory", "signer", "post"),
    [
        ("Nguyễn Văn Hòa, Trưởng Ban", "Nguyễn Văn Hòa", "Trưởng Ban"),
        ("Trưởng Ban, Nguyễn Văn Hòa", "Nguyễn Văn Hòa", "Trưởng Ban"),
        ("Trưởng Ban Tổ chức Giải", "", "Trưởng Ban Tổ chức Giải"),
        ("Phó Trưởng Ban Thường trực, Phó Bí thư", "", "Phó Trưởng Ban Thường trực, Phó Bí thư"),
        ("Phó Đức Hòa", "Phó Đức Hòa", ""),
    ],
)
def test_who_signs_is_read_from_what_was_recorded(signatory: str, signer: str, post: str) -> None:
    assert signed_by(signatory) == (signer, post)
