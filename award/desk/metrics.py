"""How the house does in figures, as Prometheus reads them. Counts of work alone: nobody's name, nothing of an edition.

No web process counts for itself, so that it is the same whichever of them answers.
"""

from collections.abc import Iterable, Mapping

from award.desk.readiness import Readiness

TYPE = "text/plain; version=0.0.4; charset=utf-8"
JOBS = ("todo", "doing", "failed")
LETTERS = ("queued", "failed")


def metrics(stands: Readiness, jobs: Mapping[str, int], letters: Mapping[str, int]) -> str:
    """All figures as text; `jobs` and `letters` are numbers by state."""
    told = [
        *_one("giai_store_up", "Whether the object store answers.", int(stands.store)),
        *_one("giai_oldest_due_job_seconds", "How long the oldest job that is due has waited.", stands.queue_seconds),
        *_one("giai_disk_free_percent", "Room left on the disk of this machine.", stands.free_percent),
        *_one(
            "giai_clock_offset_seconds",
            "This machine's clock ahead of the database's; 0 while they agree.",
            round(stands.clock_off.total_seconds(), 3),
        ),
        *_several("giai_jobs", "Jobs by state.", {each: jobs.get(each, 0) for each in JOBS}),
        *_several("giai_letters", "Letters that did not go yet.", {each: letters.get(each, 0) for each in LETTERS}),
    ]
    return "\n".join(told) + "\n"


def _one(name: str, words: str, value: float) -> Iterable[str]:
    return (f"# HELP {name} {words}", f"# TYPE {name} gauge", f"{name} {value}")


def _several(name: str, words: str, values: Mapping[str, int]) -> Iterable[str]:
    rows = (f'{name}{{state="{state}"}} {count}' for state, count in values.items())
    return (f"# HELP {name} {words}", f"# TYPE {name} gauge", *rows)
