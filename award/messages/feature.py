"""What the room messages hands to the house."""

from award.features import Feature

feature = Feature(name="messages")
