"""What the room nominations hands to the house."""

from award.features import Feature

feature = Feature(name="nominations")
