"""Properties are held for as long as they take: a machine's speed is no fault of theirs."""

from hypothesis import settings

settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")
