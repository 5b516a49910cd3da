"""What the room entries hands to the house."""

from award.features import Feature

feature = Feature(name="entries")
