"""A judge's sheet: marks, what a browser keeps without a network, paper, and looking again."""
