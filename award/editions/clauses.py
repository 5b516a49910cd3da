"""What an edition says of the matters in `statute`: settled by a value or by "không quy định"; nothing guesses one.

A rule that cites no clause of the paper may warn and never refuse: ask `Rule.may_refuse`.
"""

from dataclasses import dataclass
from fractions import Fraction

from flask_babel import lazy_gettext as _

from award.editions.matters import ClauseDefinition, Stage, Value, points_of
from award.editions.models import Clause, Edition
from award.editions.statute import BY_CODE as BY_CODE
from award.editions.statute import CLAUSES as CLAUSES
from award.editions.statute import MOVES_PLACES as MOVES_PLACES
from award.editions.statute import MOVES_VOTES as MOVES_VOTES


@dataclass(frozen=True)
class Rule:
    """What one edition says about one matter."""

    definition: ClauseDefinition
    edition: Edition
    value: Value | None
    unregulated: bool
    source: str
    illustrative: bool = False
    """Invented for demonstration, value and source."""

    @property
    def cited(self) -> str:
        """The clause as findings and letters cite it: khoản 2 Điều 4; an invented one says so."""
        return cited(self.source, illustrative=self.illustrative)

    @property
    def concerns(self) -> bool:
        """The edition has what the matter speaks of."""
        return self.definition.concerns is None or self.definition.concerns(self.edition)

    @property
    def settled(self) -> bool:
        """Filled in, or said to be unregulated."""
        return self.valued or self.unregulated

    @property
    def valued(self) -> bool:
        if self.unregulated:
            return False
        dated = self.definition.dated
        return dated(self.edition) if dated else self.value is not None

    @property
    def may_refuse(self) -> bool:
        """True when a refusal can cite it; otherwise the rule warns."""
        return self.valued and bool(self.source)

    @property
    def number(self) -> int | None:
        return None if self.value is None else self.value.get("number")

    @property
    def points(self) -> Fraction | None:
        return None if self.value is None else points_of(self.value["points"])

    @property
    def choice(self) -> str | None:
        return None if self.value is None else self.value.get("choice")

    @property
    def names(self) -> tuple[str, ...]:
        return () if self.value is None else tuple(self.value.get("names", ()))

    @property
    def several(self) -> tuple[str, ...]:
        return () if self.value is None else tuple(self.value.get("several", ()))

    @property
    def yes(self) -> bool:
        """True only when the rules say so."""
        return bool(self.value and self.value.get("yes"))

    @property
    def text(self) -> str:
        return "" if self.value is None else str(self.value.get("text", ""))

    @property
    def words(self) -> str:
        """The rule as a sentence, "Không quy định.", or nothing while it is open."""
        if self.valued:
            return self.definition.sentence(self.edition, self.value or {})
        return str(_("Không quy định.")) if self.unregulated else ""


def cited(source: str, *, illustrative: bool) -> str:
    """The clause in the words in which it is cited, and kept with a decision that rests on it."""
    return str(_("%(clause)s (minh họa)", clause=source)) if source and illustrative else source


def rule(edition: Edition, code: str) -> Rule:
    """What the edition says about `code`. Reads `edition.clauses`, which `queries.with_rules` loads."""
    return _rule(edition, BY_CODE[code], {kept.code: kept for kept in edition.clauses})


def rules(edition: Edition, stage: Stage) -> list[Rule]:
    """Every matter of the stage, in the order of the set-up page."""
    kept = {clause.code: clause for clause in edition.clauses}
    return [_rule(edition, definition, kept) for definition in CLAUSES if definition.stage == stage]


def _rule(edition: Edition, definition: ClauseDefinition, kept: dict[str, Clause]) -> Rule:
    clause = kept.get(definition.code)
    if clause is None:
        return Rule(definition, edition, None, unregulated=False, source="")
    value = None if clause.unregulated else clause.value
    return Rule(
        definition,
        edition,
        value,
        unregulated=clause.unregulated,
        source=clause.source,
        illustrative=clause.illustrative,
    )


def missing(edition: Edition, stage: Stage) -> list[ClauseDefinition]:
    """The matters of the stage that concern the edition and are neither filled in nor said to be unregulated."""
    open_ = [found for found in rules(edition, stage) if found.concerns and not found.settled]
    return [found.definition for found in open_ if found.definition.must_be_said]
