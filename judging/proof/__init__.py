"""Corrections of closed rounds, receipts, and the evidence with its offline verifier."""
