"""docs/guides speaks of what stands on the screens: each word in bold is a word of the product, in both languages."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
GUIDES = ROOT / "docs" / "guides"
CATALOGUE = ROOT / "award" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PAGES = {
    "reporter": "phong-vien",
    "newsroom": "toa-soan",
    "secretary": "thu-ky",
    "organiser": "ban-to-chuc",
    "accountant": "ke-toan",
    "judge": "giam-khao",
    "chair": "chu-tri",
    "auditor": "giam-sat",
    "operator": "quan-tri",
}


@pytest.fixture(scope="module")
def words() -> dict[str, set[str]]:
    """Language → what the screens say in it, with … for whatever is filled in."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    said = {"vi": {str(each.id) for each in messages}, "en": {str(each.string) for each in messages}}
    filled = re.compile(r"%\(\w+(?::[^)|]*\|(?P<many>[^)]*))?\)s|\{\w+\}")
    return {
        language: {filled.sub(lambda found: found["many"] or "…", each) for each in texts}
        for language, texts in said.items()
    }


@pytest.mark.parametrize(("english", "vietnamese"), PAGES.items())
def test_each_role_has_its_page_in_both_languages_and_every_label_is_on_a_screen(
    words: dict[str, set[str]], english: str, vietnamese: str
) -> None:
    for language, name in (("vi", vietnamese), ("en", english)):
        page = (GUIDES / language / f"{name}.md").read_text()
        labels = [label for label in re.findall(r"\*\*(.+?)\*\*", page) if not label.endswith(".")]
        assert labels
        assert not [label for label in labels if label not in words[language]], name


def test_no_page_stands_beside_these() -> None:
    found = {language: {path.stem for path in (GUIDES / language).iterdir()} for language in ("vi", "en")}
    assert found == {"vi": set(PAGES.values()), "en": set(PAGES)}
