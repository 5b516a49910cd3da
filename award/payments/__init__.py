"""Prize money: who is owed what, on which account, and when the account is forgotten."""
