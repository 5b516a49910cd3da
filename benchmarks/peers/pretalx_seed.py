"""Run by pretalx's own Python: an event with these works and reviews, said as JSON on the last line.

    python pretalx_seed.py WORKS PRIZES

Three reviewers have marked every work by three criteria; the best are confirmed and stand in a released schedule.
Everything is made through pretalx's own models, people are signed in by its own sessions.
"""

import datetime as dt
import json
import os
import random
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pretalx.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils.module_loading import import_string  # noqa: E402
from django.utils.timezone import now  # noqa: E402
from django_scopes import scope, scopes_disabled  # noqa: E402
from pretalx.event.models import Event, Team  # noqa: E402
from pretalx.event.utils import create_organiser_with_team  # noqa: E402
from pretalx.person.models import SpeakerProfile, User  # noqa: E402
from pretalx.schedule.models import Room  # noqa: E402
from pretalx.submission.models import Review, ReviewScore, ReviewScoreCategory, Submission  # noqa: E402

CRITERIA, STEPS = 3, range(11)
TEXT = "Giữ lời hứa với dân, đường về bản xa. " * 20


def person(name: str) -> User:
    return User.objects.create_user(name=name, email=f"{name}@example.test", locale="en", timezone="UTC")


def signed_in(user: User) -> str:
    """The cookie of a session in which the person is signed in."""
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def event_with_criteria(organiser_user: User) -> Event:
    organiser, team = create_organiser_with_team(name="Award", slug="award", users=[organiser_user])
    team.can_change_submissions = team.can_change_event_settings = team.all_events = True
    team.save()
    begins = now().date() + dt.timedelta(days=30)
    with scopes_disabled():
        event = Event.objects.create(
            name="Award",
            slug="award",
            organiser=organiser,
            is_public=True,
            date_from=begins,
            date_to=begins + dt.timedelta(days=3),
            timezone="UTC",
            email="award@example.test",
            locale_array="en",
            locale="en",
        )
    with scope(event=event):
        event.build_initial_data()
        for phase in event.review_phases.all():
            phase.is_active, phase.start, phase.end = phase.can_review, None, None
            phase.save()
        event.score_categories.all().delete()
        for number in range(CRITERIA):
            category = ReviewScoreCategory.objects.create(event=event, name=f"Criterion {number}", required=True)
            for value in STEPS:
                ReviewScore.objects.create(category=category, value=value, label=str(value))
    return event


def work(event: Event, number: int) -> Submission:
    author = person(f"author{number}")
    SpeakerProfile.objects.create(user=author, event=event, biography=TEXT)
    made = Submission.objects.create(
        event=event,
        title=f"Tác phẩm dự giải số {number}",
        submission_type=event.cfp.default_type,
        abstract=TEXT,
        description=TEXT,
        content_locale="en",
    )
    made.speakers.add(author)
    return made


def review(of: Submission, by: User, scores: dict[int, list[ReviewScore]], chance: random.Random) -> None:
    made = Review.objects.create(submission=of, user=by, text="Nhận xét của giám khảo.")
    made.scores.set(chance.choice(each) for each in scores.values())
    made.save(update_score=True)


def shown_to_all(event: Event, best: list[Submission]) -> None:
    """The best are confirmed and have their hours in a schedule that was released."""
    room = Room.objects.create(event=event, name="Hall")
    begins = event.datetime_from
    for number, each in enumerate(best):
        each.accept()
        each.confirm()
        slot = each.slots.filter(schedule=event.wip_schedule).first()
        slot.start = begins + dt.timedelta(minutes=30 * number)
        slot.end, slot.room = slot.start + dt.timedelta(minutes=30), room
        slot.save()
    event.release_schedule(name="1")


def main(works: int, prizes: int) -> None:
    chance = random.Random(2023)
    with transaction.atomic(), scopes_disabled():
        organiser = person("organiser")
        reviewers = [person(f"reviewer{number}") for number in range(3)]
        event = event_with_criteria(organiser)
        team = Team.objects.create(organiser=event.organiser, name="Judges", is_reviewer=True, all_events=True)
        team.members.set(reviewers)
        with scope(event=event):
            scores = {each.pk: list(each.scores.all()) for each in event.score_categories.all()}
            entered = [work(event, number) for number in range(works)]
            for each in entered:
                for by in reviewers:
                    review(each, by, scores, chance)
            shown_to_all(event, entered[:prizes])
            reviews = Review.objects.count()
            marks = {f"score_{key}": [str(each.pk) for each in given] for key, given in scores.items()}
        last = entered[-1].code
        told = {
            "reviews": reviews,
            "marks": marks,
            "cookies": {"judge": signed_in(reviewers[0]), "organiser": signed_in(organiser)},
            "pages": {
                "list": f"/orga/event/{event.slug}/reviews/",
                "work": f"/orga/event/{event.slug}/submissions/{last}/reviews/",
                "save": f"/orga/event/{event.slug}/submissions/{last}/reviews/",
                "ranking": f"/orga/event/{event.slug}/reviews/?sort=-median_score",
                "public": f"/{event.slug}/schedule/nojs",
            },
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
