"""Proposals for prizes, level by level and beside the ladder, and what stands in their way."""
