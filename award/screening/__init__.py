"""Which works are eligible: a word on every rule, with clause and reason, and works that are alike."""
