"""What the room ranking hands to the house."""

from award.features import Feature

feature = Feature(name="ranking")
