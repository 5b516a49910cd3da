"""What an objection may be about: the edition, a round, one's own works, and prizes once they are public."""

from flask_babel import gettext as _

from award.cases import queries
from award.cases.queries import Subject
from award.clock import now
from award.editions.models import Edition

EDITION = "edition"


def offered(edition: Edition, person_id: int | None) -> list[Subject]:
    """What the form offers the person; with no person, as for a letter, works are told by their code."""
    found = [Subject(EDITION, "edition", _("Giải nói chung"))]
    found += [
        Subject(f"round:{each.public_id}", "round", each.name, round_id=each.id) for each in queries.rounds(edition.id)
    ]
    if person_id is not None:
        found += [
            Subject(f"work:{each.public_id}", "work", _("Tác phẩm “%(title)s”", title=each.title), entry_id=each.id)
            for each in queries.own_works(edition.id, person_id)
        ]
    found += [
        Subject(
            f"prize:{entry.public_id}",
            "prize",
            _("%(level)s của tác phẩm “%(title)s”", level=level, title=entry.title),
            entry_id=entry.id,
        )
        for entry, level in queries.works_with_prize(edition, now())
    ]
    return list({each.key: each for each in found}.values())


def of_code(edition: Edition, code: str) -> Subject | None:
    """The work whose dossier a letter cites."""
    entry = queries.work_of_code(edition.id, code)
    return None if entry is None else Subject(f"work:{entry.public_id}", "work", entry.title, entry_id=entry.id)
