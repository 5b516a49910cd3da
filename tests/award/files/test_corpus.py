"""The hostile corpus through the real path: begun, sent to the store in parts, finished, examined by the worker."""

import hashlib
from collections.abc import Callable

import pytest

from award.db import unit_of_work
from award.files.models import File
from award.verdicts import Refused
from tests import factories
from tests.award.files.conftest import Sender, fresh, pdf_of
from tests.uploads.hostile import ALL_KINDS, CORPUS, NAMES
from uploads.kinds import ending_of

pytestmark = pytest.mark.usefixtures("ctx")


def test_each_of_the_corpus_ends_as_it_should(
    sender: Sender, run_jobs: Callable[[], None], request: pytest.FixtureRequest
) -> None:
    """A third of it in every run, the whole with --long."""
    tried = CORPUS if request.config.getoption("--long") else CORPUS[::3]
    sent: dict[str, File] = {}
    found: dict[str, str] = {}
    for each in tried:
        try:
            sent[each.what] = sender.stored(each.data, each.name, ALL_KINDS)
        except Refused as refused:
            found[each.what] = refused.verdict.code
    run_jobs()
    specimens = {each.what: each for each in tried}
    for what, file in sent.items():
        kept = fresh(file)
        assert kept.sha256 == hashlib.sha256(specimens[what].data).hexdigest(), "every byte was read"
        assert kept.scan == "not_scanned", "no scanner looked, and nobody says one did"
        assert kept.state == "ready" or kept.renditions == []
        found[what] = kept.reason or kept.state
    assert found == {each.what: each.outcome for each in tried}
    assert len(CORPUS) + len(NAMES) >= 60


@pytest.mark.parametrize(("name", "kept"), NAMES)
def test_a_name_is_kept_as_far_as_it_is_harmless(sender: Sender, name: str, kept: str) -> None:
    file = sender.begin(pdf_of("Trang 1"), name)
    assert file.name == kept
    assert ending_of(file.name) == "pdf"


def test_the_largest_that_may_come_and_one_byte_more(sender: Sender) -> None:
    from award.files import operations
    from tests.award.files.conftest import hashes_of

    data = pdf_of("Trang 1")

    def begin(limit: int) -> File:
        with unit_of_work():
            return operations.begin(
                uploader=sender.person,
                name="a.pdf",
                size=len(data),
                part_hashes=hashes_of(data),
                kinds=["pdf"],
                max_bytes=limit,
            )

    assert begin(len(data)).state == "uploading"
    with pytest.raises(Refused) as refused:
        begin(len(data) - 1)
    assert refused.value.verdict.code == "file_too_large"


def test_the_same_bytes_as_somebody_elses_are_a_file_of_their_own(sender: Sender) -> None:
    data = pdf_of("Trang 1")
    theirs = sender.begin(data)
    with unit_of_work():
        other = Sender(sender.app, factories.person("Trần Minh"))
    mine = other.begin(data)
    assert mine.fingerprint == theirs.fingerprint
    assert (mine.key, mine.public_id) != (theirs.key, theirs.public_id)
