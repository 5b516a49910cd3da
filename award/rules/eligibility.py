"""Whether a work may enter, as pure functions: facts of the work + rules of the edition -> findings.

Each rule is one function. A verdict is red only where the edition's rules have a clause to cite; otherwise the same
fault is amber. What a dossier lacks is a finding with `missing`, whatever its colour.
"""

from collections.abc import Iterable

from award.rules import authors, dossier, limits, work
from award.rules.facts import (
    DECLARATIONS,
    LIMITS,
    AuthorFacts,
    CaptionFacts,
    CategoryLimits,
    Colour,
    EntryFacts,
    Finding,
    LengthFacts,
    PartFacts,
    PriorPrizeFacts,
    PrizedFacts,
    RuleBook,
    SlotFacts,
    TwinFacts,
)

__all__ = [
    "DECLARATIONS",
    "LIMITS",
    "AuthorFacts",
    "CaptionFacts",
    "CategoryLimits",
    "EntryFacts",
    "Finding",
    "LengthFacts",
    "PartFacts",
    "PriorPrizeFacts",
    "PrizedFacts",
    "RuleBook",
    "SlotFacts",
    "TwinFacts",
    "blocking",
    "findings",
    "missing",
    "worst",
]

RULES = (
    work.title,
    work.genre,
    work.of_the_whole,
    work.publisher,
    work.licensed_outlet,
    work.kind_of_outlet,
    work.one_category,
    work.newsroom_confirmation,
    limits.works_per_newsroom,
    work.parts_present,
    work.window,
    work.first_publication,
    limits.max_parts,
    work.whereabouts,
    work.links,
    authors.authors_present,
    authors.shares,
    authors.guardians,
    authors.guardian_papers,
    authors.consent_stands,
    limits.max_group_size,
    limits.works_per_author,
    limits.works_per_group,
    authors.organisers,
    authors.judges,
    authors.judged_by_others,
    authors.byline,
    dossier.files,
    dossier.lengths,
    dossier.captions,
    dossier.prior_prizes,
    dossier.declarations,
)

_ORDER: tuple[Colour, ...] = ("not_applicable", "green", "amber", "red")


def findings(facts: EntryFacts, book: RuleBook) -> list[Finding]:
    """What every rule says of this work, in the order of the form."""
    return [finding for rule in RULES for finding in rule(facts, book)]


def missing(found: Iterable[Finding]) -> list[Finding]:
    """What the dossier still lacks."""
    return [finding for finding in found if finding.missing]


def blocking(found: Iterable[Finding]) -> list[Finding]:
    """What keeps the work from being submitted."""
    return [finding for finding in found if finding.blocks]


def worst(found: Iterable[Finding]) -> Colour:
    """The gravest verdict among them; not_applicable when there is none."""
    return max((finding.verdict for finding in found), key=_ORDER.index, default="not_applicable")
