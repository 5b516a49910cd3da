"""What the room desk hands to the house."""

from award.features import Feature

feature = Feature(name="desk")
