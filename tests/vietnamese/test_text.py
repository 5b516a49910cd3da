"""One form for every text at every border: composed, without what nobody sees; and names that files keep."""

import unicodedata

import pytest

from award.text import canonical, folded, length, name_sort_key, one_line
from uploads.serve import clean_name, content_disposition

NAMES = (
    "Nguyễn Thị Ánh",
    "Đỗ Đạt",
    "Phạm Đức Ưng",
    "Trần Thị Thuỷ",
    "Hoàng Hữu Nghĩa",
    "Lê Thị Mỹ Lệ",
    "Võ Văn Kiệt",
    "Y Ngông Niê Kđăm",
    "K'Brêu",
    "Ân Đức Ê",
    "Bùi Ơn",
    "Ngô Thị Quỳnh Như",
)
SAME = [
    ("Nguyễn\u200b Văn", "Nguyễn Văn"),
    ("\ufeffĐỗ Đạt", "Đỗ Đạt"),
    ("Khánh\u00a0Hòa", "Khánh Hòa"),
    ("  Lê   Bảo  ", "Lê Bảo"),
    ("Lê\tBảo", "Lê Bảo"),
    ("Lê\r\nBảo", "Lê Bảo"),
    ("Ｋｈánh Ｈòa", "Khánh Hòa"),
    ("１５９-KH/TU", "159-KH/TU"),
    ("Phạm\u00adĐức", "PhạmĐức"),
    ("Trần\u202e Ân", "Trần Ân"),
    ("Mai\u3000An", "Mai An"),
    ("Cao\x07 Ôn", "Cao Ôn"),
]
FILES = [
    ("Đường về bản.docx", "Duong ve ban.docx"),
    ("đ.mp4", "d.mp4"),
    ("Phóng sự điều tra.mp3", "Phong su dieu tra.mp3"),
    ("Kỳ 1: Nước lên nương.pdf", "Ky 1_ Nuoc len nuong.pdf"),
    ("ảnh/gốc.jpg", "anh_goc.jpg"),
    ("BÁO CÁO.PDF", "BAO CAO.PDF"),
    ("Ưng.png", "Ung.png"),
    ("Ỷ lại.txt", "Y lai.txt"),
    ("“Điểm nghẽn”.docx", "_Diem nghen_.docx"),
    ("tiếng ồn.wav", "tieng on.wav"),
    ("100% số hóa.xlsx", "100_ so hoa.xlsx"),
    ("bản\u200bquét.pdf", "banquet.pdf"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_decomposed_name_is_the_composed_one(name: str) -> None:
    apart = unicodedata.normalize("NFD", name)
    assert apart != name or name == "K'Brêu"
    assert one_line(apart) == name
    assert folded(apart) == folded(name)
    assert name_sort_key(apart) == name_sort_key(name)


@pytest.mark.parametrize(("typed", "kept"), SAME)
def test_what_nobody_sees_is_not_kept(typed: str, kept: str) -> None:
    assert one_line(typed) == kept
    assert unicodedata.is_normalized("NFC", canonical(typed))


@pytest.mark.parametrize(("name", "plain"), FILES)
def test_a_file_keeps_its_name_and_old_readers_get_a_plain_one(name: str, plain: str) -> None:
    header = content_disposition(name, inline=False)
    assert f'filename="{plain}"' in header
    assert clean_name(unicodedata.normalize("NFD", name)) == clean_name(name)
    assert clean_name(name).rpartition(".")[2] == name.rpartition(".")[2]


LENGTHS = [
    ("", 0),
    ("Đường", 5),
    (unicodedata.normalize("NFD", "Đường"), 5),
    (unicodedata.normalize("NFD", "Nguyễn Thị Ánh"), 14),
    ("ế" * 500, 500),
    (unicodedata.normalize("NFD", "ế") * 500, 500),
    ("ĕ\u0323", 1),
    ("k\u0303đăm", 4),
]


@pytest.mark.parametrize(("typed", "n"), LENGTHS, ids=[f"{n} {typed[:6]}" for typed, n in LENGTHS])
def test_a_limit_counts_the_letters_people_see(typed: str, n: int) -> None:
    assert length(typed) == n
