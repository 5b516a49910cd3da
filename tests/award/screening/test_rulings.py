"""What stands beside a dossier: every rule by a name in words, and of a work with links whether they were opened."""

import re
from pathlib import Path

import pytest
from flask import Flask

from award.rules.eligibility import Finding
from award.screening.rulings import Said, against, rulings

pytestmark = pytest.mark.usefixtures("ctx")
SPOKEN_OF = re.compile(r'(?:present|lacking|Finding|not_applicable|met|unmet)\(\s*"(\w+)"|code(?:, \w+)* = "(\w+)"')


def codes() -> list[str]:
    sources = (path.read_text() for path in Path("award/rules").glob("*.py"))
    return sorted({first or second for source in sources for first, second in SPOKEN_OF.findall(source)})


def test_every_rule_has_a_name_in_words(ctx: Flask) -> None:
    assert len(codes()) > 25
    for code in codes():
        (ruling, *_people) = rulings([Finding(code, "", "green", "Đạt.", "work.title")], ())
        assert str(ruling.label) != code, f"{code} has no name"


def test_a_link_is_opened_by_a_person_and_their_word_counts() -> None:
    title = Finding("title", "", "green", "Đã ghi tên tác phẩm.", "work.title")
    link = Finding("link", "", "green", "Đường dẫn đúng dạng.", "parts.a.link")
    assert [each.code for each in rulings([title], ())] == ["title", "theme", "content"]
    assert [each.code for each in rulings([title, link], ())][-1] == "link_opened"
    gone = rulings([title, link], [Said("link_opened", "red", "Điều 3", "Đường dẫn không mở được")])
    assert [(each.code, each.ground) for each in against(gone)] == [("link_opened", "Đường dẫn không mở được")]
