"""Works: drafts, parts, authors, declarations, how they are sent, received, corrected and withdrawn."""
