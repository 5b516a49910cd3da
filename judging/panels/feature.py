"""What the room panels hands to the house."""

from award.features import Feature

feature = Feature(name="panels")
