"""What the room council hands to the house."""

from award.features import Feature

feature = Feature(name="council")
