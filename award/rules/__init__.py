"""Eligibility as pure functions: facts of a work and of its edition, findings in plain words."""
