"""Two persons key what stands on a scan, neither seeing what the other read."""
