"""The answer of a permission: yes, or no with a sentence that can be shown."""

from dataclasses import dataclass

from award.languages import retold


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed. `code` is stable for tests and the API; `sentence` is for the person refused."""

    code: str
    sentence: str = ""

    def __bool__(self) -> bool:
        return self.code == "yes"


YES = Verdict("yes")


class Refused(Exception):
    """A deed whose rule says no. Carries the verdict, so that page and API can say why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.code)
        self.verdict = verdict

    def retell(self) -> None:
        """The sentence, found while a deed was done in Vietnamese, is in the language of its reader."""
        self.verdict = Verdict(self.verdict.code, retold(self.verdict.sentence))


def require(verdict: Verdict) -> None:
    """Returns when allowed; raises Refused otherwise."""
    if not verdict:
        raise Refused(verdict)
