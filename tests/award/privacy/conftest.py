"""An edition with its secretariat, and somebody who entered a work that is over."""

from dataclasses import dataclass

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.people.models import Person
from award.people.operations import REGISTRATION, give_consent
from tests import factories
from tests.award.entries.conftest import Scene, made_scene


@dataclass
class House:
    scene: Scene
    secretary: Person
    organiser: Person

    @property
    def edition(self) -> Edition:
        return self.scene.edition

    def by(self, person: Person, *roles: str) -> Capacity:
        return Capacity(person.id, self.scene.edition_id, frozenset(roles))

    @property
    def staff(self) -> Capacity:
        return self.by(self.secretary, "secretary")


@pytest.fixture
def house_of(ctx: Flask) -> House:
    with unit_of_work():
        scene = made_scene()
        secretary, organiser = factories.person("Lê Thị Hạnh"), factories.person("Phan Đình Tùng")
        factories.appointment(scene.edition, secretary, "secretary")
        factories.appointment(scene.edition, organiser, "organiser")
        give_consent(person=session.merge(scene.entrant), purpose=REGISTRATION)
    return House(scene, secretary, organiser)
