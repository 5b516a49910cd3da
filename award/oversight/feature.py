"""What the room of whoever looks after the house hands to it."""

from award.features import Feature
from award.oversight.views import blueprint

feature = Feature(name="oversight", blueprint=blueprint)
