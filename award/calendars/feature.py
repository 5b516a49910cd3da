"""What the room calendars hands to the house."""

from award.calendars.operations import taken_back
from award.calendars.personal import personal
from award.calendars.views import blueprint
from award.features import Feature

feature = Feature(name="calendars", blueprint=blueprint, personal=personal, on_taken_back=taken_back)
