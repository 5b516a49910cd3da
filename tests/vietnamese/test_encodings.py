"""Text of old fonts: read where it is, and nothing else is ever touched."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award import encodings
from award.encodings import is_syllable, reading, readings

ROOT = Path(__file__).parents[2]
TCVN3 = [
    ("NguyÔn Ngäc B×nh", "Nguyễn Ngọc Bình"),
    ("TrÇn ThÞ ¸nh", "Trần Thị ánh"),
    ("B¸o Kh¸nh Hßa", "Báo Khánh Hòa"),
    ("§µi Ph¸t thanh - TruyÒn h×nh", "Đài Phát thanh - Truyền hình"),
    ("Khi bÝ th\u00ad chi bé xuèng ruéng", "Khi bí thư chi bộ xuống ruộng"),
    ("x\u00ad¬ng sèng cña §¶ng", "xương sống của Đảng"),
    ("Gi÷ lêi høa víi d©n", "Giữ lời hứa với dân"),
    ("ngêi d©n c¸c níc", "người dân các nước"),
    ("nh÷ng viÖc nh thÕ", "những việc như thế"),
    ("nhng Ýt ai biÕt", "nhưng ít ai biết"),
    ("TR¦êNG §¹I HäC TH¦¥NG M¹I", "TRƯỜNG ĐẠI HỌC THƯƠNG MẠI"),
    ("CHñ BI£N: PGS.TS. NGUYÔN V¡N MINH", "CHỦ BIÊN: PGS.TS. NGUYỄN VĂN MINH"),
    ("Lª §¹i Hµnh, ngµy 5/7/2023", "Lê Đại Hành, ngày 5/7/2023"),
    ("Chi nh¸nh Vietcombank Kh¸nh Hßa", "Chi nhánh Vietcombank Khánh Hòa"),
    ("Hå Quý Ly", "Hồ Quý Ly"),
    ("X©y dùng §¶ng trong s¹ch, v÷ng m¹nh", "Xây dựng Đảng trong sạch, vững mạnh"),
    ("dòng c¶m, ®æi míi, s¸ng t¹o", "dũng cảm, đổi mới, sáng tạo"),
    ("Tù phª b×nh vµ phª b×nh", "Tự phê bình và phê bình"),
]
VNI = [
    ("Nguyeãn Vaên An", "Nguyễn Văn An"),
    ("Vieät Nam", "Việt Nam"),
    ("Baùo Khaùnh Hoøa", "Báo Khánh Hòa"),
    ("Ñaøi Phaùt thanh - Truyeàn hình", "Đài Phát thanh - Truyền hình"),
    ("Giöõ lôøi höùa vôùi daân", "Giữ lời hứa với dân"),
    ("ÑAÛNG BOÄ TÆNH KHAÙNH HOØA", "ĐẢNG BỘ TỈNH KHÁNH HÒA"),
    ("YÙ Ñaûng loøng daân", "Ý Đảng lòng dân"),
    ("Ñoã Ñaït, Traàn Thò Myõ", "Đỗ Đạt, Trần Thị Mỹ"),
    ("Xin chaøo caùc baïn", "Xin chào các bạn"),
    ("ngöôøi daân caùc nöôùc", "người dân các nước"),
    ("Xaây döïng Ñaûng trong saïch, vöõng maïnh", "Xây dựng Đảng trong sạch, vững mạnh"),
    ("kyù söï, phoùng söï", "ký sự, phóng sự"),
    ("Tyø Baø haønh", "Tỳ Bà hành"),
    ("theá heä treû, tuoåi treû", "thế hệ trẻ, tuổi trẻ"),
]
OTHERS = (
    "Hà Nội",
    "Bá Hòa",
    "và các bài báo",
    "Café Beyoncé",
    "Müller",
    "Thomas Müller và Manuel Neuer",
    "naïve",
    "São Paulo",
    "El Niño",
    "Curaçao",
    "Zoë và Chloé",
    "«Tràng An»",
    "5 µm",
    "½ lít, ¾ cốc",
    "© 2023 Báo Khánh Hòa",
    "20 m², 3 × 4, 10 ÷ 2",
    "§ 5, ¶ 2",
    "thé",
    "ký sù, phãng sù",
    "må",
    "Đắk Lắk",
    "Y Ngông Niê Kđăm",
    "K'Brêu",
    "Pôn Pốt",
    "https://baokhanhhoa.vn/tin/bài-viết",
    "TP. Nha Trang",
    "",
)


@pytest.mark.parametrize(("old", "new"), TCVN3)
def test_tcvn3_is_read(old: str, new: str) -> None:
    assert reading(old) == encodings.Reading("TCVN3", new)


@pytest.mark.parametrize(("old", "new"), VNI)
def test_vni_is_read(old: str, new: str) -> None:
    assert reading(old) == encodings.Reading("VNI", new)


@pytest.mark.parametrize("text", OTHERS)
def test_foreign_names_signs_and_vietnamese_stay(text: str) -> None:
    assert reading(text) is None
    assert reading(unicodedata.normalize("NFD", text)) is None


def sentences() -> list[str]:
    """What the house itself says in Vietnamese, from its templates."""
    every = [path.read_text() for path in sorted((ROOT / "templates").rglob("*.html"))]
    return [said for text in every for said in re.findall(r'_\("([^"]+)"', text)]


def test_no_sentence_of_the_house_is_touched() -> None:
    said = sentences()
    assert len(said) > 1000
    assert [text for text in said if reading(text) is not None] == []


LATIN = sorted(
    {
        word
        for text in sentences()
        for word in re.findall(r"[^\W\d_]+", text)
        if not word.isascii() and max(word) < "\u0100" and is_syllable(word)
    }
)
"""Words of Vietnamese whose every letter old encodings have, too: báo, hòa, là."""


@given(st.lists(st.sampled_from([*LATIN, "Nha", "Trang", "2023", "VTV", "online", "–"]), min_size=1, max_size=12))
def test_vietnamese_that_happens_to_use_no_other_letters_stays(words: list[str]) -> None:
    assert reading(" ".join(words)) is None


WORDS = sorted(
    {word.lower() for text in sentences() for word in re.findall(r"[^\W\d_]+", text) if is_syllable(word.lower())}
)
BACK = {table.name: {new: old for old, new in reversed(table.letters.items())} for table in encodings._TABLES}


def written(text: str, name: str) -> str:
    """The text as that encoding has it."""
    return "".join(BACK[name].get(char, char) for char in text)


@pytest.mark.parametrize("name", ["TCVN3", "VNI"])
@given(words=st.lists(st.sampled_from(WORDS), min_size=3, max_size=15))
def test_what_is_written_in_an_old_encoding_reads_as_it_was(name: str, words: list[str]) -> None:
    text = " ".join(words)
    found = reading(written(text, name))
    if found is None:  # it stands as well in itself, or is read by the other table as well: "tæ" is tổ or tỉ
        both = [encodings._read(written(text, name), table, sure=False) for table in encodings._TABLES]
        assert all(both) or len({word for word in words if not is_syllable(written(word, name))}) <= 1
    elif found.encoding == name and ("ư" in text or name == "VNI"):
        assert found.text == text


def test_every_letter_of_the_alphabet_has_its_place_in_both() -> None:
    letters = "ăâđêôơư" + "".join(
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưy"
        for tone in ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    )
    assert len(letters) == 67
    for name, back in BACK.items():
        missing = [letter for letter in letters if letter not in back]
        assert missing == [], name
        assert len({back[letter] for letter in letters}) == 67
    assert all(letter.upper() in BACK["VNI"] for letter in letters)


def test_what_stands_beside_old_text_is_read_with_it() -> None:
    row = {"genre": "Phãng sù", "title": "Gi÷ lêi høa", "others": "Báo in", "kind": "hòa bình", "link": "Nha Trang"}
    assert {name: read.text for name, read in readings(row).items()} == {"genre": "Phóng sự", "title": "Giữ lời hứa"}
    assert readings(row | {"title": "Giữ lời hứa"}) == {}
    assert readings(row | {"title": "Giöõ lôøi höùa"}).keys() == {"title"}
    for text in ("Báo in", "hòa bình", "Hà Vân", "Hà Nội", "Là và các", "Xây dựng", "Nha Trang"):
        assert reading(text, beside_tcvn3=True) is None
