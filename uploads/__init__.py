"""Bytes in, facts out: files come from a browser into an S3-compatible store, are examined, and are given back.

Nothing here knows a user, an entry, a table or a route. Whoever calls has already decided who may.
"""
