"""Making awards and their editions."""

from flask_babel import lazy_gettext as _

from award.db import session
from award.editions.models import Appointment, Award, Edition, Round
from award.editions.operations.locking import flush_or_refuse
from award.editions.permissions import can_create
from award.editions.queries import organises_award
from award.log.operations import record
from award.people.models import Person
from award.text import one_line
from award.verdicts import Verdict, require

ROUNDS = ("Sơ khảo", "Chung khảo")
"""What an edition begins with; they are renamed, removed and added on a screen."""


def create_award(*, by: Person, slug: str, name: str, place: str) -> Award:
    """The award exists, without editions. For administrators."""
    require(can_create(administrator=_administers(by), organises_award=False))
    made = Award(slug=slug, name=one_line(name), place=one_line(place))
    session.add(made)
    flush_or_refuse({"uq_award_slug": slug_taken()})
    record("award.created", actor_id=by.id, award_id=made.id, subject=made, facts={"slug": slug})
    return made


def create_edition(
    *,
    by: Person,
    award: Award,
    ordinal: int,
    ordinal_words: str,
    year: int,
    name: str,
    slug: str,
    code_prefix: str,
    illustrative: bool = False,
) -> Edition:
    """A draft edition with two rounds to fill in; whoever makes it is its organiser.

    Raises Refused `slug` or `ordinal` when the address or the number is taken.
    """
    require(can_create(administrator=_administers(by), organises_award=organises_award(by.id, award.id)))
    made = Edition(
        award_id=award.id,
        ordinal=ordinal,
        ordinal_words=one_line(ordinal_words),
        year=year,
        name=one_line(name),
        slug=slug,
        code_prefix=one_line(code_prefix),
        illustrative=illustrative,
    )
    session.add(made)
    flush_or_refuse(taken())
    session.add_all(Round(edition_id=made.id, ordinal=n, name=words) for n, words in enumerate(ROUNDS, start=1))
    session.add(Appointment(edition_id=made.id, person_id=by.id, role="organiser"))
    session.flush()
    session.refresh(made)
    record("edition.created", actor_id=by.id, award_id=award.id, subject=made, facts={"slug": slug})
    return made


def slug_taken() -> Verdict:
    return Verdict("slug", str(_("Địa chỉ này đã dùng.")))


def taken() -> dict[str, Verdict]:
    """What of an edition can be taken by another, by the constraint that says so."""
    return {
        "uq_edition_slug": slug_taken(),
        "uq_edition_award_id_ordinal": Verdict("ordinal", str(_("Giải đã có lần thứ này."))),
    }


def _administers(person: Person) -> bool:
    return bool(person.user and person.user.administrator)
