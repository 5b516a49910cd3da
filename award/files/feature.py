"""What the room files hands to the house."""

from award.features import Feature

feature = Feature(name="files")
