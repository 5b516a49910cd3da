"""What the room scoring hands to the house."""

from award.features import Feature

feature = Feature(name="scoring")
