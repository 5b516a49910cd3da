"""What the room screening hands to the house."""

from award.features import Feature

feature = Feature(name="screening")
