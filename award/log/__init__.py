"""One append-only event per deed, written in the deed's own commit."""
