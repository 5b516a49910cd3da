"""Run by Indico's own Python: an event with these works and reviews, said as JSON on the last line.

    python indico_seed.py WORKS PRIZES

Three reviewers have marked every work by three criteria; the best are contributions that anybody may read. Everything
is made through Indico's own models, people are signed in by its own sessions, and the lists show a work's score.
"""

import json
import pickle
import random
import sys
import uuid
from datetime import timedelta
from typing import Any

from indico.core.db import db
from indico.modules.categories.models.categories import Category
from indico.modules.events import Event
from indico.modules.events.abstracts.models.abstracts import Abstract
from indico.modules.events.abstracts.models.persons import AbstractPersonLink
from indico.modules.events.abstracts.models.review_questions import AbstractReviewQuestion
from indico.modules.events.abstracts.models.review_ratings import AbstractReviewRating
from indico.modules.events.abstracts.models.reviews import AbstractAction, AbstractReview
from indico.modules.events.abstracts.settings import abstracts_reviewing_settings
from indico.modules.events.contributions import contribution_settings
from indico.modules.events.contributions.models.contributions import Contribution
from indico.modules.events.contributions.models.persons import ContributionPersonLink
from indico.modules.events.features.util import set_feature_enabled
from indico.modules.events.models.events import EventType
from indico.modules.events.models.persons import EventPerson
from indico.modules.events.persons import persons_settings  # noqa: F401 (its models must be known)
from indico.modules.events.tracks.models.tracks import Track
from indico.modules.users import User
from indico.util.date_time import now_utc
from indico.web.flask.app import make_app
from indico.web.flask.session import IndicoSessionInterface

CRITERIA, MOST = 3, 10
TEXT = "Giữ lời hứa với dân, đường về bản xa. " * 40
TOKEN = str(uuid.UUID(int=2023))


def person(name: str) -> User:
    made = User(first_name=name, last_name="Bench", email=f"{name}@example.test")
    db.session.add(made)
    db.session.flush()
    return made


def signed_in(user: User, **kept: Any) -> str:
    """The cookie of a session in which the person is signed in."""
    keeper, sid = IndicoSessionInterface(), str(uuid.uuid4())
    data = {"_user_id": user.id, "_csrf_token": TOKEN, "_lang": "en_GB", "_timezone": "UTC", **kept}
    keeper.storage.set(sid, pickle.dumps(data), timeout=timedelta(days=7))
    return f"indico_session_http={sid}"


def columns(*shown: str) -> dict[str, Any]:
    return {"items": shown, "filters": {"fields": {}, "items": {}, "extra": {}}}


def event_with_criteria(organiser: User) -> tuple[Event, Track, list[AbstractReviewQuestion]]:
    begins = now_utc() + timedelta(days=30)
    event = Event(
        creator=organiser,
        category=Category.get_root(),
        type_=EventType.conference,
        title="Award",
        start_dt=begins,
        end_dt=begins + timedelta(days=3),
        timezone="UTC",
    )
    db.session.add(event)
    db.session.commit()  # numbers of works are given out by a connection of their own, which must see it
    event.update_principal(organiser, full_access=True)
    set_feature_enabled(event, "abstracts", True)
    event.cfa.open()
    abstracts_reviewing_settings.set_multi(event, {"scale_lower": 0, "scale_upper": MOST})
    track = Track(event=event, title="Print")
    asked = [
        AbstractReviewQuestion(event=event, title=f"Criterion {number}", field_type="rating", is_required=True)
        for number in range(CRITERIA)
    ]
    db.session.flush()
    return event, track, asked


def work(event: Event, track: Track, number: int) -> Abstract:
    author = person(f"author{number}")
    made = Abstract(event=event, title=f"Tác phẩm dự giải số {number}", submitter=author, description=TEXT)
    made.submitted_for_tracks = made.reviewed_for_tracks = {track}
    made.person_links = [AbstractPersonLink(person=EventPerson.for_user(author, event), is_speaker=True)]
    db.session.flush()
    return made


def review(of: Abstract, track: Track, by: User, asked: list[AbstractReviewQuestion], chance: random.Random) -> None:
    made = AbstractReview(
        abstract=of, track=track, user=by, proposed_action=AbstractAction.accept, comment="Nhận xét của giám khảo."
    )
    made.ratings = [AbstractReviewRating(question=each, value=chance.randint(0, MOST)) for each in asked]


def shown_to_all(event: Event, best: list[Abstract]) -> None:
    """The best are contributions, and published."""
    for each in best:
        made = Contribution(event=event, title=each.title, description=TEXT, duration=timedelta(minutes=30))
        link = ContributionPersonLink(person=each.person_links[0].person, is_speaker=True)
        made.person_links = [link]
    contribution_settings.set(event, "published", True)
    db.session.flush()


def main(works: int, prizes: int) -> None:
    chance = random.Random(2023)
    with make_app().test_request_context():
        organiser = person("organiser")
        reviewers = [person(f"reviewer{number}") for number in range(3)]
        event, track, asked = event_with_criteria(organiser)
        db.session.commit()
        for by in reviewers:
            event.update_principal(by, add_permissions={"abstract_reviewer"})
            track.update_principal(by, add_permissions={"review"})
        entered = [work(event, track, number) for number in range(works)]
        for each in entered:
            for by in reviewers:
                review(each, track, by, asked, chance)
        shown_to_all(event, entered[:prizes])
        db.session.commit()
        own = AbstractReview.query.filter_by(abstract=entered[-1], user=reviewers[0]).one()
        ranked = {f"abstract_management_config_{event.id}": columns("state", "submitter", "score")}
        listed = {f"abstract_display_config_{track.id}": columns("state", "submitter")}
        shown = f"/event/{event.id}/abstracts/{entered[-1].id}/"
        told = {
            "reviews": AbstractReview.query.count(),
            "token": TOKEN,
            "cookies": {"judge": signed_in(reviewers[0], **listed), "organiser": signed_in(organiser, **ranked)},
            "pages": {
                "list": f"/event/{event.id}/abstracts/reviewing/{track.id}/",
                "work": shown,
                "save": f"{shown}reviews/{own.id}/edit",
                "ranking": f"/event/{event.id}/manage/abstracts/list/",
                "public": f"/event/{event.id}/contributions/",
            },
            "fields": {
                f"track-{track.id}-csrf_token": TOKEN,
                f"track-{track.id}-proposed_action": "accept",
                f"track-{track.id}-comment": "Nhận xét của giám khảo.",
            },
            "marks": [f"track-{track.id}-question_{each.id}" for each in asked],
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
