"""What strangers try goes the whole way: asked for by name, sent to the store in parts, read by the worker, told."""

import hashlib
import unicodedata
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from award.db import session, unit_of_work
from award.files import operations, words
from award.files.models import File
from award.files.tasks import verify
from award.log.models import Event
from award.verdicts import Refused
from tests import factories
from tests.award.files.conftest import Sender, fresh, hashes_of
from tests.uploads import threats
from tests.uploads.corpus import pdf
from tests.uploads.threats import Threat

pytestmark = pytest.mark.usefixtures("ctx")


def named(all_of_them: Sequence[Threat]) -> list[object]:
    return [pytest.param(each, id=each.what) for each in all_of_them]


def begun(sender: Sender, threat: Threat, data: bytes) -> File | None:
    """The file, or None where the refusal is the one that was expected."""
    if not threat.outcome.startswith("begin: "):
        return sender.begin(data, threat.name, [threat.kind])
    with pytest.raises(Refused) as refused:
        sender.begin(data, threat.name, [threat.kind])
    assert f"begin: {refused.value.verdict.code}" == threat.outcome
    assert session.scalars(select(File)).all() == []
    return None


@pytest.mark.parametrize("threat", named(threats.BYTES))
def test_bytes_get_the_verdict_they_deserve(sender: Sender, threat: Threat) -> None:
    data = threat.data()
    file = begun(sender, threat, data)
    if file is None:
        return
    sender.send(file, data)
    sender.finish(file)
    verify(file_id=file.id)
    found = fresh(file)
    assert (found.state, found.reason or "") == ("rejected" if threat.outcome else "ready", threat.outcome)
    assert found.sha256 == hashlib.sha256(data).hexdigest(), "every byte was read, whatever they are"
    assert found.scan == "not_scanned", "no scanner looked, and nobody says one did"
    last = session.scalars(select(Event.kind).order_by(Event.id)).all()[-1]
    if threat.outcome:
        assert words.state_of(found).word.startswith("Không dùng được: ") and found.renditions == []
        assert last == "file.rejected"
    else:
        assert (words.state_of(found).word, last) == ("Dùng được", "file.ready")


@pytest.mark.parametrize("threat", named(threats.NAMES))
def test_names_become_harmless_and_stay_themselves(sender: Sender, threat: Threat) -> None:
    data = threat.data()
    file = begun(sender, threat, data)
    if file is not None:
        assert file.name == unicodedata.normalize("NFC", threat.shown or threat.name)
        assert file.key.startswith("originals/") and not set(threat.name[:3]) & set(file.key.rpartition("/")[2]) - set(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
        ), "the name is no part of the key"


def test_a_name_with_its_marks_apart_is_the_name_with_its_marks_on(sender: Sender) -> None:
    apart, together = (unicodedata.normalize(form, "Đường về bản.pdf") for form in ("NFD", "NFC"))
    assert apart != together
    assert sender.begin(pdf(), apart).name == sender.begin(pdf(pages=2), together).name


@pytest.mark.parametrize(("over", "code"), [(0, ""), (1, "file_too_large")])
def test_as_large_as_is_allowed_and_one_byte_more(sender: Sender, over: int, code: str) -> None:
    data = pdf(pages=3)

    def begin() -> File:
        with unit_of_work():
            return operations.begin(
                uploader=sender.person,
                name="bai.pdf",
                size=len(data),
                part_hashes=hashes_of(data),
                kinds=["pdf"],
                max_bytes=len(data) - over,
            )

    if not code:
        file = begin()
        sender.send(file, data)
        sender.finish(file)
        verify(file_id=file.id)
        assert fresh(file).state == "ready"
        return
    with pytest.raises(Refused, match=code):
        begin()


def test_the_copy_of_somebody_elses_file_is_a_file_of_its_own(sender: Sender) -> None:
    """The same bytes from another person: nothing is shared, nothing is told, and neither can reach the other's."""
    data = pdf(pages=2)
    first = sender.stored(data)
    with unit_of_work():
        other = Sender(sender.app, factories.person())
    second = other.stored(data)
    for file in (first, second):
        verify(file_id=file.id)
    assert (fresh(first).state, fresh(second).state) == ("ready", "ready")
    assert first.key != second.key and fresh(first).sha256 == fresh(second).sha256
    with unit_of_work():
        operations.discard(file=session.get_one(File, first.id))
    assert fresh(second).state == "ready"
