"""Papers with their real bodies, out of two invented seasons: one that was judged, one that was decided."""
