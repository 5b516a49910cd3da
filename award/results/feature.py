"""What the room results hands to the house."""

from award.features import Feature

feature = Feature(name="results")
