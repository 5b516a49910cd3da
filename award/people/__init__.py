"""Persons and their accounts, press organs through the years, memberships, sessions, consents."""
