"""Who judges: seats, conflicts, and which work goes to whom."""
