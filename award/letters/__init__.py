"""What an edition writes in its own words, to whom at once, and which reminders go out by themselves."""
