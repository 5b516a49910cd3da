"""An author younger than 18: who consents is told, and what they signed has a place that nobody else is asked for."""

from award.db import session, unit_of_work
from award.editions.models import FileSlot
from award.entries import queries
from award.entries.foreseen import foreseen
from award.entries.models import EntryFile
from award.newsrooms import signers
from tests.award.entries.conftest import Scene, made_file


def test_the_place_is_there_for_minors_and_no_judge_reads_it(scene: Scene) -> None:
    with unit_of_work():
        slot = FileSlot(
            category_id=scene.category_id, ordinal=9, code="dong-y", label="Giấy đồng ý", kinds=["pdf"], at_least=0,
            max_bytes=10**6, per_part=False, for_judges=False, for_minors=True,
        )  # fmt: skip
        session.add(slot)
        entry = scene.draft()
    assert queries.dossier(entry.id).place("dong-y") is None
    with unit_of_work():
        author = entry.authors[0]
        author.minor, author.guardian, author.guardian_relation = True, "Trần Thị Ba", "mẹ"
        author.person_id = None
    read = queries.dossier(entry.id)
    assert read.place("dong-y") is not None
    assert read.authors[0].consenting == "Trần Thị Ba (mẹ)"
    (person,) = signers.of([(1, read)])
    assert signers.called(person) == f"{read.authors[0].legal_name} (dưới 18 tuổi) và Trần Thị Ba (mẹ)"
    with unit_of_work():
        file = made_file(scene.entrant)
        entry.files.append(EntryFile(slot_id=slot.id, file_id=file.id))
        author.minor = False
    read = queries.dossier(entry.id)
    assert read.place("dong-y") is not None, "what was sent stays in sight"
    assert file.public_id not in {each.one.file_id for each in foreseen(read, scene.edition)}
