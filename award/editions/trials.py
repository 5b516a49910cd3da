"""What the trial of a draft is called, where it stands, and which mailboxes its invented people have. Pure."""

from flask_babel import gettext as _

from award.editions.models import Edition
from award.messages.withheld import NOWHERE

FILL = "editions.fill_trial"
"""The job that fills a trial."""
ENDING = "-chay-thu"
"""So the address of every trial ends, and of nothing else."""
UNTIL = ("open", "judging")
"""How far a trial goes: works come in, or are judged as well."""


def trial_slug(slug: str) -> str:
    return f"{slug}{ENDING}"


def is_trial_slug(slug: str) -> bool:
    return slug.endswith(ENDING)


def trial_name(name: str) -> str:
    return str(_("%(name)s (chạy thử)", name=name))


def mailbox(trial: Edition) -> str:
    """The part after the name of every address of the trial's invented people: no letter can ever reach one."""
    return f"@chay-thu-{trial.public_id}{NOWHERE}"
