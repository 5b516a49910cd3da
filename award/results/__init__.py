"""What the judging handed down, the decision, the publication, and what changes after it."""
