"""What the room editions hands to the house."""

from award.features import Feature

feature = Feature(name="editions")
